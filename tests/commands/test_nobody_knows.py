"""Where nobody knows whether an act stands."""

import pytest
import typer

from frombelow_site import door
from frombelow_site.commands import acts
from frombelow_site.door import Closed
from frombelow_site.door.storage import UNKNOWN


class Who:
    def seal(self, _act):
        return None


def test_where_nobody_knows_whether_an_act_was_stored_the_command_does_not_say_that_nothing_was(monkeypatch, capsys):
    """The writer took it and its answer could not be read: whoever believes the last words does it once more, and it is
    done twice, since the command seals anew."""

    def closed(*_args, **_named):
        raise Closed(UNKNOWN)

    monkeypatch.setattr(door, "perform", closed)
    with pytest.raises((typer.Exit, SystemExit)):
        acts._hand_in(Who(), None, ())
    said = capsys.readouterr()
    assert "Nothing was stored" not in said.out + said.err
