"""`populace truth` from the command line to the table of effects.

Usage: truth_test.py PROGRAM SOURCE_FOLDER
"""
import csv
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
LAUNCH = str(SOURCE / "scenarios/catalogue/omnichannel_launch.toml")
DURABLE = str(SOURCE / "scenarios/catalogue/bass_durable.toml")
SMALL = ["--consumers", "5000", "--replications", "3"]


def run(*arguments):
    return subprocess.run([PROGRAM, "truth", *map(str, arguments)], capture_output=True, text=True, timeout=300)


class Truth(unittest.TestCase):
    def setUp(self):
        self.folder_object = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.folder_object.name)

    def tearDown(self):
        self.folder_object.cleanup()

    def refused(self, *arguments, saying):
        result = run(*arguments)
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        self.assertIn(saying, result.stderr)

    def test_json_holds_every_effect_with_its_definition_and_no_thread_changes_it(self):
        one, two = (run(LAUNCH, *SMALL, "--json", "--synergy", "--curves", "--threads", n) for n in (1, 2))
        self.assertEqual((one.returncode, one.stderr), (0, ""))
        self.assertEqual(one.stdout, two.stdout)
        report = json.loads(one.stdout)
        kinds = [effect["kind"] for effect in report["effects"]]
        self.assertEqual([kinds.count(kind) for kind in ("campaign", "channel", "pair", "media")], [9, 1, 36, 1])
        self.assertEqual(len(report["curves"]), 9 * 6)
        for effect in report["effects"]:
            for figure in ("spend", "revenue", "orders", "roas"):
                self.assertIn("low", effect[figure])
        self.assertIn("without a", report["definitions"]["synergy"].replace("(", ""))
        tv = report["effects"][0]
        self.assertEqual(tv["name"], "tv_launch")
        self.assertAlmostEqual(tv["roas"]["mean"], tv["revenue"]["mean"] / tv["spend"]["mean"], places=9)
        segments = sum(value["mean"] for name, value in tv.items() if name.startswith("revenue.segment."))
        self.assertAlmostEqual(segments / tv["revenue"]["mean"], 1, places=9)
        rungs = [value["mean"] for name, value in tv.items() if name.startswith("people.rung.")]
        self.assertAlmostEqual(sum(rungs) / max(map(abs, rungs)), 0, places=9)  # people only stand elsewhere

    def test_the_table_holds_what_the_report_says(self):
        path = self.folder / "new" / "effects.csv"
        result = run(LAUNCH, *SMALL, "--output", path, "--json")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(list(path.parent.iterdir()), [path])
        rows = {(row["kind"], row["name"], row["figure"]): row for row in csv.DictReader(path.read_text().splitlines())}
        for effect in json.loads(result.stdout)["effects"]:
            row = rows[effect["kind"], effect["name"], "revenue"]
            self.assertAlmostEqual(float(row["mean"]) / (effect["revenue"]["mean"] or 1), 1 if effect["revenue"]["mean"] else 0, places=8)
            self.assertTrue(row["definition"].startswith("contribution"))

    def test_mechanisms_are_switched_off_in_turn(self):
        result = run(SOURCE / "scenarios/catalogue/whole_consumer.toml", "--consumers", "3000", "--replications", "2", "--ablation", "--leaks",
                     "--later-weeks", "0", "--json")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        report = json.loads(result.stdout)
        revenue = {row["mechanism"]: row["revenue"]["mean"] for row in report["ablation"]}
        self.assertEqual(revenue["reach_overlap.enabled"], 0)  # it only looks
        self.assertNotEqual(revenue["attention.enabled"], 0)
        self.assertGreater(len(report["leaks"]), 3)

    def test_mistakes_are_refused(self):
        self.refused(LAUNCH, "--replications", "1", saying="at least 2 replications")
        self.refused(LAUNCH, "--precision", "much", saying="must be a share between 0 and 1")
        self.refused(DURABLE, saying="no campaign")
        self.refused(LAUNCH, "--set", "campaign.tv_lunch.budget_money=1", saying='did you mean "tv_launch"')
        self.refused(LAUNCH, "--output", LAUNCH, saying="--output")
        self.refused(LAUNCH, "--later-weeks", "-3", saying="later-weeks")

    def test_interrupted_it_writes_nothing_that_is_not_whole(self):
        path = self.folder / "effects.csv"
        process = subprocess.Popen([PROGRAM, "truth", LAUNCH, "--consumers", "300000", "--output", str(path)],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, errors)
        self.assertEqual(output, "")
        self.assertEqual(list(self.folder.iterdir()), [])
        self.assertIn("nothing was written", errors)


if __name__ == "__main__":
    unittest.main()
