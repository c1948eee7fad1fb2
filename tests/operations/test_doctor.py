"""What the doctor finds, and that each finding says what to do."""

import json
import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from frombelow.polity import encode, stamp
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.members.acts import AdmitPeople, ExpelMember, StepBack
from frombelow.polity.roll.acts import UndoImport
from frombelow.polity.server.acts import Backup, Restore, Start, Witness
from frombelow.record import Cosigner
from frombelow_site.decide import actions as decide
from frombelow_site.decide.models import Remark, Wording
from frombelow_site.door import cosigned, new_id, perform, private
from frombelow_site.door import tables as entries
from frombelow_site.door.models import Asking, SignedCheckpoint, Waiting
from frombelow_site.door.opening import wait_with_restore
from frombelow_site.door.replica import Replica
from frombelow_site.membership import actions as membership
from frombelow_site.operations import health, holders, lag, machine, marks, tables, versions, witnesses
from frombelow_site.people.models import Card, NamePart, OtherMail
from frombelow_site.roll import actions as roll
from frombelow_site.roll.models import RollLook
from tests.door.outside import name_witnesses


@pytest.fixture
def here(site, tmp_path, settings):
    """The site, with the doctor looking at its folder."""
    settings.DATA = tmp_path
    return site


def read():
    replica = Replica()
    replica.catch_up()
    return replica


def test_a_fresh_organization_is_well_and_the_findings_are_json_too(frombelow, data):
    found = json.loads(frombelow("doctor", "--json", "--data", data))
    assert all(finding["good"] for finding in found)
    assert {finding["name"] for finding in found} == {
        "database", "storage", "disk", "keys", "record", "seals", "hosts", "clock", "checkpoints", "copy", "waiting", "tables", "version",
        "backups", "mail", "letters", "words", "members", "offices", "witnesses", "restored", "scripts",
    }  # fmt: skip


def test_each_trouble_ends_the_doctor_with_one_and_a_thing_to_do(frombelow, data):
    (data / "record.key").chmod(0o644)
    found = json.loads(frombelow("doctor", "--json", "--data", data, ends=1))
    [bad] = [finding for finding in found if not finding["good"]]
    assert bad["name"] == "keys"
    assert bad["do"] == f"Run: chmod 600 {data.resolve()}/record.key"


@pytest.mark.parametrize("name", ["record.key", "secret"])
def test_a_key_that_others_read_or_that_is_gone_is_named(here, tmp_path, name):
    (tmp_path / name).chmod(0o640)
    assert any(name in finding.what and not finding.good for finding in machine.secrets())
    (tmp_path / name).unlink()
    assert any(finding.what.endswith(f"{name} is missing.") for finding in machine.secrets())


def test_a_folder_that_others_read_is_named(here, tmp_path):
    tmp_path.chmod(0o755)
    assert machine.secrets()[0].do == f"Run: chmod 700 {tmp_path}"


def test_a_disk_that_fills_is_told_in_time(here, monkeypatch):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda place: _Usage(5_000_000))
    assert machine.disk().what == "The disk has 0.0 GB left."


class _Usage:
    def __init__(self, free):
        self.free = free


def test_a_clock_behind_the_record_is_told(here):
    here.at = int(time.time()) + 3_600
    perform(StepBack(by=here.bo))
    assert "seconds ahead of this clock" in machine.clock(read()).what


def test_a_clock_behind_the_last_checkpoint_is_told(here):
    checkpoint = here.door.published.folder / "checkpoint"
    assert machine.clock(read()).good
    os.utime(checkpoint, (time.time() + 900, time.time() + 900))
    assert "was set back" in machine.clock(read()).what


def test_entries_without_a_checkpoint_are_counted(here):
    assert lag.checkpoints(read()).good
    entry = stamp(StepBack(by=here.bo), here.at)
    entries.write([(here.polity.size, entry, encode(entry))])
    assert lag.checkpoints(read()).what.startswith("1 entries stand under no signed checkpoint")
    assert SignedCheckpoint.objects.count() == 1


def test_a_folder_that_waits_after_a_restore_is_told_and_what_to_do(here):
    assert lag.restored().good
    wait_with_restore(here.door.data, 7)
    found = next(each for each in health.findings() if each.name == "restored")
    assert not found.good
    assert found.what == "A backup with 7 entries was put here, and the record does not say so yet: it waits."
    assert "frombelow hand-in-again PLACE" in found.do


def test_a_copy_that_lags_is_told_and_one_that_is_missing_too(here):
    folder = here.door.published.folder
    old = (folder / "checkpoint").read_bytes(), (folder / "entries").read_bytes()
    perform(StepBack(by=here.bo))
    assert lag.copy(read()).good
    (folder / "entries").write_bytes(old[1])
    assert "lacks 1 entries" in lag.copy(read()).what
    (folder / "checkpoint").write_bytes(old[0])
    assert "lacks 1 entries" in lag.copy(read()).what
    (folder / "checkpoint").unlink()
    assert "Nothing was published" in lag.copy(read()).what


def test_acts_that_nobody_takes_in_are_counted(here):
    Waiting.objects.create(act=b"{}")
    assert lag.waiting().good
    Waiting.objects.update(asked=timezone.now() - timedelta(minutes=5))
    assert lag.waiting().what.startswith("1 acts have waited")


def test_answers_that_nobody_fetched_are_counted(here):
    Waiting.objects.create(act=b"{}", taken=True, answer=b"{}")
    assert lag.waiting().good
    Waiting.objects.update(asked=timezone.now() - timedelta(minutes=5))
    assert lag.waiting().what == "1 answers were not fetched by who asked."


def test_a_served_site_without_backups_is_told_after_a_day(here):
    assert lag.backups().good
    here.at = int(time.time()) - 3_600
    perform(Start(by=SERVER, version="0.1.0"))
    assert lag.backups().good


def test_no_backup_ever_is_told(here):
    here.at = int(time.time()) - 3 * 86_400
    perform(Start(by=SERVER, version="0.1.0"))
    assert lag.backups().what == "No backup was ever made."


def test_the_age_of_the_last_backup_is_told(here):
    here.at = int(time.time()) - 30 * 86_400
    perform(Backup(by=SERVER, size=1))
    assert "30 days ago" in lag.backups().what
    here.at = int(time.time())
    perform(Backup(by=SERVER, size=1))
    assert lag.backups().good


@pytest.mark.parametrize(
    ("version", "words"),
    [("0.1.0", "as when the site was last started"), ("0.0.9", "was started last"), ("7.2", "version 7.2 served last")],
)
def test_the_version_that_served_last_is_compared(here, version, words):
    perform(Start(by=SERVER, version=version))
    assert words in versions.program().what
    assert versions.program().good == (version == "0.1.0")


def test_a_database_of_a_newer_version_is_told(here):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.create(app="door", name="9999_of_the_future")
    assert "door.9999_of_the_future is unknown" in versions.tables().what


# --- what somebody changes beside the record ---


def beside(finding):
    return [found.what for found in marks.compare() if found.name == finding]


def test_names_and_texts_that_nobody_changed_fit_the_record(here):
    motion = here.move()
    membership.rename(here.bo, "Robin Four")
    decide.second(here.ada, motion)
    assert [found.good for found in marks.compare()] == [True]


@pytest.mark.parametrize(
    "change", [{"body": "It is grey. The landlord pays."}, {"title": "Sell the hall"}, {"salt": b""}]
)
def test_a_motion_whose_words_were_changed_after_it_was_moved_is_named(here, change):
    motion = here.move()
    Wording.objects.filter(motion=motion).update(**change)
    (said,) = beside("words")
    assert f"1 names or texts are not those that the record holds marks of; the first: motion {motion}" in said


def test_names_that_changed_places_are_named(here):
    one, other = Card.objects.get(pk=here.ada), Card.objects.get(pk=here.bo)
    for card, name in ((one, other.name), (other, one.name)):
        Card.objects.filter(pk=card.pk).update(name=name)
    assert "2 names" in beside("words")[0]


def test_a_reply_and_a_ruling_that_were_changed_are_named(here):
    motion = here.second(here.move(here.bo, ExpelMember(here.dee)))
    decide.find_in_order(here.ada, motion)
    decide.reply(here.dee, motion, "I was ill.")
    out = here.second(here.move())
    decide.rule_out(here.ada, out, "4.1", "Too short.")
    assert [found.good for found in marks.compare()] == [True]
    Remark.objects.update(text="I did it.")
    assert "2 names or texts" in beside("words")[0]


def test_what_was_erased_is_missing_from_nothing(here):
    membership.erase(here.bo)
    assert [found.good for found in marks.compare()] == [True]


def test_a_card_that_somebody_took_out_is_named(here):
    membership.erase(here.ada)
    Card.objects.filter(pk=here.bo).delete()
    (said,) = beside("words")
    assert f"1 names or texts are missing that the record holds marks of; the first: name of {here.bo}" in said


@pytest.mark.parametrize(("table", "word"), [(Wording, "motion"), (Remark, "ruling")])
def test_words_of_a_motion_that_somebody_took_out_are_named(here, table, word):
    motion = here.second(here.move())
    decide.rule_out(here.ada, motion, "4.1", "Too short.")
    table.objects.all().delete()
    (said,) = beside("words")
    assert f"1 names or texts are missing that the record holds marks of; the first: {word} {motion}" in said


def test_who_left_or_was_taken_back_or_is_not_admitted_yet_is_missing_from_nothing(here):
    here.admit(2)
    batch = next(iter(here.polity.imports))
    perform(UndoImport(by=here.eve, under=here.mandate_of_eve, batch=batch))
    newcomer = private("name of", new_id(), "Fay Five")
    here.move(here.bo, AdmitPeople(people=((newcomer.whose, newcomer.commitment),), branch=here.polity.root))
    membership.erase_and_leave(here.dee)
    assert [found.good for found in marks.compare()] == [True]


def test_names_that_were_lost_with_an_old_backup_are_missing_from_nothing(here):
    size = here.polity.size
    here.admit(2)
    perform(Restore(by=SERVER, size=size, recovered=here.polity.size - size))
    Card.objects.filter(pk__in=here.people).delete()
    NamePart.objects.filter(person__in=here.people).delete()
    assert [found.good for found in marks.compare()] == [True]
    Card.objects.filter(pk=here.bo).delete()
    assert f"the first: name of {here.bo}" in beside("words")[0]


@pytest.mark.parametrize(
    "changed", [{"name_key": "ada one"}, {"name_looks": "ada one"}, {"mail_key": "ada@example.org"}]
)
def test_a_card_that_is_found_by_what_does_not_stand_on_it_is_named(here, changed):
    Card.objects.filter(pk=here.bo).update(**changed)
    (said,) = beside("cards")
    assert f"1 rows do not fit what else stands in them; the first: the card of {here.bo}" in said


def test_a_further_address_that_is_found_by_another_one_is_named(here):
    OtherMail.objects.create(person=here.bo, mail="bo@second.example", mail_key="ada@example.org")
    assert f"the first: a further address of {here.bo}" in beside("cards")[0]


@pytest.mark.parametrize("column", ["by", "about", "kind", "at"])
def test_a_row_that_says_something_else_than_its_entry_is_named(here, column):
    membership.step_back(here.bo, None)
    index = here.polity.size - 1
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'door_entry'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("ALTER TABLE door_entry DISABLE TRIGGER USER")
        cursor.execute(f'UPDATE door_entry SET "{column}" = \'7\' WHERE "index" = {index}')
    assert f"entry {index}" in beside("entries")[0]


@pytest.mark.parametrize("done", ["delete", "insert"])
def test_a_look_at_the_roll_that_was_taken_out_or_made_up_is_named(here, done):
    roll.look(here.eve, [(here.holds(here.eve, "secretary"), here.polity.root)])
    assert tables.compare(read())[0].good
    if done == "delete":
        RollLook.objects.all().delete()
    else:
        look = RollLook.objects.get()
        look.index = 10_000
        look.save()
    assert "roll_rolllook" in tables.compare(read())[0].what


def test_a_look_that_somebody_wrote_into_the_table_spares_no_entry(here):
    mandate = here.holds(here.eve, "secretary")
    now = datetime.fromtimestamp(here.at, UTC)
    for index in (9_999, 10_000):
        RollLook.objects.create(
            index=index, by=here.eve, under=mandate.id, branch=here.polity.root, what="look", at=now
        )
    before = here.polity.size
    roll.look(here.eve, [(mandate, here.polity.root)])
    assert here.polity.size == before + 1


# --- who can act ---


def test_an_office_that_nobody_holds_is_told_when_something_needs_it(here):
    assert [finding.good for finding in holders.offices(read())] == [True]
    membership.leave(here.eve)
    found = holders.offices(read())
    assert not any(finding.good for finding in found)
    assert "nobody holds the power to admit members and bring in a roll." in found[0].what
    assert found[0].do == "Tell the members: a motion fills the office “Secretary”."


def test_a_record_without_members_is_told(here):
    assert holders.members(read()).what == "4 members."
    for person in (here.ada, here.eve, here.dee, here.bo):
        membership.leave(person)
    found = holders.members(read())
    assert (found.good, found.what) == (False, "Nobody is a member: nobody can ever act here again.")
    assert [finding.good for finding in holders.offices(read())] == [True]  # there is nobody to fill one


def test_when_everybody_left_neither_doctor_nor_import_says_that_the_members_can_fill_an_office(
    frombelow, data, python, tmp_path
):
    python(
        "from frombelow_site.door import polity\n"
        "from frombelow_site.membership.actions import leave\n"
        "for person in list(polity().people): leave(person)"
    )
    found = json.loads(frombelow("doctor", "--json", "--data", data, ends=1))
    assert [finding["name"] for finding in found if not finding["good"]] == ["members"]
    (tmp_path / "roll.csv").write_text("name,email\nBo,bo@example.org\n")
    said = frombelow("import-roll", tmp_path / "roll.csv", "--yes", "--key", "ada.key", "--data", data, ends=2)
    assert "Nobody is a member: nobody ever can." in said


BAKERS = Witness(Cosigner.from_seed("bakers.example", bytes(32)).vkey, "https://bakers.example")


@pytest.fixture
def asked(here):
    """Whoever runs the server named a witness; gives what the doctor finds of it."""
    name_witnesses(here, BAKERS)
    return lambda: witnesses.cosigned(here.door.replica)


def test_a_record_that_a_witness_cosigned_within_a_day_is_well(here, asked):
    cosigned.keep(here.polity.size, BAKERS.label, int(time.time()) - 3600, "")
    (found,) = asked()
    assert found.good
    assert "bakers.example, " in found.what
    assert f"{here.polity.size} entries" in found.what


@pytest.mark.parametrize("ago", [86_401, 30 * 86_400])
def test_a_last_cosignature_older_than_a_day_is_told_with_why(here, asked, ago):
    cosigned.keep(here.polity.size, BAKERS.label, int(time.time()) - ago, "")
    (found,) = asked()
    assert (found.good, found.do) == (False, "Start the site: while it runs the witnesses are asked.")
    Asking.objects.create(witness=BAKERS.label, entry=here.polity.size - 1, at=here.at, found="down")
    (found,) = asked()
    assert "The witness bakers.example does not answer." in found.do


@pytest.mark.parametrize(("word", "said"), [("ahead", "entries are missing"), ("fork", "saw another history")])
def test_what_a_witness_saw_that_is_not_here_is_told_with_what_to_do(here, asked, word, said):
    cosigned.keep(here.polity.size, BAKERS.label, int(time.time()), "")
    Asking.objects.create(witness=BAKERS.label, entry=here.polity.size - 1, at=here.at, found=word, size=9_999)
    (found,) = asked()
    assert not found.good
    assert said in found.what
    assert "9,999" in found.what
    assert "Stop the site" in found.do
