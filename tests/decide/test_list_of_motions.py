"""The list of motions says which I have answered, is chosen from without scripts, and can be taken along."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest

from frombelow_site.decide import actions as decide
from frombelow_site.decide.taken_along import as_odt, rows
from tests import acts as a

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def text(answer):
    return " ".join(answer.content.decode().split())


def listed(site, **asked):
    return text(site.browser(site.bo).get("/decide/", asked))


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


@pytest.fixture
def three(site):
    """One of Bo's in a branch, one of Eve's that is decided, one of Bo's that is voted on."""
    site.decided(3, 1, a.FormBranch("North Harbour", site.polity.root), title="A branch")
    site.decided(4, 0, title="Paint the hall")
    site.voting(title="A bench")
    site.move(site.eve, title="Tea for all")
    return site


def test_it_says_which_were_answered_by_me_also_once_they_are_decided(three):
    shown = listed(three)
    assert shown.count("you have answered") == 2  # Bo was the fourth to answer
    decide.vote(three.bo, next(iter(three.polity.voting)), "no")
    assert listed(three).count("you have answered") == 3
    assert text(three.browser(three.dee).get("/decide/")).count("you have answered") == 2


def test_it_is_chosen_by_stage_branch_and_mover(three):
    assert listed(three, stage="decided").count('class="what"') == 2
    assert listed(three, mover="eve  TWO").count('class="what"') == 1
    assert listed(three, mover="Bo Four", stage="voting").count('class="what"') == 1
    assert listed(three, branch="tenants").count('class="what"') == 4
    for nothing in ({"branch": "harbour"}, {"mover": "Nobody"}):
        assert "Nothing is here of what you chose." in listed(three, **nothing)


def test_what_cannot_be_asked_for_shows_everything(three):
    assert listed(three, stage="'; DROP").count('class="what"') == 4
    assert listed(three, page="x" * 900).count('class="what"') == 4


def test_what_was_typed_stays_in_the_fields_and_in_the_links(three):
    shown = listed(three, mover='Bo "Four"&', stage="decided")
    assert 'value="Bo &quot;Four&quot;&amp;"' in shown
    assert "list.csv?stage=decided&amp;mover=bo+FOUR&amp;" in listed(three, mover="bo  FOUR", stage="decided")


def test_it_asks_the_database_little_however_it_is_chosen(three, django_assert_max_num_queries):
    bo = three.browser(three.bo)
    bo.get("/")
    with django_assert_max_num_queries(12):
        bo.get("/decide/", {"mover": "Bo Four", "branch": "ten", "stage": "decided"})


def test_the_table_holds_what_was_chosen_and_the_figures_of_closed_votes_alone(three):
    rows = table(three.browser(three.bo).get("/decide/list.csv"))
    assert {row["Number"] for row in rows} == {"M-2026-01", "M-2026-02", "M-2026-03", "M-2026-04"}
    decided = next(row for row in rows if row["Number"] == "M-2026-01")
    assert (decided["Yes"], decided["No"], decided["Who could vote"], decided["Moved by"]) == ("3", "1", "4", "Bo Four")
    assert all(row["Yes"] == row["No"] == "" for row in rows if row["Where it stands"] == "vote")
    some = table(three.browser(three.bo).get("/decide/list.csv?stage=voting"))
    assert [row["What it would do"] for row in some] == ["In words only: “A bench”"]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@x"])
def test_no_cell_of_the_table_is_run_by_a_spreadsheet(site, name):
    site.decided(4, 0, a.FormBranch(name, site.polity.root))
    branch = next(each.id for each in site.polity.branches.values() if each.name == name)
    assert name in [each.name for each in site.polity.branches.values()]
    site.polity.motions[next(iter(site.polity.motions))].branch = branch
    row = table(site.browser(site.bo).get("/decide/list.csv"))[0]
    assert row["Who decides"] == "'" + name


def test_the_text_document_is_one_by_the_format(three):
    answer = three.browser(three.bo).get("/decide/list.odt?stage=decided")
    data = answer.content
    assert data[30:38] == b"mimetype"  # first, and not packed: programs look there
    assert data[38:77] == b"application/vnd.oasis.opendocument.text"
    packed = zipfile.ZipFile(io.BytesIO(data))
    assert packed.testzip() is None
    assert packed.namelist() == ["mimetype", "META-INF/manifest.xml", "content.xml"]
    for name in packed.namelist()[1:]:
        ElementTree.fromstring(packed.read(name))
    titles = [each.text for each in ElementTree.fromstring(packed.read("content.xml")).iter(f"{TEXT}h")]
    assert titles[1:] == [
        "M-2026-02 · In words only: “Paint the hall”", "M-2026-01 · The branch North Harbour is formed, under Tenants",
    ]  # fmt: skip


def test_signs_that_no_document_may_hold_do_not_break_the_text_document(site):
    site.move(title="Tea & <b>cake</b>")
    data = as_odt("Ten\x0bants\ufffe", rows(site.polity, site.polity.motions))
    content = zipfile.ZipFile(io.BytesIO(data)).read("content.xml")
    told = "".join(ElementTree.fromstring(content).itertext())
    assert "Tea & <b>cake</b>" in told
    assert told.startswith("Tenants: ")


def test_the_sheet_holds_the_numbers(three):
    assert three.browser(three.bo).get("/decide/list.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize("form", ["csv", "pdf", "odt"])
def test_the_files_are_for_members_and_are_downloads(three, client, form):
    assert client.get(f"/decide/list.{form}").status_code == 302
    answer = three.browser(three.bo).get(f"/decide/list.{form}")
    assert answer["Content-Disposition"] == f'attachment; filename="decide.{form}"'
