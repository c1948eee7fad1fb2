"""An act: one thing done, in the words of who does it.

Nothing in it comes from the door: ids, salts and commitments are drawn by who acts, ``under`` is said by who acts. So
the act is a string of bytes that can be signed, and that nobody changes on its way into the record.

``by`` is a person's id, or the name of another kind of author ("time", "decision", "server", and what subjects
register). ``under`` is the mandate by which a person acts for an office, or the decision whose effect this is.
"""

from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from .ids import Id, PersonId

DECISION, TIME, SERVER = "decision", "time", "server"


class Act(Struct, frozen=True, gc=False, forbid_unknown_fields=True, tag_field="kind", kw_only=True):
    """One thing done. Each kind is a struct of its own, tagged “subject.verb”."""

    by: Annotated[str, Meta(min_length=1, max_length=64)]
    under: Id | UnsetType = UNSET

    if TYPE_CHECKING:

        @property
        def who(self) -> PersonId:
            """``by`` as the id of a person; nobody has it where another kind of author acts."""


# The same place in the struct under another type: a property would take a tenth of a replay's time.
type.__setattr__(Act, "who", Act.by)


class Effect(Struct, frozen=True, gc=False, forbid_unknown_fields=True, tag_field="do"):
    """What follows from a decision by itself. Ids of what it makes derive from the decision and its place in it."""


def kind_of(act: Act | type[Act] | Effect | type[Effect]) -> str:
    """The name of a kind of act or effect, as it stands in the record."""
    return str(act.__struct_config__.tag)
