"""`populace plan` from the command line to the table of its figures.

Usage: plan_test.py PROGRAM SOURCE_FOLDER
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
PAPER = str(SOURCE / "scenarios/catalogue/objective_and_task.toml")
DURABLE = str(SOURCE / "scenarios/catalogue/bass_durable.toml")
SMALL = ["--consumers", "100000", "--replications", "4", "--set", "campaign.search.budget_money=40_000"]
TARGET = ["--target", "brand.product.revenue=200_000"]


def run(*arguments):
    return subprocess.run([PROGRAM, "plan", *map(str, arguments)], capture_output=True, text=True, timeout=300)


class Plan(unittest.TestCase):
    def setUp(self):
        self.folder_object = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.folder_object.name)

    def tearDown(self):
        self.folder_object.cleanup()

    def refused(self, *arguments, saying):
        result = run(*arguments)
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        self.assertIn(saying, result.stderr)

    def test_json_holds_the_plan_and_no_thread_changes_it(self):
        options = [PAPER, *SMALL, *TARGET, "--json", "--assurance", "0.5", "--visit-cost", "2", "--conversion", "0.01",
                   "--order-value", "1000"]
        one, two = (run(*options, "--threads", n) for n in (1, 2))
        self.assertEqual((one.returncode, one.stderr), (0, ""))
        self.assertEqual(one.stdout, two.stdout)
        report = json.loads(one.stdout)
        self.assertEqual(report["needed"]["verdict"], "reached")
        self.assertEqual((report["arithmetic"]["visits"], report["arithmetic"]["budget"]), (20_000, 40_000))
        self.assertLess(report["budget"]["low"], 40_000)
        self.assertGreater(report["budget"]["high"], 40_000)
        parts = sum(part["budget"] for part in report["gap"])
        self.assertAlmostEqual(40_000 + parts, report["budget"]["mean"], places=4)
        self.assertIn("assured", report)
        for part in report["gap"]:
            self.assertIn(part["part"], report["definitions"])
        self.assertEqual([line["kind"] for line in report["lines"]], ["campaign", "channel"])
        factors = [point["factor"] for point in report["response"]]
        self.assertEqual(factors, sorted(factors))
        self.assertEqual(len(report["warnings"]), 0)

    def test_words_name_the_budget_and_the_arithmetic(self):
        result = run(PAPER, *SMALL, *TARGET, "--assurance", "0.9")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for words in ("Needed budget", "Assured to 90 %", "arithmetic, backwards", "saturation", "raise --replications to 20"):
            self.assertIn(words, result.stdout)

    def test_out_of_reach_is_an_answer(self):
        result = run(PAPER, *SMALL, "--target", "brand.product.revenue=400000")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("Out of reach", result.stdout)
        self.assertIn("no more queries", result.stdout)

    def test_the_table_holds_what_the_report_says(self):
        path = self.folder / "new" / "plan.csv"
        result = run(PAPER, *SMALL, *TARGET, "--output", path, "--json")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(list(path.parent.iterdir()), [path])
        rows = {(row["kind"], row["name"], row["figure"]): row for row in csv.DictReader(path.read_text().splitlines())}
        report = json.loads(result.stdout)
        self.assertAlmostEqual(float(rows["plan", "all", "budget"]["mean"]), report["budget"]["mean"], places=3)
        self.assertAlmostEqual(float(rows["campaign", "search", "clicks"]["mean"]), report["lines"][0]["clicks"]["mean"])
        self.assertIn(("gap", "saturation", "budget"), rows)

    def test_mistakes_are_refused(self):
        self.refused(PAPER, *SMALL, "--target", "brand.product.revnue=1", saying='did you mean "brand.product.revenue"')
        self.refused(PAPER, *SMALL, "--target", "brand.product.revenue", saying="must be KPI=VALUE")
        self.refused(PAPER, *SMALL, "--target", "brand.product.revenue=much", saying="must be KPI=VALUE")
        self.refused(PAPER, *SMALL, "--target", "=5", saying="must be KPI=VALUE")
        self.refused(PAPER, *SMALL, "--target", "brand.product.revenue=-5", saying="more than 0")
        self.refused(PAPER, *SMALL, *TARGET, "--by", "serch", saying='did you mean "search"')
        self.refused(PAPER, *SMALL, *TARGET, "--most", "0.5", saying="most")
        self.refused(PAPER, *SMALL, *TARGET, "--assurance", "1.5", saying="between 0 and 1")
        self.refused(PAPER, *SMALL, *TARGET, "--conversion", "0", saying="--conversion")
        self.refused(PAPER, *TARGET, "--replications", "1", saying="at least 2 replications")
        self.refused(PAPER, *SMALL, *TARGET, "--output", PAPER, saying="--output")
        self.refused(PAPER, *SMALL, "--target", "campaign.search.frequency=3", saying="nothing to divide by")
        self.refused(DURABLE, "--target", "market.category.orders=5", saying="no campaign")

    def test_interrupted_it_writes_nothing(self):
        path = self.folder / "plan.csv"
        process = subprocess.Popen([PROGRAM, "plan", PAPER, "--consumers", "5000000", *TARGET, "--output", str(path)],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, errors)
        self.assertEqual((output, list(self.folder.iterdir())), ("", []))
        self.assertIn("nothing was written", errors)


if __name__ == "__main__":
    unittest.main()
