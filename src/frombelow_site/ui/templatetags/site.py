"""How pages write days, clocks and shares."""

import json
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import get_script_prefix, resolve, reverse
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from frombelow.polity.kernel.subject import Kind, registry
from frombelow.polity.rulebook import Article
from frombelow_site.door import new_id

from .. import clock as clocks
from .. import forms, languages

register = template.Library()


@register.filter
def written(sent: QueryDict) -> list[str]:
    """The sentences that somebody wrote in the form."""
    return forms.written(sent)


@register.inclusion_tag("ui/_refusal.html", takes_context=True)
def why_not_done(context: Context) -> dict[str, Any]:
    """What the page begins with where what was sent was refused, or its form has to be mended: it has the focus."""
    shown = context.flatten()
    refusal = shown.get("refusal")
    return {
        "request": shown.get("request"),
        "refusal": refusal,
        "wrong": [] if refusal else forms.wrong(*shown.values()),
    }


@register.filter
def day(at: int) -> str:
    """The local day of a second."""
    return clocks.day(at)


@register.filter
def second(at: int) -> str:
    """Sunday 29 November 2026, 18:05:07, Lisbon time."""
    return clocks.second(at)


@register.filter
def moment(at: int) -> str:
    """29 November 2026, 18:05, of a second, in the organization's zone."""
    return clocks.minute_of(clocks.local(at))


@register.filter
def deadline(at: int) -> str:
    """the end of Sunday 29 November, in 2 days"""
    return clocks.deadline(at)


@register.filter
def ends(at: int) -> str:
    """the end of Sunday 29 November"""
    return clocks.end(at)


@register.filter
def aloud(article: Article, language: str = "") -> str:
    """The article's text with its parameters in words, in the language of the rules."""
    return languages.aloud(article, language)


@register.filter
def figure(number: int) -> str:
    """1,234, or 1234 and 12 345: exact, with its thousands apart as the language does."""
    return clocks.figure(number)


@register.filter
def date_of(moment: date | datetime) -> str:
    """29 November 2026, in the organization's zone."""
    return clocks.date_of(moment)


@register.filter
def minute_of(moment: datetime) -> str:
    """29 November 2026, 18:05, in the organization's zone."""
    return clocks.minute_of(moment)


TURNING = frozenset({"R", "AL", "AN", "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


@register.filter
def apart(name: str) -> str:
    """A name that is written the other way, or turns the letters around it, stands in a ``bdi`` of its own."""
    if get_language_bidi() or any(unicodedata.bidirectional(letter) in TURNING for letter in name):
        return format_html("<bdi>{}</bdi>", name)
    return name


@register.simple_tag
def alike(template: str) -> SafeString:
    """A part of pages in which nothing but the language differs: drawn once in each."""
    return _alike(template, get_language() or "", get_script_prefix())


@lru_cache(maxsize=256)
def _alike(template: str, _language: str, _below: str) -> SafeString:
    return render_to_string(template)


SALT = SafeString('<input type="hidden" name="drawn-salt">')


@register.simple_tag
def drawn(draw: str, words: str = "", file: str = "", *, draft: str = "") -> str:
    """Fields in which the page's script hands in what whoever acts draws: an "id", which stays the same if the form is
    sent again, or a "nonce", which does not; and a salt and the commitment under it to the ``words``, the names of the
    form's fields that make them up. To a ``file`` the server commits, which writes pictures anew: under this salt.
    Where no script draws an id, a form that is sent twice makes one thing by its ``draft``, or by an id drawn here."""
    named = format_html('<input type="hidden" name="drawn-id" data-draw="{}">', draw) if draw else ""
    if draft:
        named += format_html('<input type="hidden" name="draft" value="{}">', draft)
    elif draw == "id":
        named += format_html('<input type="hidden" name="drawn-once" value="{}">', new_id())
    salt = SALT if words or file else ""
    committed = '{}<input type="hidden" name="drawn-commitment" data-words="{}">'
    said = format_html(committed, salt, words) if words else salt
    return format_html('{}{}<script type="module" src="{}"></script>', named, said, static("ui/keys/drawing.js"))


@register.simple_tag(takes_context=True)
def seals(context: Context, view: str = "", *args: Any, kind: str = "") -> str:
    """Where a form leads, and that the acts of that view are sealed in the page, of one ``kind`` where the form
    leads to no other; no view named is the page itself. The sentences by which the record will tell them go along."""
    path = reverse(view, args=args) if view else context["request"].path
    view_of = resolve(path.removeprefix(get_script_prefix().rstrip("/"))).func
    kinds = [each for each in getattr(view_of, "acts", ()) if kind in ("", each)]
    told = json.dumps({each: _sentences(registry.kinds[each]) for each in kinds}, ensure_ascii=False)
    where = format_html(' action="{}"', path) if view else ""
    return format_html('{} data-seals="{}"', where, told) if kinds else where


@register.simple_tag
def holds(blind: str = "", many: bool = False, may: str = "", **values: Any) -> str:
    """What a form hands in beside its controls and its address, by the names of the acts' fields: an id, a number, a
    text, or several of them. ``blind`` names the fields in which a mark stands that no page can show; ``many`` says
    that the form leads to several acts. All that is named stands in one of them, but for what ``may`` names."""
    held = {name: [value] if isinstance(value, str | int) else list(value) for name, value in values.items()}
    marks = format_html(' data-blind="{}"', blind) if blind else ""
    several = SafeString(" data-many") if many else ""
    can = format_html(' data-may="{}"', may) if may else ""
    return format_html(' data-holds="{}"{}{}{}', json.dumps(held), marks, several, can)


@register.simple_tag
def called(**names: str) -> str:
    """By which control a form asks for what acts call otherwise; "effects_title" is the title of an effect."""
    told = {name.replace("effects_", "effects."): control for name, control in names.items()}
    return format_html(' data-called="{}"', json.dumps(told))


def _sentences(kind: Kind) -> dict[str, str]:
    return {"": _(kind.sentence), **{name: _(said) for name, said in kind.variants.items()}}


@register.inclusion_tag("ui/_clock.html")
def clock(at: int, words: str, whole_days: int = 0) -> dict[str, Any]:
    """The words with when and how soon, and a bar of how much of the time is gone; of what is over only that it is."""
    whole = whole_days * clocks.DAY
    gone = max(0, min(whole, whole - (at - clocks.now())))
    told = _("%(words)s %(end)s, %(until)s.") if at > clocks.now() else _("That time was over at %(end)s, %(until)s.")
    told %= {"words": words, "end": clocks.end(at), "until": clocks.until(at)}
    passed = ngettext("Time: %(gone)d of %(n)d day is over.", "Time: %(gone)d of %(n)d days are over.", whole_days)
    return {
        "words": told, "whole": whole, "gone": gone, "label": _("How much of the time has passed"),
        "passed": passed % {"gone": gone // clocks.DAY, "n": whole_days},
    }  # fmt: skip


@register.inclusion_tag("ui/_shares.html")
def shares(yes: int, no: int, abstain: int, eligible: int) -> dict[str, Any]:
    """The answers as a bar as long as the electorate, with the figures under it."""
    of = max(eligible, yes + no + abstain, 1)
    answers = [("yes", _("Yes"), yes), ("no", _("No"), no), ("abstain", _("Abstain"), abstain)]
    parts, start = [], 0
    for kind, _name, count in answers:
        width = count * 1000 // of
        parts.append({"kind": kind, "start": start, "width": width})
        start += width
    answers.append(("rest", _("Did not answer"), of - yes - no - abstain))
    tenths = in_tenths([count for _kind, _name, count in answers], of)
    rows = [
        {"kind": kind, "name": name, "count": clocks.figure(count), "percent": percent(share)}
        for (kind, name, count), share in zip(answers, tenths, strict=True)
    ]
    label = _("%(yes)d yes, %(no)d no, %(abstain)d abstain, of %(of)d who could vote") % {
        "yes": yes, "no": no, "abstain": abstain, "of": of,
    }  # fmt: skip
    return {"parts": parts, "rows": rows, "label": label, "of": _("Share")}


def in_tenths(counts: list[int], of: int) -> list[int]:
    """The shares in tenths of a percent, which make 100 percent together. The first, yes, is rounded down: it is never
    shown as reached when it is not. What is left goes to those of the others that lost most by rounding."""
    exact = [Fraction(count * 1000, of) for count in counts]
    found = [int(share) for share in exact]
    others = sorted(range(1, len(counts)), key=lambda n: found[n] - exact[n])
    for n in others[: 1000 - sum(found)]:
        found[n] += 1
    return found


def percent(tenths: int) -> str:
    """With one decimal, in the reader's language."""
    return f"{number_format(Decimal(tenths) / 10, 1)}%"


@register.filter
def said(words: str) -> str:
    """A word of the record in the reader's language."""
    return _(words)


# The signs of an address as a browser writes it. Of one with others, or with a name before the host, nobody can see
# where it leads.
ADDRESS = re.compile(r"https://[^\s<>\"“”«»]+")
PLAIN = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][!-~]*)?")
AFTER = ".,;:!?)]}'*_"  # a sentence goes on after an address


@register.filter
def linked(words: str) -> str:
    """Somebody's words, escaped, in which each https address can be followed."""
    found, rest = [], 0
    for each in ADDRESS.finditer(words):
        address = each[0].rstrip(AFTER)
        if PLAIN.fullmatch(address):
            link = format_html('<a href="{0}" rel="nofollow noreferrer">{0}</a>', address)
            found += [conditional_escape(words[rest : each.start()]), link]
            rest = each.start() + len(address)
    return mark_safe("".join([*found, conditional_escape(words[rest:])]))  # noqa: S308  every part is escaped


@register.filter
def at(table: dict[str, Any], key: str) -> Any:
    """What a table holds for a key; nothing where it holds nothing."""
    return table.get(key, "")
