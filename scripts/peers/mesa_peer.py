"""The common comparison model in Mesa: an agent for each consumer, with step(), activated by AgentSet.do. The order of
activation changes nothing, because the share that is talked about is last week's; so nobody is shuffled."""
import gc
import math
import tracemalloc

import mesa

import peer


class Consumer(mesa.Agent):
    def __init__(self, model, affinity, stage):
        super().__init__(model)
        self.affinity = affinity
        self.stage = stage
        self.goodwill = 0.0
        self.orders = 0

    def step(self):
        market, random = self.model, self.random.random
        goodwill = self.goodwill * market.retention
        for prob, effect in market.contacts:
            if random() < prob * self.affinity:
                goodwill += effect
        self.goodwill = goodwill
        if self.stage < market.last_stage and random() < 1 - math.exp(-market.goodwill_rate * goodwill - market.talk):
            self.stage += 1
        elif self.stage > 0 and random() < market.down_prob:
            self.stage -= 1
        if random() < market.order_prob[self.stage]:
            self.orders += 1


class Market(mesa.Model):
    def __init__(self, given, seed):
        super().__init__(seed=seed)
        self.weeks = given.weeks
        self.retention = given.retention
        self.contacts = list(zip(given.contact_prob, given.contact_effect))
        self.last_stage = len(given.order_prob) - 1
        self.down_prob = given.down_prob
        self.order_prob = given.order_prob
        self.goodwill_rate, self.talk_rate, self.talk_stage = given.goodwill_rate, given.talk_rate, given.talk_stage
        self.consumers = given.consumers
        affinities = [self.random.uniform(given.affinity_low, given.affinity_high) for _ in range(given.consumers)]
        stages = [stage for stage, count in enumerate(peer.initial_counts(given)) for _ in range(count)]
        Consumer.create_agents(self, given.consumers, affinity=affinities, stage=stages)

    def step(self):
        self.talk = self.talk_rate * self.agents.get("stage").count(self.talk_stage) / self.consumers
        self.agents.do("step")

    def run(self):
        for _ in range(self.weeks):
            self.step()

    def orders(self):
        return sum(self.agents.get("orders"))

    def people_by_stage(self):
        stages = self.agents.get("stage")
        return [stages.count(stage) for stage in range(self.last_stage + 1)]


def bytes_per_consumer(given):
    """What Python allocates for a market, with the goodwill of everybody a number of his own as after the first week."""
    gc.collect()
    tracemalloc.start()
    market = Market(given, 0)
    market.step()
    gc.collect()
    found = tracemalloc.get_traced_memory()[0] / given.consumers
    tracemalloc.stop()
    return found


if __name__ == "__main__":
    given = peer.parameters()
    peer.measure(given, lambda seed: Market(given, seed), bytes_per_consumer(given))
