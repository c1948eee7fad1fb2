"""Keys at the command line: what a founding does with them, and how they are bound, ended and vouched for."""

import json
import re
import stat

import pytest

from frombelow.keys import files
from frombelow.polity import decode, replay
from frombelow.polity.keys.acts import BindBallotKey
from frombelow.polity.keys.making import id_of
from frombelow.record import read_export
from tests import clubs

from .conftest import ROLL

CLUB = ("init", "--template", "club", "--name", "Club")


def entries(frombelow, folder, tmp_path):
    """The record's entries, as they are exported."""
    place = tmp_path / "looked-at.zip"
    frombelow("record", "export", place, "--data", folder)
    found = list(read_export(place).entries())
    place.unlink()
    return found


def ids_in(said):
    return re.findall(r"\b[a-z2-7]{26}\b", said)


@pytest.fixture
def bo(frombelow, data, tmp_path):
    """Bo, whom Ada brought in, with a key file that is not bound yet; gives its id."""
    (tmp_path / "roll.csv").write_text("name,email\nBo Two,bo@example.org\n")
    frombelow("import-roll", "roll.csv", "--yes", "--key", "ada.key", "--data", data)
    return new_key(tmp_path, "bo.key")


def new_key(folder, name):
    """A new key file, which opens at once; gives its id."""
    key = files.KeyFile.generate()
    files.write(folder / name, key, lambda: clubs.KEY_PASSPHRASE, work=1)
    return id_of(key.signing)


# --- founding ---


def test_a_founding_is_sealed_by_a_key_of_who_founds(frombelow, data, tmp_path):
    first, *_ = entries(frombelow, data, tmp_path)
    entry, key = decode(first), files.read(tmp_path / "ada.key", lambda: clubs.KEY_PASSPHRASE)
    assert entry.seal.key == id_of(key.signing)
    assert (entry.seal.n, entry.seal.size) == (1, 0)
    assert (key.origin, key.person) == (entry.act.origin, entry.act.by)
    found = replay([first]).polity.keys
    assert [(each.kind, each.word) for each in found.holders[entry.act.by].keys] == [("file", "founding")]


def test_the_founders_key_lies_where_one_is_and_for_who_founds_alone(frombelow, tmp_path):
    said = frombelow(*CLUB, "--founder", "Ada Okafor", "--host", "rules.example.org", "data")
    place = tmp_path / "ada-okafor.key"
    assert "The key of Ada Okafor is in ada-okafor.key, and sealed the founding." in said
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert clubs.KEY_PASSPHRASE not in said
    act = decode(entries(frombelow, "data", tmp_path)[0]).act
    assert act.hosts == ("rules.example.org",)


def test_a_founding_without_a_key_says_what_that_means(frombelow, tmp_path):
    said = frombelow(*CLUB, "--founder", "Ada", "--no-key", "data", FROMBELOW_KEY_PASSPHRASE="")
    assert "Ada has no key: until they bind one, whoever runs this machine can act in their name." in said
    assert not list(tmp_path.glob("*.key"))
    assert "Nobody has a key." in frombelow("key", "list", "--data", "data")


@pytest.mark.parametrize(
    ("arguments", "phrase", "words"),
    [
        ((), "", "A key file needs a passphrase: set FROMBELOW_KEY_PASSPHRASE"),
        ((), "short", "A passphrase has at least 12 characters"),
        (
            ("--key-file", "there.key"),
            clubs.KEY_PASSPHRASE,
            "there.key is there already, and a key is never overwritten",
        ),
        (("--key-file", "a.key", "--no-key"), clubs.KEY_PASSPHRASE, "Either a key is written"),
        (("--host", "https://Rules.example.org"), clubs.KEY_PASSPHRASE, "A host is written as browsers write it"),
        (("--origin", "two\nlines"), clubs.KEY_PASSPHRASE, "The record’s name cannot be 'two\\nlines'"),
    ],
    ids=["no passphrase", "a short one", "a file that is there", "both", "an address", "a name of two lines"],
)
def test_a_founding_whose_key_cannot_be_leaves_nothing_behind(frombelow, tmp_path, arguments, phrase, words):
    (tmp_path / "there.key").write_text("kept")
    said = frombelow(*CLUB, *arguments, "new", ends=2, FROMBELOW_KEY_PASSPHRASE=phrase)
    assert words in said
    assert [each.name for each in tmp_path.iterdir()] == ["there.key"]
    assert (tmp_path / "there.key").read_text() == "kept"


def test_a_founding_that_the_rules_refuse_takes_its_key_along(frombelow, tmp_path):
    said = frombelow(*CLUB, *("--founder=Ada",) * 201, "new", ends=2)
    assert "Nothing was founded." in said
    assert list(tmp_path.iterdir()) == []


# --- acting with a key ---


def test_a_roll_is_brought_in_by_who_holds_the_office_and_sealed(frombelow, data, bo, tmp_path):
    found = [decode(each) for each in entries(frombelow, data, tmp_path)]
    brought = next(each for each in found if type(each.act).__name__ == "ImportRoll")
    assert brought.seal.n == 2
    assert brought.act.by == found[0].act.by


def test_a_roll_without_a_key_is_read_and_not_brought_in(frombelow, data, tmp_path):
    (tmp_path / "roll.csv").write_text(ROLL)
    said = frombelow("import-roll", "roll.csv", "--yes", "--data", data, ends=2)
    assert "What would happen" in said
    assert "it is sealed by a key of theirs: say --key FILE." in said
    assert len(entries(frombelow, data, tmp_path)) == 2


def test_who_holds_no_office_brings_nobody_in(frombelow, data, bo, tmp_path):
    frombelow("key", "bind", "bo.key", "--person", "bo@example.org", "--data", data)
    (tmp_path / "more.csv").write_text(ROLL)
    said = frombelow("import-roll", "more.csv", "--yes", "--key", "bo.key", "--data", data, ends=2)
    assert "Bo Two holds no office that admits members; that takes: Secretary. Nothing was stored." in said


@pytest.mark.parametrize("what", ["unbound", "another organization", "no key file", "wrong passphrase"])
def test_what_is_no_key_of_anybody_here_does_nothing(frombelow, data, tmp_path, what):
    environment = {}
    if what == "another organization":
        key = files.KeyFile.generate("others.example/record")
        files.write(tmp_path / "x.key", key, lambda: clubs.KEY_PASSPHRASE, work=1)
        words = "is a key for “others.example/record”; this organization’s record is called “lantern-club/record”."
    elif what == "no key file":
        (tmp_path / "x.key").write_text("nothing")
        (tmp_path / "x.key").chmod(0o600)
        words = "x.key is no key file."
    else:
        id_ = new_key(tmp_path, "x.key")
        words = f"This key, {id_}, is bound to nobody here. Bind it first: frombelow key bind x.key"
    if what == "wrong passphrase":
        environment, words = (
            {"FROMBELOW_KEY_PASSPHRASE": "another one entirely"},
            "This passphrase does not open x.key.",
        )
    said = frombelow("key", "only", "--key", "x.key", "--data", data, ends=2, **environment)
    assert words in said
    assert len(entries(frombelow, data, tmp_path)) == 2


# --- binding, asking, ending ---


def test_a_first_key_is_bound_on_the_servers_word_and_a_second_waits(frombelow, data, bo, tmp_path):
    said = frombelow("key", "bind", "bo.key", "--person", "Bo Two", "--data", data)
    assert f"Key {bo} is bound to Bo Two, on the server’s word: entry 4." in said
    second = new_key(tmp_path, "second.key")
    said = frombelow("key", "bind", "second.key", "--person", "bo@example.org", "--data", data)
    _, request, *_ = ids_in(said)
    assert f"Key {second} waits to be bound to Bo Two: request {request}." in said
    assert "2 members have to vouch for it until" in said
    assert "Then it waits 72 hours more." in said
    said = frombelow("key", "only", "--key", "second.key", "--data", data, ends=2)
    assert f"This key, {second}, waits for members who vouch for it until" in said
    said = frombelow("key", "vouch", request, "--for", bo, "--key", "ada.key", "--data", data, ends=2)
    assert f"They ask for key {second}, not for {bo}." in said
    said = frombelow("key", "vouch", request, "--key", "ada.key", "--data", data, stdin="n\n", ends=1)
    assert "Did they tell you this very id?" in said
    said = frombelow("key", "vouch", request, "--for", second, "--key", "ada.key", "--data", data, ends=2)
    assert "this key says who somebody is from" in said
    said = frombelow("key", "stop", request, "--key", "bo.key", "--data", data)
    assert "The request for a key of Bo Two is stopped." in said
    found = replay(entries(frombelow, data, tmp_path)).polity.keys
    assert [(each.id, each.ended) for each in found.requests.values()] == [(request, "stop")]


def test_nobody_binds_a_key_for_nobody_or_for_another(frombelow, data, bo, tmp_path):
    assert "Whose key is this?" in frombelow("key", "bind", "bo.key", "--data", data, ends=2)
    assert "Nobody has the name" in frombelow("key", "bind", "bo.key", "--person", "Zoe", "--data", data, ends=2)
    said = frombelow("key", "bind", "ada.key", "--person", "Bo Two", "--data", data, ends=2)
    assert "The file says that this key is for Ada, not for Bo Two." in said
    assert "this key is bound already" in frombelow("key", "bind", "ada.key", "--data", data, ends=2)


def test_a_key_adds_binds_and_ends(frombelow, data, tmp_path):
    second = new_key(tmp_path, "second.key")
    assert f"Key {second} is one of Ada now" in frombelow(
        "key", "add", "second.key", "--key", "ada.key", "--data", data
    )
    said = frombelow("key", "only", "--key", "second.key", "--hours", 100, "--data", data)
    assert "From now on nothing stands in the name of Ada without a key of theirs." in said
    first = ids_in(frombelow("key", "show", "ada.key"))[0]
    assert f"Key {first} has ended." in frombelow("key", "end", first, "--key", "second.key", "--data", data)
    said = frombelow("key", "loosen", "--key", "ada.key", "--data", data, ends=2)
    assert "the key of this seal ended on" in said
    assert "acts without a seal stand again in the name of Ada." in frombelow(
        "key", "loosen", "--key", "second.key", "--data", data
    )
    said = frombelow("key", "list", "--person", "Ada", "--data", data)
    assert "Ada: nothing stands in their name without a key." in said
    assert f"  {first}  file, ended at" in said
    assert f"  {second}  file, since" in said


def test_a_card_is_added_and_seals_by_its_words(frombelow, data, tmp_path):
    words = re.findall(r"^ *\d+ (\w+) +(\d+) (\w+)$", frombelow("card", "new"), re.M)
    typed = " ".join([first for first, _, _ in words] + [second for _, _, second in words])
    card = json.loads(frombelow("card", "show", "--json", stdin=typed))
    said = frombelow("key", "add", "card", "--key", "ada.key", "--data", data, stdin=typed)
    assert f"Key {card['id']} is one of Ada now" in said
    said += frombelow("key", "receive", "--key", "card", "--data", data, stdin=typed)
    assert f"What is sealed to Ada goes to {card['recipient']} from now on." in said
    assert " ".join(typed.split()[:3]) not in said


def test_a_key_file_binds_the_key_that_its_owner_votes_in_secret_with(frombelow, data, tmp_path):
    said = frombelow("key", "ballot", "--key", "ada.key", "--data", data)
    assert "In secret votes Ada answers with this key from now on." in said
    ada = files.read(tmp_path / "ada.key", lambda: clubs.KEY_PASSPHRASE)
    (act,) = [
        entry.act for entry in map(decode, entries(frombelow, data, tmp_path)) if isinstance(entry.act, BindBallotKey)
    ]
    assert act.public == ada.ballot.public


def test_who_runs_the_server_says_at_which_hosts_keys_can_be_used(frombelow, data, tmp_path):
    assert "members can use no keys" in frombelow("hosts", "--data", data)
    said = frombelow("hosts", "club.example", "www.club.example", "--key", "ada.key", "--data", data)
    assert "Members can use keys at club.example, www.club.example: entry" in said
    assert "club.example, www.club.example" in frombelow("hosts", "--data", data)


@pytest.mark.parametrize("names", [("https://club.example/",), ("club.example", "club.example"), ("club.example", "")])
def test_what_is_no_host_is_refused_and_stores_nothing(frombelow, data, names):
    frombelow("hosts", *names, "--key", "ada.key", "--data", data, ends=2)
    assert "members can use no keys" in frombelow("hosts", "--data", data)


def test_who_does_not_run_the_server_names_no_host(frombelow, data, bo):
    frombelow("key", "bind", "bo.key", "--person", "Bo Two", "--data", data)
    said = frombelow("hosts", "bo.example", "--key", "bo.key", "--data", data, ends=2)
    assert "Bo Two does not run the server. Nothing was stored." in said


def test_who_had_a_key_file_comes_in_again_by_members_who_vouch_with_theirs(frombelow, data, bo, tmp_path):
    frombelow("key", "bind", "bo.key", "--person", "Bo Two", "--data", data)
    ada = files.read(tmp_path / "ada.key", lambda: clubs.KEY_PASSPHRASE).person
    (tmp_path / "ask.json").write_text(
        json.dumps({"kind": "access.ask", "by": ada, "recovery": "a" * 26, "person": ada})
    )
    frombelow("act", "ask.json", "--key", "ada.key", "--data", data)
    said = frombelow("key", "vouch", "a" * 26, "--key", "bo.key", "--data", data, stdin="n\n", ends=1)
    assert "Ada asks to come in again. Did they say so to you themselves?" in said
    said = frombelow("key", "vouch", "a" * 26, "--key", "bo.key", "--data", data, stdin="y\n", ends=2)
    assert "this key says who somebody is from" in said  # it is bound since today
    said = frombelow("key", "stop", "a" * 26, "--key", "ada.key", "--data", data)
    assert "The request to let Ada in again is stopped." in said
