"""The figures of scripts/bench_peers as Markdown, on the screen and between the marks of docs/performance.md."""
import pathlib
import re


def number(value):
    return "" if value is None else f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def rates(report):
    threads = report["context"]["threads"]
    head = ["implementation", "threads", "consumers", "million consumer-steps a second", "bytes a consumer", "populace on one thread is … times as fast"]
    if threads > 1:
        head += [f"on {threads} threads"]
    rows = [[line["name"], str(line["threads"]), f"{line['consumers']:,}", number(line["consumer_steps_per_second"] / 1e6),
             number(line["bytes_per_consumer"]), number(line["populace_one_thread"])]
            + ([number(line["populace_all_threads"])] if threads > 1 else []) for line in report["implementations"]]
    return table(head, rows)


def agreement(report):
    lines = report["agreement"]
    figures = list(dict.fromkeys(line["figure"] for line in lines))
    expected = {line["figure"]: line["populace"] for line in lines}
    rows = [["populace"] + [f"{expected[figure]:.4f}" for figure in figures] + [""]]
    for peer in dict.fromkeys(line["peer"] for line in lines):
        found = {line["figure"]: line["found"] for line in lines if line["peer"] == peer}
        worst = max(abs(line["found"] - line["populace"]) / line["tolerance"] for line in lines if line["peer"] == peer)
        rows.append([peer] + [f"{found[figure]:.4f}" for figure in figures] + [f"{worst:.2f}"])
    return table(["at the end"] + figures + ["largest difference, in tolerances"], rows)


def checks(report):
    return table(["", "check", "found", "wanted"],
                 [["pass" if check["passed"] else "**fail**", check["name"], number(check["value"]), f"at least {check['limit']:g}"]
                  for check in report["checks"]])


def text(report):
    context = report["context"]
    head = (f"{context['date'][:10]}, populace {context['populace']}, {context['compiler']}; {context['processor']}, instruction set "
            f"{context['isa']}; {context['versions']}; medians of {context['rounds']} rounds.")
    return "\n\n".join([head, rates(report), agreement(report), checks(report)])


def update(page, report):
    path = pathlib.Path(page)
    old = path.read_text(encoding="utf-8")
    marked = re.compile(r"(<!-- peers -->\n).*(<!-- end of peers -->)", re.DOTALL)
    if not marked.search(old):
        raise SystemExit(f"{page}: no lines <!-- peers --> and <!-- end of peers -->")
    path.write_text(marked.sub(lambda match: f"{match[1]}\n{text(report)}\n\n{match[2]}", old), encoding="utf-8")
