"""The list of motions as a file: a table for spreadsheets, a sheet, a text document."""

import csv
import io
import zipfile
from collections.abc import Iterable
from typing import NamedTuple
from xml.sax.saxutils import escape

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import MotionId, PersonId
from frombelow.roll.cells import guard
from frombelow_site.people.queries import names
from frombelow_site.ui.clock import day, figure
from frombelow_site.ui.sheets import BOLD, Said, sheets

from . import words
from .headlines import headlines


class Row(NamedTuple):
    """A motion as it stands in the files."""

    number: str
    title: str
    kind: str
    branch: str
    state: str
    moved: str
    mover: str
    closed: str
    yes: str
    no: str
    abstain: str
    eligible: str


def headings() -> Row:
    return Row(
        _("Number"), _("What it would do"), _("Kind"), _("Who decides"), _("Where it stands"), _("Moved on"),
        _("Moved by"), _("Decided on"), _("Yes"), _("No"), _("Abstain"), _("Who could vote"),
    )  # fmt: skip


def rows(polity: Polity, motions: Iterable[str]) -> list[Row]:
    """The motions in their order. Figures stand there once a vote has closed."""
    found = [polity.motions[MotionId(name)] for name in motions if name in polity.motions]
    called, movers = headlines(polity, [each.id for each in found]), names({PersonId(each.mover) for each in found})
    return [
        Row(
            each.number, called[each.id], words.kind(each), polity.branches[each.branch].name, words.state(each),
            day(each.moved), movers.get(each.mover, _("a member")), day(each.closed_on) if each.outcome else "",
            *(str(n) if each.outcome else "" for n in (each.yes, each.no, each.abstain, each.eligible)),
        )
        for each in found
    ]  # fmt: skip


def as_csv(_organization: str, found: list[Row]) -> bytes:
    """A table in UTF-8 that no spreadsheet can run."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([guard(cell) for cell in row] for row in (headings(), *found))
    return file.getvalue().encode()


def as_pdf(organization: str, found: list[Row]) -> bytes:
    text = [Said(f"{organization}: {_('Decide')}", 17, BOLD)]
    for row in found:
        text += [Said(f"{row.number} · {row.title}", 10.5, BOLD, 12), *map(Said, _told(row))]
    return sheets(organization, get_language() or "en", text)


def _told(row: Row) -> list[str]:
    """What is said of a motion below its title."""
    told = [
        f"{row.state} · {row.kind} · {row.branch}",
        _("Moved by %(mover)s, %(day)s") % {"mover": row.mover, "day": row.moved},
    ]
    if row.closed:
        told.append(
            _("Decided on %(day)s: %(yes)s yes, %(no)s no, %(abstain)s abstained, of %(of)s who could vote.")
            % {
                "day": row.closed, "yes": figure(int(row.yes)), "no": figure(int(row.no)),
                "abstain": figure(int(row.abstain)), "of": figure(int(row.eligible)),
            }
        )  # fmt: skip
    return told


SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{where}:1.0"'
    for name, where in (("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"))
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{0}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
ODT = "application/vnd.oasis.opendocument.text"
WHEN = (1980, 1, 1, 0, 0, 0)  # nothing in the file tells when it was made


def as_odt(organization: str, found: list[Row]) -> bytes:
    """A text document (OpenDocument 1.3): a heading for each motion, and what is said of it."""
    body = [f'<text:h text:outline-level="1">{_safe(organization)}: {_safe(_("Decide"))}</text:h>']
    for row in found:
        body.append(f'<text:h text:outline-level="2">{_safe(f"{row.number} · {row.title}")}</text:h>')
        body += [f"<text:p>{_safe(line)}</text:p>" for line in _told(row)]
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.3">'
        f"<office:body><office:text>{''.join(body)}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        # The kind stands first and as it is, so that programs see it before they unpack anything.
        packed.writestr(zipfile.ZipInfo("mimetype", WHEN), ODT)
        for name, text in (("META-INF/manifest.xml", MANIFEST.format(ODT)), ("content.xml", content)):
            packed.writestr(zipfile.ZipInfo(name, WHEN), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _safe(words: str) -> str:
    """The words as XML can hold them: without signs that no document may hold."""
    return escape("".join(sign for sign in words if sign >= " " and sign not in "\ufffe\uffff"))


FILES = {
    "csv": (as_csv, "text/csv; charset=utf-8"), "pdf": (as_pdf, "application/pdf"), "odt": (as_odt, ODT),
}  # fmt: skip
