"""When a notice can be told of: it is about a motion whose vote opened or that is about somebody, and had no more
copies than the people who ever were have addresses."""

from ..kernel.require import refuse, require_question
from ..state import Polity
from .acts import GiveNotice
from .state import Notice, Notices

MOST = 20  # about one motion
ADDRESSES = 5  # of one person, to each of which a copy can go


def judge_notice(polity: Polity, act: GiveNotice, _at: int) -> None:
    motion = require_question(polity, act.motion)
    if act.letter == "vote" and motion.poll is None and not motion.adjourned:
        refuse(polity, "letters", "no-vote-yet")
    if act.letter == "about-me" and not (motion.heard or motion.subjects):
        refuse(polity, "letters", "notice-to-nobody")
    copies = act.mailed + act.bounced + act.printed + act.unreached
    if not copies:
        refuse(polity, "letters", "notice-to-nobody")
    if copies > ADDRESSES * len(polity.people):
        refuse(polity, "letters", "notice-to-more", copies=copies, people=len(polity.people))
    if len(polity.part(Notices).about.get(act.motion, ())) >= MOST:
        refuse(polity, "letters", "notices-enough", most=MOST)


def apply_notice(polity: Polity, act: GiveNotice, _at: int) -> None:
    notices = polity.part(Notices)
    found = Notice(act.letter, polity.size, act.mailed, act.bounced, act.printed, act.unreached)
    notices.about = notices.about | {act.motion: (*notices.about.get(act.motion, ()), found)}
