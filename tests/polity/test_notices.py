"""What the record takes of notices and sheets."""

import pytest

from frombelow.polity import Refused
from tests import acts as a
from tests.cast import TEXT, Organization


@pytest.fixture
def org():
    return Organization(20)


def give(org, motion, **kw):
    said = {"letter": "about-me", "text": TEXT, "mailed": 1, "bounced": 0, "printed": 0, "unreached": 0} | kw
    return org.do(a.GiveNotice, a.SERVER, motion=motion, **said)


def test_no_notice_to_who_is_concerned_stands_about_a_motion_that_concerns_nobody(org):
    m = org.move()
    with pytest.raises(Refused):
        give(org, m)


def test_no_notice_of_nothing(org):
    m = org.move()
    with pytest.raises(Refused):
        give(org, m, mailed=0)


def test_a_sheet_by_the_server_until(org):
    for until in (org.polity.today(org.clock) + 300, 1, 0, 10**9):
        with pytest.raises(Refused):
            org.do(a.IssueCode, a.SERVER, person=org.bo, until=until)
