"""Files beside a motion: its mover puts them there and takes them away, until whom it is about was heard on it and its
vote opens."""

from ..kernel.act import Act
from ..kernel.drafts import SOME_ATTACHMENT
from ..kernel.ids import AttachmentId, MotionId
from ..kernel.require import refuse, require_member, require_new_id, require_question
from ..state import Polity
from .acts import Attach, Detach
from .stages import Stage
from .state import Motion

MOST = 5
BEFORE_ITS_VOTE = (Stage.SECONDING, Stage.ADMISSIBILITY, Stage.REPLY, Stage.DEBATE)


def judge_attach(polity: Polity, act: Attach, at: int) -> None:
    motion = _can_change(polity, act, act.motion, at)
    require_new_id(polity, act.attachment)
    if len(motion.attachments) >= MOST:
        refuse(polity, "motions", "attached-enough", rules=motion.rules, most=MOST)


def apply_attach(polity: Polity, act: Attach, _at: int) -> None:
    motion = polity.motions[act.motion]
    assert isinstance(motion, Motion)
    motion.attachments[act.attachment] = act.file
    polity.attached.add(act.attachment)


def judge_detach(polity: Polity, act: Detach, at: int) -> None:
    motion = _can_change(polity, act, act.motion, at)
    if act.attachment not in motion.attachments:
        refuse(polity, "motions", "not-attached", rules=motion.rules)


def apply_detach(polity: Polity, act: Detach, _at: int) -> None:
    motion = polity.motions[act.motion]
    assert isinstance(motion, Motion)
    del motion.attachments[act.attachment]


def _can_change(polity: Polity, act: Act, name: MotionId, at: int) -> Motion:
    """The motion, if who acts moved it and can still put files beside it or take them away."""
    require_member(polity, act, at)
    motion = require_question(polity, name)
    if not isinstance(motion, Motion) or act.by != motion.mover:
        refuse(polity, "motions", "not-its-mover", rules=motion.rules)
    if motion.stage not in BEFORE_ITS_VOTE:
        refuse(polity, "motions", "attached-late", rules=motion.rules)
    if motion.replies or (motion.heard and motion.stage is Stage.DEBATE):
        refuse(polity, "reply_days", "heard-on-it", rules=motion.rules)
    return motion


def first(polity: Polity, name: MotionId) -> AttachmentId:
    """The file beside this motion that came first; for asking the rules, some other where there is none."""
    motion = polity.motions.get(name)
    return next(iter(motion.attachments), SOME_ATTACHMENT) if isinstance(motion, Motion) else SOME_ATTACHMENT
