"""Compares the instructions of a consumer-step with the committed figures; started by scripts/instructions, which says how."""
import argparse
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

import callgrind

ROOT = pathlib.Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "scenarios" / "catalogue"
SCENARIOS = ["funnel52", "omnichannel_launch", "whole_consumer"]
PROFILED = ["whole_consumer", "omnichannel_launch"]
CONSUMERS = 65_536  # so many that what a step costs whatever their number is a small part
ISA = "avx2"  # valgrind knows no AVX-512
LIMIT = 0.03
KEPT_SHARE = 0.005  # functions below this share of a scenario are not kept one by one
SHOWN = 5
PROFILE_ROWS = 40
PROFILE_SHARE = 0.001
SKIPPED = 77


class UsageError(Exception):
    pass


def scenario_hash(name):
    """Of the scenario's text and of what it extends: tells a change of the scenario from a change of the program."""
    text = (CATALOGUE / f"{name}.toml").read_text(encoding="utf-8")
    base = re.search(r'^extends\s*=\s*"(.*)\.toml"', text, re.MULTILINE)
    return hashlib.sha256((text + (scenario_hash(base[1]) if base else "")).encode()).hexdigest()[:16]


def about(binary):
    """Compiler, and the commit; None for the compiler where the program has no AVX2 or the machine has none."""
    result = subprocess.run([binary, "--version"], env=os.environ | {"POPULACE_ISA": ISA}, text=True, capture_output=True)
    if result.returncode != 0 or f"in use: {ISA}" not in result.stdout:
        return None, result.stderr.strip() or f"{ISA} is not in use"
    found = dict(re.findall(r"^\s+(git|compiler)\s+(.*)$", result.stdout, re.MULTILINE))
    return found["compiler"].strip(), found["git"].strip()


def counted(binary, names, instead):
    for name in names:
        yield name, callgrind.count(binary, instead or CATALOGUE / f"{name}.toml", CONSUMERS, ISA)


def growth_of(before, after):
    return round(after.total / before["per_consumer_step"] - 1, 4) + 0.0


def growth_of_functions(before, after):
    """The functions that grew most, with what they had and have; what was not kept had less than KEPT_SHARE."""
    known = before["functions"]
    least = KEPT_SHARE * before["per_consumer_step"]
    grown = [(number - known.get(name, least), name, number) for name, number in after.functions.items()]
    return [f"  {name}: {f'{known[name]:.2f}' if name in known else f'under {least:.2f}'} -> {number:.2f}"
            for growth, name, number in sorted(grown, reverse=True)[:SHOWN] if growth > 0]


def compare(figures, counts):
    """Prints every scenario; the number of those above their limit."""
    grown = shrunk = 0
    for name, count in counts:
        before = figures["scenarios"].get(name)
        if before is None:
            print(f"{name}: {count.total:.2f} instructions per consumer-step; no figure is committed")
            grown += 1
            continue
        growth = growth_of(before, count)
        verdict = "too many" if growth > LIMIT else "fewer than the figure" if growth < -LIMIT else "kept"
        print(f"{name}: {before['per_consumer_step']:.2f} -> {count.total:.2f} instructions per consumer-step, {100 * growth:+.2f} %: {verdict}", flush=True)
        if before["scenario"] != scenario_hash(name):
            print("  the scenario's file has changed since the figure was made")
        if growth > LIMIT:
            print("\n".join(growth_of_functions(before, count)), flush=True)
        grown += growth > LIMIT
        shrunk += growth < -LIMIT
    if grown:
        print(f"More than {100 * LIMIT:.0f} % above the committed figure. Where it is worth it: scripts/instructions --accept \"why\"")
    if shrunk:
        print("Lower the figure, so that what was won stays won: scripts/instructions --accept \"why\"")
    return grown


def accept(path, figures, compiler, counts, reason):
    new = {}
    for name, count in counts:
        before = figures.get("scenarios", {}).get(name)
        was = f", {100 * growth_of(before, count):+.2f} %" if before else ""
        print(f"{name}: {count.total:.2f} instructions per consumer-step{was}", flush=True)
        kept = sorted(count.functions.items(), key=lambda item: (-item[1], item[0]))
        new[name] = {"scenario": scenario_hash(name), "per_consumer_step": round(count.total, 2),
                     "functions": {key: round(value, 2) for key, value in kept if value >= KEPT_SHARE * count.total}}
    if compiler != figures.get("compiler") and set(new) != set(SCENARIOS):
        raise UsageError("--only: the compiler is another one than that of the figures; accept all scenarios")
    scenarios = figures.get("scenarios", {}) | new
    note = {"date": datetime.date.today().isoformat(), "reason": reason,
            "figures": {name: scenario["per_consumer_step"] for name, scenario in new.items()}}
    figures = {"compiler": compiler, "consumers": CONSUMERS, "scenarios": {name: scenarios[name] for name in SCENARIOS if name in scenarios},
               "accepted": figures.get("accepted", []) + [note]}
    path.write_text(layout(figures), encoding="utf-8")
    print(f"written to {path}")


def layout(figures):
    """JSON with the functions in lines as long as a page is wide, and a note a line."""
    text = json.dumps(figures, indent=1)
    def fill(found):
        lines = [""]
        for item in json.loads("{" + found[2] + "}").items():
            piece = f"{json.dumps(item[0])}: {item[1]}, "
            lines += [""] if len(lines[-1]) + len(piece) > 120 else []
            lines[-1] += piece
        return found[1] + "\n    " + "\n    ".join(line.rstrip() for line in lines).rstrip(",") + "\n   }"
    text = re.sub(r'("functions": \{)([^}]*)\}', fill, text)
    notes = ",\n  ".join(json.dumps(note) for note in figures["accepted"])
    return text[:text.index(' "accepted"')] + f' "accepted": [\n  {notes}\n ]\n}}\n'


def table(head, rows, total):
    lines = [f"| {head} | instructions per consumer-step | share |", "|---|---|---|"]
    shown = sorted(rows.items(), key=lambda item: (-item[1], item[0]))
    rows = min(PROFILE_ROWS, sum(number >= PROFILE_SHARE * total for _, number in shown))
    left = shown[rows:]
    shown = [(f"`{name}`", number) for name, number in shown[:rows]]
    if left:
        shown.append((f"{len(left)} others", sum(number for _, number in left)))
    return "\n".join(lines + [f"| {name} | {number:.2f} | {100 * number / total:.1f} % |" for name, number in shown])


def profile(compiler, git, counts):
    text = [f"{datetime.date.today().isoformat()}, {git}, {compiler}, instruction set {ISA}, {CONSUMERS:,} consumers."]
    for name, count in counts:
        text += [f"`{name}`: {count.total:.1f} instructions per consumer-step.", table("part of a step", count.parts, count.total),
                 table("function", count.functions, count.total)]
    return "\n\n".join(text)


def update_page(page, text):
    old = page.read_text(encoding="utf-8")
    marked = re.compile(r"(<!-- profile -->\n).*(<!-- end of profile -->)", re.DOTALL)
    if not marked.search(old):
        raise UsageError(f"{page}: no lines <!-- profile --> and <!-- end of profile -->")
    page.write_text(marked.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", old), encoding="utf-8")


def main(arguments):
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--accept", metavar="REASON")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--update-docs", action="store_true")
    parser.add_argument("--only", action="append", choices=SCENARIOS)
    parser.add_argument("--instead", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--figures", type=pathlib.Path, default=ROOT / "tests" / "bench" / "instructions.json")
    options = parser.parse_args(arguments)
    if options.accept is not None and (options.instead or options.profile or not options.accept.strip()):
        raise UsageError("--accept takes a reason, and neither --instead nor --profile beside it")
    if options.update_docs and (options.instead or options.only or not options.profile):
        raise UsageError("--update-docs goes with --profile, and neither --instead nor --only beside it")
    if options.instead and len(options.only or []) != 1:
        raise UsageError("--instead stands for one scenario; name it with --only")
    binary = os.environ.get("POPULACE_BINARY", str(ROOT / "build" / "release" / "populace"))
    compiler, git = about(binary)
    figures = json.loads(options.figures.read_text(encoding="utf-8")) if options.figures.exists() else {}
    if compiler is None:
        print(f"skipped: the instructions of {ISA} cannot be counted here: {git}")
        return SKIPPED
    if not options.accept and not options.profile and figures.get("compiler") != compiler:
        print(f"skipped: the figures are of {figures.get('compiler', 'nobody yet')}, this program is of {compiler}")
        return SKIPPED
    counts = counted(binary, options.only or (PROFILED if options.profile else SCENARIOS), options.instead)
    if options.accept:
        accept(options.figures, figures, compiler, counts, options.accept.strip())
    elif options.profile:
        text = profile(compiler, git, counts)
        print(text)
        if options.update_docs:
            update_page(ROOT / "docs" / "performance.md", text)
    else:
        return 1 if compare(figures, counts) else 0
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (UsageError, callgrind.CallgrindError) as error:
        print(f"scripts/instructions: {error}", file=sys.stderr)
        sys.exit(2)
