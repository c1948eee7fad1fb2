"""A change of rules, said anew by who moved it."""

from typing import Annotated

from msgspec import Meta

from ..kernel.act import Act
from ..kernel.fields import Count
from ..kernel.ids import MotionId


class Restate(Act, tag="rules.restate", frozen=True, kw_only=True):
    """The mover of a change of rules looked at it again, on the articles as they stood after ``on`` entries: it stands
    as it is, or in other words where the articles changed. What it does stays the same."""

    motion: MotionId
    n: Count
    articles: Annotated[str, Meta(max_length=40_000)]
    on: Count
