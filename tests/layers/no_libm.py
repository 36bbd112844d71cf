"""Results are the same on every machine only if no mathematics comes from the system's libm, whose last digits differ from
version to version. Fails on any undefined symbol of the given libraries that this system's libm defines.

  no_libm.py CXX LIBRARY…          checks the libraries
  no_libm.py CXX --self-test       checks that a planted call is found
"""
import pathlib
import subprocess
import sys
import tempfile


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def names_of_libm(compiler):
    libm = run(compiler, "-print-file-name=libm.so.6").strip()
    # A line is "address type name@@version"; the type A is the version itself.
    lines = [line.split() for line in run("nm", "-D", "--defined-only", libm).splitlines()]
    return {line[-1].split("@")[0] for line in lines if line[-2] in "TWi"}


def uses_of_libm(compiler, library):
    """(object, symbol) of each undefined symbol of a library or object that libm defines."""
    libm = names_of_libm(compiler)
    uses = []
    for line in run("nm", "-A", "--undefined-only", str(library)).splitlines():
        place, name = line.rsplit(None, 2)[0], line.split()[-1].split("@")[0]
        if name in libm:
            uses.append((place.rstrip(":"), name))
    return uses


def self_test(compiler):
    planted = """
#include <cmath>
double planted(double x) { return std::exp(x) + std::lgamma(x); }
float planted(float x) { return std::pow(x, x); }
long double planted(long double x) { return std::sin(x); }
"""
    with tempfile.TemporaryDirectory() as folder:
        source, found = pathlib.Path(folder, "planted.cpp"), {}
        for name, text in (("planted", planted), ("clean", "double clean(double x) { return x * x; }\n")):
            source.write_text(text, encoding="utf-8")
            run(compiler, "-O2", "-c", str(source), "-o", f"{folder}/{name}.o")
            run("ar", "rcs", f"{folder}/{name}.a", f"{folder}/{name}.o")
            found[name] = {symbol for _, symbol in uses_of_libm(compiler, f"{folder}/{name}.a")}
    print(found)
    return 0 if found == {"planted": {"exp", "lgamma", "powf", "sinl"}, "clean": set()} else 1


def main(compiler, *libraries):
    if libraries == ("--self-test",):
        return self_test(compiler)
    uses = [use for library in libraries for use in uses_of_libm(compiler, library)]
    for place, symbol in uses:
        print(f"{place}: needs {symbol} of libm; use sim/random/exact_math.hpp instead")
    print(f"{len(libraries)} libraries, {len(uses)} uses of libm")
    return 1 if uses or not libraries else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
