#!/usr/bin/env python3
"""Opens a results file as other people do:  read_with_xarray.py FOLDER

FOLDER holds run.h5, run.json and csv/ of one run. Every group must open alone with its coordinates, time must decode,
and the numbers must be the same in all three.
"""
import json
import pathlib
import sys
import warnings

import h5py
import numpy as np
import pandas as pd
import xarray as xr

GROUPS = ("cells", "totals", "summary", "scenario")


def open_group(path, group):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return xr.open_dataset(path, engine="h5netcdf", group=group).load()


def check_root(path, run):
    with h5py.File(path) as file:
        attributes = dict(file.attrs)
        assert sorted(file) == sorted(GROUPS), list(file)
        file.visititems(lambda name, item: item[()] if isinstance(item, h5py.Dataset) else None)
    assert attributes["filetype"] == "populace results"
    assert list(attributes["format_version"]) == [1, 1]
    for name in ("seed", "currency", "consumers", "market_size", "title"):
        assert attributes[name] == run[name], name
    for name in ("results_epoch", "populace_version", "git_sha", "date_and_time", "scenario"):
        assert name in attributes, name
    assert attributes["scenario"] == str(open_group(path, "scenario").resolved.values)


def check_coordinates(dataset, run):
    for name, variable in dataset.variables.items():
        assert variable.attrs.get("long_name"), name
        assert "units" in variable.attrs or "units" in variable.encoding or variable.dtype.kind in "OUT", name
        for dimension in variable.dims:
            assert dimension in dataset.coords, (name, dimension)
    if "time" in dataset.coords:
        dates = pd.date_range(run["start_date"], periods=run["steps"], freq=f"{run['step_days']}D")
        assert (dataset.time.values == dates.values).all()


def check_counters(dataset, tables):
    for name, variable in dataset.data_vars.items():
        if "replication" not in variable.dims:
            continue
        assert variable.dtype == np.int64, name
        table = pd.read_csv(next(tables.glob(f"*_{name}.csv")), parse_dates=["time"])
        assert list(table.columns) == [*variable.dims, "value", "simulated"], name
        assert (table.simulated.values == variable.values.ravel()).all(), name
        np.testing.assert_allclose(table.value, variable.values.ravel() * variable.attrs["scale"], rtol=1e-15)
        last = {dimension: table[dimension].iloc[-1] for dimension in variable.dims}
        assert int(variable.sel(last)) == table.simulated.iloc[-1], name


def check_summary(summary, kpis, tables):
    assert list(summary.kpi.values) == list(kpis)
    for name, figure in kpis.items():
        one = summary.sel(kpi=name)
        for field in ("mean", "standard_error", "low", "high", "simulated_count"):
            expected = np.nan if figure[field] is None else figure[field]
            np.testing.assert_equal(float(one[field]), expected)
        np.testing.assert_equal(one.value.values, np.array(figure["by_replication"], dtype=float))
        assert str(one.unit.values) == figure["unit"]
    table = pd.read_csv(tables / "summary.csv")
    np.testing.assert_equal(table["mean"].values, summary["mean"].values)
    np.testing.assert_equal(pd.read_csv(tables / "kpi.csv").value.values, summary.value.values.ravel())


def check_known_sum(cells, kpis):
    """A figure by hand from the counters alone."""
    orders = (cells.orders * cells.orders.attrs["scale"]).sum(["time", "region", "segment"]).sel(brand="aurora")
    np.testing.assert_allclose(orders.values, kpis["brand.aurora.orders"]["by_replication"], rtol=1e-14)
    aware = (cells.aware * cells.aware.attrs["scale"]).isel(time=-1).sum(["region", "segment"])
    np.testing.assert_allclose(aware.values, kpis["funnel.aware.people"]["by_replication"], rtol=1e-14)


def main(folder):
    path, tables = folder / "run.h5", folder / "csv"
    report = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    check_root(path, report["run"])
    groups = {name: open_group(path, name) for name in GROUPS}
    for dataset in groups.values():
        check_coordinates(dataset, report["run"])
    assert groups["cells"].sizes["replication"] == report["run"]["replications"]
    check_counters(groups["cells"], tables)
    check_counters(groups["totals"], tables)
    check_summary(groups["summary"], report["kpis"], tables)
    check_known_sum(groups["cells"], report["kpis"])
    print(f"{path.name}: {len(GROUPS)} groups read, {len(report['kpis'])} figures agree")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
