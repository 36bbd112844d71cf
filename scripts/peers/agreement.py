"""Do peers and populace say the same about the common model? Shares of the stages and orders a person at the end.

Tolerance = BOUND × standard error of the difference of two samples of consumers. For a share p that of n consumers is
sqrt(p (1 - p) / n) where consumers are independent. They are not quite: they hear of the share of loyal consumers, so
that a week with a few more of them lifts everybody after it. Over 2,000 replications of populace, with 2,000 and with
20,000 consumers alike, shares scattered 1.05 to 1.27 times as much, and orders a person by 6.4 and 6.5 / sqrt(n): talk
keeps the scatter in proportion to 1 / sqrt(n), so one factor does. Both are rounded upwards here.
"""
import json
import math
import subprocess

BOUND = 4.6  # two-sided chance of a false alarm 4e-6 a figure
TALK_FACTOR = 1.4  # of shares
ORDERS_SD = 7.0  # of orders a person, talk included


def populace_figures(binary, scenario, stages, consumers, replications):
    """What populace says, as a peer says it."""
    command = [binary, "run", scenario, "--consumers", str(consumers), "--replications", str(replications), "--seed", "52", "--json", "--quiet"]
    kpis = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)["kpis"]
    assert all(kpis[f"funnel.{stage}.share"]["unit"] == "%" for stage in stages)
    return {"consumers": consumers, "replications": replications, "shares": [kpis[f"funnel.{stage}.share"]["mean"] / 100 for stage in stages],
            "orders_per_person": kpis["sales.brand.orders_per_person"]["mean"]}


def pooled(samples):
    """The figures of several samples of one peer as those of one."""
    runs = sum(sample["replications"] for sample in samples)
    weight = [sample["replications"] / runs for sample in samples]
    shares = zip(*(sample["shares"] for sample in samples))
    return {"consumers": samples[0]["consumers"], "replications": runs, "shares": [sum(map(float.__mul__, weight, share)) for share in shares],
            "orders_per_person": sum(w * sample["orders_per_person"] for w, sample in zip(weight, samples))}


def compare(name, peer, populace, stages):
    """A line for each figure: found, populace's, tolerance, and whether they agree."""
    samples = 1 / (peer["consumers"] * peer["replications"]) + 1 / (populace["consumers"] * populace["replications"])
    lines = []

    def add(figure, found, expected, deviation):
        tolerance = BOUND * deviation * math.sqrt(samples)
        lines.append({"peer": name, "figure": figure, "found": found, "populace": expected, "tolerance": tolerance,
                      "agrees": abs(found - expected) <= tolerance})

    for stage, found, expected in zip(stages, peer["shares"], populace["shares"], strict=True):
        add(f"share of {stage}", found, expected, TALK_FACTOR * math.sqrt(expected * (1 - expected)))
    add("orders a person", peer["orders_per_person"], populace["orders_per_person"], ORDERS_SD)
    return lines


def sentence(line):
    return (f"{line['peer']}: {line['figure']} {line['found']:.5f}, populace {line['populace']:.5f}, tolerance {line['tolerance']:.5f}: "
            f"{'agrees' if line['agrees'] else 'DIFFERS'}")
