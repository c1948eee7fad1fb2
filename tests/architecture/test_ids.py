"""An id says what it is of: no motion's id stands where a person's is asked for."""

import re
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest
from mypy import api

from frombelow.polity.kernel.ids import Id
from frombelow.polity.kernel.subject import registry

SAID = [kind.act for kind in registry.kinds.values()] + [kind.effect for kind in registry.effects.values()]
EITHER = {"under"}  # a mandate, or a decision
CODE = """
from frombelow.polity import Polity
from frombelow.polity.access.acts import IssueCode
from frombelow.polity.kernel.ids import MotionId, PersonId

MOTION, PERSON, polity = MotionId("m"), PersonId("p"), Polity()
IssueCode(by=PERSON, person=PERSON)
IssueCode(by=PERSON, person=MOTION)  # no
IssueCode(by=PERSON, person="p")  # no
polity.people[PERSON].id == PERSON
polity.people[MOTION]  # no
polity.motions[MOTION].id == PERSON  # no
"""


def bare(hint):
    """Whether an id of nothing in particular can stand in a field of this type."""
    return hint == Id or (get_origin(hint) is not Annotated and any(map(bare, get_args(hint))))


@pytest.mark.parametrize("said", SAID, ids=lambda said: said.__struct_config__.tag)
def test_every_id_in_an_act_or_effect_says_what_it_is_of(said):
    hints = get_type_hints(said, include_extras=True)
    assert {field for field, hint in hints.items() if bare(hint)} <= EITHER


def test_mypy_refuses_the_id_of_something_else():
    found, _wrong, _code = api.run(["--strict", "--config-file=", "--cache-dir=/dev/null", "-c", CODE])
    refused = {int(n) for n in re.findall(r"^<string>:(\d+): error", found, re.MULTILINE)}
    assert refused == {n for n, line in enumerate(CODE.splitlines(), 1) if line.endswith("# no")}, found
