"""The command line as a user meets it: messages, exit statuses, and files that are whole or not there.

Usage: command_line_test.py PROGRAM SOURCE_FOLDER
"""
import csv
import json
import os
import pathlib
import pty
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
EVERYTHING = str(SOURCE / "tests/engine/everything.toml")
FUNNEL = str(SOURCE / "scenarios/catalogue/funnel52.toml")
SMALL = ["--consumers", "400", "--set", "scenario.weeks=13"]
ENDLESS = ["--consumers", "40000", "--replications", "1000000", "--threads", "1"]
OLD = b"what was here before"


def run(*arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, **options)


def start(*arguments):
    return subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder_object = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.folder_object.name)

    def tearDown(self):
        self.folder_object.cleanup()

    def refused(self, *arguments, saying):
        result = run(*arguments)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertEqual(result.stdout, "")
        for words in saying:
            self.assertIn(words, result.stderr)
        return result

    def tables(self, results):
        """Every table of a results file: file name -> list of rows."""
        folder = self.folder / (results.name + "_tables")
        exported = run("export", results, "--to", "csv", folder)
        self.assertEqual(exported.returncode, 0, exported.stderr)
        return {path.name: list(csv.DictReader(path.read_text().splitlines())) for path in folder.glob("*.csv")}

    def state_path(self):
        return self.folder / "run.state"

    # ---- asking --------------------------------------------------------------------------------------------------
    def test_help_and_version(self):
        for arguments, words in (
            (["--help"], ["run", "validate", "describe", "schema", "export", "survey", "compare"]),
            (["run", "--help"], ["--consumers", "--replications", "--precision", "--out", "--json", "--dry-run", "--quiet"]),
            (["--version"], ["populace", "git", "compiler", "baseline"]),
        ):
            result = run(*arguments)
            self.assertEqual(result.returncode, 0)
            self.assertEqual(result.stderr, "")
            for word in words:
                self.assertIn(word, result.stdout)

    def test_refusals(self):
        self.refused("run", "nowhere.toml", saying=["nowhere.toml", "No such file"])
        self.refused("run", FUNNEL, "--set", "scenario.wekks=3", saying=["--set scenario.wekks=3", 'did you mean "weeks"'])
        self.refused("run", FUNNEL, "--set", "scenario.weeks", saying=["--set scenario.weeks", "="])
        self.refused("run", FUNNEL, "--set", "scenario.weeks=many", saying=["scenario.weeks"])
        self.refused("run", FUNNEL, "--consumers", "0", saying=["--consumers 0", "between 1 and"])
        self.refused("run", FUNNEL, "--seed", "-1", saying=["--seed -1"])
        self.refused("run", FUNNEL, "--threads", "0", saying=["--threads"])
        self.refused("run", FUNNEL, "--precision", "1%", saying=["--precision", "--of"])
        self.refused("run", FUNNEL, "--of", "sales.brand.orders", saying=["--precision", "--of"])
        self.refused("run", FUNNEL, "--precision", "much", "--of", "sales.brand.orders", saying=["--precision much", "1%"])
        self.refused("run", FUNNEL, "--precision", "0%", "--of", "sales.brand.orders", saying=["--precision 0%"])
        self.refused("run", FUNNEL, "--precision", "1%", "--of", "sales.brand.ordres", saying=["--of sales.brand.ordres", "sales.brand.orders"])
        self.refused("run", FUNNEL, *SMALL, "--out", pathlib.Path(FUNNEL) / "run.h5", saying=["cannot write", "run.h5"])
        self.refused("run", FUNNEL, *SMALL, "--out", self.folder, saying=[str(self.folder), "choose another name"])
        self.refused("run", FUNNEL, *SMALL, "--from", "nowhere.state", saying=["nowhere.state", "no such file"])
        self.refused("run", FUNNEL, *SMALL, "--save-state", self.state_path(), "--save-at", "99", saying=["--save-at 99", "0 to 13"])
        self.refused("export", "nowhere.h5", "--to", "csv", self.folder, saying=["nowhere.h5"])
        self.refused("export", FUNNEL, "--to", "csv", self.folder, saying=["funnel52.toml"])
        self.refused("export", FUNNEL, "--to", "pdf", self.folder, saying=["pdf", "csv"])
        self.refused("run", saying=["scenario", "--help"])
        self.refused(saying=["--help"])

    def test_a_place_for_states_that_cannot_be_written_is_known_before_any_work(self):
        result = run("run", FUNNEL, *SMALL, "--out", self.folder / "run.h5", "--save-state", self.folder / "no/such/run.state")
        self.assertEqual(result.returncode, 2)
        self.assertIn("run.state", result.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_forced_instruction_set(self):
        environment = dict(os.environ, POPULACE_ISA="mmx")
        result = run("run", FUNNEL, *SMALL, env=environment)
        self.assertEqual(result.returncode, 2)
        self.assertIn('"mmx"', result.stderr)
        self.assertIn("baseline", result.stderr)
        reports = set()
        for isa in ["baseline"] + [name for name in ("avx2", "avx512") if name in run("--version").stdout.split("in use")[0]]:
            forced = dict(os.environ, POPULACE_ISA=isa)
            self.assertIn("in use: " + isa, run("--version", env=forced).stdout)
            reports.add(run("run", EVERYTHING, *SMALL, "--json", env=forced).stdout)
        self.assertEqual(len(reports), 1)

    def test_validate_describe_schema(self):
        bad = self.folder / "bad.toml"
        bad.write_text("[scenario]\nconsumers = 0\nweks = 3\n")
        result = run("validate", EVERYTHING, bad, FUNNEL)
        self.assertEqual(result.returncode, 2)
        self.assertEqual(result.stdout.count(": ok"), 2)
        self.assertIn(str(bad), result.stderr)
        self.assertIn("consumers", result.stderr)
        self.assertIn("weks", result.stderr)  # all violations at once
        self.assertEqual(run("validate", EVERYTHING, FUNNEL).returncode, 0)
        described = run("describe", EVERYTHING, "--set", "scenario.weeks=17")
        self.assertEqual(described.returncode, 0)
        for words in ("Everything at once", "17", "tv_spots", "ladder", "islands"):
            self.assertIn(words, described.stdout)
        schema = json.loads(run("schema").stdout)
        self.assertIn("scenario", schema["properties"])
        self.assertIn("campaign", schema["properties"])

    def test_parameters(self):
        scenario = self.folder / "tea.toml"
        scenario.write_text(
            'extends = ["preset:segments", "preset:channel/tv"]\n[brand.tea]\nshare = 1  # a monopoly\n'
            'price_money = 20\n[campaign.spots]\nchannel = "tv"\nbudget_money = 1_000\n'
        )
        listed = run("parameters", scenario, "--set", "scenario.weeks=9", "--json")
        self.assertEqual(listed.returncode, 0, listed.stderr)
        by_name = {entry["parameter"]: entry for entry in json.loads(listed.stdout)}
        self.assertEqual(by_name["scenario.weeks"]["value"], 9)
        self.assertEqual(by_name["scenario.weeks"]["range"], "[1, 5200]")
        self.assertEqual(by_name["scenario.weeks"]["unit"], "weeks")
        self.assertEqual(by_name["scenario.weeks"]["where"], "--set scenario.weeks=9")
        self.assertEqual(by_name["brand.tea.share"]["provenance"], "a monopoly")
        self.assertTrue(by_name["brand.tea.share"]["where"].endswith("tea.toml:3:9"))
        self.assertTrue(by_name["channel.tv.cpm_money"]["where"].startswith("preset:channel/tv:"))
        self.assertFalse(by_name["scenario.warmup_weeks"]["given"])
        self.assertEqual(by_name["scenario.warmup_weeks"]["provenance"], "assumed")
        rows = list(csv.DictReader(run("parameters", scenario, "--csv").stdout.splitlines()))
        self.assertEqual({row["parameter"] for row in rows}, set(by_name))
        self.assertEqual(len(rows), len(by_name))
        self.assertTrue(all(row["meaning"] for row in rows))
        self.assertIn("provenance", run("parameters", scenario).stdout)
        self.refused("parameters", scenario, "--csv", "--json", saying=["--csv", "--json"])
        self.refused("parameters", self.folder / "none.toml", saying=["none.toml"])
        environment = dict(os.environ, POPULACE_PRESETS=str(self.folder))
        self.assertIn("there is no such preset", run("validate", scenario, env=environment).stderr)

    def test_dry_run_writes_nothing(self):
        out = self.folder / "run.h5"
        result = run("run", EVERYTHING, "--consumers", "5000", "--dry-run", "--json", "--out", out)
        self.assertEqual(result.returncode, 0)
        facts = json.loads(result.stdout)
        self.assertEqual(facts["consumers"], 5000)
        self.assertEqual(facts["consumer_steps"], 5000 * (14 + 5) * 3)
        self.assertGreaterEqual(facts["population_bytes"], 5000 * facts["bytes_per_consumer"])
        self.assertFalse(out.exists())
        self.assertIn("bytes per consumer", run("run", EVERYTHING, "--dry-run").stdout)

    # ---- results -------------------------------------------------------------------------------------------------
    def test_json_says_what_the_file_says(self):
        out = self.folder / "run.h5"
        result = run("run", EVERYTHING, *SMALL, "--json", "--out", out)
        self.assertEqual(result.returncode, 0, result.stderr)
        report = json.loads(result.stdout)
        self.assertEqual(report["output"], str(out))
        self.assertEqual(report["replications"], [0, 1, 2])
        tables = self.tables(out)
        rows = {row["kpi"]: row for row in tables["summary.csv"]}
        self.assertEqual(set(rows), set(report["kpis"]))
        for name, figure in report["kpis"].items():
            for key in ("mean", "low", "high", "standard_error"):
                written = rows[name][key]
                self.assertEqual(float(written) if written not in ("", "nan") else None, figure[key], name)
        orders = sum(float(row["value"]) for row in tables["cells_orders.csv"] if row["brand"] == "own")
        self.assertGreater(orders, 0)
        self.assertAlmostEqual(orders / 3, report["kpis"]["brand.own.orders"]["mean"], delta=1e-6 * orders)

    def test_few_events_warn(self):
        few = json.loads(run("run", EVERYTHING, "--consumers", "200", "--set", "scenario.weeks=13", "--json").stdout)
        self.assertTrue(any("brand.own.buyers" in warning and "--consumers" in warning for warning in few["warnings"]))
        many = json.loads(run("run", EVERYTHING, "--consumers", "20000", "--replications", "2", "--json").stdout)
        self.assertFalse(any("brand.own.buyers" in warning for warning in many["warnings"]))

    def test_quiet_prints_nothing(self):
        out = self.folder / "new/folder" / "run.h5"  # made on the way
        result = run("run", EVERYTHING, *SMALL, "--quiet", "--out", out)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
        self.assertTrue(out.exists())

    def test_threads_change_no_table(self):
        reports = {run("run", EVERYTHING, *SMALL, "--threads", threads).stdout for threads in (1, 2, 3, 8)}
        self.assertEqual(len(reports), 1)
        self.assertIn("own", reports.pop())

    def test_precision_stops_and_not_by_threads(self):
        numbers = set()
        for threads in (1, 2, 3):
            result = run("run", EVERYTHING, *SMALL, "--precision", "4%", "--of", "brand.own.orders", "--threads", threads, "--json")
            self.assertEqual(result.returncode, 0, result.stderr)
            report = json.loads(result.stdout)
            figure = report["kpis"]["brand.own.orders"]
            self.assertLessEqual((figure["high"] - figure["low"]) / 2, 0.04 / 1.04 * figure["mean"] * (1 + 1e-9))
            numbers.add(report["run"]["replications"])
        self.assertEqual(len(numbers), 1)
        self.assertGreaterEqual(numbers.pop(), 10)
        capped = json.loads(run("run", EVERYTHING, *SMALL, "--precision", "0.1%", "--of", "brand.own.orders", "--replications", "12", "--json").stdout)
        self.assertEqual(capped["run"]["replications"], 12)
        self.assertTrue(any("brand.own.orders" in warning for warning in capped["warnings"]))

    def test_state_goes_on_as_the_straight_run(self):
        straight, rest = self.folder / "straight.h5", self.folder / "rest.h5"
        for arguments in (
            ["--out", straight],
            ["--save-state", self.state_path(), "--save-at", "6", "--threads", "2"],
            ["--from", self.state_path(), "--out", rest, "--threads", "3"],
        ):
            result = run("run", EVERYTHING, *SMALL, "--quiet", *arguments)
            self.assertEqual(result.returncode, 0, result.stderr)
        whole, tail = self.tables(straight), self.tables(rest)
        compared = 0
        for name, rows in whole.items():
            if not name.startswith(("cells_", "totals_")) or not rows or "time" not in rows[0]:
                continue
            dates = sorted({row["time"] for row in rows})
            self.assertEqual(len(dates), 13)
            self.assertEqual([row for row in rows if row["time"] >= dates[6]], tail[name], name)
            compared += len(tail[name])
        self.assertGreater(compared, 1000)
        other = run("run", EVERYTHING, *SMALL, "--seed", "5", "--from", self.state_path())
        self.assertEqual(other.returncode, 2)
        self.assertIn("seed", other.stderr)
        damaged = bytearray(self.state_path().read_bytes())
        damaged[len(damaged) // 2] ^= 255
        self.state_path().write_bytes(damaged)
        result = run("run", EVERYTHING, *SMALL, "--from", self.state_path())
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertIn("run.state", result.stderr)

    # ---- accidents -----------------------------------------------------------------------------------------------
    def test_interrupt_writes_what_is_complete(self):
        for stop in (signal.SIGINT, signal.SIGTERM):
            out = self.folder / "run.h5"
            for seconds in (2, 10, 50):  # a slow build or machine needs longer for its first replication
                process = start("run", EVERYTHING, *ENDLESS, "--out", out, "--json")
                time.sleep(seconds)
                process.send_signal(stop)
                stdout, stderr = process.communicate(timeout=120)
                self.assertEqual(process.returncode, 130)
                if "nothing was written" not in stderr:
                    break
            report = json.loads(stdout)
            n = report["run"]["replications"]
            self.assertGreater(n, 0)
            self.assertTrue(any("interrupted" in warning and str(n) in warning for warning in report["warnings"]))
            rows = self.tables(out)["totals_spend.csv"]
            self.assertEqual({row["replication"] for row in rows}, {str(r) for r in range(n)})
            self.assertEqual([path.name for path in self.folder.glob(".*")], [])

    def test_interrupt_before_anything_is_complete(self):
        out = self.folder / "run.h5"
        out.write_bytes(OLD)
        process = start("run", FUNNEL, "--consumers", "3000000", "--set", "scenario.weeks=5200", "--threads", "1", "--out", out)
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertIn("nothing was written", stderr)
        self.assertEqual(out.read_bytes(), OLD)
        self.assertEqual(list(self.folder.iterdir()), [out])

    def test_kill_leaves_what_was_there(self):
        for old in (None, OLD):
            out = self.folder / "run.h5"
            if old:
                out.write_bytes(old)
            process = start("run", EVERYTHING, *ENDLESS, "--out", out)
            time.sleep(1)
            process.kill()
            process.communicate(timeout=60)
            self.assertEqual(process.returncode, -signal.SIGKILL)
            self.assertEqual(out.read_bytes() if out.exists() else None, old)

    def test_full_disk_leaves_what_was_there(self):
        for flag in ("--out", "--save-state"):
            path = self.folder / "old.file"
            path.write_bytes(OLD)

            def little_room():
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

            result = run("run", EVERYTHING, *SMALL, flag, path, preexec_fn=little_room)
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertIn("old.file", result.stderr)
            self.assertIn("free some space", result.stderr)
            self.assertEqual(path.read_bytes(), OLD)
            self.assertEqual(list(self.folder.iterdir()), [path])

    def test_progress_on_a_terminal_only(self):
        arguments = [PROGRAM, "run", EVERYTHING, "--consumers", "20000", "--replications", "6"]
        piped = subprocess.run(arguments, capture_output=True, text=True, timeout=300)
        self.assertEqual(piped.stderr, "")
        for flags, shown in (([], True), (["--quiet"], False)):
            terminal, end = pty.openpty()
            process = subprocess.Popen(arguments + flags, stdout=subprocess.DEVNULL, stderr=end)
            os.close(end)
            text = b""
            while True:
                ready, _, _ = select.select([terminal], [], [], 60)
                try:
                    chunk = os.read(terminal, 4096) if ready else b""
                except OSError:
                    break
                if not chunk:
                    break
                text += chunk
            os.close(terminal)
            self.assertEqual(process.wait(timeout=60), 0)
            self.assertEqual(b"consumer-steps/s" in text and b"left" in text, shown)


if __name__ == "__main__":
    unittest.main(verbosity=1)
