"""check_layers must refuse each kind of violation, planted one at a time in a small tree that is otherwise clean."""
import contextlib
import importlib.machinery
import importlib.util
import io
import pathlib
import sys
import tempfile

CLEAN = {
    "CMakeLists.txt": """populace_library(sim/base)
populace_library(sim/random DEPS sim/base PkgConfig::HWY)
populace_library(sim/parallel DEPS sim/base TBB::tbb)
populace_library(sim/population DEPS sim/base sim/random)
populace_library(sim/network DEPS sim/base sim/random)
populace_library(sim/engine DEPS sim/base sim/random sim/parallel sim/population sim/network)
populace_library(models RECURSE DEPS sim/engine)
populace_library(results RECURSE DEPS sim/engine hdf5::hdf5)
populace_library(scenarios RECURSE DEPS models results build_info PkgConfig::TOMLPP)
populace_executable(populace DIR app DEPS scenarios CLI11::CLI11)
""",
    "sim/base/ids.hpp": "#pragma once\n#include <cstdint>\n",
    "sim/random/draws.hpp": '#include <Random123/philox.h>\n#include <boost/random/gamma_distribution.hpp>\n#include "sim/base/ids.hpp"\n',
    "sim/parallel/parallel.cpp": '#include "sim/parallel/parallel.hpp"\n#include <tbb/parallel_for.h>\n',
    "sim/parallel/parallel.hpp": '#include "sim/base/ids.hpp"\n',
    "sim/population/columns.hpp": '#include "sim/random/draws.hpp"\n',
    "sim/network/ties.hpp": '#include "sim/base/ids.hpp"\n',
    "sim/engine/loop.hpp": '#include "sim/network/ties.hpp"\n#include "sim/population/columns.hpp"\n',
    "models/step.hpp": '#include "sim/engine/loop.hpp"\n',
    "results/summary/means.hpp": '#include "sim/engine/loop.hpp"\n',
    "results/hdf5/file.cpp": "#include <hdf5.h>\n",
    "scenarios/parse.cpp": '#include <toml++/toml.h>\n#include "build_info.hpp"\n#include "models/step.hpp"\n',
    "app/main.cpp": '#include "results/summary/means.hpp"\n',
}

# file, text added to its end, what the refusal must say
PLANTED = [
    ("sim/base/ids.hpp", '#include "sim/random/draws.hpp"', "sim/base includes sim/random"),
    ("sim/random/draws.hpp", '#include "sim/parallel/parallel.hpp"', "sim/random includes sim/parallel"),
    ("sim/parallel/parallel.hpp", '#include "sim/random/draws.hpp"', "sim/parallel includes sim/random"),
    ("sim/population/columns.hpp", '#include "sim/network/ties.hpp"', "sim/population includes sim/network"),
    ("sim/network/ties.hpp", '#include "sim/engine/loop.hpp"', "sim/network includes sim/engine"),
    ("sim/engine/loop.hpp", '#include "models/step.hpp"', "sim/engine includes models"),
    ("sim/engine/loop.hpp", '#  include <models/step.hpp>', "sim/engine includes models"),
    ("models/step.hpp", '#include "results/summary/means.hpp"', "models includes results"),
    ("models/step.hpp", '#include "scenarios/parse.hpp"', "models includes scenarios"),
    ("models/step.hpp", '#include "build_info.hpp"', "models includes build_info"),
    ("results/summary/means.hpp", '#include "models/step.hpp"', "results includes models"),
    ("scenarios/parse.cpp", '#include "app/main.hpp"', "scenarios includes app"),
    ("sim/misc/thing.hpp", '#include "sim/base/ids.hpp"', "sim/misc is no known layer"),
    ("models/step.hpp", "#include <tbb/task_arena.h>", "only sim/parallel may include oneTBB"),
    ("app/main.cpp", "#include <oneapi/tbb/info.h>", "only sim/parallel may include oneTBB"),
    ("models/step.hpp", "#include <Random123/philox.h>", "only sim/random may include Random123"),
    ("models/step.hpp", "#include <boost/random/mersenne_twister.hpp>", "only sim/random may include Boost.Random"),
    ("models/step.hpp", "#include <boost/random.hpp>", "only sim/random may include Boost.Random"),
    ("models/step.hpp", "#include <random>", "only sim/random may include the standard generators"),
    ("results/summary/means.hpp", "#include <hdf5.h>", "only results/hdf5 may include HDF5"),
    ("scenarios/parse.cpp", "#include <H5Fpublic.h>", "only results/hdf5 may include HDF5"),
    ("app/main.cpp", "#include <toml++/toml.h>", "only scenarios may include toml++"),
    ("results/summary/means.hpp", '#include "sim/engine/gone.hpp"', '"sim/engine/gone.hpp" does not exist'),
    ("sim/engine/loop.cpp", '#include "loop.hpp"', "not from the root"),
    ("sim/base/ids.hpp", '#include "sim/base/ids.hpp"', "include cycle"),
    ("CMakeLists.txt", "populace_library(sim/base DEPS models)", "sim/base links models"),
    ("CMakeLists.txt", "populace_library(results RECURSE\n  DEPS models)", "results links models"),
    ("CMakeLists.txt", "populace_library(models DEPS TBB::tbb)", "only sim/parallel may link oneTBB"),
    ("CMakeLists.txt", "populace_library(models DEPS PkgConfig::TOMLPP)", "only scenarios may link toml++"),
    ("CMakeLists.txt", "populace_executable(populace DIR app DEPS hdf5::hdf5)", "only results may link HDF5"),
    ("CMakeLists.txt", "target_link_libraries(populace_sim_base PUBLIC populace_sim_engine)", "sim/base links sim/engine"),
    ("CMakeLists.txt", "target_link_libraries(populace_models PUBLIC populace)", "models links app"),
]


def load(path):
    loader = importlib.machinery.SourceFileLoader("check_layers", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("check_layers", loader))
    loader.exec_module(module)
    return module


def check(checker, files):
    """Exit status and output of check_layers on a tree of these files."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            return checker.main(["--root", folder]), printed.getvalue()


def main(path):
    sys.dont_write_bytecode = True
    checker, failures = load(path), []
    status, printed = check(checker, CLEAN)
    if status != 0:
        failures.append(f"the clean tree is refused:\n{printed}")
    for file, planted, refusal in PLANTED:
        before = CLEAN.get(file, "")
        status, printed = check(checker, {**CLEAN, file: before + planted + "\n"})
        place = f"{file}:{before.count(chr(10)) + 1}: "
        if status != 1 or not any(line.startswith(place) and refusal in line for line in printed.splitlines()):
            failures.append(f"{place}{planted!r} must be refused with {refusal!r}, but got:\n{printed}")
    two = {**CLEAN, "sim/base/a.hpp": '#include "sim/base/b.hpp"\n', "sim/base/b.hpp": '#include "sim/base/a.hpp"\n'}
    if "include cycle: sim/base/a.hpp -> sim/base/b.hpp -> sim/base/a.hpp" not in check(checker, two)[1]:
        failures.append("a cycle of two files must be refused")
    print("\n".join(failures) or f"{len(PLANTED) + 1} planted violations, each found")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
