"""Documentation that cannot go stale: relative links and scripts exist, and the commands shown are run.

  check_docs.py ROOT                checks links and scripts of every .md file
  check_docs.py ROOT --run BINARY   runs the commands of README.md and docs/**/*.md, BINARY standing as build/release/populace

A fence ```sh holds console commands; each line that starts with populace or build/release/populace is run, in a copy of the
project made afresh for each file, and must succeed. ```sh no-run is not run; the commands of ```sh fails must fail. A
```text expect fence after it lists lines that the output must hold, where … stands for anything. Every
`populace … --help` in the text is run as well.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

NOT_OURS = {".git", ".venv", ".cache", "build", "runs", "__pycache__", "node_modules"}
TIME_LIMIT_S = 300
COMMAND = re.compile(r"(?:[A-Z_]+=\S+\s+)*(?:build/release/)?populace(?:\s|$)")
HELP = re.compile(r"`((?:build/release/)?populace(?: [a-z][a-z_-]*)* --help)`")
LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)|^\s*\[[^\]]+\]:\s+(\S+)", re.MULTILINE)


class Fence:
    def __init__(self, line, kind):
        self.line, self.kind, self.lines = line, kind.split(), []


def split(text):
    """The fences of a page, and the page with its fences emptied (line numbers stay)."""
    fences, prose, current, mark = [], [], None, ""
    for number, line in enumerate(text.splitlines(), 1):
        opening = re.match(r"\s*(`{3,}|~{3,})\s*(.*)$", line)
        if current is None and opening:
            mark, current = opening[1], Fence(number, opening[2])
            fences.append(current)
        elif current is not None and line.strip().startswith(mark) and not line.strip().strip(mark[0]):
            current = None
        elif current is not None:
            current.lines.append(line)
            prose.append("")
            continue
        else:
            prose.append(line)
            continue
        prose.append("")
    return fences, "\n".join(prose)


def commands_of(fence):
    """(line number, command) of a fence, with continued lines joined and prompts taken off."""
    commands, number = [], fence.line
    joined, start = "", 0
    for line in fence.lines:
        number += 1
        start = start if joined else number
        joined += line.strip()
        if joined.endswith("\\"):
            joined = joined[:-1]
            continue
        command = joined[2:] if joined.startswith("$ ") else joined
        joined = ""
        if command and not command.startswith("#"):
            commands.append((start, command))
    return commands


def pages(root):
    found = [file for file in root.rglob("*.md") if not NOT_OURS & set(file.relative_to(root).parts)]
    return sorted(found)


def anchors_of(page):
    headings = re.findall(r"^#+\s+(.*?)\s*#*$", split(page.read_text(encoding="utf-8"))[1], re.MULTILINE)
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def check_links(root, page, complaints):
    fences, prose = split(page.read_text(encoding="utf-8"))
    name = page.relative_to(root)
    prose = re.sub(r"`[^`\n]*`", lambda code: " " * len(code[0]), prose)
    for match in LINK.finditer(prose):
        link = match[1] or match[2]
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        line = prose.count("\n", 0, match.start()) + 1
        if not target.exists():
            complaints.append(f"{name}:{line}: the link {link} leads nowhere")
        elif anchor and target.suffix == ".md" and anchor not in anchors_of(target):
            complaints.append(f"{name}:{line}: {target.name} has no heading for #{anchor}")
    for fence in fences:
        for line, command in commands_of(fence) if fence.kind[:1] == ["sh"] else []:
            script = re.match(r"(?:\./)?(scripts/\S+)", command)
            if script and not os.access(root / script[1], os.X_OK):
                complaints.append(f"{name}:{line}: {script[1]} is not there or cannot be run")


def pattern_of(expected):
    parts = [r"\s+".join(re.escape(word) for word in part.split()) for part in expected.strip().split("…")]
    return re.compile(r".*".join(parts).replace(r"\s+", r"[ \t]+"))


class Runner:
    """Runs the commands of one page in its own copy of the project."""

    def __init__(self, root, binary, folder):
        ignored = shutil.ignore_patterns(*NOT_OURS)
        self.copy = pathlib.Path(folder, "populace")
        shutil.copytree(root, self.copy, ignore=ignored, symlinks=True)
        release = self.copy / "build" / "release"
        release.mkdir(parents=True)
        (release / "populace").symlink_to(binary)
        (self.copy / "runs").mkdir()
        self.environment = {**os.environ, "PATH": f"{release}{os.pathsep}{os.environ['PATH']}"}

    def run(self, command):
        """Exit status and everything printed."""
        try:
            result = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=self.copy, env=self.environment,
                                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                    timeout=TIME_LIMIT_S)
        except subprocess.TimeoutExpired:
            return None, f"still running after {TIME_LIMIT_S} s: show a smaller run, or mark the fence no-run"
        return result.returncode, result.stdout.decode("utf-8", "replace")


def check_commands(root, binary, page, complaints):
    """Runs what a page shows; returns how many commands were run."""
    fences, prose = split(page.read_text(encoding="utf-8"))
    name, n_run, printed = page.relative_to(root), 0, None
    helps = [(prose.count("\n", 0, match.start()) + 1, match[1]) for match in HELP.finditer(prose)]
    if not helps and not any(fence.kind[:1] == ["sh"] for fence in fences):
        return 0
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(root, binary, folder)

        def run(line, command, must_fail):
            status, output = runner.run(command)
            if status is None or (status != 0) != must_fail:
                wanted = "should fail" if must_fail else "failed"
                complaints.append(f"{name}:{line}: {wanted} (exit {status}): {command}\n{output.rstrip()}")
            return output

        for fence in fences:
            kind, words = fence.kind[:1], fence.kind[1:]
            if kind == ["sh"] and "no-run" not in words:
                shown = [(line, command) for line, command in commands_of(fence) if COMMAND.match(command)]
                printed = "".join(run(line, command, "fails" in words) for line, command in shown)
                n_run += len(shown)
            elif kind == ["sh"]:
                helps += [entry for entry in commands_of(fence) if HELP.fullmatch(f"`{entry[1]}`")]
                printed = None
            elif kind == ["text"] and "expect" in words:
                if printed is None:
                    complaints.append(f"{name}:{fence.line}: an expect fence needs an sh fence that is run before it")
                    continue
                for offset, expected in enumerate(fence.lines, 1):
                    if not pattern_of(expected).search(printed):
                        complaints.append(f"{name}:{fence.line + offset}: not in the output: {expected.strip()}\n{printed}")
        for line, command in helps:
            run(line, command, False)
    return n_run + len(helps)


def main(root, *arguments):
    root, complaints, n_run = pathlib.Path(root).resolve(), [], 0
    if arguments[:1] == ("--run",):
        binary = pathlib.Path(arguments[1]).resolve()
        for page in pages(root):
            if page == root / "README.md" or root / "docs" in page.parents:
                n_run += check_commands(root, binary, page, complaints)
        summary = f"{n_run} commands run"
    else:
        for page in pages(root):
            check_links(root, page, complaints)
        summary = f"{len(pages(root))} pages, every link leads somewhere"
    print("\n".join(complaints) or summary)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
