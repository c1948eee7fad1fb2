"""A motion's number leads to it; what was decided can be taken along as a PDF with its proof."""

import subprocess
from shutil import which

import pytest

from frombelow_site.decide.models import Wording
from frombelow_site.door.models import Entry
from frombelow_site.ui.sheets import BOLD, EDGE, EVEN, PLAIN, WIDTH, Said, _wide, fitting, lines, sheets
from tests import acts as a
from tests.decide.files import letters


def text(answer):
    return " ".join(answer.content.decode().split())


def number(site, motion):
    return site.polity.motions[motion].number


def test_a_typed_number_leads_to_the_motion(site):
    site.move()
    motion = site.move(site.eve, title="A bench")
    bo = site.browser(site.bo)
    answer = bo.get("/decide/", {"find": "2026-2"}, follow=True)
    assert answer.redirect_chain == [(f"/decide/{motion}/", 302)]
    assert "A bench" in text(answer)
    assert number(site, motion) in text(answer)
    assert "Nothing has this number." in text(bo.get("/decide/", {"find": "M-2026-77"}))


def test_the_page_the_list_and_my_own_file_say_the_number(site):
    motion = site.move()
    bo = site.browser(site.bo)
    for address in (f"/decide/{motion}/", "/decide/"):
        assert "M-2026-01" in text(bo.get(address)), address
    assert "http://testserver/decide/M-2026-01/" in text(bo.get(f"/decide/{motion}/"))


def test_what_can_be_done_on_the_page_can_be_done_on_the_shared_one(site):
    motion = site.voting()
    shown = text(site.browser(site.bo).get(f"/decide/{number(site, motion)}/", follow=True))
    assert f'action="/decide/{motion}/vote/"' in shown


def test_an_outsider_is_told_nothing_by_a_number(site, client):
    site.move()
    answers = [client.get(f"/decide/M-2026-0{n}/") for n in (1, 9)]
    assert [answer.status_code for answer in answers] == [302, 302]


def test_a_decision_is_taken_along_with_its_words_figures_article_entries_and_proof(site):
    motion = site.decided(3, 1, title="Paint the hall", body="It is grey. Łódź is not.")
    answer = site.browser(site.bo).get(f"/decide/{motion}/decision.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="M-2026-01.pdf"'
    words, files = letters(answer.content)
    for part in (
        "Paint the hall", "It is grey.", "Carried, ", "3 yes, 1 no, 0 abstained: 4 of 4 answered.", "Article 6.1 decided",
        "c2sp.org/tlog-proof@v1", "tenants.example/record", "How to check it",
    ):  # fmt: skip
        assert part in words, part
    entry = site.polity.motions[motion].entry
    assert site.door.receipt(entry, bytes(Entry.objects.get(index=entry).data)) in files
    assert "It is grey. Łódź is not.".encode() in b"".join(files)


@pytest.mark.skipif(not which("pdftotext"), reason="no pdftotext on this machine")
def test_the_sheet_is_read_by_other_programs(site, tmp_path):
    change = a.ChangeRules('[[article]]\nnumber = "4.6"\ndebate_days = 21\n')
    motion = site.decided(4, 0, change, body="(Brackets) and \\slashes\\ stay. " * 300)
    place = tmp_path / "decision.pdf"
    place.write_bytes(site.browser(site.bo).get(f"/decide/{motion}/decision.pdf").content)
    told = subprocess.run(["pdftotext", str(place), "-"], capture_output=True, text=True, check=True)
    assert not told.stderr
    for part in ("(Brackets) and \\slashes\\ stay.", "debated for 14 days", "debated for 21 days", "vote.close"):
        assert part in " ".join(told.stdout.split()), part


def test_there_is_no_sheet_of_what_is_not_decided_and_none_for_outsiders(site, client):
    motion = site.voting()
    assert site.browser(site.bo).get(f"/decide/{motion}/decision.pdf").status_code == 404
    assert client.get(f"/decide/{motion}/decision.pdf").status_code == 302


def test_erased_words_are_not_in_the_sheet(site):
    motion = site.decided(body="The secret of the hall.")
    Wording.objects.all().delete()
    words, files = letters(site.browser(site.bo).get(f"/decide/{motion}/decision.pdf").content)
    assert "were erased" in words
    assert b"The secret of the hall." not in b"".join(files)


@pytest.mark.parametrize("font", [PLAIN, BOLD, EVEN])
@pytest.mark.parametrize("words", ["word " * 200, "x" * 900, "", "a\n\nb", "Ω≠ŁﬁÀ€\U0001f600 " * 40])
def test_every_line_of_a_sheet_fits_and_no_word_is_lost(font, words):
    said = Said(words, 10.5, font)
    found = lines(said)
    assert all(_wide(said, line) <= WIDTH - 2 * EDGE for line in found)
    assert "".join("".join(found).split()) == "".join(fitting(words).split())
    assert sheets("T", "en", [said]).startswith(b"%PDF")
