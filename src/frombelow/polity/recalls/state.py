from msgspec import field

from ..kernel.act import Effect
from ..kernel.ids import MandateId, PersonId
from ..motions.stages import STAGES, Stage
from ..motions.state import Class, Question
from ..offices.acts import EndMandate


class Recall(Question):
    """Members ask all members to end a mandate. Nobody can rule it out."""

    mandate: MandateId = MandateId("")
    signers: set[PersonId] = field(default_factory=set)

    @property
    def kind(self) -> Class:
        return Class.RECALL

    @property
    def supporters(self) -> set[PersonId]:
        return self.signers

    @property
    def effects(self) -> tuple[Effect, ...]:
        return (EndMandate(self.mandate),)

    @property
    def way(self) -> tuple[Stage, ...]:
        return (Stage.PETITION, Stage.REPLY, Stage.DEBATE, Stage.VOTING, Stage.DECIDED)

    @property
    def clock(self) -> str:
        return "" if self.stage is Stage.DEBATE else STAGES[self.stage].clock
