"""Runs a short benchmark and checks that its JSON holds what docs/performance.md promises. No time is judged.

  bench_json_test.py BINARY CATALOGUE
"""
import json
import subprocess
import sys

CONTEXT = {"populace", "compiler", "date", "processor", "threads", "isas", "isa", "rounds", "seconds", "consumers"}
LINE = {"name", "repetitions", "real_time", "time_unit", "per", "items_per_second"}
SCENARIO = {"consumers", "threads", "words", "dense_words", "rare_words", "bytes_read", "bytes_written", "exposures", "ns_per_word",
            "build_ns", "bytes_per_consumer", "whole_run_seconds", "scenario_hash"}
FLOOR = {"word_ns", "gigabytes_per_second", "floor_ns", "ratio"}
CHECK = {"name", "value", "rule", "limit", "passed"}


def need(fields, entry):
    missing = fields - entry.keys()
    assert not missing, f"{entry.get('name', 'context')}: without {sorted(missing)}"


def check(bench):
    need(CONTEXT, bench["context"])
    lines = {line["name"]: line for line in bench["benchmarks"]}
    for line in lines.values():
        need(LINE, line)
        assert line["real_time"] > 0 and line["repetitions"] > 0, line
    for isa in bench["context"]["isas"]:
        assert f"machine/word/{isa}" in lines
        line = lines[f"funnel52/{isa}/threads:1"]
        need(SCENARIO if isa == "baseline" else SCENARIO | FLOOR, line)
        assert abs(line["words"] - 7) < 1e-9, "four campaigns, up, down, orders"
        assert len(line["scenario_hash"]) == 16
        # Chances .30 .15 .05 .20 times an affinity of mean 1: .70 contacts, within 5 standard errors of the mean of 2,500 affinities.
        assert abs(line["exposures"] - .7) < .7 * 5 * (1 / 12) ** .5 / 2500 ** .5, line["exposures"]
    assert "funnel52/build" in lines and "machine/memory/threads:1" in lines
    assert not any(name.startswith(("variants/", "scaling/")) for name in lines), "the filter keeps them out"
    for entry in bench["checks"]:
        need(CHECK, entry)
    assert bench["checks"], "targets are printed"


def run(binary, *arguments):
    return subprocess.run([binary, "bench", "--seconds", ".05", *arguments], stdout=subprocess.PIPE, text=True, check=True).stdout


def main(binary, catalogue):
    check(json.loads(run(binary, "--filter", "funnel52", "--json", "--catalogue", catalogue)))
    text = run(binary, "--filter", "funnel52", "--catalogue", catalogue + "/nowhere")
    assert "note: funnel52 is left out" in text, text
    print("ok")


if __name__ == "__main__":
    main(*sys.argv[1:])
