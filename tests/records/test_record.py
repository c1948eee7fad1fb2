"""The record's room: entries in plain words, proofs that verify, the whole record to take away."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from frombelow.cli import app
from frombelow.polity.kernel.subject import registry
from frombelow.polity.offices.acts import Resign
from frombelow.record import Verifier, check_receipt, open_checkpoint, parse_bundle
from frombelow_site.door import perform
from frombelow_site.door.models import Entry
from frombelow_site.membership import actions as membership
from frombelow_site.records import exporting, lines
from frombelow_site.records.tiles import parse_tile
from tests.site_mail import delivered


@pytest.fixture
def exported(site, tmp_path):
    site.decided()
    exporting.write(tmp_path / "record.zip")
    return tmp_path / "record.zip"


def verify(*arguments):
    return CliRunner().invoke(
        app, [*map(str, arguments)] if len(app.registered_commands) == 1 else ["verify", *map(str, arguments)]
    )


def test_entries_are_told_with_the_names_of_now(site):
    site.move(site.bo)
    text = site.browser(site.eve).get("/record/").content.decode()
    assert "Bo Four moved a motion." in text
    assert "Ada One founded Tenants." in text


def test_a_members_proof_verifies_with_the_library_alone(site):
    site.move(site.bo)
    receipt = site.browser(site.bo).get("/record/entry/1/receipt").content
    verifier = Verifier.from_vkey(site.polity.key)
    check_receipt(receipt, bytes(Entry.objects.get(index=1).data), verifier)


def test_checkpoints_are_public_and_entries_are_not(site, client):
    note = client.get("/record/checkpoint").content
    assert open_checkpoint(note, Verifier.from_vkey(site.polity.key)).size == 1
    assert client.get("/record/tile/entries/000.p/1").status_code == 302
    assert client.get("/record/entry/0/").status_code == 302


def test_tiles_hold_what_the_specification_says(site):
    site.move(site.bo)
    browser = site.browser(site.bo)
    bundle = browser.get("/record/tile/entries/000.p/2").content
    assert parse_bundle(bundle, 2) == [bytes(row.data) for row in Entry.objects.all()]
    assert len(browser.get("/record/tile/0/000.p/2").content) == 64
    for path in ("0/000", "0/000.p/3", "entries/001.p/1", "64/000", "0/00", "../settings",
                 f"entries/{'x999/' * 4}999", f"entries/{'x999/' * 6}999.p/3", f"entries/{'x999/' * 1500}999",
                 "0/٠٠٠.p/2"):  # fmt: skip
        assert browser.get(f"/record/tile/{path}").status_code == 404


def test_addresses_of_tiles_are_read_as_they_are_written():
    assert parse_tile("0/x001/x234/067") == (0, 1_234_067, 256)
    assert parse_tile("entries/000.p/7") == (None, 0, 7)


def test_every_kind_of_act_has_a_name_in_the_filter(site):
    page = site.browser(site.bo).get("/record/").content.decode()
    for kind in registry.kinds.values():
        assert f'<option value="{kind.name}">{kind.label}</option>' in page


def test_entries_are_found_by_kind_by_author_and_by_what_they_are_about(site):
    motion = site.second(site.move(site.bo))
    eve = site.browser(site.eve)

    def shown(**asked):
        return [line.sentence for line in eve.get("/record/", asked).context["found"].lines]

    assert shown(kind="organization.found") == ["Ada One founded Tenants."]
    assert shown(by=site.bo) == ["Bo Four moved a motion."]
    assert set(shown(by=site.ada)) == {"Ada One seconded a motion.", "Ada One founded Tenants."}
    assert len(shown(about=motion)) == site.polity.size - 1
    assert shown(about=motion, by=site.bo, kind="motion.second") == []


def test_earlier_entries_are_a_page_further(site):
    site.admit(30)
    for person in site.people:
        membership.step_back(person, None)
    bo = site.browser(site.bo)
    first = bo.get("/record/").context["found"]
    second = bo.get("/record/", {"before": first.earlier}).context["found"]
    seen = [line.index for line in first.lines + second.lines]
    assert seen == list(range(site.polity.size - 1, -1, -1))
    assert second.earlier is None


def test_an_entry_under_a_mandate_leads_to_the_mandate(site):
    site.admit(1)
    page = site.browser(site.bo).get("/record/entry/1/").content.decode()
    assert f"/answerability/mandates/{site.mandate_of_eve}/" in page


@pytest.mark.parametrize("index", [99, 2**63, 2**80])
def test_there_is_no_page_for_an_entry_that_is_not_there(site, index):
    assert site.browser(site.bo).get(f"/record/entry/{index}/").status_code == 404
    assert site.browser(site.bo).get(f"/record/entry/{index}/receipt").status_code == 404


def test_the_commands_on_the_page_are_the_ones_that_work(site, exported):
    page = site.browser(site.bo).get("/record/").content.decode()
    assert f"frombelow verify record.zip --key '{site.polity.key}'" in page
    assert verify(exported, "--key", site.polity.key).exit_code == 0


def test_a_strange_filter_shows_what_there_is(site):
    answer = site.browser(site.bo).get("/record/?kind=<script>&about=' OR 1=1&by=-3&before=-3")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_a_mandate_that_is_given_back_is_no_authority_to_give_it_back(site):
    mandate = site.holds(site.ada, "chair").id
    perform(Resign(by=site.ada, mandate=mandate))
    (line,) = lines.told(site.bo, list(Entry.objects.filter(kind="office.resign")))
    assert line.under == ""
    assert line.about == mandate


def test_the_record_page_asks_the_database_little(site, django_assert_max_num_queries):
    site.decided()
    browser = site.browser(site.bo)
    for page in ("", "?kind=vote.cast", f"?by={site.bo}&about={next(iter(site.polity.motions))}", "entry/3/"):
        with django_assert_max_num_queries(12):
            assert browser.get(f"/record/{page}").status_code == 200


def test_the_download_is_the_export(site):
    answer = site.browser(site.bo).get("/record/download")
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_verify_says_in_plain_words_what_it_found(exported):
    done = verify(exported)
    assert done.exit_code == 0, done.output
    assert "none altered; 1 decision recounted; 3 mandates in force." in done.output
    assert "by members" in done.output


def test_verify_gives_its_figures_as_json(exported, site):
    found = json.loads(verify(exported, "--json").output)
    assert found["ok"] is True
    assert found["entries"] == site.polity.size
    assert found["decisions"] == found["carried"] == 1


def test_verify_holds_the_record_to_a_checkpoint_that_was_kept(exported, tmp_path, client):
    (tmp_path / "kept").write_bytes(client.get("/record/checkpoint").content)
    assert verify(exported, "--since", tmp_path / "kept").exit_code == 0


def test_verify_refuses_a_file_that_was_changed(exported):
    exported.write_bytes(exported.read_bytes().replace(b'"choice":"yes"', b'"choice":"no "', 1))
    done = verify(exported)
    assert done.exit_code == 1
    assert "This record is not right." in done.output


@pytest.mark.parametrize("damage", ["cut", "empty", "not a zip"])
def test_verify_says_of_a_file_that_is_no_export_that_there_is_nothing_to_check(exported, damage):
    raw = exported.read_bytes()
    exported.write_bytes({"cut": raw[: len(raw) // 2], "empty": b"", "not a zip": b"hello"}[damage])
    done = verify(exported)
    assert done.exit_code == 2
    assert "is not a whole export" in done.output


def test_verify_says_that_there_is_no_such_file():
    done = verify(Path("/nowhere/record.zip"))
    assert done.exit_code == 2
    assert "record.zip" in done.output


def test_verify_wants_the_key_that_it_is_told(exported):
    from frombelow.record import Signer

    stranger = Signer.from_seed("tenants.example/record", bytes(32)).vkey
    assert verify(exported, "--key", stranger).exit_code == 1


def test_each_letter_has_the_latest_checkpoint_at_its_foot_and_names_no_organization(site):
    site.voting()
    foot = delivered()[-1].body.partition("\n-- \n")[2].splitlines()
    assert foot[-2] == str(site.polity.size)
    assert "enants" not in delivered()[-1].body
    compared = site.browser(site.bo).post("/record/head/compare/", {"theirs": "\n".join(foot[-2:])})
    assert "stand for the same" in compared.content.decode()


def test_a_sentence_begins_with_a_capital_where_the_name_of_who_acted_is_gone(site):
    membership.erase_and_leave(site.bo)
    record = " ".join(site.browser(site.ada).get("/record/").content.decode().split())
    assert "A member left." in record
    assert "a member left." not in record
