"""Everything the site holds about one member, as one file that they take with them.

A ZIP of plain text: ``read me.txt`` says what is what, ``about me.json`` holds what the tables hold, ``motions/`` the
words they wrote and the files beside them, ``entries/`` their entries in the record, each with its proof.
"""

import json
import tempfile
import zipfile
from typing import IO, Any

from django.utils.translation import gettext as _

from frombelow.polity import Polity, decode, kind_of
from frombelow.polity.members.state import Person
from frombelow.polity.votes.acts import PaperVote
from frombelow.record import make_receipt, read_checkpoint
from frombelow_site import subject
from frombelow_site.door import the_door
from frombelow_site.door.hidden import seen_by
from frombelow_site.door.models import Entry
from frombelow_site.door.tables import latest_checkpoint

FORMAT = "frombelow my data 1"


def write(polity: Polity, person: Person) -> IO[bytes]:
    """The file, on the disk alone and gone when it is closed: what a person sent may be larger than memory."""
    entries = _entries(polity, person)
    file = tempfile.TemporaryFile()  # noqa: SIM115  whoever asked closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("read me.txt", _read_me(polity))
        archive.writestr("about me.json", _json(_about(polity, person)))
        for place, text in subject.texts(polity, person):
            archive.writestr(place, text)
        for place, path in subject.files(polity, person):
            archive.write(path, place)
        note = latest_checkpoint(polity.size)
        size = read_checkpoint(note).size if note else 0
        for index, data in entries:
            archive.writestr(f"entries/{index}.json", data)
            if note and index < size:
                archive.writestr(f"entries/{index}.tlog-proof", make_receipt(the_door().replica.tree, index, note))
    file.seek(0)
    return file


def _read_me(polity: Polity) -> str:
    lines = (
        _("Format: %(format)s") % {"format": FORMAT},
        _("This is everything that the site of %(name)s holds about you.") % {"name": polity.name},
        _("about me.json: your name, contacts, old names, membership, mandates, and who looked at the roll."),
        _("motions: the words that you wrote, and the files that you attached."),
        _("entries: what you did, as it stands in the record. Each proof shows that the entry is there; any program "
          "that reads C2SP tlog-proof can check it against the key of the record:"),
        polity.key,
        _("A salt shows that a mark in the record was made from a value: SHA-256 of the salt and the value."),
    )  # fmt: skip
    return "\n\n".join(lines) + "\n"


def _about(polity: Polity, person: Person) -> dict[str, Any]:
    first = {"format": FORMAT, "organization": polity.name, "person": person.id}
    return first | subject.take_out(polity, person)


def _entries(polity: Polity, person: Person) -> list[tuple[int, bytes]]:
    """The entry that admitted the person, and all that are by or about them, but what others did that is hidden."""
    rows = Entry.objects.filter(by=person.id) | Entry.objects.filter(about=person.id)
    rows |= Entry.objects.filter(index=person.admitted)
    rows |= Entry.objects.filter(index__in=_on_paper(person))
    rows = seen_by(polity, person.id, rows.filter(index__lt=polity.size))
    return [(index, bytes(data)) for index, data in rows.order_by("index").values_list("index", "data")]


def _on_paper(person: Person) -> list[int]:
    """The entries in which officers handed in what this person answered on paper."""
    rows = Entry.objects.filter(kind=kind_of(PaperVote)).values_list("index", "data")
    acts = ((index, decode(bytes(data)).act) for index, data in rows)
    return [index for index, act in acts if isinstance(act, PaperVote) and act.person == person.id]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
