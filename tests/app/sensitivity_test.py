"""`populace sensitivity` and `populace uncertainty` from the command line.

Usage: sensitivity_test.py PROGRAM SOURCE_FOLDER
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
MEDIA = str(SOURCE / "tests/truth/two_media.toml")
LAUNCH = str(SOURCE / "scenarios/catalogue/omnichannel_launch.toml")
ORDER = ["--set", "stage_purchase.order_prob_per_week.yes={ mean = 0.25, sd = 0.05 }"]
IDLE = ["--set", "campaign.idle.delivery_prob={ mean = 0.4, sd = 0.1 }"]
ORDERS = ["--of", "sales.ours.orders"]


def run(command, *arguments):
    return subprocess.run([PROGRAM, command, *map(str, arguments)], capture_output=True, text=True, timeout=300)


class Sensitivity(unittest.TestCase):
    def setUp(self):
        self.folder_object = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.folder_object.name)

    def tearDown(self):
        self.folder_object.cleanup()

    def refused(self, *arguments, saying):
        result = run(*arguments)
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        self.assertIn(saying, result.stderr)

    def test_all_of_the_variance_is_where_it_comes_from(self):
        one, two = (run("sensitivity", MEDIA, *ORDER, *IDLE, *ORDERS, "--consumers", 2000, "--rows", 128, "--json", "--threads", n) for n in (1, 2))
        self.assertEqual((one.returncode, one.stderr), (0, ""))
        self.assertEqual(one.stdout, two.stdout)
        inputs = json.loads(one.stdout)["figures"][0]["coefficients"]
        order, idle = inputs["stage_purchase.order_prob_per_week.yes"], inputs["campaign.idle.delivery_prob"]
        self.assertLess(abs(order["first"]["mean"] - 1), 0.1)
        self.assertLess(abs(order["total"]["mean"] - 1), 0.1)
        self.assertEqual((idle["first"]["mean"], idle["total"]["mean"]), (0, 0))  # exactly: it touches nobody

    def test_screening_finds_it_too_and_writes_a_table(self):
        path = self.folder / "effects.csv"
        result = run("sensitivity", MEDIA, *ORDER, *IDLE, *ORDERS, "--consumers", 2000, "--method", "morris", "--rows", 8, "--output", path)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        rows = {(row["coefficient"], row["measure"]): float(row["value"]) for row in csv.DictReader(path.read_text().splitlines())}
        self.assertEqual(rows["campaign.idle.delivery_prob", "mu_star"], 0)
        self.assertGreater(rows["stage_purchase.order_prob_per_week.yes", "mu_star"], 0)

    def test_uncertainty_tells_the_two_apart_and_sets_plans_against_each_other(self):
        result = run("uncertainty", MEDIA, *ORDER, "--against", MEDIA, "--consumers", 2000, "--draws", 8, "--json")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        figures = {figure["name"]: figure for figure in json.loads(result.stdout)["figures"]}
        orders = figures["sales.ours.orders"]
        self.assertGreater(orders["plan"]["plan_sd"], 0)
        self.assertEqual(figures["funnel.yes.people"]["plan"]["plan_sd"], 0)
        self.assertEqual(orders["beats"]["share"], 0)  # it never beats itself

    def test_mistakes_are_refused(self):
        self.refused("sensitivity", LAUNCH, "--of", "brand.aurora.revenue", saying="no coefficient is uncertain")
        self.refused("sensitivity", MEDIA, *ORDER, "--of", "sales.ours.order", saying='did you mean "sales.ours.orders"')
        self.refused("sensitivity", MEDIA, *ORDER, *ORDERS, "--method", "morris", "--levels", "3", saying="must be even")
        self.refused("sensitivity", MEDIA, *ORDER, saying="--of")
        self.refused("uncertainty", LAUNCH, saying="nothing is uncertain but the simulation")


if __name__ == "__main__":
    unittest.main()
