"""A doubt about the clock ends by nothing that the record does not say."""

import pytest

from frombelow.polity import Refused, Stage
from frombelow.polity.keys.acts import OnlyWithKeys
from frombelow.polity.server.acts import ConfirmTime
from frombelow_site.door import perform
from tests.site_cast import DAY, site  # noqa: F401  a fixture
from tests.site_keys import do, first_key

from .test_time_in_doubt import by_who_runs_the_server, kinds, machine, voting  # noqa: F401  fixtures


def test_a_confirmation_that_is_refused_for_want_of_a_seal_ends_no_doubt(voting, machine):  # noqa: F811
    dee = voting.dee
    key = first_key(voting, dee)
    do(voting, key, OnlyWithKeys(by=dee))
    machine.wall += 30 * DAY
    voting.door.tick()
    assert voting.door.time.doubted
    with pytest.raises(Refused):
        perform(by_who_runs_the_server(voting))
    assert not [act for act in kinds() if isinstance(act, ConfirmTime)]
    assert voting.polity.motions[voting.motion].stage is Stage.VOTING
    assert voting.door.time.doubted
