"""Spreadsheets as programs write them: by openpyxl, and by hand where no program would."""

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl

MANIFEST = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
)


def xlsx(*sheets, hidden=(), hidden_rows=()):
    """A workbook of (name, rows); the first of which hides these rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    for number in hidden_rows:
        book.worksheets[0].row_dimensions[number].hidden = True
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(body, styles=""):
    """A document whose sheets are written as XML."""
    content = (
        f"{ODS_HEAD}<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f"{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"META-INF/manifest.xml": MANIFEST, "content.xml": content.encode()})


def zipped(parts: Mapping[str, bytes], packing=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def with_part(data, name, part):
    """The spreadsheet with another part of this name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return zipped(parts | {name: part})


def saved_by_libreoffice(place, kind, *how):
    """The bytes of the file in this place, opened and saved as this kind by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", *how, "--convert-to", kind, "--outdir", folder, place]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        (made,) = [each for each in Path(folder).iterdir() if each.is_file()]
        return made.read_bytes()
