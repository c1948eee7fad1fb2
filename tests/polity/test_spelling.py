"""How acts are spelled, as data for other programs."""

from typing import Annotated

import msgspec
import pytest

from frombelow.polity import spelling
from frombelow.polity.kernel.act import Act, Effect
from frombelow.polity.kernel.entry import left_out
from frombelow.polity.kernel.spelling import _kinds
from frombelow.polity.kernel.subject import registry

SPELLING = spelling()


def test_every_kind_of_act_and_effect_is_in_it_with_its_fields_in_their_order():
    acts = {name: list(kind.act.__struct_fields__) for name, kind in registry.kinds.items()}
    effects = {name: list(kind.effect.__struct_fields__) for name, kind in registry.effects.items()}
    told = {
        part: {kind: [each["name"] for each in fields] for kind, fields in of.items()} for part, of in SPELLING.items()
    }
    assert told == {"acts": acts, "effects": effects}


def test_what_may_be_left_out_is_what_an_entry_s_bytes_may_lack():
    for name, kind in registry.kinds.items():
        assert {each["name"] for each in SPELLING["acts"][name] if each.get("optional")} == left_out(kind.act)


def test_what_nobody_said_is_spelled_where_it_has_a_default():
    assert {"name": "effects", "type": {"list": "effect"}, "default": []} in SPELLING["acts"]["motion.move"]
    assert {"name": "seats", "type": "number", "default": 1} in SPELLING["effects"]["create-office"]


def test_it_is_plain_data():
    assert msgspec.json.decode(msgspec.json.encode(SPELLING)) == SPELLING


class Weighed(Act, tag="tea.weighed", frozen=True, kw_only=True):
    grams: float


class Mixed(Act, tag="tea.mixed", frozen=True, kw_only=True):
    tea: str | int


class Poured(Act, tag="tea.poured", frozen=True, kw_only=True):
    cups: dict[str, int]


class Brewed(Act, tag="tea.brewed", frozen=True, kw_only=True):
    cups: list[str] = msgspec.field(default_factory=list)


class Named(Act, tag="tea.named", frozen=True, kw_only=True):
    tea: Annotated[str, msgspec.Meta(max_length=3)] | msgspec.UnsetType = msgspec.UNSET


class Stirred(Effect, tag="stir", frozen=True):
    pass


@pytest.mark.parametrize(("kind", "field"), [(Weighed, "grams"), (Mixed, "tea"), (Poured, "cups"), (Brewed, "cups")])
def test_a_field_that_a_page_could_not_spell_is_named(kind, field):
    with pytest.raises(TypeError, match=rf"{kind.__struct_config__.tag}\.{field}"):
        _kinds(kind, "kind")


def test_an_effect_is_no_act():
    with pytest.raises(TypeError, match="kind"):
        _kinds(Stirred, "kind")
    assert [each["name"] for each in _kinds(Named, "kind")["tea.named"]] == ["by", "under", "tea"]
