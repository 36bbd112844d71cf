"""Instructions of a simulation's steps, counted by callgrind, by function and by part of a step.

Only what runs inside Simulation::run_step is counted: neither reading the scenario nor building the population nor the report.
The count repeats exactly: valgrind itself places program, stack and heap, the environment is always the same one, names are bound
before the first step, and there is one thread. The C library is kept from `rep stosb` and `rep movsb`, of which valgrind counts each
byte as an instruction.
"""
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

STEP = "populace::Simulation::run_step"
TUNABLES = "glibc.cpu.x86_rep_stosb_threshold=1000000000:glibc.cpu.x86_rep_movsb_threshold=1000000000"
CALLER = "Market"  # a part of a step is what this class calls, with all that is called from there
NAMESPACES = re.compile(r"\b(?:populace|std|__cxx11|hwy|cumulative|N_[A-Z0-9_]+)::|\(anonymous namespace\)::")
C_LIBRARY = re.compile(r"^_*((?:mem|str)[a-z]+?)_(?:avx|sse|evex|erms)\w*$")
LAMBDA = re.compile(r"([\w:~]+)\((?:[^()]|\([^()]*\))*\)(?: const)?::\{lambda")


class CallgrindError(Exception):
    pass


@dataclasses.dataclass
class Count:
    """Instructions, all in all and of a consumer-step."""
    consumer_steps: int
    total: float
    functions: dict
    parts: dict


def without_brackets(name, brackets):
    """The name with what stands in these brackets taken out, however deep."""
    kept, depth = [], 0
    for letter in name:
        depth += letter == brackets[0]
        if depth == 0:
            kept.append(letter)
        depth -= letter == brackets[1] and depth > 0
    return "".join(kept)


def readable(name, program=""):
    """Class and function: no namespaces, arguments, return type, instruction set, or large template arguments."""
    if re.fullmatch(r"0x[0-9a-f]+", name):
        return pathlib.PurePath(program).name
    name = NAMESPACES.sub("", re.sub(r" \[clone [^\]]*\]|\[abi:\w+\]|'\d+$", "", name))
    inside = LAMBDA.search(name)
    if inside:
        return f"lambda in {inside[1]}"
    name = re.sub(r"operator(?:<<|>>|<=>|<=|>=|->|<|>|\(\))", lambda found: "operator " + str(found[0][8:].encode().hex()), name)
    name = re.sub(r"<(?:true|false|\d+u?l?)>", lambda found: "{" + found[0][1:-1] + "}", name)
    name = without_brackets(without_brackets(name, "<>"), "()").removesuffix(" const").replace("unsigned ", "").strip()
    if "operator " not in name:
        name = name.split(" ")[-1]
    name = re.sub(r"operator ((?:[0-9a-f]{2})+)$", lambda found: "operator" + bytes.fromhex(found[1]).decode(), name)
    return C_LIBRARY.sub(r"\1", name).replace("{", "<").replace("}", ">")


def read(path):
    """Instructions by function, and by the class that CALLER calls, of a file of callgrind."""
    names, readables, functions, parts = {}, {}, {}, {}
    objects, program, callee_program, function, callee, after_call = {}, "", "", "", "", False

    def known(table, text):
        mark, _, name = text.partition(" ")
        return table.setdefault(mark, name)

    def name_of(text, program):
        key = known(names, text), program
        if key not in readables:
            readables[key] = readable(*key)
        return readables[key]

    for line in path.read_text(encoding="utf-8").splitlines():
        key, equals, value = line.partition("=")
        if equals and key in ("ob", "fn", "cfn", "cob"):
            if key == "ob":
                program = callee_program = known(objects, value)
            elif key == "cob":
                callee_program = known(objects, value)
            elif key == "fn":
                function = name_of(value, program)
            else:
                callee, callee_program = name_of(value, callee_program), program
        elif equals and key == "calls":
            after_call = True
        elif line[:1] in "+-*0123456789" and line:
            cost = int((line.split() + ["0"])[1])
            if not after_call:
                functions[function] = functions.get(function, 0) + cost
            part = (callee if after_call else function).split("::")[0]
            if function.startswith(f"{CALLER}::") and (part != CALLER or not after_call):
                parts[part] = parts.get(part, 0) + cost
            after_call = False
    parts["Simulation"] = sum(functions.values()) - sum(parts.values())
    return [{name: cost for name, cost in table.items() if cost} for table in (functions, parts)]


def environment(isa):
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "VALGRIND_LIB") if name in os.environ}
    return kept | {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "LD_BIND_NOW": "1", "GLIBC_TUNABLES": TUNABLES, "POPULACE_ISA": isa}


def count(binary, scenario, consumers, isa):
    """Runs one replication of a scenario; a Count."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        raise CallgrindError("valgrind is not installed: scripts/setup --tests installs it")
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, "callgrind.out")
        command = [valgrind, "--tool=callgrind", "--command-line-only=yes", f"--toggle-collect={STEP}(*",
                   f"--callgrind-out-file={out}", str(binary), "run", str(scenario), "--consumers", str(consumers),
                   "--replications", "1", "--threads", "1", "--json", "--quiet"]
        result = subprocess.run(command, env=environment(isa), text=True, capture_output=True)
        if result.returncode != 0:
            said = "\n".join(line for line in result.stderr.splitlines() if not line.startswith("=="))
            raise CallgrindError(f"{' '.join(command)}\nfailed:\n{said}")
        steps = re.search(r'"steps":\s*(\d+)', result.stdout)
        if steps is None:
            raise CallgrindError(f"{scenario}: the report does not say how many steps were simulated")
        functions, parts = read(out)
    consumer_steps = consumers * int(steps[1])
    total = sum(functions.values())
    if total == 0:
        raise CallgrindError(f"nothing was counted: {STEP} is not in the program; inlined, or renamed?")
    return Count(consumer_steps, total / consumer_steps, {name: cost / consumer_steps for name, cost in functions.items()},
                 {name: cost / consumer_steps for name, cost in parts.items()})
