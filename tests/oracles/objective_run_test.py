"""H115 through the command line: what `populace run --json` says of objective_and_task.toml. Money is exact in every
replication; visits and orders lie within their derived tolerances (see objective_test.cpp)."""
import json
import math
import subprocess
import sys

BUDGET, PRICE, CLICKS, CONVERSION, ORDER_VALUE, DAYS = 200_000, 2, 100_000, 0.01, 1_000, 56
BOUND = 4.6  # z of some twenty checks


def run(populace, scenario, *options):
    done = subprocess.run([populace, "run", scenario, "--json", *options], capture_output=True, text=True, check=True)
    return {name: kpi["by_replication"] for name, kpi in json.loads(done.stdout)["kpis"].items()}


def main(populace, scenario):
    kpis = run(populace, scenario, "--replications", "4")
    spend, unspent = kpis["campaign.search.spend"], kpis["campaign.search.unspent"]
    clicks, orders, revenue = (kpis[k] for k in ("campaign.search.clicks", "brand.product.orders", "brand.product.revenue"))
    for s, u, c, o, r in zip(spend, unspent, clicks, orders, revenue):
        assert round(s + u, 2) == BUDGET, (s, u)
        assert round(s, 2) == min(BUDGET, PRICE * c), (s, c)
        assert abs(c - CLICKS) < BOUND * math.sqrt(CLICKS / DAYS), c
        assert abs(o - CLICKS * CONVERSION) < BOUND * math.sqrt(CLICKS * CONVERSION), o
        assert r == ORDER_VALUE * o, (r, o)
    # Control: a third more visitors for the money miss the same bounds.
    cheap = run(populace, scenario, "--replications", "1", "--set", "campaign.search.cpc_money=1.5")
    assert abs(cheap["campaign.search.clicks"][0] - CLICKS) > 3 * BOUND * math.sqrt(CLICKS / DAYS)


if __name__ == "__main__":
    main(*sys.argv[1:])
