"""check_headers must find a header that does not stand alone, forget nothing it should compile again, and exempt -inl.hpp."""
import os
import pathlib
import subprocess
import sys
import tempfile


def main(checker, *compiler):
    with tempfile.TemporaryDirectory() as folder:
        base = pathlib.Path(folder, "sim", "base")
        base.mkdir(parents=True)

        def check():
            result = subprocess.run([sys.executable, checker, folder, f"{folder}/cache.json", "2", *compiler, f"-I{folder}"],
                                    capture_output=True, text=True)
            return result.returncode, result.stdout.splitlines()[-1] if result.stdout else result.stderr

        def write(name, text, age):
            (base / name).write_text(text, encoding="utf-8")
            os.utime(base / name, (age, age))

        write("ids.hpp", "#pragma once\nusing Id = unsigned;\n", 1000)
        write("uses.hpp", '#pragma once\n#include "sim/base/ids.hpp"\ninline Id first_id() { return 0; }\n', 1000)
        write("kernel-inl.hpp", "Nonsense alone;\n", 1000)
        steps = [("two clean headers", check(), (0, "2 headers, 2 compiled, 0 failed"))]
        steps.append(("nothing changed", check(), (0, "2 headers, 0 compiled, 0 failed")))
        write("ids.hpp", "#pragma once\nusing Identity = unsigned;\n", 2000)
        steps.append(("an included header changed", check(), (1, "2 headers, 2 compiled, 1 failed")))
        steps.append(("a failure is not remembered as good", check(), (1, "2 headers, 1 compiled, 1 failed")))
        write("ids.hpp", "#pragma once\nusing Id = unsigned;\n", 3000)
        write("uses.hpp", "#pragma once\ninline Id first_id() { return 0; }\n", 3000)
        steps.append(("a header that leans on its includer", check(), (1, "2 headers, 2 compiled, 1 failed")))
    wrong = [f"{name}: expected {expected}, got {got}" for name, got, expected in steps if got != expected]
    print("\n".join(wrong) or f"{len(steps)} steps, each as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
