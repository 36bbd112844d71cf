"""populace beside what users would pick instead, on the common comparison model. Started by scripts/bench_peers, which
builds what this runs and names it in the environment: POPULACE_BINARY, PLAIN_PEER, MESA_PYTHON.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

import agreement
import common_model
import tables

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CATALOGUE = ROOT / "scenarios/catalogue"
SCENARIO = CATALOGUE / "funnel52.toml"
PAGE = ROOT / "docs/performance.md"
ROUNDS = 5
MESA_CONSUMERS = 10_000
CHECK_REPLICATIONS = 20  # of each side, where only agreement is looked at
WANTED = {"NumPy": 5, "plain C++": 8, "Mesa": 200}  # times as fast, on one thread


def output(command):
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, check=True).stdout


class Peer:
    def __init__(self, name, command, consumers):
        self.name, self.command, self.consumers = name, command, consumers
        self.samples = []

    def run(self, model, replications, seconds, seed):
        measurement = {"consumers": self.consumers, "replications": replications, "seconds": seconds, "seed": seed}
        self.samples.append(json.loads(output(self.command + common_model.words(model | measurement))))

    def figures(self):
        return agreement.pooled(self.samples)


def quick_peers(consumers):
    return [Peer("NumPy", [sys.executable, HERE / "numpy_peer.py"], consumers), Peer("plain C++", [os.environ["PLAIN_PEER"]], consumers)]


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench_peers", add_help=False, allow_abbrev=False)  # its head is the help
    parser.add_argument("--consumers", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--update-docs", action="store_true")
    parser.add_argument("--agreement", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--perturb", type=float, default=1)
    given = parser.parse_args()
    if given.consumers < 1000:
        parser.error("--consumers: at least 1,000")
    if given.update_docs and (given.agreement or given.self_test or given.perturb != 1):
        parser.error("--update-docs goes with a whole run only")
    return given


class Bench:
    def __init__(self, given):
        self.given = given
        self.binary = os.environ["POPULACE_BINARY"]
        self.stages, self.model = common_model.read(SCENARIO)

    def perturbed(self, peer, factor):
        return self.model | {"down_prob": self.model["down_prob"] * factor} if peer.name == "NumPy" else self.model

    def compare(self, peers, replications):
        populace = agreement.populace_figures(self.binary, SCENARIO, self.stages, self.given.consumers, replications)
        return [line for peer in peers for line in agreement.compare(peer.name, peer.figures(), populace, self.stages)]

    def check(self, factor):
        """Agreement of NumPy and plain C++ alone, without times."""
        peers = quick_peers(self.given.consumers)
        for peer in peers:
            peer.run(self.perturbed(peer, factor), CHECK_REPLICATIONS, 0, 1)
        return {"agreement": self.compare(peers, CHECK_REPLICATIONS)}

    def populace_round(self, context, seconds):
        command = [self.binary, "bench", "--json", "--catalogue", CATALOGUE, "--seconds", seconds, "--filter", f"funnel52/{context['isa']}/threads:"]
        bench = json.loads(output(command))
        found = {int(line["threads"]): line for line in bench["benchmarks"] if line["name"].startswith("funnel52/") and "threads" in line}
        if not found:
            sys.exit(f"populace bench did not measure funnel52: {bench['notes']}")
        return found

    def measure(self):
        """All in turns, round by round."""
        command = [self.binary, "bench", "--json", "--catalogue", CATALOGUE, "--seconds", ".01", "--filter", "nothing but the machine"]
        context = json.loads(output(command))["context"]
        versions = {"NumPy": output([sys.executable, "-c", "import numpy; print(numpy.__version__)"]).strip(),
                    "Mesa": output([os.environ["MESA_PYTHON"], "-c", "import mesa; print(mesa.__version__)"]).strip()}
        peers = quick_peers(self.given.consumers)
        peers += [Peer("Mesa", [os.environ["MESA_PYTHON"], HERE / "mesa_peer.py"], min(self.given.consumers, MESA_CONSUMERS))]
        seconds, populace = self.given.seconds / ROUNDS, []
        for turn in range(ROUNDS):
            populace.append(self.populace_round(context, seconds))
            for peer in peers:
                peer.run(self.perturbed(peer, self.given.perturb), 1, seconds, 1 + 1000 * turn)
        report = {"context": context | {"rounds": ROUNDS, "versions": ", ".join(f"{name} {version}" for name, version in versions.items())},
                  "implementations": self.implementations(peers, populace), "agreement": self.compare(peers, ROUNDS)}
        ratios = {line["name"]: line["populace_one_thread"] for line in report["implementations"]}
        report["checks"] = [{"name": f"populace on one thread over {name}", "value": ratios[name], "limit": limit, "passed": ratios[name] >= limit}
                            for name, limit in WANTED.items()]
        return report

    def implementations(self, peers, populace):
        """A line for populace on one and on all threads and for each peer; ratios are medians of the ratios of the rounds."""
        rate = "consumer_steps_per_second"
        one, most = ([turn[threads]["items_per_second"] for turn in populace] for threads in (1, max(populace[0])))

        def ratio(rates, beside):
            return statistics.median(mine / other for mine, other in zip(rates, beside))

        lines = []
        for threads in populace[0]:
            line = populace[0][threads]
            lines.append({"name": "populace", "threads": threads, "consumers": int(line["consumers"]),
                          rate: statistics.median(turn[threads]["items_per_second"] for turn in populace),
                          "bytes_per_consumer": line["bytes_per_consumer"], "populace_one_thread": None, "populace_all_threads": None})
        for peer in peers:
            rates = [sample[rate] for sample in peer.samples]
            lines.append({"name": peer.name, "threads": 1, "consumers": peer.consumers, rate: statistics.median(rates),
                          "bytes_per_consumer": peer.samples[0]["bytes_per_consumer"], "populace_one_thread": ratio(one, rates),
                          "populace_all_threads": ratio(most, rates)})
        return lines


def main():
    given = arguments()
    bench = Bench(given)
    whole = not (given.agreement or given.self_test)
    report = bench.measure() if whole else bench.check(given.perturb)
    different = [agreement.sentence(line) for line in report["agreement"] if not line["agrees"]]
    if given.self_test and not different:
        refused = [agreement.sentence(line) for line in bench.check(1.1)["agreement"] if line["peer"] == "NumPy" and not line["agrees"]]
        report["refused"] = refused
        if not refused:
            different = ["self-test: NumPy with down_prob 10 % too high was not refused"]
    if given.json:
        print(json.dumps(report, indent=2))
    else:
        print(tables.text(report) if whole else "\n".join(map(agreement.sentence, report["agreement"])))
        print("".join(f"self-test: refused, as it must be: {line}\n" for line in report.get("refused", [])), end="")
    if different:
        sys.exit("\n".join(different))
    if given.update_docs:
        tables.update(PAGE, report)


if __name__ == "__main__":
    main()
