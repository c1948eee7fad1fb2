"""Notice to the members: what the server says of a letter that the rules owe them."""

from typing import Literal

from ..kernel.act import Act
from ..kernel.fields import Commitment, Count
from ..kernel.ids import MotionId


class GiveNotice(Act, tag="mail.notice", frozen=True, kw_only=True):
    """A notice about a motion went out in these words: ``mailed`` copies were handed to a mail server and none of them
    came back, ``bounced`` did or could not be handed on, ``printed`` went on paper, ``unreached`` had no address and
    nobody printed them."""

    motion: MotionId
    letter: Literal["vote", "about-me"]
    text: Commitment
    mailed: Count
    bounced: Count
    printed: Count
    unreached: Count
