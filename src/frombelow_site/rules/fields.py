"""The settings of an article as fields that anybody can fill in, and back as the values that rules are written with."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frombelow.counting.thresholds import PRESETS, Base, Quorum, Threshold
from frombelow.polity import RulebookError
from frombelow.polity.rulebook import parameters as limits
from frombelow.polity.rulebook.aloud import in_words
from frombelow.polity.rulebook.parameters import PARAMETERS, Between, Seconders, Whole
from frombelow_site.ui.forms import Number, Share

NAMES: dict[str, Any] = {
    "zone": _("Time zone"),
    "language": _("Language"),
    "franchise_days": _("Days until a new member votes"),
    "transfer_days": _("Days until a member who asked to move is moved"),
    "import_undo_days": _("Days in which an import can be undone"),
    "branch_levels": _("How many levels of branches lie inside one another at most"),
    "branch_admissions": _("Share of its members that a branch admits for the whole by itself"),
    "branch_admissions_least": _("How many it is at least"),
    "listed_days": _("Days after which those beyond it vote in the whole"),
    "listed_ask": _("Share of those who may vote that asks for a vote on them"),
    "recovery_vouches": _("Members who vouch for somebody who lost every way in"),
    "recovery_hours": _("Hours that this then waits"),
    "recovery_days": _("Days after which it lapses"),
    "recovery_wait_days": _("Days until the next one, after the member stopped one"),
    "live_keys": _("Keys of one member at a time"),
    "waiting_keys": _("Keys of one member that wait to be bound"),
    "server_word_days": _("Days in which a key that nobody vouched for counts as the server’s word"),
    "vouching_key_days": _("Days that a key has been known for before it vouches"),
    "young_days": _("First days of the record, in which fewer are enough"),
    "young_key_days": _("Days that are enough then"),
    "longest_wait_days": _("Days up to which members can lengthen their own wait for a new key"),
    "draw_objection_days": _("Days in which members object to the pool of a draw"),
    "draw_contribution_days": _("Days in which members contribute to a draw"),
    "draw_chance_days": _("Days within which chance speaks in a draw"),
    "draw_answer_days": _("Days in which who was drawn accepts or declines"),
    "draw_asking_days": _("Days, at least, in which who was drawn in an audit is asked"),
    "seal_days": _("Days from the beginning of a mandate after which officers seal"),
    "disown_days": _("Days in which answers on the server’s word can be disowned"),
    "letters_named": _("Letters name the organization"),
    "stepped_back_in_quorum": _("Members who stepped back count for the quorum"),
    "term_months": _("Months after which a mandate ends"),
    "consecutive_terms": _("Terms in a row"),
    "provisional_days": _("Days that mandates from the founding last"),
    "acts_a_day": _("Acts of one person on one day, votes not counted"),
    "running_motions": _("Motions of one person that run at a time"),
    "motion_kilobytes": _("Kilobytes of what one motion does"),
    "motion_kilobytes_a_day": _("Kilobytes of what one person moves on one day"),
    "seconders": _("Seconders that a motion needs"),
    "seconding_days": _("Days to find seconders"),
    "admissibility_days": _("Days of silence after which a motion goes on"),
    "appeal_days": _("Days in which a ruling can be appealed"),
    "debate_days": _("Days of debate"),
    "opening_days": _("Days after which a vote opens by itself"),
    "voting_days": _("Days of voting"),
    "outage_hours": _("Hours after which a server that was off lengthens what members had time for"),
    "adjourned_days": _("Days until an adjourned vote is held once more"),
    "lost_question_days": _("Days in which a lost question needs twice the seconders"),
    "quorum": _("A vote counts if enough members"),
    "majority": _("Yes that a motion needs, as a share"),
    "rulebook_majority": _("Yes that it takes to change these rules, as a share"),
    "expulsion_majority": _("Yes that it takes to expel, as a share"),
    "dissolution_majority": _("Yes that it takes to dissolve, as a share"),
    "dissolution_days": _("Days of notice before a dissolution"),
    "recall_petition": _("Share of those who may vote that signs a recall"),
    "petition_days": _("Days to sign a recall"),
    "reply_days": _("Days to reply"),
    "recall_days": _("Days within which the vote on a recall opens"),
}
YES, PART, SQUARE = "yes_of_eligible", "participating", "yes_root"
HOW = {
    YES: _("say yes"),
    PART: _("take part, whatever they say"),
    SQUARE: _("say yes, measured by the square root of all"),
}
OF = {
    Base.YES_NO: _("of yes and no"), Base.CAST: _("of the answers cast"), Base.ELIGIBLE: _("of all who may vote"),
}  # fmt: skip


def fields(key: str, value: Any) -> dict[str, forms.Field]:
    """What asks for this setting, filled in with its value. The fields' names begin with the setting's."""
    name, read = NAMES[key], PARAMETERS[key].read
    match value:
        case bool():
            return {key: forms.BooleanField(label=name, required=False, initial=value)}
        case int() if isinstance(read, Whole):
            return {key: Number(read, label=name, initial=value)}
        case Fraction() if isinstance(read, Between):
            return {key: Share(read, label=name, initial=in_words(value))}
        case Seconders():
            return _seconders(key, value)
        case Threshold():
            return _majority(key, value)
        case Quorum():
            return _quorum(key, value)
    return {key: forms.CharField(label=name, initial=str(value), max_length=60)}


def held(key: str, value: Any) -> dict[str, Any]:
    """What the fields of this setting hold while nobody has changed them."""
    return {name: field.initial for name, field in fields(key, value).items()}


def faults(key: str, value: Any, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What cannot be in a setting of several parts: the field, and what to do."""
    how, field = f"{key}_how", f"{key}_share"
    if not isinstance(value, Quorum) or how not in data or field not in data:
        return
    try:
        Share(limits.QUORUM_ROOT if data[how] == SQUARE else limits.OF_ALL).clean(data[field])
    except forms.ValidationError as error:
        yield field, error
    if data[how] == PART and not data[f"{key}_knowing"]:
        yield f"{key}_knowing", _("Tick this, or choose “say yes”.")


def key_at_fault(error: RulebookError) -> str:
    """The setting that a RulebookError is about; "" where it is about none."""
    key = error.why.partition(":")[0]
    return key if key in PARAMETERS else ""


def written(key: str, value: Any, data: Mapping[str, Any]) -> Any:
    """The setting as rules write it, by what its fields hold now; ``value`` is what it was."""
    match value:
        case bool() | int():
            return data[key]
        case Seconders(root=root):
            part = "root" if root else "share"
            return {"count": data[f"{key}_count"], part: data[f"{key}_{part}"]}
        case Threshold():
            return _written_majority(key, data)
        case Quorum():
            how = data[f"{key}_how"]
            knowing = {"knowingly": True} if how == PART and data[f"{key}_knowing"] else {}
            return {how: "".join(data[f"{key}_share"].split()), **knowing}
    return str(data[key])


def _seconders(key: str, value: Seconders) -> dict[str, forms.Field]:
    count = Number(limits.SECONDERS, label=NAMES[key], initial=value.count)
    if value.root:
        words = _("but never more than so many times the square root of those who may vote")
        rest = Share(limits.SECONDERS_ROOT, label=words, initial=str(value.root))
        return {f"{key}_count": count, f"{key}_root": rest}
    words = _("but never more than this share of those who may vote")
    rest = Share(limits.SECONDERS_SHARE, label=words, initial=in_words(value.share))
    return {f"{key}_count": count, f"{key}_share": rest}


def _majority(key: str, value: Threshold) -> dict[str, forms.Field]:
    choices = [(base.value, words) for base, words in OF.items()]
    return {
        f"{key}_share": Share(limits.MAJORITY, label=NAMES[key], initial=in_words(value.share)),
        f"{key}_more": forms.BooleanField(
            label=_("more than that; exactly as much is not enough"), required=False, initial=value.strict
        ),
        f"{key}_of": forms.ChoiceField(label=_("Share of what"), choices=choices, initial=value.base.value),
        f"{key}_all": Share(
            limits.OF_ALL, label=_("and yes from at least this share of all who may vote"),
            initial=in_words(value.yes_of_eligible),
        ),
    }  # fmt: skip


def _written_majority(key: str, data: Mapping[str, Any]) -> Any:
    found = {
        "share": data[f"{key}_share"], "of": data[f"{key}_of"], "more_than": data[f"{key}_more"],
        "yes_of_eligible": data[f"{key}_all"],
    }  # fmt: skip
    try:
        same = limits.threshold(found)
    except ValueError:
        return found
    return next((name for name, preset in PRESETS.items() if preset == same), found)


def _quorum(key: str, value: Quorum) -> dict[str, forms.Field]:
    how = next((each for each in HOW if getattr(value, each)), YES)
    share = getattr(value, how)
    return {
        f"{key}_how": forms.ChoiceField(
            label=NAMES[key], choices=list(HOW.items()), initial=how, widget=forms.RadioSelect,
            error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of these.")),
        ),
        f"{key}_share": forms.CharField(
            label=_("How many is enough"), initial=str(share) if how == SQUARE else in_words(share), max_length=20,
            help_text=_(
                "A share of those who may vote, from 0% to 75%; or how many times the square root, from 0 to 3."
            ),
            error_messages={
                "required": _("Say how many: a share from 0% to 75%, or from 0 to 3 times the square root.")
            },
            widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        ),
        f"{key}_knowing": forms.BooleanField(
            label=_("If “take part”: we know that a no can then help a yes to count"), required=False,
            initial=how == PART,
        ),
    }  # fmt: skip
