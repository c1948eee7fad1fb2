"""The entries that commit to the words on a motion's page, so that a browser can see for itself whether these are the
words."""

import base64
from typing import Any

from frombelow.polity import Question, decode
from frombelow.polity.kernel.subject import no_marks, registry
from frombelow_site.door.models import Entry

from .models import Remark, Wording
from .queries import ruled


def committed(motion: Question, remarks: list[Remark]) -> list[dict[str, Any]]:
    """Of each text on the page: the entry that commits to it and what that is about, the salt, the whole words, and
    what of them is shown, by where. What was erased is left out. ``remarks``: what was said of it,
    or of what it appeals."""
    about = ruled(motion) or motion.id
    texts = [
        ("motion", row.motion, row.salt, f"{row.title}\n\n{row.body}", {"heading": row.title, "motion": row.body})
        for row in Wording.objects.filter(motion=about)
    ]
    for row in remarks:
        whose = about if row.kind == Remark.Kind.RULING else f"{about} {row.person}"
        place = row.kind if row.kind == Remark.Kind.RULING else f"reply {row.person}"
        texts.append((row.kind, whose, row.salt, row.text, {place: row.text}))
    entries = _entries({about})
    return [
        {
            "index": entries[of, whose], "of": of, "about": whose.partition(" ")[0],
            "salt": base64.b64encode(bytes(salt)).decode(), "words": words, "shown": shown,
        }
        for of, whose, salt, words, shown in texts if (of, whose) in entries
    ]  # fmt: skip


def _entries(motions: set[str]) -> dict[tuple[str, str], int]:
    """The index of the entry that commits to each text of these motions."""
    kinds = [name for name, kind in registry.kinds.items() if kind.about == "motion" and kind.marks is not no_marks]
    rows = Entry.objects.filter(about__in=motions, kind__in=kinds).values_list("index", "data")
    found = {}
    for index, data in rows:
        act = decode(bytes(data)).act
        for of, whose, _mark in registry.by_act[type(act)].marks(act):
            found[of, whose] = index
    return found
