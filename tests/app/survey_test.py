"""`populace survey` from the command line to the table of answers.

Usage: survey_test.py PROGRAM SOURCE_FOLDER
"""
import csv
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
WHOLE = str(SOURCE / "scenarios/catalogue/whole_consumer.toml")
FUNNEL = str(SOURCE / "scenarios/catalogue/funnel52.toml")
SMALL = ["--consumers", "20000"]
FACETS = ["interest", "pleasure", "sign_value", "risk_importance", "risk_probability"]


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300)


def alpha(items):
    total = statistics.variance([sum(answers) for answers in zip(*items)])
    return len(items) / (len(items) - 1) * (1 - sum(map(statistics.variance, items)) / total)


class Survey(unittest.TestCase):
    def setUp(self):
        self.folder_object = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.folder_object.name)

    def tearDown(self):
        self.folder_object.cleanup()

    def refused(self, *arguments, saying):
        result = run("survey", *arguments)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertEqual(result.stdout, "")
        for words in saying:
            self.assertIn(words, result.stderr)

    def answers(self, path):
        return list(csv.DictReader(path.read_text().splitlines()))

    def test_the_table_holds_what_the_report_sums_up(self):
        path = self.folder / "new" / "answers.csv"  # the folder is made on the way
        result = run("survey", WHOLE, *SMALL, "--output", path, "--json")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(list(path.parent.iterdir()), [path])  # nothing temporary is left
        report, rows = json.loads(result.stdout), self.answers(path)
        self.assertEqual(report["output"], str(path))
        self.assertEqual((report["respondents"], len(rows), len({row["consumer"] for row in rows})), (1000, 1000, 1000))
        items = [f"{facet}_{j}" for facet in FACETS for j in (1, 2, 3)]
        self.assertEqual(list(rows[0]), ["consumer", "segment", "region", *items, *(f"true_{f}" for f in FACETS), "involvement"])
        self.assertEqual({row[item] for row in rows for item in items}, set("12345"))
        self.assertTrue(all(0 < float(row["involvement"]) < 1 for row in rows))
        self.assertEqual(list(report["scales"]), FACETS)
        scores = {facet: [sum(int(row[f"{facet}_{j}"]) for j in (1, 2, 3)) / 3 for row in rows] for facet in FACETS}
        for facet, scale in report["scales"].items():
            self.assertAlmostEqual(scale["alpha"], alpha([[int(row[f"{facet}_{j}"]) for row in rows] for j in (1, 2, 3)]))
            self.assertTrue(.7 < scale["alpha"] < .9, scale)
            self.assertTrue(0 < scale["alpha_standard_error"] < .02, scale)
            self.assertAlmostEqual(scale["mean"], statistics.mean(scores[facet]))
            truth = [float(row["true_" + facet]) for row in rows]
            self.assertAlmostEqual(scale["correlation_with_truth"], statistics.correlation(scores[facet], truth), places=5)  # six digits
            for other, correlation in scale["correlations"].items():
                self.assertAlmostEqual(correlation, statistics.correlation(scores[facet], scores[other]))
                self.assertTrue(other == facet or abs(correlation) < .7, (facet, other, correlation))
        self.assertEqual([group["name"] for group in report["groups"]], ["all", "young", "family", "older"])
        for group in report["groups"][1:]:
            of_group = [i for i, row in enumerate(rows) if row["segment"] == group["name"]]
            self.assertEqual(group["respondents"], len(of_group))
            for facet, moments in group["scales"].items():
                self.assertAlmostEqual(moments["sd"], statistics.stdev(scores[facet][i] for i in of_group))
        self.assertEqual(report["warnings"], [])

    def test_same_seed_same_answers(self):
        def made(name, *arguments):
            result = run("survey", WHOLE, *SMALL, "--respondents", 200, "--output", self.folder / name, *arguments)
            self.assertEqual(result.returncode, 0, result.stderr)
            return result.stdout.replace(name, ""), (self.folder / name).read_text()

        first = made("first.csv")
        self.assertEqual(first, made("again.csv"))
        self.assertEqual(first, made("first.csv"))  # over what was there
        for change in (["--seed", 5], ["--replication", 1]):
            self.assertNotEqual(first[1], made("other.csv", *change)[1])

    def test_respondents_are_those_whose_journeys_a_run_records(self):
        results, answers = self.folder / "run.h5", self.folder / "answers.csv"
        small = ["--consumers", "2000", "--set", "scenario.weeks=13", "--set", "scenario.warmup_weeks=0"]
        funnel = [FUNNEL, "--consumers", "2000"]
        self.assertEqual(run("survey", *funnel, "--set", "involvement.enabled=true", "--respondents", 100, "--output", answers).returncode, 0)
        made = run("run", FUNNEL, *small, "--replications", 1, "--journeys", 100, "--out", results, "--quiet")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertEqual(run("export", results, "--to", "journeys", self.folder / "journeys").returncode, 0)
        asked = [(row["consumer"], row["segment"], row["region"]) for row in self.answers(answers)]
        recorded = [(row["consumer"], row["segment"], row["region"]) for row in self.answers(self.folder / "journeys/consumers.csv")]
        self.assertEqual(asked, recorded)

    def test_words(self):
        result = run("survey", WHOLE, *SMALL)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for words in ("The whole consumer", "1,000 of 20,000 consumers answer 15 items on a scale of 1 to 5", "alpha",
                      "risk probability", "mean (sd)", "older", "true involvement"):
            self.assertIn(words, result.stdout)
        self.assertNotIn("warning", result.stdout)
        apart = run("survey", WHOLE, *SMALL, "--set", "involvement.item_loading=0").stdout
        self.assertIn("warning: interest: alpha", apart)
        together = run("survey", WHOLE, *SMALL, "--set", "involvement.facet_correlation=1").stdout
        self.assertIn("warning: interest and pleasure: correlation", together)
        few = run("survey", WHOLE, *SMALL, "--respondents", 2)
        self.assertEqual(few.returncode, 0, few.stderr)
        self.assertNotIn("nan", few.stdout)

    def test_refusals(self):
        self.refused(FUNNEL, saying=[FUNNEL, "no involvement", "--set involvement.enabled=true"])
        self.refused("nowhere.toml", saying=["nowhere.toml", "No such file"])
        self.refused(WHOLE, *SMALL, "--respondents", 1, saying=["--respondents 1", "between 2 and 20000"])
        self.refused(WHOLE, *SMALL, "--respondents", 20001, saying=["--respondents 20001", "--consumers"])
        self.refused(WHOLE, *SMALL, "--replication", -1, saying=["--replication -1"])
        self.refused(WHOLE, *SMALL, "--set", "involvement.items_per_facet=1", saying=["items_per_facet", "between 2 and 20"])
        self.refused(WHOLE, *SMALL, "--output", self.folder, saying=[str(self.folder), "choose another name"])
        copy = self.folder / "market.toml"
        copy.write_text(f'extends = "{WHOLE}"\n')
        self.refused(copy, *SMALL, "--output", copy, saying=["--output", "reads that file"])
        self.assertEqual(list(self.folder.iterdir()), [copy])


if __name__ == "__main__":
    unittest.main(verbosity=1)
