"""The record's head: what a browser that remembers asks for, and what two members compare."""

import base64
import json

import pytest

from frombelow.record import (
    Checkpoint,
    Fork,
    Signer,
    Tree,
    Verifier,
    follow,
    open_evidence,
    read_checkpoint,
    sign_checkpoint,
    verify_consistency,
)
from frombelow_site.door.tables import footer_checkpoint
from frombelow_site.records.comparing import Verdict, as_note, compare_pasted
from frombelow_site.records.heads import square

ORIGIN = "tenants.example/record"
SIGNER = Signer.from_seed(ORIGIN, bytes(32))


def tree_of(size, word=b"entry"):
    tree = Tree()
    tree.extend(word + b" %d" % n for n in range(size))
    return tree


def note_of(tree, size=None, signer=SIGNER):
    size = tree.size if size is None else size
    return sign_checkpoint(Checkpoint(signer.name, size, tree.root(size)), signer)


def compared(theirs, mine_tree):
    return compare_pasted(theirs, note_of(mine_tree), mine_tree, SIGNER.vkey)


# --- consistency, for members ---


def test_a_member_is_shown_that_the_record_continues_what_they_kept(site):
    bo = site.browser(site.bo)
    kept = bo.get("/record/checkpoint").content
    site.second(site.move(site.bo))
    new = bo.get("/record/checkpoint").content
    old, head = read_checkpoint(kept), read_checkpoint(new)
    body = json.loads(bo.get(f"/record/consistency/{old.size}/{head.size}").content)
    proof = [base64.b64decode(each) for each in body["proof"]]
    verify_consistency(old.size, old.root, head.size, head.root, proof)
    follow(kept, new, proof, Verifier.from_vkey(site.polity.key))


def test_outsiders_get_no_proof_of_consistency(site, client):
    assert client.get("/record/consistency/1/1").status_code == 302
    for page in ("/record/head/", "/record/head/compare/"):
        assert client.get(page).status_code == 302
    assert client.post("/record/head/evidence").status_code == 302


@pytest.mark.parametrize("sizes", ["2/1", "1/99", f"0/{2**70}", f"{2**70}/{2**70}"])
def test_sizes_that_the_record_never_had_are_not_found(site, sizes):
    assert site.browser(site.bo).get(f"/record/consistency/{sizes}").status_code == 404


def test_a_record_that_is_signed_but_cannot_be_read_now_says_later_and_not_never(site):
    site.move(site.bo)
    site.door.replica.tree = Tree()
    assert site.browser(site.bo).get("/record/consistency/1/2").status_code == 503


def test_a_proof_is_never_kept_by_a_cache(site):
    assert "no-cache" in site.browser(site.bo).get("/record/consistency/1/1").headers["Cache-Control"]


# --- the page of the head ---


def test_the_code_stands_beside_the_same_text(site):
    page = site.browser(site.bo).get("/record/head/")
    text, note = page.content.decode(), page.context["note"]
    assert note == site.browser(site.bo).get("/record/checkpoint").content.decode()
    assert square(note) in text
    assert "style=" not in square(note)


def test_every_page_of_a_member_remembers_and_no_page_of_an_outsider_does(site, client):
    page = site.browser(site.bo).get("/decide/").content.decode()
    assert 'src="/static/records/remember.js"' in page
    assert site.polity.key in page
    assert "remember.js" not in client.get("/enter/").content.decode()


def test_the_foot_of_a_mail_holds_origin_size_and_root(site):
    site.move(site.bo)
    head = read_checkpoint(site.browser(site.bo).get("/record/checkpoint").content)
    assert Checkpoint.parse(footer_checkpoint() + "\n") == head
    assert len(footer_checkpoint()) < 200


def test_the_foot_of_a_mail_is_empty_before_the_founding(db):
    assert footer_checkpoint() == ""


def test_the_head_asks_the_database_little(site, django_assert_max_num_queries):
    bo = site.browser(site.bo)
    with django_assert_max_num_queries(12):
        bo.get("/record/head/")
    with django_assert_max_num_queries(12):
        bo.post("/record/head/compare/", {"theirs": footer_checkpoint()})


# --- comparing ---


@pytest.mark.parametrize("size", range(1, 20))
def test_an_older_checkpoint_of_the_same_history_is_continued(size):
    tree = tree_of(20)
    found = compared(note_of(tree, size).decode(), tree)
    assert found.verdict is Verdict.CONTINUED
    verify_consistency(size, tree.root(size), 20, tree.root(), found.proof)


def test_the_same_checkpoint_is_the_same_however_it_was_copied():
    tree = tree_of(7)
    note = note_of(tree).decode()
    for pasted in (
        note,
        note.strip(),
        "\n\n  " + note.replace("\n", "\r\n") + "  ",
        read_checkpoint(note.encode()).to_text(),
    ):
        assert compared(pasted, tree).verdict is Verdict.SAME


@pytest.mark.parametrize("size", [5, 12, 20])
def test_a_signed_checkpoint_of_another_history_is_a_split_view_with_evidence(size):
    mine, theirs = tree_of(12), tree_of(size, b"other")
    found = compared(note_of(theirs).decode(), mine)
    assert found.verdict is Verdict.SPLIT
    assert note_of(mine) in found.evidence
    assert note_of(theirs) in found.evidence
    if size <= 12:
        open_evidence(found.evidence, Verifier.from_vkey(SIGNER.vkey))


def test_what_carries_no_signature_is_compared_and_proves_nothing():
    mine = tree_of(12)
    short = read_checkpoint(note_of(tree_of(5, b"other"))).to_text()
    assert compared(short, mine).verdict is Verdict.OTHER
    assert compared(short, mine).evidence == b""
    assert compared(read_checkpoint(note_of(mine, 5)).to_text(), mine).verdict is Verdict.CONTINUED
    assert compared(read_checkpoint(note_of(tree_of(13))).to_text(), mine).verdict is Verdict.LONGER


def test_a_stranger_s_signature_makes_no_split_view():
    stranger = Signer.from_seed(ORIGIN, b"1" * 32)
    assert compared(note_of(tree_of(5, b"other"), signer=stranger).decode(), tree_of(12)).verdict is Verdict.STRANGE
    elsewhere = Signer.from_seed("bakers.example/record", b"1" * 32)
    assert compared(note_of(tree_of(5), signer=elsewhere).decode(), tree_of(12)).verdict is Verdict.STRANGE


@pytest.mark.parametrize("pasted", ["hello", "a\nb\nc", "x" * 30_000, "tenants.example/record\n-1\nAAAA", "\x00\n1\n"])
def test_what_is_no_checkpoint_is_said_to_be_none(pasted):
    assert compared(pasted, tree_of(3)).verdict is Verdict.UNREADABLE


def test_as_note_puts_back_what_copying_loses():
    note = note_of(tree_of(3)).decode()
    assert as_note(note.strip().replace("\n", "\r\n")) == note


def test_the_page_shows_a_split_view_and_gives_the_file(site):
    bo = site.browser(site.bo)
    forged = note_of(tree_of(1, b"other"), signer=site.door.signer())
    page = bo.post("/record/head/compare/", {"theirs": forged.decode()})
    assert "This is a split view" in page.content.decode()
    answer = bo.post("/record/head/evidence", {"theirs": forged.decode()})
    assert "attachment" in answer.headers["Content-Disposition"]
    old, new = open_evidence(answer.content, Verifier.from_vkey(site.polity.key))
    assert {old.root, new.root} == {read_checkpoint(forged).root, site.door.replica.tree.root()}


def test_there_is_no_evidence_where_nothing_is_wrong(site):
    note = site.browser(site.bo).get("/record/checkpoint").content.decode()
    assert site.browser(site.bo).post("/record/head/evidence", {"theirs": note}).status_code == 404


def test_the_page_says_that_two_members_saw_the_same(site):
    bo = site.browser(site.bo)
    kept = footer_checkpoint()
    assert "stand for the same" in bo.post("/record/head/compare/", {"theirs": kept}).content.decode()
    site.move(site.bo)
    text = bo.post("/record/head/compare/", {"theirs": kept}).content.decode()
    assert "begins with exactly the 1 of the other checkpoint" in text


def test_nothing_pasted_is_asked_for_again(site):
    answer = site.browser(site.bo).post("/record/head/compare/", {"theirs": ""})
    assert answer.status_code == 400
    assert site.browser(site.bo).get("/record/head/compare/").status_code == 200


def test_a_fork_in_python_and_on_the_page_are_one_format():
    mine, theirs = tree_of(12), tree_of(5, b"other")
    with pytest.raises(Fork) as fork:
        follow(note_of(theirs), note_of(mine), mine.consistency(5), Verifier.from_vkey(SIGNER.vkey))
    assert compared(note_of(theirs).decode(), mine).evidence == fork.value.evidence()
