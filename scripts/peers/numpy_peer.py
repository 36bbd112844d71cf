"""The common comparison model in NumPy: columns of 32-bit floats and bytes, a block of consumers at a time so that all
that an operation reads and writes stays in the cache, results into arrays that are used again, SFC64 (a little faster
here than PCG64, which is NumPy's default)."""
import numpy as np

import peer

BLOCK = 32768


class Market:
    def __init__(self, given, seed):
        self.given = given
        self.rng = np.random.Generator(np.random.SFC64(seed))
        width = given.affinity_high - given.affinity_low
        self.affinity = self.rng.random(given.consumers, dtype=np.float32) * np.float32(width) + np.float32(given.affinity_low)
        self.goodwill = np.zeros(given.consumers, np.float32)
        self.stage = np.repeat(np.arange(len(given.initial_share), dtype=np.uint8), peer.initial_counts(given))
        self.order_prob = np.array(given.order_prob, np.float32)
        self.uniform, self.chance = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32)
        self.yes, self.back = np.empty(BLOCK, bool), np.empty(BLOCK, bool)
        self.ordered = 0

    def run(self):
        given = self.given
        for _ in range(given.weeks):
            share = np.count_nonzero(self.stage == given.talk_stage) / given.consumers
            for first in range(0, given.consumers, BLOCK):
                self.step(slice(first, first + BLOCK), np.float32(given.talk_rate * share))

    def step(self, block, talk):
        given, random = self.given, self.rng.random
        affinity, goodwill, stage = self.affinity[block], self.goodwill[block], self.stage[block]
        people = len(stage)
        uniform, chance, yes, back = self.uniform[:people], self.chance[:people], self.yes[:people], self.back[:people]

        goodwill *= np.float32(given.retention)
        for prob, effect in zip(given.contact_prob, given.contact_effect):
            random(out=uniform, dtype=np.float32)
            np.multiply(affinity, np.float32(prob), out=chance)
            np.less(uniform, chance, out=yes)
            np.multiply(yes, np.float32(effect), out=chance)
            goodwill += chance

        # One draw decides between up, down and staying: above e^-rate up, and below it the lowest part down.
        random(out=uniform, dtype=np.float32)
        np.multiply(goodwill, np.float32(-given.goodwill_rate), out=chance)
        chance -= talk
        np.exp(chance, out=chance)
        np.maximum(chance, stage == len(given.order_prob) - 1, out=chance)  # nobody leaves the last stage upwards
        np.greater(uniform, chance, out=yes)
        chance *= np.float32(given.down_prob)
        np.less(uniform, chance, out=back)
        back &= stage > 0
        stage += yes
        stage -= back

        random(out=uniform, dtype=np.float32)
        np.take(self.order_prob, stage, out=chance, mode="clip")
        np.less(uniform, chance, out=yes)
        self.ordered += np.count_nonzero(yes)

    def orders(self):
        return self.ordered

    def people_by_stage(self):
        return np.bincount(self.stage, minlength=len(self.order_prob))

    def bytes(self):
        return self.affinity.nbytes + self.goodwill.nbytes + self.stage.nbytes


if __name__ == "__main__":
    given = peer.parameters()
    peer.measure(given, lambda seed: Market(given, seed), Market(given, 0).bytes() / given.consumers)
