"""`populace compare` from the command line to the table of differences.

Usage: compare_test.py PROGRAM SOURCE_FOLDER
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
LAUNCH = str(SOURCE / "scenarios/catalogue/omnichannel_launch.toml")
FUNNEL = str(SOURCE / "scenarios/catalogue/funnel52.toml")
SMALL = ["--consumers", "5000", "--replications", "4"]


def run(*arguments):
    return subprocess.run([PROGRAM, "compare", *map(str, arguments)], capture_output=True, text=True, timeout=300)


class Compare(unittest.TestCase):
    def setUp(self):
        self.folder_object = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.folder_object.name)

    def tearDown(self):
        self.folder_object.cleanup()

    def refused(self, *arguments, saying):
        result = run(*arguments)
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        for words in saying if isinstance(saying, list) else [saying]:
            self.assertIn(words, result.stderr)

    def variant(self, name, old, new, base=LAUNCH):
        text = pathlib.Path(base).read_text(encoding="utf-8")
        self.assertIn(old, text)
        path = self.folder / name
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    def test_a_change_of_budget_is_told_alone_with_far_less_noise(self):
        one, two = (run(LAUNCH, *SMALL, "--with", "campaign.member_mail.budget_money=1_000_000", "--json", "--threads", n) for n in (1, 2))
        self.assertEqual((one.returncode, one.stderr), (0, ""))
        self.assertEqual(one.stdout, two.stdout)
        report = json.loads(one.stdout)
        self.assertEqual([d["key"] for d in report["differences"]], ["campaign.member_mail.budget_money"])
        figures = {figure["name"]: figure["pairs"][0] for figure in report["figures"]}
        spend = figures["channel.email.spend"]
        self.assertLess(spend["difference"]["high"], -0.9e6)
        self.assertLess(spend["probability"], 1e-6)
        self.assertGreater(figures["brand.borealis.revenue"]["variance_reduction"] or 1e9, 50)
        self.assertEqual(figures["channel.tv.spend"]["difference"]["mean"], 0)  # what is not touched does not stir

    def test_other_draws_gain_nothing(self):
        """The control: seeds are one for all plans, so other draws come by another replication only."""
        a = json.loads(run(LAUNCH, *SMALL, "--with", "campaign.member_mail.budget_money=1_000_000", "--json", "--seed", "1").stdout)
        b = json.loads(run(LAUNCH, *SMALL, "--with", "campaign.member_mail.budget_money=1_000_000", "--json", "--seed", "2").stdout)
        mean = [next(f for f in r["figures"] if f["name"] == "brand.aurora.orders")["pairs"][0]["of_first"]["mean"] for r in (a, b)]
        self.assertNotEqual(*mean)

    def test_three_plans_are_held_together(self):
        less = self.variant("less.toml", "budget_money = 72_000_000", "budget_money = 36_000_000")
        path = self.folder / "new" / "differences.csv"
        result = run(LAUNCH, less, *SMALL, "--with", "campaign.feed_always_on.budget_money=32_000_000", "--all-pairs", "--output", path, "--json")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        report = json.loads(result.stdout)
        self.assertAlmostEqual(report["level"], 1 - 0.05 / 3)
        for figure in report["figures"]:
            self.assertEqual([(p["first"], p["second"]) for p in figure["pairs"]], [(0, 1), (0, 2), (1, 2)])
            for pair in figure["pairs"]:
                if pair["p_value"] is not None:
                    self.assertGreaterEqual(pair["adjusted_p_value"], pair["p_value"])
        self.assertEqual(list(path.parent.iterdir()), [path])
        rows = list(csv.DictReader(path.read_text().splitlines()))
        self.assertEqual(len(rows), 3 * len(report["figures"]))

    def test_text_says_what_differs(self):
        result = run(LAUNCH, *SMALL, "--with", "campaign.tv_launch.budget_money=36_000_000")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for words in ("campaign.tv_launch.budget_money  72000000  36000000", "channel.tv.spend", "P(B > A)"):
            self.assertIn(words, result.stdout)
        self.assertNotIn("channel.email.spend", result.stdout)  # nothing differs there

    def test_mistakes_are_refused(self):
        self.refused(LAUNCH, saying="two plans")
        self.refused(LAUNCH, LAUNCH, saying="the same file")
        self.refused(LAUNCH, "--with", "campaign.tv_launch.budget_mony=1", "--set", "scenario.weks=3", saying=["budget_money", "weeks"])
        self.refused(LAUNCH, "--replications", "1", "--with", "scenario.demand=1", saying="scenario.demand")
        self.refused(LAUNCH, "--replications", "1", "--with", "campaign.tv_launch.budget_money=1", saying="at least 2 replications")
        self.refused(LAUNCH, FUNNEL, saying="would not compare")
        self.refused(LAUNCH, *SMALL, "--with", "campaign.tv_launch.budget_money=1", "--of", "brand.aurora.revenu", saying='did you mean "brand.aurora.revenue"')


if __name__ == "__main__":
    unittest.main()
