"""Everything the site holds about one member, as one file that they take with them.

A ZIP of plain text: ``read me.txt`` says what is what, ``about me.json`` holds what the tables hold, ``motions/`` the
words they wrote, ``entries/`` their entries in the record, each with its proof.
"""

import io
import json
import zipfile
from dataclasses import asdict
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.state import Person
from frombelow.record import make_receipt, read_checkpoint
from frombelow_site.accounts import devices
from frombelow_site.accounts.models import Passkey, SecondStep, Sheet
from frombelow_site.decide.models import Motion, Statement, Wording
from frombelow_site.door import the_door
from frombelow_site.door.entries import latest_checkpoint
from frombelow_site.door.models import Entry
from frombelow_site.home.models import Visit
from frombelow_site.people import queries
from frombelow_site.people.models import MailChange, OldName
from frombelow_site.roll.models import Import
from frombelow_site.roll.queries import looks_at

from . import showing

FORMAT = "frombelow my data 1"


def write(polity: Polity, person: Person) -> bytes:
    """The file's bytes."""
    entries = _entries(person)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("read me.txt", _read_me(polity))
        archive.writestr("about me.json", _json(_about(polity, person)))
        for place, text in _words(person, entries):
            archive.writestr(place, text)
        note = latest_checkpoint()
        the_door().polity()  # so that the tree is as large as the checkpoint
        size = read_checkpoint(note).size if note else 0
        for index, data in entries:
            archive.writestr(f"entries/{index}.json", data)
            if note and index < size:
                archive.writestr(f"entries/{index}.tlog-proof", make_receipt(the_door().tail.tree, index, note))
    return file.getvalue()


def _read_me(polity: Polity) -> str:
    lines = (
        _("Format: %(format)s") % {"format": FORMAT},
        _("This is everything that the site of %(name)s holds about you.") % {"name": polity.name},
        _("about me.json: your name, contacts, old names, membership, mandates, and who looked at the roll."),
        _("motions: the words that you wrote."),
        _("entries: what you did, as it stands in the record. Each proof shows that the entry is there; any program "
          "that reads C2SP tlog-proof can check it against the key of the record:"),
        polity.key,
        _("A salt shows that a mark in the record was made from a value: SHA-256 of the salt and the value."),
    )  # fmt: skip
    return "\n\n".join(lines) + "\n"


def _about(polity: Polity, person: Person) -> dict[str, Any]:
    card, profile = queries.card_of(person.id)
    visit = Visit.objects.filter(pk=person.id).first()
    kept = {} if card is None else {
        "name": card.name, "salt of the name": bytes(card.salt).hex(), "mail": queries.mails(person.id),
        "phone": card.phone, "languages": card.language, "pronouns": card.pronouns,
        "branch as a file named it": card.branch_text,
        "joined": card.joined, "tags": card.tags, "id elsewhere": card.foreign_id,
    }  # fmt: skip
    return {
        "format": FORMAT, "organization": polity.name, "person": person.id,
        "standing": person.standing.value, "branch": polity.branches[person.branch].name,
        "admitted by entry": person.admitted, "card": kept,
        "letters in": queries.letters_in(person.id),
        "ways to sign in": {
            "passkeys": list(Passkey.objects.filter(person=person.id).values("name", "made", "used")),
            "code of an app, since": SecondStep.objects.filter(pk=person.id).values_list("made", flat=True).first(),
            "signed in": [asdict(device) for device in devices.of(person.id)],
        },
        "access needs": profile.access_needs, "skills": profile.skills,
        "shown to": {field: getattr(profile, f"{field}_to") for field in showing.FIELDS},
        "old names": [
            {"name": old.name, "salt": bytes(old.salt).hex(), "until entry": old.until}
            for old in OldName.objects.filter(person=person.id).order_by("until")
        ],
        "new mail that waits for its code": list(
            MailChange.objects.filter(pk=person.id).values_list("mail", flat=True)
        ),
        "mandates": [
            {"office": polity.offices[held.office].title, "from": held.starts, "until": held.ended or held.ends}
            for held in list(polity.mandates.values()) if held.person == person.id
        ],
        "looks at the roll": _looks(polity, person),
        "imports you started": list(
            Import.objects.filter(by=person.id).values("id", "file_name", "rows", "done", "made")
        ),
        "sign-in codes printed for you": list(Sheet.objects.filter(person=person.id).values("by", "made", "used")),
        "last visits to Home": [visit.before, visit.latest] if visit else [],
    }  # fmt: skip


def _looks(polity: Polity, person: Person) -> list[dict[str, Any]]:
    looks = looks_at(person, polity, 10_000)
    names = queries.names({look.by for look in looks})
    return [{"by": names[look.by], "what": look.what, "at": look.at, "entry": look.index} for look in looks]


def _entries(person: Person) -> list[tuple[int, bytes]]:
    """The entry that admitted the person, and all that are by or about them."""
    rows = Entry.objects.filter(by=person.id) | Entry.objects.filter(about=person.id)
    rows |= Entry.objects.filter(index=person.admitted)
    return [(index, bytes(data)) for index, data in rows.order_by("index").values_list("index", "data")]


def _words(person: Person, entries: list[tuple[int, bytes]]) -> list[tuple[str, str]]:
    """Where each text goes, and the text: motions they moved, recalls they began, replies and rulings they gave."""
    moved = Motion.objects.filter(mover=person.id).values_list("motion", flat=True)
    found = []
    for n, words in enumerate(Wording.objects.filter(motion__in=list(moved)).order_by("motion"), 1):
        called = slugify(words.title, allow_unicode=True)[:60] or "motion"
        text = f"{words.title}\n\n{words.body}\n\n--\n{words.motion}\nsalt {bytes(words.salt).hex()}\n"
        found.append((f"motions/{n} {called}.txt", text))
    kinds = {"reply": Statement.Kind.REPLY, "rule-out": Statement.Kind.RULING}
    spoke = [json.loads(data) for _index, data in entries]
    said = {(act["motion"], kinds[act["kind"]]) for act in spoke if act["kind"] in kinds and act["by"] == person.id}
    for row in Statement.objects.filter(motion__in={motion for motion, _kind in said}).order_by("motion", "kind"):
        if (row.motion, row.kind) in said:
            found.append((f"motions/{row.kind} {row.motion}.txt", row.text + "\n"))
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
