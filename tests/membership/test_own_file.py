"""My data as one file: everything, in words, with proofs that another program can check."""

import io
import json
import zipfile

from frombelow.record import Verifier, check_receipt
from frombelow_site.decide import actions as decide
from frombelow_site.membership import actions as membership
from frombelow_site.membership import contacts
from frombelow_site.people.models import OtherMail


def taken(site, person):
    response = site.browser(person).post("/people/me/data/")
    assert response["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_my_card_my_old_names_and_what_i_say_of_myself(site):
    membership.rename(site.bo, "Bo Newname")
    OtherMail.objects.create(person=site.bo, mail="bo@second.example", mail_key="bo@second.example")
    contacts.set_about(site.bo, "+34 600", "ca", skills="Bread", skills_to="everybody")
    about = json.loads(taken(site, site.bo)["about me.json"])
    assert about["format"] == "frombelow my data 1"
    assert about["card"]["name"] == "Bo Newname"
    assert about["card"]["mail"] == ["bo@example.org", "bo@second.example"]
    assert about["letters in"] == "en"
    assert len(about["ways to sign in"]["signed in"]) == 1
    assert about["old names"][0]["name"] == "Bo Four"
    assert (about["skills"], about["shown to"]["skills"]) == ("Bread", "everybody")


def test_it_holds_the_words_i_wrote_and_nobody_elses(site):
    site.move(site.bo, title="Fix the roof / now", body="It leaks.")
    site.move(site.ada, title="Ada’s own", body="Hers.")
    files = taken(site, site.bo)
    assert b"It leaks." in files["motions/M-2026-01 fix-the-roof-now.txt"]
    assert not any(b"Hers." in data for data in files.values())


def test_it_holds_each_entry_of_mine_with_a_proof_that_can_be_checked(site):
    motion = site.voting()
    decide.vote(site.bo, motion, "no")
    files = taken(site, site.bo)
    mine = [name for name in files if name.startswith("entries/") and name.endswith(".json")]
    assert any(b'"kind":"vote.cast"' in files[name] for name in mine)
    verifier = Verifier.from_vkey(site.polity.key)
    for name in mine:
        check_receipt(files[name.replace(".json", ".tlog-proof")], files[name], verifier)


def test_it_says_who_looked_at_the_roll_and_which_imports_i_started(site):
    site.admit(3)
    site.browser(site.eve).get("/people/roll/")
    about = json.loads(taken(site, site.bo)["about me.json"])
    assert [(look["by"], look["what"]) for look in about["looks at the roll"]] == [("Eve Two", "look")]
    assert about["imports you started"] == []


def test_it_says_what_is_what(site):
    words = taken(site, site.bo)["read me.txt"].decode()
    assert "Format: frombelow my data 1" in words
    assert site.polity.key in words
