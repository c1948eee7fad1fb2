"""The demonstration can be made at any hour of the day: what its story waits for ends with days."""

import os

import pytest

from tests import ready

MAKES = """
import sys, time
from pathlib import Path
data = Path("data")
from frombelow_site.commands.starting import DEMO_ORIGIN
from frombelow_site.door.key import make_keys
make_keys(data, DEMO_ORIGIN)
from frombelow_site.commands.folder import use_folder
use_folder(data.resolve())
from frombelow.polity.draws.state import Draws
from frombelow_site.demo import make_demo
now = int(time.time()) // 86_400 * 86_400 - 86_400 + MINUTES * 60
polity = make_demo(data.resolve(), data.resolve() / "copy", now=now).polity()
assert polity.at <= now
print(*sorted(f"{held.effect.purpose}:{held.stage.value}" for held in polity.part(Draws).held.values()))
"""


@pytest.mark.parametrize("minutes", [3, 10 * 60, 15 * 60, 24 * 60 - 3])
def test_it_is_whole_at_any_hour(tmp_path, minutes):
    done = ready.run("-c", MAKES.replace("MINUTES", str(minutes)), env=os.environ, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split() == ["panel:drawn", "tellers:giving"]
