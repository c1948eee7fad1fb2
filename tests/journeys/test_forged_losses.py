"""A server that claims a loss which is none: whoever remembers what it denies is shown the evidence, and goes on no more."""

import base64
import json
import re
import shutil
import time

import pytest

from .access import accessible
from .conftest import PHONE, Server, free_port
from .keyboard import Keyboard
from .test_lost import club, go_back, sign_in  # noqa: F401  the fixture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


def _without_all_that_was_held(folder, frombelow):
    """It says that fewer entries were held than this browser remembers."""
    go_back(folder)
    shutil.copy2(folder / "less", folder / "data/copy/checkpoint")
    frombelow("resume", "--key", "ada.key", "--data", "data")


def _of_other_entries(folder, frombelow):
    """It says that as many were held, with another root."""
    go_back(folder)
    shutil.copytree(folder / "data", folder / "other", ignore=shutil.ignore_patterns("copy"))
    for _ in range(3):
        frombelow("witness", "set", "--nobody", "--key", "ada.key", "--data", "other")
    shutil.copy2(folder / "other/copy/checkpoint", folder / "data/copy/checkpoint")
    frombelow("resume", "--key", "ada.key", "--data", "data")


def _go_on_as_if_nothing_had_been(folder, _frombelow):
    """The record says of no loss."""
    go_back(folder)
    shutil.rmtree(folder / "data/copy")


def _losses(entry):
    """The server says that this entry tells of a loss of everything."""
    return lambda route: route.fulfill(json={"losses": [{"entry": entry, "held": 1000, "root": ""}]})


def _another_receipt(route):
    """It gives the words of a loss in the place of those that the entry has, under the entry's proof."""
    index = int(re.search(r"entry/(\d+)/", route.request.url)[1])
    said = {"act": {"kind": "server.resume", "held": 1000, "root": ""}, "seal": {}}
    answer = route.fetch()
    head, _, rest = answer.text().partition("\n")
    words = base64.b64encode(json.dumps(said).encode()).decode()
    lines = rest.split("\n")
    assert lines[1] == f"index {index}"
    route.fulfill(body="\n".join([head, f"extra {words}", *lines[1:]]), content_type="text/plain")


FORGED = {
    "fewer entries than are remembered": (_without_all_that_was_held, {}),
    "other entries than are remembered": (_of_other_entries, {}),
    "an entry that says nothing of it": (_go_on_as_if_nothing_had_been, {"losses": _losses(0)}),
    "words that no entry has": (
        _go_on_as_if_nothing_had_been, {"losses": _losses(0), "entry/*/receipt": _another_receipt},
    ),
    "an entry that is not there": (_go_on_as_if_nothing_had_been, {"losses": _losses(999)}),
}  # fmt: skip


@pytest.mark.parametrize("forged", FORGED)
def test_a_loss_that_does_not_explain_what_a_browser_remembers_is_no_excuse(chromium, club, forged, tmp_path):  # noqa: F811
    happen, answers = FORGED[forged]
    server = Server(tmp_path / "data", free_port())
    context = chromium.new_context(viewport=dict(zip(("width", "height"), PHONE, strict=True)))
    page = context.new_page()
    with server.running():
        sign_in(page, club, server.address)
    shutil.copytree(tmp_path / "data", tmp_path / "before")
    for n in range(3):
        club("witness", "set", "--nobody", "--key", "ada.key", "--data", "data")
        if n == 1:
            shutil.copy2(tmp_path / "data/copy/checkpoint", tmp_path / "less")
    with server.running():
        page.clock.set_fixed_time(time.time() + 120)  # it looks at the record once a minute
        page.goto(server.address + "/people/")
        page.locator("#remembered [data-say=kept]:visible").wait_for()
    happen(tmp_path, club)
    for path, answer in answers.items():
        page.route(f"**/record/{path}", answer)
    with server.running():
        page.clock.set_fixed_time(time.time() + 240)
        page.goto(server.address + "/people/")
        page.get_by_role("heading", name="The history of this organization was changed").wait_for()
        assert not page.get_by_role("heading", name="Entries of the record were lost").is_visible()
        assert not page.locator("#content").is_visible()
        accessible(page)
        with page.expect_download() as download:
            Keyboard(page).press_here("Download what was signed then and now", role="link")
        assert download.value.path().read_bytes().startswith(b"frombelow-fork/1\n")
        page.goto(server.address + "/record/")
        page.get_by_role("heading", name="The history of this organization was changed").wait_for()
    context.close()
