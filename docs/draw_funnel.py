"""Draws a funnel over time as SVG, from a table that `populace export` wrote; needs nothing but Python.

  draw_funnel.py TABLES/cells_occupancy_MACHINE.csv OUT.svg [TITLE]

Bands are shares of all people in each stage, mean over replications, the first stage on top; numbers are those of the last step.
"""
import collections
import csv
import datetime
import sys
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 340
LEFT, RIGHT, TOP, BOTTOM = 46, 130, 34, 30
LABEL_GAP = 13  # of lines of text
WEEKS_APART = 13  # of labels below
COLOURS = ["#d9d9d9", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#fdd0a2", "#fdae6b", "#f16913", "#a63603",
           "#7f2704", "#c7e9c0", "#a1d99b", "#74c476", "#31a354", "#006d2c", "#00441b"]


def shares_by_stage(path):
    """(dates, {stage: [share at each date]}), stages in the order of the file."""
    people = collections.defaultdict(float)
    dates, stages = {}, {}
    with open(path, encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            stage = next(value for key, value in row.items() if key.startswith("stage_"))
            dates[row["time"]] = stages[stage] = None
            people[row["time"], stage] += float(row["value"])
    everybody = {date: sum(people[date, stage] for stage in stages) for date in dates}
    return list(dates), {stage: [people[date, stage] / everybody[date] for date in dates] for stage in stages}


def spread(marks, low, high):
    """Moves marks apart to LABEL_GAP, keeping their order and within the picture."""
    placed = []
    for mark in marks:
        placed.append(max(mark, placed[-1] + LABEL_GAP if placed else low))
    excess = placed[-1] - high
    for k in range(len(placed) - 1, -1, -1):
        if excess > 0:
            placed[k] = min(placed[k], high - LABEL_GAP * (len(placed) - 1 - k))
    return placed


def draw(dates, shares, title):
    x = lambda k: LEFT + (WIDTH - LEFT - RIGHT) * k / max(len(dates) - 1, 1)
    y = lambda share: HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
             f'<text x="{LEFT}" y="20" font-size="13">{escape(title)}</text>']
    top = [1.0] * len(dates)
    middles = []
    for colour, share in zip(COLOURS, shares.values()):
        bottom = [upper - part for upper, part in zip(top, share)]
        outline = [f"{x(k):.1f},{y(v):.1f}" for k, v in enumerate(top)]
        outline += [f"{x(k):.1f},{y(v):.1f}" for k, v in reversed(list(enumerate(bottom)))]
        parts.append(f'<polygon points="{" ".join(outline)}" fill="{colour}"/>')
        middles.append(y((top[-1] + bottom[-1]) / 2))
        top = bottom
    for colour, (stage, share), at in zip(COLOURS, shares.items(), spread(middles, TOP + 4, HEIGHT - BOTTOM)):
        left = WIDTH - RIGHT + 8
        parts.append(f'<rect x="{left}" y="{at - 8:.1f}" width="9" height="9" fill="{colour}"/>')
        parts.append(f'<text x="{left + 13}" y="{at:.1f}">{escape(stage)} {100 * share[-1]:.3g} %</text>')
    for percent in range(0, 101, 20):
        at = y(percent / 100)
        parts.append(f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{percent} %</text>')
        parts.append(f'<path d="M{LEFT - 4} {at:.1f}H{LEFT}" stroke="#666"/>')
    first = datetime.date.fromisoformat(dates[0])
    for k, date in enumerate(dates):
        days = (datetime.date.fromisoformat(date) - first).days
        if days % (7 * WEEKS_APART) == 0:
            parts.append(f'<text x="{x(k):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">week {days // 7}</text>')
    return "\n".join(parts + ["</svg>"]) + "\n"


def main(table, out, title="People by stage"):
    picture = draw(*shares_by_stage(table), title)
    with open(out, "w", encoding="utf-8") as file:
        file.write(picture)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
