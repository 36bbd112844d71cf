"""check_docs must pass a good page, and find each stale example and dead link, planted one at a time."""
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = """#!/bin/sh
case "$*" in
  bad*) exit 3 ;;
  *--help) echo usage ;;
  run*) test -f "$2" || { echo "$2: no such scenario"; exit 1; }; echo "reach   1,234 people"; touch "$3" ;;
esac
"""
GOOD = """# Title of a page
See [the other](docs/other.md#second-part), [home](#title-of-a-page), [out](https://example.org/x) and `[code](not/a/link)`.
Try `populace run --help`.
```sh
# a comment
$ populace run scenarios/a.toml \\
    runs/a.out
MODE=1 build/release/populace run scenarios/a.toml runs/b.out && test -f runs/a.out
scripts/demo
other-tool that is not run
```
```text expect
reach 1,… people
  …
```
```sh no-run
populace bad
```
```sh fails
populace run scenarios/none.toml
```
```text expect
scenarios/none.toml: no such scenario
```
"""
STALE = [
    ("links", "[gone](docs/gone.md)", "the link docs/gone.md leads nowhere"),
    ("links", "![picture](docs/gone.png)", "the link docs/gone.png leads nowhere"),
    ("links", "[anchor](docs/other.md#third-part)", "no heading for #third-part"),
    ("links", "[reference]: docs/gone.md", "the link docs/gone.md leads nowhere"),
    ("links", "```sh\nscripts/gone\n```", "scripts/gone is not there"),
    ("run", "```sh\npopulace bad\n```", "failed (exit 3): populace bad"),
    ("run", "```sh\npopulace bad | cat\n```", "failed (exit 3)"),
    ("run", "```sh no-run\npopulace run --help\npopulace bad --help\n```", "failed (exit 3): populace bad --help"),
    ("run", "Try `populace bad --help`.", "failed (exit 3): populace bad --help"),
    ("run", "```sh fails\npopulace run scenarios/a.toml runs/c\n```", "should fail (exit 0)"),
    ("run", "```sh\npopulace run scenarios/a.toml runs/c\n```\n```text expect\nreach 9… people\n```", "not in the output: reach 9"),
    ("run", "```sh no-run\npopulace bad\n```\n```text expect\nanything\n```", "needs an sh fence"),
]


def check(checker, mode, readme):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        files = {"README.md": readme, "docs/other.md": "# Other\n## Second part\n", "scenarios/a.toml": "",
                 "scripts/demo": "#!/bin/sh\nexit 1\n", "build/program": PROGRAM, "build/ignored.md": "[dead](gone.md)\n"}
        for name, text in files.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        for name in ("scripts/demo", "build/program"):
            (root / name).chmod(0o755)
        run = ["--run", str(root / "build/program")] if mode == "run" else []
        return subprocess.run([sys.executable, checker, folder, *run], capture_output=True, text=True)


def main(checker):
    failures = []
    for mode, summary in (("links", "2 pages"), ("run", "4 commands run")):
        result = check(checker, mode, GOOD)
        if result.returncode != 0 or summary not in result.stdout:
            failures.append(f"the good page fails ({mode}):\n{result.stdout}{result.stderr}")
    for mode, planted, complaint in STALE:
        result = check(checker, mode, GOOD + planted + "\n")
        if result.returncode != 1 or complaint not in result.stdout:
            failures.append(f"{planted!r} must give {complaint!r}, but got:\n{result.stdout}{result.stderr}")
    print("\n".join(failures) or f"{len(STALE)} planted faults, each found")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
