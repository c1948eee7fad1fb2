"""What an import leaves in the record, while it runs and where it does not fit."""

import pytest
from msgspec import UNSET, structs

from frombelow.polity import Refused, decode, kind_of
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.members.acts import Admit
from frombelow.polity.roll.acts import ImportRoll
from frombelow.polity.roll.rows import batches_of, root_of
from frombelow_site.door import new_id, perform, private, tables
from frombelow_site.door.models import Entry
from frombelow_site.door.readers import turns
from frombelow_site.people.models import Card, Member
from frombelow_site.roll import actions as roll
from frombelow_site.roll import files, importing, reading
from frombelow_site.roll.models import Import
from tests.site_keys import first_key, prepared, under

from .files import FILE, batch_of, bring_in, go

MANY = ("name,email\n" + "".join(f"Person {n},p{n}@example.org\n" for n in range(600))).encode()


def test_an_import_names_its_root_first_and_its_rows_follow(site):
    before = site.polity.size
    result = bring_in(site, MANY)
    named, *rows = [decode(data).act for _, data in tables.read(before)]
    assert (named.by, named.under, named.batch, named.count) == (site.eve, site.mandate_of_eve, result.batch, 600)
    assert [(kind_of(act), act.by, act.batch, act.start) for act in rows] == [
        ("roll.rows", SERVER, result.batch, 0), ("roll.rows", SERVER, result.batch, 512),
    ]  # fmt: skip
    assert named.root == root_of([row for act in rows for row in act.rows])
    assert not any(act.under for act in rows)


def test_the_officer_is_the_author_of_the_list_and_of_nothing_else(site):
    before = site.polity.size
    bring_in(site, MANY)
    mine = Entry.objects.filter(by=site.eve, index__gte=before)
    assert [entry.kind for entry in mine] == ["roll.import"]


def test_a_file_in_which_nobody_can_be_brought_in_leaves_nothing_in_the_record(site):
    before = site.polity.size
    assert bring_in(site, b"name,email\nBo Again,bo@example.org\n").admitted == 0
    assert site.polity.size == before


def undone_after(monkeypatch, site, batch, rows):
    """The import is undone when so many rows are in."""

    def tell(batch_, *state, **news):
        there = told(batch_, *state, **news)
        if news.get("done") == rows:
            perform(roll.undoing(site.polity, Import.objects.get(pk=batch), site.at), seal=UNSET)
        return there

    told = importing._tell
    monkeypatch.setattr(importing, "_tell", tell)


def test_an_import_that_is_undone_while_it_runs_stops_with_a_plain_reason(site, monkeypatch):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, MANY)
    undone_after(monkeypatch, site, batch, 512)
    eve.post(f"/people/roll/import/{batch}/go/")
    page = eve.get(f"/people/roll/import/{batch}/").content.decode()
    assert "This import is undone" in page
    assert "This import was undone while it ran." in page
    assert site.polity.members == 4
    assert Card.objects.count() == 4
    assert not files.place(batch).exists()


def test_an_import_that_is_undone_with_its_last_rows_is_undone_and_not_done(site, monkeypatch):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, MANY)
    undone_after(monkeypatch, site, batch, 600)
    eve.post(f"/people/roll/import/{batch}/go/")
    assert Import.objects.get().state == Import.State.UNDONE
    assert site.polity.members == 4


def test_what_an_import_reads_of_the_organization_it_reads_in_a_turn_and_the_file_in_none(site, monkeypatch, tmp_path):
    held = {}

    def noting(place, name):
        real = getattr(place, name)

        def note(*args, **more):
            held.setdefault(name, turns.held)  # the door asks for the day too, later and in its own way
            return real(*args, **more)

        monkeypatch.setattr(place, name, note)

    noting(reading, "read_roll")
    noting(reading, "_named")
    noting(reading.apart, "read_apart")
    noting(type(site.polity), "today")
    bring_in(site)
    assert held == {"today": True, "read_roll": False, "_named": True}
    (tmp_path / "roll.csv").write_bytes(FILE)
    held.clear()
    with turns.reading():
        reading.read(tmp_path / "roll.csv", site.polity, site.polity.root)
    assert held == {"today": True, "_named": True, "read_apart": False}


# --- values that do not fit ---


def test_nothing_is_stored_of_an_admission_whose_name_is_another_than_the_record_commits_to(site):
    kept = private("name of", new_id(), "Fay Five", mail="fay@example.org")
    act = Admit(
        by=site.eve, under=site.mandate_of_eve, branch=site.polity.root, people=((kept.whose, kept.commitment),)
    )
    before = site.polity.size
    for wrong in ({"value": "Gus Six"}, {"salt": bytes(32)}, {"salt": b""}, {"whose": site.bo}, {"of": "motion"}):
        with pytest.raises(Refused) as refused:
            perform(act, structs.replace(kept, **wrong))
        assert refused.value.message == "other-value"
    assert (site.polity.size, site.polity.members) == (before, 4)
    assert Card.objects.count() == Member.objects.count() == 4
    perform(act, kept)
    assert Card.objects.get(pk=kept.whose).name == "Fay Five"


def test_nothing_is_stored_of_rows_whose_names_changed_places(site):
    fay, gus = (private("name of", new_id(), name) for name in ("Fay Five", "Gus Six"))
    rows, batch = [(each.whose, each.commitment, 0) for each in (fay, gus)], new_id()
    named = ImportRoll(
        by=site.eve, under=site.mandate_of_eve, batch=batch, branches=(site.polity.root,), count=2, root=root_of(rows)
    )
    perform(named)
    before = site.polity.size
    (act,) = batches_of(batch, rows, SERVER)
    with pytest.raises(Refused) as refused:
        perform(act, structs.replace(fay, value="Gus Six"), structs.replace(gus, value="Fay Five"))
    assert refused.value.message == "other-value"
    assert (site.polity.size, Card.objects.count(), Member.objects.count()) == (before, 4, 4)


def test_a_list_is_sealed_by_who_brings_it_in_and_nothing_of_it_stands_before(site):
    eve = site.browser(site.eve)
    key = first_key(site, site.eve, "device")
    batch = batch_of(site, eve, FILE)
    go = f"/people/roll/import/{batch}/go/"
    (act,) = prepared(eve, go)
    assert (act.batch, act.count) == (batch, 2)
    assert batch not in site.polity.imports
    assert Import.objects.get().state == Import.State.READ
    assert prepared(eve, go) == [act]
    eve.post(go, {"sealed": under(site, key, act)})
    (entry,) = (each for _, data in tables.read(0) if (each := decode(data)).act == act)
    assert entry.seal is not UNSET
    assert [Card.objects.get(person=each).name for each in site.polity.imports[batch].people] == ["Fay Five", "Gus Six"]
    assert bytes(Import.objects.get().secret) == b"", "or the salt of a name that was erased could be made again"


def test_a_list_is_read_again_where_others_came_since(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, FILE)
    bring_in(site, b"name,email\nFay Five,fay@example.org\n")
    page = eve.post(f"/people/roll/import/{batch}/go/", follow=True).content.decode()
    assert "It is read again" in page
    assert batch not in site.polity.imports
    go(eve, batch)
    assert [Card.objects.get(person=each).name for each in site.polity.imports[batch].people] == ["Gus Six"]
    assert Card.objects.get(name="Fay Five").phone == "+34 600 111 222"  # which the other list did not say
