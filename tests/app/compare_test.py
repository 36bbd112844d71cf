"""`populace compare` from the command line to tables, JSON and the file of differences.

Usage: compare_test.py PROGRAM SOURCE_FOLDER
"""
import csv
import json
import math
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1)).resolve()
RIVAL = str(SOURCE / "docs/tutorial/4_rival.toml")
FUNNEL = str(SOURCE / "scenarios/catalogue/funnel52.toml")
SMALL = ["--consumers", "2000", "--replications", "4"]
NO_MONEY = ["--with", "campaign.launch.budget_money=0"]
OLD = "what was here before"


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300)


class Compare(unittest.TestCase):
    def setUp(self):
        self.folder_object = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.folder_object.name)

    def tearDown(self):
        self.folder_object.cleanup()

    def compared(self, *arguments):
        result = run("compare", *arguments)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def refused(self, *arguments, saying):
        result = run("compare", *arguments)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertEqual(result.stdout, "")
        for words in saying:
            self.assertIn(words, result.stderr)

    def variant(self, name, text=""):
        path = self.folder / name
        path.write_text(f'extends = "{RIVAL}"\n{text}')
        return path

    # ---- figures -------------------------------------------------------------------------------------------------
    def test_differences_are_those_of_two_runs_under_one_seed(self):
        out = json.loads(self.compared(RIVAL, *NO_MONEY, *SMALL, "--json"))
        self.assertEqual([(arm["label"], arm["name"]) for arm in out["arms"]],
                         [("A", RIVAL), ("B", RIVAL + " with campaign.launch.budget_money=0")])
        self.assertEqual(out["changed"], [{"path": "campaign.launch.budget_money", "given": True, "values": {"A": "600000", "B": "0"}}])
        self.assertEqual((out["comparison"]["seed"], out["comparison"]["replications"], out["comparison"]["interval_level"]), (1, 4, .95))
        (pair,) = out["comparisons"]
        alone = [json.loads(run("run", RIVAL, *SMALL, "--json", *more).stdout)["kpis"] for more in ([], ["--set", NO_MONEY[1]])]
        self.assertEqual(list(pair["kpis"]), list(alone[0]))
        for name, figure in pair["kpis"].items():
            a, b = (one[name]["by_replication"] for one in alone)
            both = [(x, y) for x, y in zip(a, b) if x is not None and y is not None]
            self.assertEqual(figure["n"], len(both), name)
            if len(both) < 2:
                self.assertIsNone(figure["probability"])
                continue
            d = [y - x for x, y in both]
            self.assertAlmostEqual(figure["difference"], statistics.mean(d), delta=1e-9 * max(1, abs(statistics.mean(d))))
            spread = statistics.variance(d)
            if spread == 0:
                self.assertIsNone(figure["variance_reduction"])
                continue
            factor = sum(map(statistics.variance, zip(*both))) / spread
            self.assertAlmostEqual(figure["variance_reduction"] / factor, 1, places=6)
            half = 3.182446305284263 * math.sqrt(spread / len(d))  # t with 3 degrees of freedom
            self.assertAlmostEqual((figure["high"] - figure["low"]) / 2 / half, 1, places=9)
        self.assertLess(pair["kpis"]["brand.ours.orders"]["probability"], .01)
        self.assertGreater(pair["kpis"]["brand.rival.orders"]["probability"], .99)
        self.assertIsNone(pair["kpis"]["market.category.opportunities"]["variance_reduction"])

    def test_threads_change_nothing_and_a_seed_does(self):
        base = [RIVAL, *NO_MONEY, *SMALL, "--json"]
        first = self.compared(*base, "--threads", 1)
        self.assertEqual(first, self.compared(*base, "--threads", 2))
        self.assertNotEqual(first, self.compared(*base, "--threads", 2, "--seed", 9))

    def test_the_same_market_under_another_name_differs_in_nothing(self):
        text = self.compared(RIVAL, self.variant("copy.toml"), *SMALL, "--all")
        for words in ("Nothing differs between the scenarios", "No figure differs noticeably between A and B", "∞"):
            self.assertIn(words, text)
        out = json.loads(self.compared(RIVAL, self.variant("copy.toml"), *SMALL, "--json"))
        self.assertEqual(out["changed"], [])
        for figure in out["comparisons"][0]["kpis"].values():
            if figure["n"] >= 2:
                self.assertEqual((figure["difference"], figure["low"], figure["high"], figure["probability"], figure["p_value"]),
                                 (0, 0, 0, .5, 1))
                self.assertIsNone(figure["variance_reduction"])

    def test_several_arms(self):
        files = [RIVAL, self.variant("half.toml", "[campaign.launch]\nbudget_money = 300_000\n"),
                 self.variant("none.toml", "[campaign.launch]\nbudget_money = 0\n")]
        out = json.loads(self.compared(*files, *SMALL, "--json"))
        self.assertEqual([(pair["a"], pair["b"]) for pair in out["comparisons"]], [("A", "B"), ("A", "C")])
        self.assertAlmostEqual(out["comparison"]["interval_level"], .975)
        every = json.loads(self.compared(*files, *SMALL, "--json", "--all-pairs"))
        self.assertEqual([(pair["a"], pair["b"]) for pair in every["comparisons"]], [("A", "B"), ("A", "C"), ("B", "C")])
        self.assertAlmostEqual(every["comparison"]["interval_level"], 1 - .05 / 3)
        figures = [pair["kpis"]["brand.ours.orders"] for pair in every["comparisons"]]
        self.assertAlmostEqual(figures[0]["difference"] + figures[2]["difference"], figures[1]["difference"])
        self.assertTrue(all(figure["p_holm"] >= figure["p_value"] for figure in figures))
        text = self.compared(*files, *SMALL, "--all-pairs", "--of", "brand.ours")
        for words in ("B differs from A", "C differs from A", "C differs from B", "P(C > B)", "p (Holm)", "98.33 %", "3 comparisons"):
            self.assertIn(words, text)

    # ---- what is told --------------------------------------------------------------------------------------------
    def test_words(self):
        text = self.compared(RIVAL, *NO_MONEY, *SMALL)
        for words in ("A  " + RIVAL, "Tutorial 4", "2,000 consumers for a market of 5,000,000 people, 52 weeks", "4 replications, seed 1",
                      "common random numbers", "campaign.launch.budget_money  600000  0", "B differs from A", "P(B > A)",
                      "variance reduction", "ours orders, units", "Not told apart", "points"):
            self.assertIn(words, text)
        self.assertNotIn("nan", text)
        self.assertLess(text.index("ours orders"), text.index("Not told apart"))
        self.assertIn("Funnel: journey", text)
        only = self.compared(RIVAL, *NO_MONEY, *SMALL, "--of", "brand.ours.orders", "--of", "market")
        self.assertIn("ours orders", only)
        self.assertIn("category opportunities", only)
        self.assertNotIn("rival", only.split("B - A")[1])
        self.assertEqual(self.compared(RIVAL, *NO_MONEY, *SMALL, "--quiet"), "")
        few = self.compared(RIVAL, *NO_MONEY, "--consumers", 100)
        self.assertIn("warning: few simulated events a replication stand behind", few)
        self.assertNotIn("warning", text)

    def test_what_only_one_file_has(self):
        other = self.variant("third.toml", '[brand.rival]\nshare = 0.2\n[brand.third]\nshare = 0.5\nprice_money = 3\nmargin_share = 0.2\n')
        text = self.compared(RIVAL, other, *SMALL)
        self.assertIn("brand.third.price_money", text)
        self.assertIn("only in B: brand.third.orders", text)
        out = json.loads(self.compared(RIVAL, other, *SMALL, "--json"))
        self.assertEqual(out["of_some_arms"]["brand.third.orders"], ["B"])
        self.assertNotIn("brand.third.orders", out["comparisons"][0]["kpis"])
        price = next(key for key in out["changed"] if key["path"] == "brand.third.price_money")
        self.assertEqual(price["values"], {"A": None, "B": "3"})

    def test_other_draws_are_told_and_the_first_hold(self):
        other = self.variant("other.toml", "[scenario]\nseed = 7\nreplications = 9\n")
        text = self.compared(RIVAL, other, "--consumers", 2000)
        self.assertIn("note: seed: A has 1, B has 7; all arms run with 1", text)
        self.assertIn("note: replications: A has 4, B has 9; all arms run with 4", text)
        self.assertIn("4 replications, seed 1", text)

    def test_the_file_of_differences(self):
        path = self.folder / "new" / "differences.csv"  # the folder is made on the way
        out = json.loads(self.compared(RIVAL, *NO_MONEY, *SMALL, "--json", "--out", path))
        self.assertEqual(list(path.parent.iterdir()), [path])  # nothing temporary is left
        self.assertEqual(out["output"], str(path))
        rows, kpis = list(csv.DictReader(path.read_text().splitlines())), out["comparisons"][0]["kpis"]
        self.assertEqual([row["kpi"] for row in rows], list(kpis))
        for row in rows:
            figure = kpis[row["kpi"]]
            for column in ("mean_a", "mean_b", "difference", "low", "high", "relative", "probability", "p_holm"):
                self.assertEqual(float(row[column]) if row[column] else None, figure[column])
            self.assertEqual((row["unit"], row["n"]), (figure["unit"], str(figure["n"])))
            if row["variance_reduction"] != "inf":
                self.assertEqual(float(row["variance_reduction"]) if row["variance_reduction"] else None, figure["variance_reduction"])

    # ---- mistakes and accidents ----------------------------------------------------------------------------------
    def test_refusals(self):
        self.refused(RIVAL, saying=["needs two arms", "--with key.path=value"])
        self.refused(RIVAL, RIVAL, "--with", "much", saying=["the same file twice", "--with makes the second arm of one", 'has no "="'])
        self.refused("nowhere.toml", RIVAL, saying=["nowhere.toml", "No such file"])
        self.refused(RIVAL, FUNNEL, saying=["money is in CNY", "EUR"])
        self.refused(RIVAL, self.variant("short.toml", "[scenario]\nweeks = 26\n"), saying=["26 weeks", "--set scenario.weeks=26"])
        self.refused(RIVAL, *NO_MONEY, "--replications", 1, saying=["1 replication", "at least two", "--replications 10"])
        self.refused(RIVAL, "--with", "campaign.launch.budgt_money=0", saying=["--with campaign.launch.budgt_money", 'did you mean "budget_money"?'])
        self.refused(RIVAL, *NO_MONEY, "--of", "brand.ours.ordrs", "--of", "nothing", saying=['did you mean "brand.ours.orders"?', "--of nothing", "brand.rival"])
        self.refused(RIVAL, *NO_MONEY, "--consumers", 0, saying=["--consumers 0", "between 1 and"])
        copy = self.variant("plan.toml")
        self.refused(copy, *NO_MONEY, "--out", copy, saying=["--out", "reads that file"])
        self.refused(copy, *NO_MONEY, "--out", self.folder, saying=[str(self.folder), "choose another name"])
        self.assertEqual(copy.read_text(), f'extends = "{RIVAL}"\n')

    def test_interrupted_nothing_is_written(self):
        path = self.folder / "differences.csv"
        path.write_text(OLD)
        process = subprocess.Popen([PROGRAM, "compare", RIVAL, *NO_MONEY, "--consumers", "40000", "--replications", "1000000", "--out", path],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=120)
        self.assertEqual((process.returncode, stdout), (130, ""))
        self.assertIn("nothing was written", stderr)
        self.assertEqual(path.read_text(), OLD)
        self.assertEqual(list(self.folder.iterdir()), [path])


if __name__ == "__main__":
    unittest.main(verbosity=1)
