"""Every header must compile alone. Headers ending in -inl.hpp are exempt: Highway includes them once per instruction set.

  check_headers.py ROOT CACHE JOBS COMPILER FLAG…

A header is compiled again only when it, one of the headers it includes, or the command changed; CACHE remembers.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys

FOLDERS = ("sim", "models", "results", "scenarios", "app")


def state_of(command, files):
    digest = hashlib.sha256(" ".join(command).encode())
    for file in files:
        status = os.stat(file)
        digest.update(f"{file} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()


def is_known(command, entry):
    try:
        return entry is not None and state_of(command, entry["files"]) == entry["state"]
    except OSError:
        return False


def compile_alone(command, header):
    """The compiler's complaint (empty when there is none), and the files that the header includes."""
    result = subprocess.run([*command, "-fsyntax-only", "-x", "c++", "-MD", "-MF", "/dev/stdout", "-"],
                            input=f'#include "{header}"\n', capture_output=True, text=True)
    if result.returncode != 0:
        return result.stderr, []
    return "", result.stdout.replace("\\\n", " ").partition(":")[2].split()


def main(root, cache_file, jobs, *command):
    cache_file = pathlib.Path(cache_file).absolute()
    os.chdir(root)
    headers = sorted(str(file) for folder in FOLDERS for file in pathlib.Path(folder).rglob("*.hpp")
                     if not file.name.endswith("-inl.hpp"))
    cache = json.loads(cache_file.read_text()) if cache_file.is_file() else {}
    changed = [header for header in headers if not is_known(command, cache.get(header))]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(int(jobs)) as pool:
        for header, (complaint, files) in zip(changed, pool.map(lambda header: compile_alone(command, header), changed)):
            cache.pop(header, None)
            if complaint:
                failed += 1
                print(f"{header} does not compile alone:\n{complaint}")
            else:
                cache[header] = {"files": files, "state": state_of(command, files)}
    cache_file.write_text(json.dumps(cache))
    print(f"{len(headers)} headers, {len(changed)} compiled, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
