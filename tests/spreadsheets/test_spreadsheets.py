"""One sheet is taken, as it is shown; what was taken and what was not is said."""

import csv
import io
import random
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import python_calamine

from frombelow.spreadsheets import SpreadsheetError, archive, sheet, table_of

from .books import ods, saved, saved_by_libreoffice, with_part, xlsx, zipped

MOST = 1_000_000
MOMENT = datetime(2020, 1, 2, 14, 30)  # noqa: DTZ001  a spreadsheet knows no zones
A1 = "xl/worksheets/sheet1.xml"


def read(data, sheet=""):
    return table_of(io.BytesIO(data), MOST, sheet)


def rows(data, sheet=""):
    return list(csv.reader(io.StringIO(read(data, sheet).data.decode(), newline="")))


def refused(data, most=MOST):
    with pytest.raises(SpreadsheetError) as caught:
        table_of(io.BytesIO(data), most)
    return str(caught.value)


def sheet_xml(inside):
    return (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{inside}'
        "</sheetData></worksheet>"
    ).encode()


def test_days_are_days_and_figures_keep_their_digits():
    found = rows(xlsx(("Members", [[date(2019, 3, 4), MOMENT, 447912345678, 0.5, True, "+34 6"]])))
    assert found == [["2019-03-04", "2020-01-02 14:30:00", "447912345678", "0.5", "TRUE", "+34 6"]]


def test_days_count_from_1904_where_the_workbook_says_so():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append([date(2019, 3, 4)])
    assert rows(saved(book)) == [["2019-03-04"]]


def test_zeros_in_front_that_a_format_shows_are_kept():
    book = openpyxl.Workbook()
    book.active.append([7700900123])
    book.active["A1"].number_format = "00000000000"
    assert rows(saved(book)) == [["07700900123"]]


def test_a_line_is_the_number_of_its_row_and_a_break_within_a_cell_is_a_blank():
    assert rows(xlsx(("Members", [["Name"], [None], ["Ada\nLopez"]]))) == [["Name"], [], ["Ada Lopez"]]


def test_the_first_sheet_with_text_that_is_shown_is_taken_and_the_others_are_named():
    data = xlsx(("Empty", []), ("Board", [["x"]]), ("Members", [["Name"]]), hidden=["Board"])
    table = read(data)
    assert (table.sheet, table.data) == ("Members", b"Name\r\n")
    assert table.said() == [("sheet taken", {"sheet": "Members", "others": "“Empty”, “Board”"})]
    assert rows(data, "Board") == [["x"]]


def test_a_sheet_that_there_is_not_is_refused_with_those_that_are_shown():
    with pytest.raises(SpreadsheetError, match=r"no sheet “Memebrs”.*found are: Members"):
        read(xlsx(("Members", [["Name"]]), ("Old", [["x"]]), hidden=["Old"]), "Memebrs")


def test_a_workbook_that_shows_no_sheet_is_refused():
    data = xlsx(("Members", [["Name"]]))
    book = zipfile.ZipFile(io.BytesIO(data)).read("xl/workbook.xml")
    assert "no sheet that is shown" in refused(with_part(data, "xl/workbook.xml", book.replace(b"visible", b"hidden")))


def test_hidden_rows_are_taken_and_counted():
    table = read(xlsx(("Members", [["Name"], ["Ada"], ["Bo"]]), hidden_rows=[2]))
    assert (table.data, table.hidden) == (b"Name\r\nAda\r\nBo\r\n", 1)


def test_of_a_formula_the_last_result_is_taken_and_one_without_is_told():
    inside = '<row r="1"><c r="A1" t="str"><f>CONCAT(B1)</f><v>Ada</v></c><c r="B1"><f>1/0</f></c></row>'
    table = read(with_part(xlsx(("S", [["x"]])), A1, sheet_xml(inside)))
    assert (table.data, table.formulas, table.unsaid) == (b"Ada\r\n", 1, 1)


def test_how_a_text_is_read_aloud_is_no_part_of_it():
    inside = '<row><c t="inlineStr"><is><r><t>課</t></r><rPh sb="0" eb="1"><t>カ</t></rPh></is></c></row>'
    assert rows(with_part(xlsx(("S", [["x"]])), A1, sheet_xml(inside))) == [["課"]]


def test_ods_repeats_cells_and_rows_and_notes_on_cells_are_not_in_them():
    body = (
        '<table:table table:name="Members"><table:table-row><table:table-cell office:value-type="string">'
        '<office:annotation><text:p>ask her</text:p></office:annotation><text:p>Ada<text:s text:c="2"/>L</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="float" '
        'office:value="7"><text:p>7,00</text:p></table:table-cell><table:table-cell '
        'table:number-columns-repeated="16000"/></table:table-row><table:table-row table:number-rows-repeated="2" '
        'table:visibility="filter"><table:table-cell office:value-type="date" office:date-value="2019-03-04T00:00:00">'
        "<text:p>4. M.</text:p></table:table-cell></table:table-row><table:table-row "
        'table:number-rows-repeated="1048573"><table:table-cell/></table:table-row></table:table>'
    )
    table = read(ods(body))
    assert table.data == b"Ada  L,7,7\r\n2019-03-04,,\r\n2019-03-04,,\r\n"
    assert (table.kind, table.hidden) == ("ODS", 2)


def test_a_sheet_that_ods_hides_is_not_taken():
    style = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    row = "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
    hidden = f'<table:table table:name="Old" table:style-name="ta1">{row}</table:table>'
    table = read(ods(f'{hidden}<table:table table:name="New">{row}</table:table>', style))
    assert (table.sheet, table.others) == ("New", ("Old",))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old Excel"),
        (b"PK\x03\x04 no more", "damaged"),
        (zipped({"mimetype": b"application/epub+zip"}), "no file that can be read here"),
        (
            zipped({"content.xml": b"<x/>", "META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>"}),
            "password",
        ),
        (
            zipped({"content.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "META-INF/manifest.xml": b"<m/>"}),
            "damaged",
        ),
        (zipped({"content.xml": b"<x>", "META-INF/manifest.xml": b"<m/>"}), "damaged and cannot be read"),
        (zipped({str(n): b"" for n in range(archive.PARTS + 1)}), "damaged"),
    ],
)
def test_what_is_no_spreadsheet_to_be_read_is_refused_with_what_to_do(data, why):
    assert why in refused(data)


def test_what_says_that_it_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch):
    data, opened = with_part(xlsx(("S", [["x"]])), A1, sheet_xml("<row/>" * 100_000)), []
    honest = zipfile.ZipFile.open
    monkeypatch.setattr(archive, "UNPACKED", 100_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda self, info: opened.append(info.filename) or honest(self, info))
    assert "unpacks to more than" in refused(data)
    assert "xl/workbook.xml" in opened
    assert A1 not in opened


def test_what_lies_about_its_size_is_counted_while_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "UNPACKED", 100_000)
    data = with_part(xlsx(("S", [["x"]])), A1, sheet_xml("<row/>" * 100_000))
    honest = archive.Archive._spend
    monkeypatch.setattr(archive.Archive, "_spend", lambda self, size, keep=False: None if keep else honest(self, size))
    assert "unpacks to more than" in refused(data)


def test_an_archive_with_what_zip_files_hardly_ever_have_is_refused():
    data = bytearray(xlsx(("S", [["x"]])))
    for at in [n for n in range(len(data)) if data[n : n + 4] in (b"PK\x01\x02", b"PK\x03\x04")]:
        data[at + (8 if data[at + 2] == 1 else 6)] |= 0x20  # patched data
    assert "damaged" in refused(bytes(data))


def test_one_long_text_in_many_cells_is_not_written_out():
    data = xlsx(("S", [["a" * 30_000] * 200]))
    assert "unpacks to more than 0 MB" in refused(data, most=500_000)


def test_a_row_has_as_many_cells_as_those_above_it():
    assert rows(xlsx(("S", [["Name", "Email"], ["Ada"], ["Bo", None, "x"]]))) == [
        ["Name", "Email"],
        ["Ada", ""],
        ["Bo", "", "x"],
    ]


def test_a_cell_beyond_the_last_column_or_row_is_refused():
    for place in ("XFE1", "ZZZ1", "A1048577"):
        inside = f'<row r="{place.lstrip("AXFEZ")}"><c r="{place}"><v>1</v></c></row>'
        assert "damaged" in refused(with_part(xlsx(("S", [["x"]])), A1, sheet_xml(inside)))


CELLS = ["Ada López", "", "0770", "+34 6", "=1", "a,b", 'say "so"', 7, 447912345678, 0.25, date(2019, 3, 4), "_x0041_"]


@pytest.mark.checker
def test_a_row_of_more_cells_than_there_are_columns_is_refused_while_it_is_read():
    assert "damaged" in refused(
        with_part(xlsx(("Members", [["Name"]])), A1, sheet_xml(f"<row>{'<c/>' * 16_385}</row>"))
    )


@pytest.mark.parametrize(("part", "inside"), [(A1, "<row><c/></row>"), ("xl/styles.xml", "<cellXfs><xf/></cellXfs>")])
def test_cells_without_text_are_counted_while_they_are_read(monkeypatch, part, inside):
    monkeypatch.setattr(sheet, "MOST_CELLS", 100)
    book = xlsx(("Members", [["Name"]]))
    assert "more than 100 cells" in refused(with_part(book, part, f"<w>{inside * 101}</w>".encode()))


def test_others_read_the_same_cells():
    draw = random.Random(20261127)
    for _ in range(40):
        made = [[draw.choice(CELLS) for _ in range(draw.randrange(1, 8))] for _ in range(draw.randrange(1, 12))]
        made[0][0] = "Name"
        data = xlsx(("S", made))
        theirs = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        assert trimmed(rows(data)) == trimmed([[as_text(cell) for cell in row] for row in theirs])


def as_text(cell):
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)


def trimmed(table):
    """Without empty cells at the end of rows, and empty rows at the end."""
    table = [row[: max((n + 1 for n, cell in enumerate(row) if cell), default=0)] for row in table]
    while table and not table[-1]:
        table.pop()
    return table


@pytest.mark.office
@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_what_libreoffice_saves_is_read_as_it_was(tmp_path, kind):
    made = [
        ["Name", "Joined", "Phone"],
        ["Ada López", date(2019, 3, 4), 447912345678],
        [None, None, None],
        ["Bo", None, "+34 6"],
    ]
    (tmp_path / "a.in").write_bytes(xlsx(("Members", made), ("Old", [["x"]]), hidden=["Old"], hidden_rows=[4]))
    table = read(saved_by_libreoffice(tmp_path / "a.in", kind))
    assert (table.sheet, table.others, table.hidden) == ("Members", ("Old",), 1)
    assert table.data.decode() == "Name,Joined,Phone\r\nAda López,2019-03-04,447912345678\r\n\r\nBo,,+34 6\r\n"


def test_a_cell_that_refers_to_a_text_that_is_not_there_is_refused_with_its_place():
    inside = '<row r="1"><c r="B1" t="s"/></row><row r="2"><c r="AB2" t="s"><v>7</v></c></row>'
    why = refused(with_part(xlsx(("Votes", [["x"]])), A1, sheet_xml(inside)))
    assert "Sheet “Votes”: The cell AB2 refers to a text that the file does not hold." in why


def test_a_formula_whose_result_is_an_empty_text_has_a_result():
    inside = '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f>1/0</f><v/></c><c r="C1"><f>2</f></c></row>'
    table = read(with_part(xlsx(("S", [["x"]])), A1, sheet_xml(inside)))
    assert (table.formulas, table.unsaid, table.first_unsaid) == (1, 2, "B1")
    cell = (
        '<table:table-cell table:formula="of:=1" office:value-type="string"/><table:table-cell table:formula="of:=2"/>'
    )
    table = read(ods(f'<table:table table:name="S"><table:table-row>{cell}</table:table-row></table:table>'))
    assert (table.formulas, table.unsaid, table.first_unsaid) == (1, 1, "B1")
