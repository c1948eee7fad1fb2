"""Offices as a subject: what is registered of them."""

from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

from ..kernel.act import TIME
from ..kernel.ids import MandateId, OfficeId, PersonId
from ..kernel.judging import only_time
from ..kernel.refusals import fill
from ..kernel.subject import EffectKind, Kind, Subject
from ..kernel.words import Teller
from ..members.state import Standing
from ..motions.effects import effects_of, made_by
from ..motions.state import Question
from ..organization.subject import about_nobody
from ..rulebook.parameters import POWERS
from ..state import Polity
from . import acts, rules
from .seats import ENDINGS, Ending, Vacating
from .state import Mandate

NO_POWER = "no power of the rulebook"
SHORTER = ", of which the rules allow {most}"
MEMBERS = ", to who has been a member for {days} {days|day|days}"
INSTEAD = ", in place of {gone}, its holder since the founding"
REFUSALS = {
    "unknown-power": "{why:words}.",
    "office-looks-like": "an office of this branch is called “{title}”, and nobody could tell the two apart. "
    "Give it another title.",
    "not-yours": "only the holder can give a mandate back.",
    "no-seat": "the office “{office}” has {seats:word} {seats|seat|seats}; all are taken.",
    "too-many-terms": "nobody holds an office for more than {most:word} {most|term|terms} in a row.",
    "member-too-short": "this office asks for {days} days of membership.",
    "not-begun": "the mandate that this one would follow has not begun; one is granted ahead at most.",
    "followed-already": "another mandate follows this one already.",
    "holds-already": "this person holds the office already, or is to hold it.",
}


def _holder(polity: Polity, effect: acts.EndMandate) -> Iterable[PersonId]:
    mandate = polity.mandates.get(effect.mandate)
    return (mandate.person,) if mandate else ()


def _created(teller: Teller, effect: acts.CreateOffice) -> tuple[str, dict[str, Any]]:
    powers = "; ".join(teller.say(POWERS.get(power, power)) for power in effect.powers)
    most: int = teller.rules["term_months"]
    limits = fill(teller.say(SHORTER), {"most": most}, teller.say) if most < effect.term_months else ""
    if effect.member_days:
        limits += fill(teller.say(MEMBERS), {"days": effect.member_days}, teller.say)
    return "", {"powers": powers or teller.say(NO_POWER), "limits": limits}


def _grants(teller: Teller, effect: acts.GrantMandate) -> tuple[str, dict[str, Any]]:
    office = teller.polity.offices.get(effect.office) or _made(teller.asks).get(effect.office)
    months = rules.term(office, teller.rules) if office else teller.rules["term_months"]
    gone = _gone(teller, effect)
    instead = fill(teller.say(INSTEAD), {"gone": teller.name(gone.person)}, teller.say) if gone else ""
    return ("next" if effect.follows else ""), {"months": months, "instead": instead}


Made = Mapping[str, Any]


def _made(asks: Question | None) -> Made:
    """What the effects of a question make, by its id."""
    return {made_by(asks.id, n, effect): effect for n, effect in enumerate(effects_of(asks))} if asks else {}


def _gone(teller: Teller, effect: acts.GrantMandate) -> Mandate | None:
    """The mandate from the founding, of somebody else, that ended by this grant, or ends by it if it is carried."""
    polity, asks = teller.polity, teller.asks
    if asks is None or not asks.over:
        gone = rules.filled(polity, effect)
    else:
        granted = [polity.mandates.get(MandateId(name)) for name, made in _made(asks).items() if made == effect]
        gone = next((polity.mandates.get(MandateId(each.instead)) for each in granted if each), None)
    return gone if gone and gone.person != effect.person else None


def _founders(polity: Polity, effect: acts.GrantMandate) -> list[PersonId]:
    """Who ever held the office from the founding: these mandates stand before all others."""
    founding = takewhile(lambda each: each.provisional, polity.mandates.values())
    return [mandate.person for mandate in founding if mandate.office == effect.office]


def _comes_to(polity: Polity, office: OfficeId, made: Made) -> list[list[str]]:
    """What an office comes to, whatever it is called: each of its powers, and where. One without powers is its name."""
    found = polity.offices.get(office) or made.get(office)
    if found is None:
        return [[office]]
    return [[found.branch, power] for power in sorted(set(found.powers))] or [[found.branch, "", found.title]]


def _meant_by_create(_polity: Polity, effect: acts.CreateOffice, _made: Made) -> list[list[str]]:
    powers = [[effect.branch, power] for power in sorted(set(effect.powers))]
    return [["office", *each] for each in powers or [[effect.branch, "", effect.title]]]


def _meant_by_grant(polity: Polity, effect: acts.GrantMandate, made: Made) -> list[list[str]]:
    """Whose mandate it follows changes nothing of what is asked."""
    return [["grant", *each, effect.person] for each in _comes_to(polity, effect.office, made)]


def _meant_by_end(polity: Polity, effect: acts.EndMandate, made: Made) -> list[list[str]]:
    """The person's office, not the one mandate of several in a row."""
    mandate = polity.mandates.get(effect.mandate)
    return [["end", *each, mandate.person] for each in _comes_to(polity, mandate.office, made)] if mandate else []


SUBJECT = Subject(
    name="office",
    title="Offices",
    kinds=(
        Kind(
            acts.Resign, rules.judge_resign, rules.apply_resign,
            sentence="{by} gave a mandate back: {office}.", label="mandate given back", about="mandate", cites="powers",
        ),
        Kind(
            acts.Expire, only_time, rules.apply_expire,
            sentence="A mandate ended with its term: {person}, {office}.",
            label="mandate over", about="mandate", cites="term_months",
            authors=(TIME,),
        ),
        Kind(
            acts.Vacate, only_time, rules.apply_vacate,
            sentence="A mandate ended as its holder moved out of the branch: {person}, {office}.",
            label="mandate over by moving", about="mandate", cites="transfer_days", authors=(TIME,),
        ),
    ),
    effects=(
        EffectKind(
            acts.CreateOffice, rules.check_create, rules.do_create,
            sentence="The office {title} is created in {branch}, with: {powers}; {seats} {seats|seat|seats}, given for "
            "at most {term_months} {term_months|month|months} at a time{limits}.", told=_created,
            question="Shall the office {title} be created in {branch}, with: {powers}; {seats} {seats|seat|seats}, "
            "given for at most {term_months} {term_months|month|months} at a time{limits}?",
            gravity="majority", about=about_nobody, makes="office", stands_in="branch", meant=_meant_by_create,
        ),
        EffectKind(
            acts.GrantMandate, rules.check_grant, rules.do_grant,
            sentence="{person} holds the office {office}, for at most {months} months{instead}.",
            question="Shall {person} hold the office {office}, for at most {months} months{instead}?",
            variants={"next": "{person} holds the office {office} next, for at most {months} months."}, told=_grants,
            gravity="majority", about=about_nobody, makes="mandate", stands_in="office",
            meant=_meant_by_grant, unseats=rules.unseats, names=_founders,
            rests=lambda polity, effect: rules.filled(polity, effect) is not None,
        ),
        EffectKind(
            acts.EndMandate, rules.check_end, rules.do_end,
            sentence="{person} holds the office {office} no more.", headline="Take the office {office} from {person}",
            question="Shall {person} cease to be {office}?",
            gravity="majority", about=_holder, meant=_meant_by_end, rests=lambda _polity, _effect: True,
        ),
    ),
    refusals=REFUSALS,
    words={each: each for each in (NO_POWER, SHORTER, MEMBERS, INSTEAD, *ENDINGS, *Standing)},
    tasks={Ending: rules.due_expire, Vacating: rules.due_vacate},
)  # fmt: skip
