"""Rewrites the tables of docs/performance.md, between the lines that mark them, from what `populace bench --json` printed.

  bench_tables.py PAGE BENCH_JSON
"""
import json
import pathlib
import re
import sys

COLUMNS = [("words", "words"), ("floor_ns", "floor, ns"), ("ratio", "time / floor"), ("exposures", "exposures"),
           ("bytes_per_consumer", "bytes"), ("efficiency", "efficiency"), ("share_of_writing", "share of writing"), ("relative_to_base", "ns a word, against funnel52"),
           ("bytes_by_peak", "bytes by peak"), ("gigabytes_per_second", "GB/s")]


def number(value):
    return "" if value is None else f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def group_table(lines):
    columns = [(key, title) for key, title in COLUMNS if any(key in line for line in lines)]
    head = ["benchmark", "ns", "of one", "million a second"] + [title for _, title in columns]
    return table(head, [[f"`{line['name']}`", number(line["real_time"]), line["per"], number(line["items_per_second"] / 1e6)]
                        + [number(line.get(key)) for key, _ in columns] for line in lines])


def tables(bench):
    context = bench["context"]
    text = [f"{context['date'][:10]}, populace {context['populace']}, {context['compiler']}; {context['processor']}, "
            f"{context['threads']} threads, instruction set {context['isa']}; medians of {context['rounds']} rounds, "
            f"{context['consumers']:,} consumers."]
    groups = {}
    for line in bench["benchmarks"]:
        groups.setdefault(line["name"].split("/")[0], []).append(line)
    text += [group_table(lines) for lines in groups.values()]
    hashes = {line["name"].split("/")[0]: line["scenario_hash"] for line in bench["benchmarks"] if "scenario_hash" in line}
    text += ["Scenario hashes: " + ", ".join(f"{name} `{value}`" for name, value in hashes.items()) + "."]
    text += [table(["", "check", "found", "wanted"],
                   [["pass" if check["passed"] else "**fail**", check["name"], number(check["value"]), f"{check['rule']} {check['limit']:g}"]
                    for check in bench["checks"]])]
    return "\n\n".join(text + [f"Note: {note}." for note in bench["notes"]])


def main(page, bench):
    text = pathlib.Path(page).read_text(encoding="utf-8")
    marked = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures -->)", re.DOTALL)
    if not marked.search(text):
        sys.exit(f"{page}: no lines <!-- figures --> and <!-- end of figures -->")
    new = tables(json.loads(pathlib.Path(bench).read_text(encoding="utf-8")))
    pathlib.Path(page).write_text(marked.sub(lambda match: f"{match[1]}\n{new}\n\n{match[2]}", text), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
