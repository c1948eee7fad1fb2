"""An entry that is handed in twice stands once."""

from frombelow_site.door import perform
from frombelow_site.operations.again import bring_back
from tests import acts as a

from .test_handed_in_again import lose, receipts, rows


def test_what_is_handed_in_again_twice_stands_once(door, clock, tmp_path):
    """back-up-and-restore.md: “as often as somebody brings something. Each entry ... stands at its place byte for byte”.
    The one before it was kept by nobody: at the first time it becomes entry 1, at the second entry 2."""
    for _ in range(2):
        code = a.IssueCode(by=a.SERVER, person=door.bo)
        perform(code)
        clock.at += 60
    before = rows()
    folder = receipts(door, tmp_path / "kept", [2])
    lose(door, 1, clock)
    bring_back(folder)
    bring_back(folder)
    assert rows().count(before[2]) <= 1, [row[:120] for row in rows()]
