"""scripts/instructions in a hurry: the count repeats to the last instruction; a planted campaign is refused by name, with what
grew and the command that accepts; fewer instructions are told; other compilers and machines are skipped; pages keep their text.

  instructions_test.py SOURCE BINARY        exit status 77 where scripts/instructions cannot compare
"""
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile

PLANTED = 'extends = "{base}"\n[campaign.more]\nchannel = "feed"\nbuy = "probability"\ndelivery_prob = 0.1\n'
CALLGRIND = """events: Ir
ob=(1) /bin/populace
fl=(1) ???
fn=(1) populace::Simulation::run_step(std::atomic<bool> const&)
0 10
cfn=(2) populace::Market::run_block(populace::Globals const&) const
calls=2 0
* 90
fn=(2)
+3 20
cfn=(3) populace::Talk::run(int) const
calls=1 0
0 50
cfn=(2)
calls=1 0
0 70
cob=(2) /lib/libc.so.6
cfn=(4) 0x00000000000035b0
calls=1 0
0 20
fn=(3)
0 1
* 49
ob=(2)
fn=(4)
0 20
"""
NAMES = {
    "void populace::N_AVX2::(anonymous namespace)::find_all<true>(populace::MeetingTask const&)": "find_all<true>",
    "populace::capped_poisson(double, long) [clone .part.0]": "capped_poisson",
    "populace::Talk::run(populace::TalkPlan const&, long*) const'2": "Talk::run",
    "std::array<float, 256ul> populace::(anonymous namespace)::means<populace::cumulative::Gamma>(double)": "means",
    "populace::Kpi::name[abi:cxx11]() const": "Kpi::name",
    "std::_Function_handler<void (unsigned long), populace::Simulation::run_step(std::atomic<bool> const&)::{lambda(unsigned long)#1}>"
    "::_M_invoke(std::_Any_data const&, unsigned long&&)": "lambda in Simulation::run_step",
    "__memset_avx2_unaligned_erms": "memset",
    "operator new(unsigned long)": "operator new",
    "populace::Less::operator()(int, int) const": "Less::operator()",
}


def names_and_parts(callgrind):
    for name, wanted in NAMES.items():
        assert callgrind.readable(name) == wanted, f"{name}: {callgrind.readable(name)}, not {wanted}"
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "out")
        path.write_text(CALLGRIND, encoding="utf-8")
        functions, parts = callgrind.read(path)
    assert functions == {"Simulation::run_step": 10, "Market::run_block": 20, "Talk::run": 50, "libc.so.6": 20}, functions
    assert parts == {"Market": 20, "Talk": 50, "libc.so.6": 20, "Simulation": 10}, parts


def page(instructions):
    """The profile goes between the marks, and nothing else of the page changes."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "page.md")
        path.write_text("before\n<!-- profile -->\nold\n<!-- end of profile -->\nafter\n", encoding="utf-8")
        instructions.update_page(path, "new")
        assert path.read_text(encoding="utf-8") == "before\n<!-- profile -->\n\nnew\n\n<!-- end of profile -->\nafter\n"


class Program:
    def __init__(self, source, binary):
        self.source, self.binary = source, binary

    def run(self, *arguments, **environment):
        command = [sys.executable, f"{self.source}/scripts/instructions.py", "--only", "funnel52", *arguments]
        result = subprocess.run(command, env=os.environ | {"POPULACE_BINARY": self.binary} | environment, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return result.returncode, result.stdout


def skips(program, folder, figures):
    """A program without AVX2 kernels in use, and figures of another compiler."""
    baseline = folder / "baseline"
    baseline.write_text("#!/bin/sh\necho '  built for  baseline; in use: baseline'\n", encoding="utf-8")
    baseline.chmod(baseline.stat().st_mode | stat.S_IXUSR)
    status, text = program.run(POPULACE_BINARY=str(baseline))
    assert status == 77 and "skipped" in text and "avx2" in text, text
    other = folder / "other.json"
    other.write_text(json.dumps(figures | {"compiler": "GNU 99.1.0 (Release)"}), encoding="utf-8")
    status, text = program.run("--figures", str(other))
    assert status == 77 and "skipped" in text and "GNU 99.1.0" in text, text
    status, text = program.run(PATH=str(folder))
    assert status == 2 and "scripts/setup" in text, text


def growth(program, folder, committed):
    mine = folder / "mine.json"
    shutil.copy(committed, mine)
    status, text = program.run("--figures", str(mine), "--accept", "a test")
    assert status == 0, text
    accepted = json.loads(mine.read_text(encoding="utf-8"))
    notes = accepted["accepted"]
    assert notes[:-1] == json.loads(committed.read_text(encoding="utf-8"))["accepted"] and notes[-1]["reason"] == "a test", notes
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", notes[-1]["date"]), notes

    planted = folder / "planted.toml"
    planted.write_text(PLANTED.format(base=f"{program.source}/scenarios/catalogue/funnel52.toml"), encoding="utf-8")
    status, text = program.run("--figures", str(mine), "--instead", str(planted))
    before = accepted["scenarios"]["funnel52"]["per_consumer_step"]
    assert status == 1 and f"funnel52: {before:.2f} -> " in text and "too many" in text, text
    assert "draw_bernoulli: " in text and "scripts/instructions --accept" in text, text

    scenario = accepted["scenarios"]["funnel52"]
    scenario["per_consumer_step"] = before * 1.05
    mine.write_text(json.dumps(accepted), encoding="utf-8")
    status, text = program.run("--figures", str(mine))
    assert status == 0 and "Lower the figure" in text, text
    assert f"-> {before:.2f} instructions" in text, f"counted twice, it is not the same: {before:.2f}, and\n{text}"


def main(source, binary):
    sys.path.insert(0, f"{source}/scripts")
    sys.dont_write_bytecode = True
    import callgrind
    import instructions
    names_and_parts(callgrind)
    page(instructions)
    committed = pathlib.Path(source, "tests/bench/instructions.json")
    figures = json.loads(committed.read_text(encoding="utf-8"))
    text = instructions.layout(figures)
    assert json.loads(text) == figures and text == committed.read_text(encoding="utf-8"), text
    compiler, about = instructions.about(binary)
    if compiler != figures["compiler"]:
        print(f"skipped: the figures are of {figures['compiler']}, this program is of {compiler or about}")
        return 77
    program = Program(source, binary)
    with tempfile.TemporaryDirectory() as folder:
        skips(program, pathlib.Path(folder), figures)
        growth(program, pathlib.Path(folder), committed)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
