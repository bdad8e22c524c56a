"""Settings for every test: one thread for matrix products, no display, nothing written into this folder by kernels.

And how tests are shared out among processes (`pytest -n 2 --dist loadgroup`): a file stays together, for the sake of its
fixtures; the checks stay together lesson by lesson; and what has a mark `xdist_group` of its own goes by that.
"""

import os

import pytest

for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ["MPLBACKEND"] = "Agg"
os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "1")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker("xdist_group"):
            continue  # its file says where it goes
        group = item.path.stem
        if group == "test_checks":
            group += f"-{item.callspec.params['name']}"
        item.add_marker(pytest.mark.xdist_group(group))
