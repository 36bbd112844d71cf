"""scripts/bench_peers in a hurry: NumPy and plain C++ agree with populace on the common model, and NumPy with a rate 10 %
off is refused by name and exit status. No time is judged and Mesa is not needed.

  bench_peers_test.py SOURCE BINARY
"""
import os
import pathlib
import subprocess
import sys
import tempfile

FIGURES = ["share of unaware", "share of aware", "share of interested", "share of buyer", "share of loyal", "orders a person"]


def run(source, binary, *arguments):
    environment = os.environ | {"POPULACE_BINARY": binary, "POPULACE_SKIP_SETUP": "1"}
    result = subprocess.run([f"{source}/scripts/bench_peers", "--consumers", "20000", *arguments], env=environment, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return result.returncode, result.stdout


def agreement(source, binary):
    status, text = run(source, binary, "--self-test")
    assert status == 0, text
    for peer in ("NumPy", "plain C++"):
        for figure in FIGURES:
            found = [line for line in text.splitlines() if line.startswith(f"{peer}: {figure} ") and line.endswith(": agrees")]
            assert len(found) == 1, f"{peer}, {figure}:\n{text}"
    assert "self-test: refused, as it must be: NumPy: share of loyal" in text, text


def refusal(source, binary):
    status, text = run(source, binary, "--agreement", "--perturb", "1.1")
    assert status == 1 and "NumPy: share of loyal" in text.splitlines()[-2] and "DIFFERS" in text, text
    assert not any(line.startswith("plain C++") and line.endswith("DIFFERS") for line in text.splitlines()), text


def refused(common_model, text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "changed.toml")
        path.write_text(text, encoding="utf-8")
        try:
            common_model.read(path)
        except ValueError as error:
            return str(error)
    raise AssertionError("a scenario that the peers do not know is read as if they did")


def changed_scenarios(source):
    """What the peers could not follow is refused, not left out."""
    import common_model
    text = pathlib.Path(source, "scenarios/catalogue/funnel52.toml").read_text(encoding="utf-8")
    assert "more" in refused(common_model, text + "\n[campaign.more]\ndelivery_prob = 1\n")
    assert "attention" in refused(common_model, text + "\n[attention]\nenabled = true\n")
    assert "click_prob" in refused(common_model, text.replace("slow_effect = 0.12", "slow_effect = 0.12\nclick_prob = 0.1"))
    assert "order" in refused(common_model, text.replace("order = 2", "order = 1"))


def page(source):
    """The tables go between the marks, and nothing else of the page changes."""
    import tables
    line = {"name": "NumPy", "threads": 1, "consumers": 1000, "consumer_steps_per_second": 5e7, "bytes_per_consumer": 9,
            "populace_one_thread": 4.0, "populace_all_threads": 8.0}
    report = {"context": {key: "x" for key in ("date", "populace", "compiler", "processor", "isa", "versions", "rounds")} | {"threads": 2},
              "implementations": [line], "checks": [{"name": "NumPy", "value": 4.0, "limit": 5, "passed": False}],
              "agreement": [{"peer": "NumPy", "figure": "orders", "found": 1.5, "populace": 1.0, "tolerance": 2.0, "agrees": True}]}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "page.md")
        path.write_text("before\n<!-- peers -->\nold\n<!-- end of peers -->\nafter\n", encoding="utf-8")
        tables.update(path, report)
        text = path.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- peers -->\n") and text.endswith("\n<!-- end of peers -->\nafter\n") and "old" not in text, text
    assert "| NumPy | 1 | 1,000 | 50 | 9 | 4 | 8 |" in text and "| NumPy | 1.5000 | 0.25 |" in text and "**fail**" in text, text
    assert "<!-- peers -->" in pathlib.Path(source, "docs/performance.md").read_text(encoding="utf-8")


def main(source, binary):
    sys.path.insert(0, f"{source}/scripts/peers")
    sys.dont_write_bytecode = True
    changed_scenarios(source)
    page(source)
    agreement(source, binary)
    refusal(source, binary)
    print("ok")


if __name__ == "__main__":
    main(*sys.argv[1:])
