"""`populace explain` and the journeys of `populace run --journeys`, from the command line to the tables.

Usage: explain_test.py PROGRAM SOURCE_FOLDER
"""
import collections
import csv
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
EVERYTHING = str(SOURCE / "tests/engine/everything.toml")
RIVAL = str(SOURCE / "docs/tutorial/4_rival.toml")
SMALL = ["--consumers", "2000"]


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300)


class Journeys(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder_object = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.folder_object.name)
        cls.results = cls.folder / "run.h5"
        made = run("run", RIVAL, *SMALL, "--replications", 2, "--journeys", 1000, "--out", cls.results, "--quiet")
        assert made.returncode == 0, made.stderr

    @classmethod
    def tearDownClass(cls):
        cls.folder_object.cleanup()

    def export(self, form):
        folder = self.folder / form
        result = run("export", self.results, "--to", form, folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        return {path.stem: list(csv.DictReader(path.read_text().splitlines())) for path in folder.glob("*.csv")}

    def refused(self, *arguments, saying):
        result = run(*arguments)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertEqual(result.stdout, "")
        for words in saying:
            self.assertIn(words, result.stderr)

    # ---- journeys ------------------------------------------------------------------------------------------------
    def test_every_kind_of_row_is_a_table_of_the_same_consumers(self):
        tables = self.export("journeys")
        sample = {row["consumer"] for row in tables["consumers"]}
        self.assertEqual(len(sample), 1000)
        self.assertLessEqual({"touches", "leaps", "orders", "events", "clicks"}, set(tables))
        for name in ("touches", "leaps", "orders"):
            rows = tables[name]
            self.assertGreater(len(rows), 100, name)
            self.assertEqual({row["replication"] for row in rows}, {"0", "1"})
            self.assertLessEqual({row["consumer"] for row in rows}, sample)
            order = [(int(row["replication"]), int(row["consumer"]), row["time"]) for row in rows]
            self.assertEqual(order, sorted(order))
        self.assertEqual({row["campaign"] for row in tables["touches"]}, {"launch"})
        self.assertEqual({row["brand"] for row in tables["orders"]}, {"ours", "rival"})

    def test_transactions_summarise_as_customer_value_tools_do(self):
        tables = self.export("transactions")
        days = collections.defaultdict(lambda: collections.defaultdict(float))
        for row in tables["transactions"]:
            day = datetime.date.fromisoformat(row["date"])
            days[row["replication"], row["brand"], row["customer_id"]][day] += float(row["amount"])
            self.assertAlmostEqual(float(row["amount"]), int(row["units"]) * float(row["price_paid"]), places=6)
        self.assertEqual(len(days), len(tables["customers"]))
        end = datetime.date(2027, 1, 4) + datetime.timedelta(weeks=52)
        self.assertGreater(max(len(d) for d in days.values()), 2)
        for row in tables["customers"]:
            bought = sorted(days[row["replication"], row["brand"], row["customer_id"]].items())
            first = bought[0][0]
            self.assertEqual(int(row["frequency"]), len(bought) - 1)
            self.assertEqual(int(row["recency"]), (bought[-1][0] - first).days)
            self.assertEqual(int(row["T"]), (end - first).days)
            repeats = [amount for _, amount in bought[1:]]
            self.assertAlmostEqual(float(row["monetary_value"]), sum(repeats) / len(repeats) if repeats else 0, places=6)

    def test_paths_and_the_log_of_touches_tell_the_same_conversions(self):
        paths, log = self.export("paths")["paths"], self.export("touches")["touches"]
        self.assertEqual({row["kind"] for row in log}, {"contact", "order"})
        order = [(int(r["replication"]), int(r["consumer_id"]), r["time"]) for r in log]
        self.assertEqual(order, sorted(order))
        expected, open_path, last = collections.Counter(), [], None
        value = collections.defaultdict(float)
        for row in log + [{"replication": None, "consumer_id": None, "kind": "end"}]:
            who = row["replication"], row["consumer_id"]
            if who != last:
                if open_path:
                    expected[last[0], " > ".join(open_path), "null"] += 1
                open_path, last = [], who
            if row["kind"] == "contact" and row["campaign"] == "launch":
                open_path.append(row["channel"])
            elif row["kind"] == "order" and row["brand"] == "ours":
                if open_path:
                    expected[who[0], " > ".join(open_path), "order"] += 1
                    value[who[0], " > ".join(open_path)] += float(row["value"])
                open_path = []
        self.assertGreater(sum(n for key, n in expected.items() if key[2] == "order"), 20)
        found = collections.Counter()
        for row in paths:
            key = row["replication"], row["path"]
            found[(*key, "order")] += int(row["total_conversions"])
            found[(*key, "null")] += int(row["total_null"])
            self.assertAlmostEqual(float(row["total_conversion_value"]), value[key], places=4)
        self.assertEqual(+found, expected)

    def test_threads_change_no_journey_and_a_resumed_run_records_what_is_left(self):
        arguments = ["run", EVERYTHING, "--consumers", "600", "--replications", "2", "--quiet", "--journeys", 50]
        texts = []
        for threads in (1, 3):
            out = self.folder / f"threads{threads}.h5"
            self.assertEqual(run(*arguments, "--threads", threads, "--out", out).returncode, 0)
            run("export", out, "--to", "journeys", self.folder / f"threads{threads}")
            texts.append({p.name: p.read_text() for p in (self.folder / f"threads{threads}").glob("*.csv")})
        self.assertEqual(texts[0], texts[1])
        state, rest = self.folder / "state", self.folder / "rest.h5"
        self.assertEqual(run(*arguments[:-2], "--save-state", state, "--save-at", 5).returncode, 0)
        self.assertEqual(run(*arguments, "--from", state, "--out", rest).returncode, 0)
        run("export", rest, "--to", "journeys", self.folder / "rest")
        tables = {name: list(csv.DictReader(text.splitlines())) for name, text in texts[0].items()}
        start = min(row["time"] for name, rows in tables.items() if name != "consumers.csv" for row in rows)
        first = (datetime.date.fromisoformat(start) + datetime.timedelta(weeks=5)).isoformat()
        for name in ("touches.csv", "leaps.csv", "orders.csv"):
            whole = tables[name]
            later = [row for row in whole if row["time"] >= first]
            self.assertTrue(later and len(later) < len(whole))
            self.assertEqual(list(csv.DictReader((self.folder / "rest" / name).read_text().splitlines())), later)

    def test_refusals(self):
        self.refused("run", RIVAL, "--journeys", 10, saying=["--journeys", "--out"])
        self.refused("run", RIVAL, "--journeys", 0, "--out", self.folder / "no.h5", saying=["--journeys 0", "at least 1"])
        plain = self.folder / "plain.h5"
        run("run", RIVAL, *SMALL, "--replications", 1, "--out", plain, "--quiet")
        for form in ("journeys", "touches", "transactions", "paths"):
            self.refused("export", plain, "--to", form, self.folder / "none", saying=["holds no journeys", "--journeys"])

    def test_dry_run_says_what_journeys_take(self):
        told = json.loads(run("run", RIVAL, *SMALL, "--journeys", 1000, "--dry-run", "--json").stdout)
        self.assertGreater(told["journeys_bytes_per_replication"], 10_000)
        self.assertNotIn("journeys_bytes_per_replication", json.loads(run("run", RIVAL, *SMALL, "--dry-run", "--json").stdout))

    # ---- explain -------------------------------------------------------------------------------------------------
    def test_a_life_agrees_with_the_journey_of_the_run(self):
        orders = collections.defaultdict(list)
        for row in self.export("journeys")["orders"]:
            if row["replication"] == "1":
                orders[row["consumer"]].append((row["time"], row["brand"]))
        consumer = max(orders, key=lambda c: len(orders[c]))
        self.assertGreater(len(orders[consumer]), 3)
        arguments = ["explain", RIVAL, *SMALL, "--consumer", consumer, "--replication", 1]
        life = json.loads(run(*arguments, "--json").stdout)
        told = [(e["date"], e["subject"]) for e in life["entries"] if e["mechanism"] == "after" and e["outcome"] == "an order"]
        self.assertEqual(sorted(told), sorted(orders[consumer]))
        words = run(*arguments)
        self.assertEqual((words.returncode, words.stderr), (0, ""))
        for expected in ("Who he is", "media habit, video", "need:", "week ", "nothing happened", "could have",
                         "an order", "draw", "At the end of week 51"):
            self.assertIn(expected, words.stdout)
        self.assertEqual(run(*arguments, "--threads", 1).stdout, words.stdout)
        some = run(*arguments, "--from", 10, "--to", 12, "--all").stdout
        self.assertIn("week 10, 2027-03-15", some)
        self.assertIn("At the end of week 12", some)
        self.assertNotIn("week 13,", some)

    def test_explain_refusals(self):
        self.refused("explain", RIVAL, *SMALL, "--consumer", 2000, saying=["--consumer 2000", "nobody", "0 to 1999"])
        self.refused("explain", RIVAL, *SMALL, "--consumer", -3, saying=["--consumer -3"])
        self.refused("explain", RIVAL, *SMALL, "--consumer", 1, "--from", 52, saying=["--from 52", "0 to 51"])
        self.refused("explain", RIVAL, *SMALL, "--consumer", 1, "--from", 9, "--to", 3, saying=["--to 3"])
        self.refused("explain", RIVAL, *SMALL, "--consumer", 1, "--replication", -1, saying=["--replication -1"])


if __name__ == "__main__":
    unittest.main(verbosity=1)
