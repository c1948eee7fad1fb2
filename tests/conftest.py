"""What a machine lacks is skipped with a line that says so; with FROMBELOW_ALL=1 it fails instead. Which tests one worker
does."""

import gc
import os
import shutil

import pytest
from hypothesis import settings

# No law fails because the machine was busy.
settings.register_profile("laws", deadline=None)
settings.load_profile("laws")

EVERYTHING = os.environ.get("FROMBELOW_ALL") == "1"
NEEDS = {
    "browser": ("Chromium", lambda: shutil.which("chromium")),
    "office": ("LibreOffice", lambda: shutil.which("soffice")),
    "checker": ("Go with golang.org/x/mod", lambda: True),
}


def pytest_collection_modifyitems(items):
    for item in items:
        if (group := _group(item)) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(group))
        for name, (what, there) in NEEDS.items():
            if item.get_closest_marker(name) and not there() and not EVERYTHING:
                item.add_marker(pytest.mark.skip(reason=f"there is no {what} here"))


def pytest_collection_finish():
    """What was imported stays, and is not looked through each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _group(item):
    """Tests that look at what was made once for their module or package are run by one worker, so that it is."""
    scopes = {found[-1].scope for found in item._fixtureinfo.name2fixturedefs.values()}
    names = {"package": item.module.__package__, "module": item.module.__name__}
    return next((name for scope, name in names.items() if scope in scopes), None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped and EVERYTHING and not hasattr(report, "wasxfail"):
        allowed = item.get_closest_marker("may_skip")
        if allowed is None:
            report.outcome = "failed"
            report.longrepr = f"Nothing may be skipped here: {report.longrepr[2] if report.longrepr else item.nodeid}"
    return report
