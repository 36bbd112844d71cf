"""Journeys open in xarray as they are, and say what the counters say.

Usage: journeys_xarray_test.py PROGRAM SOURCE_FOLDER
"""
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import xarray as xr

program, source = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "run.h5"
    subprocess.run([program, "run", pathlib.Path(source) / "docs/tutorial/4_rival.toml", "--consumers", "1500", "--replications", "2",
                    "--journeys", "1500", "--out", path, "--quiet"], check=True)
    open_group = lambda group: xr.open_dataset(path, engine="h5netcdf", group=group)
    cells = open_group("cells")
    orders = open_group("journeys/orders")
    assert orders.sizes["row"] == orders.consumer.size > 1000
    for number, brand in enumerate(orders.brand.values):
        for replication in (0, 1):
            rows = (orders.brand_code == number) & (orders.replication == replication)
            counted = cells.orders.sel(brand=brand, replication=replication)
            assert int(orders.units.where(rows, 0).sum()) == int(counted.sum())
            first = orders.units.where(rows & (orders.time == counted.time[3]), 0).sum()
            assert int(first) == int(counted.isel(time=3).sum())
    touches = open_group("journeys/touches")
    assert int(touches.contacts.sum()) == int(cells.impressions.sum())
    assert touches.time.dtype.kind == "M" and touches.campaign.values.tolist() == ["launch"]
    assert (touches.attention > 0).all()
    consumers = open_group("journeys/consumers")
    assert consumers.sizes["consumer"] == 1500 and np.isin(orders.consumer, consumers.consumer).all()
    assert xr.open_dataset(path, engine="h5netcdf", group="journeys").attrs["focal_brand"] == "ours"
