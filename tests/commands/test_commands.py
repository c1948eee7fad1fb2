"""The commands as people use them, and what they say when something is not as it must be."""

import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from frombelow.polity.kernel.subject import registry
from frombelow.polity.rulebook.templates import template
from tests.ports import free_port

from .conftest import ROLL


def test_an_organization_is_founded_filled_exported_and_checked(frombelow, data, tmp_path):
    (tmp_path / "roll.csv").write_text(ROLL)
    said = frombelow("import-roll", "roll.csv", "--yes", "--key", "ada.key", "--data", data)
    assert "2 people are members now" in said
    assert "bad@" in said
    frombelow("record", "export", "record.zip", "--data", data)
    found = json.loads(frombelow("verify", "record.zip", "--json"))
    assert (found["ok"], found["members"], found["organization"]) == (True, 3, "Lantern Club")


def test_the_printed_code_of_a_founder_is_good_for_the_site(frombelow, tmp_path):
    said = frombelow("init", "--template", "club", "--name", "Club", "--founder", "Ada", "data")
    code = said.partition("printed code ")[2].split()[0]
    script = (
        f"import django; django.setup()\nfrom frombelow_site.accounts.sheets import spend\nprint(len(spend('{code}')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env={"FROMBELOW_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "frombelow_site.settings", "PATH": ""},
    )  # fmt: skip
    assert done.stdout == "26\n"


def test_keys_are_readable_by_their_owner_alone(data):
    for name in ("record.key", "secret"):
        assert stat.S_IMODE((data / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--template", "empire", "--name", "X", "new"], "There is no template “empire”"),
        (["--template", "club", "--name", "X", "--zone", "Moon/Base", "new"], "there is no time zone “Moon/Base”"),
        (["--template", "club", "--name", "X", "--founder", "<a@b>", "new"], "A founder is written like"),
        (["--template", "club", "--name", "X", "--office", "king=Ada", "new"], "There is no office “king”"),
        (["--template", "club", "--name", "X", "--office", "chair=Bo", "new"], "Who holds the office “chair”?"),
        (
            [
                "--template",
                "club",
                "--name",
                "X",
                "--founder=A",
                "--founder=B",
                "--office=chair=A",
                "--office=chair=B",
                "new",
            ],
            "More founders were named for the office “chair” than it has seats: 1.",
        ),
        (
            ["--template", "club", "--name", "X", "--language", "e", "new"],
            "written like “en”, “es” or “es-MX”, not “e”",
        ),
        (["--template", "club", "--name", "X", "--language", "../es", "new"], "The language cannot be: a language is"),
    ],
)
def test_a_founding_that_cannot_be_leaves_nothing_behind(frombelow, tmp_path, arguments, words):
    assert words in frombelow("init", *arguments, ends=2)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('{ yes_of_eligible = "10%" }', '{ yes_of_eligible = "110%" }', "Article 5.6, line"),
        ("voting_days = 7", "voting_days = -7", "Article 5.4, line"),
        ('title = "Chair"', 'title = "Chair"\nseats = 0', "nobody could fill the office “Chair”"),
    ],
    ids=["quorum over one", "negative period", "office nobody can fill"],
)
def test_a_rulebook_that_cannot_stand_names_article_and_line(frombelow, tmp_path, old, new, words):
    text = template("tenants-union")
    assert old in text
    (tmp_path / "rules.toml").write_text(text.replace(old, new, 1))
    assert words in frombelow("init", "--template", "rules.toml", "--name", "X", "new", ends=2)
    assert not (tmp_path / "new").exists()


def test_an_organization_can_start_from_a_rulebook_of_its_own(frombelow, tmp_path):
    (tmp_path / "rules.toml").write_text(template("club").replace("Rules of a club", "Rules of ours"))
    assert "is founded" in frombelow("init", "--template", "rules.toml", "--name", "X", "new")


@pytest.mark.parametrize(("asked", "kept"), [("es", "es"), ("es_AR", "es-AR")])
def test_an_organization_is_founded_in_spanish(frombelow, tmp_path, asked, kept):
    said = frombelow(
        "init", "--template", "club", "--name", "Club", "--language", asked, "--zone", "America/Lima", "data"
    )
    assert "Persona fundadora signs in once" in said
    assert "in English" not in said
    script = (
        "import django; django.setup()\n"
        "from frombelow_site.door import polity\n"
        "book = polity().book\n"
        "print(book.title, book['language'], book['zone'], *(office.title for office in book.offices), sep='|')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8",
        env={
            "FROMBELOW_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "frombelow_site.settings",
            "PATH": "", "PYTHONIOENCODING": "utf-8",
        },
    )  # fmt: skip
    offices = "Presidencia|Secretaría|Tesorería|Administración del servidor"
    assert done.stdout == f"Estatutos de un club|{kept}|America/Lima|{offices}\n"
    frombelow("record", "export", "record.zip", "--data", "data")
    assert json.loads(frombelow("verify", "record.zip", "--json"))["ok"]


def test_a_founder_alone_is_not_made_president_treasurer_and_auditor_unasked(frombelow, tmp_path):
    said = frombelow("init", "--template", "co-operative", "--name", "Co-op", "--founder", "Ada", "data")
    assert "  Secretary: Ada\n" in said
    assert "Nobody yet: Board member, Chair of the board, Treasurer, Member auditor, Server administrator." in said
    (tmp_path / "roll.csv").write_text(ROLL)
    assert "2 people are members now" in frombelow(
        "import-roll", "roll.csv", "--yes", "--key", "ada.key", "--data", "data"
    )


def test_founders_hold_the_offices_that_they_were_chosen_for_and_no_others(frombelow):
    founders = ("--founder=Ada", "--founder=Bo", "--office=treasurer=Bo", "--office=chair=Bo")
    said = frombelow("init", "--template", "club", "--name", "Club", *founders, "data")
    assert "  Chair: Bo\n  Treasurer: Bo\n  Nobody yet: Secretary, Server administrator." in said


def test_a_language_without_words_is_told_and_gets_english_ones(frombelow):
    said = frombelow("init", "--template", "club", "--name", "Club", "--language", "fr", "data")
    assert "Its rules are in English: there are no words in fr yet." in said
    assert "Founder signs in once" in said


def test_a_name_that_was_erased_is_in_no_file_of_the_database(frombelow, data, tmp_path):
    (tmp_path / "roll.csv").write_text("name,email\nQuetzalxochitl Unmistakable,quetzal@example.org\n")
    frombelow("import-roll", "roll.csv", "--yes", "--key", "ada.key", "--data", data)
    script = (
        "import django; django.setup()\n"
        "from frombelow_site.membership.actions import erase\n"
        "from frombelow_site.people.models import Card\n"
        "from django.db import connection\n"
        "erase(Card.objects.get(name__startswith='Quetzal').person)\n"
        "connection.cursor().execute('PRAGMA wal_checkpoint(TRUNCATE)')"
    )
    assert any(b"Quetzal" in path.read_bytes() for path in data.rglob("*") if path.is_file())
    subprocess.run(
        [sys.executable, "-c", script], check=True,
        env={"FROMBELOW_DATA": str(data), "DJANGO_SETTINGS_MODULE": "frombelow_site.settings", "PATH": ""},
    )  # fmt: skip
    for path in data.rglob("*"):
        if path.is_file():
            assert b"etzalxochitl" not in path.read_bytes().lower(), path
            assert b"quetzal@" not in path.read_bytes(), path
    frombelow("record", "export", "record.zip", "--data", data)
    assert json.loads(frombelow("verify", "record.zip", "--json"))["ok"]


def test_a_folder_that_is_not_empty_is_left_alone(frombelow, data):
    before = sorted(path.name for path in data.iterdir())
    assert "is not empty" in frombelow("init", "--template", "club", "--name", "X", data, ends=2)
    assert sorted(path.name for path in data.iterdir()) == before


def test_a_command_without_an_organization_says_how_to_found_one(frombelow):
    assert "Found one with: frombelow init" in frombelow("doctor", "--data", "nowhere", ends=2)


@pytest.mark.parametrize(
    "raw", [b"", b"\x89PNG\r\n\x1a\n\0\0\0", b"colour,size\nred,4\n"], ids=["empty", "binary", "no usable column"]
)
def test_a_roll_that_is_none_stores_nothing(frombelow, data, tmp_path, raw):
    (tmp_path / "roll.csv").write_bytes(raw)
    assert "Nothing was stored" in frombelow(
        "import-roll", "roll.csv", "--yes", "--key", "ada.key", "--data", data, ends=2
    )
    frombelow("record", "export", "record.zip", "--data", data)
    assert (
        json.loads(frombelow("verify", "record.zip", "--json"))["entries"] == 2
    )  # the founding, and the founder's printed code


def test_export_fresh_install_import_export_gives_the_same_bytes(frombelow, data, tmp_path):
    (tmp_path / "roll.csv").write_text(ROLL)
    frombelow("import-roll", "roll.csv", "--yes", "--key", "ada.key", "--data", data)
    frombelow("init", "--template", "club", "--name", "Second", "second")
    script = (
        "import django, sys; django.setup()\n"
        "from frombelow_site.door import polity\n"
        "from frombelow_site.roll.queries import export\n"
        "from frombelow.roll import write_roll\n"
        "sys.stdout.buffer.write(write_roll(export(polity(), polity().branches)))"
    )

    def exported(folder):
        return subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True,
            env={"FROMBELOW_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "frombelow_site.settings", "PATH": ""},
        ).stdout  # fmt: skip

    first = exported(data)
    (tmp_path / "first.csv").write_bytes(b"".join(line for line in first.splitlines(True) if b"Ada" not in line))
    frombelow("import-roll", "first.csv", "--yes", "--key", "founder.key", "--data", "second")
    second = exported(tmp_path / "second")
    without_founders = [line for line in second.splitlines(True) if b"Founder" not in line]
    assert b"".join(without_founders) == (tmp_path / "first.csv").read_bytes()
    assert "Zoë Arnaud".encode() in second


def test_rebuild_and_doctor_find_everything_well(frombelow, data):
    assert "The tables follow from" in frombelow("rebuild", "--data", data)
    said = frombelow("doctor", "--data", data)
    assert "LOOK" not in said
    assert "The tables say what the record says." in said


def test_a_taken_port_is_told_before_anything_starts(frombelow, data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} is taken" in frombelow("serve", "--data", data, "--port", port, ends=2)


def test_a_database_of_an_older_version_is_not_served_before_its_backup(frombelow, data):
    with closing(sqlite3.connect(data / "frombelow.sqlite3")) as database, database:
        newest = "SELECT max(name) FROM django_migrations WHERE app = 'people'"
        database.execute(f"DELETE FROM django_migrations WHERE app = 'people' AND name = ({newest})")
    said = frombelow("serve", "--data", data, "--port", 8977, ends=2)
    assert "older version" in said
    assert "frombelow upgrade" in said


def test_the_console_confirms_a_clock_that_is_in_doubt_and_no_other(frombelow, data):
    assert "is not in doubt" in frombelow("time", "confirm", "--data", data, ends=2)
    tomorrow = json.dumps({"good": {"wall": int(time.time()) + 86_400, "steady": 0, "boot": "another"}}).encode()
    with sqlite3.connect(data / "frombelow.sqlite3") as database:
        database.execute("UPDATE door_heartbeat SET watch = ?", (tomorrow,))
    assert "clock is in doubt, so nothing was stored" in frombelow("sign-in-code", "Ada", "--data", data, ends=2)
    assert "LOOK  The clock is in doubt" in frombelow("doctor", "--data", data, ends=1)
    assert "the record says that you confirmed it" in frombelow("time", "confirm", "--data", data)
    assert "signs in once with" in frombelow("sign-in-code", "Ada", "--data", data)


def test_verify_without_a_file_ends_with_two(frombelow):
    assert "path_or_url" in frombelow("verify", ends=2).lower()


def test_the_demo_organization_is_whole_and_its_record_right(frombelow, tmp_path):
    said = frombelow("demo", "--data", "demo", "--only-make", "--port", 8001)
    assert said.count("http://localhost:8001/enter/link/") == 3
    assert "LOOK" not in frombelow("doctor", "--data", "demo")
    frombelow("record", "export", "record.zip", "--data", "demo")
    found = json.loads(frombelow("verify", "record.zip", "--json"))
    assert (found["ok"], found["members"], found["decisions"], found["mandates"]) == (True, 240, 8, 4)
    assert found["sealed"]["acts"] > 200
    assert found["sealed"]["people"] > 50
    assert found["sealed"]["on_the_servers_word"] > 500
    assert found["draws"] == 1  # twelve of 240, with twenty contributions and dice; two declined
    with closing(sqlite3.connect(tmp_path / "demo/frombelow.sqlite3")) as database:
        kinds = dict(database.execute("SELECT kind, count(*) FROM door_entry WHERE kind LIKE 'draws.%' GROUP BY kind"))
    assert (kinds["draws.contribute"], kinds["draws.witness"]) == (20 + 3, 3)  # three for the draw that goes on
    assert (kinds["draws.decline"], kinds["draws.accept"]) == (2, 12)


def test_the_demo_shows_every_kind_of_act_about_keys_and_writes_to_nobody(frombelow, tmp_path):
    said = frombelow("demo", "--data", "demo", "--only-make", "--port", 8001)
    assert "Subject:" not in said
    with closing(sqlite3.connect(tmp_path / "demo/frombelow.sqlite3")) as database:
        kinds = {kind for (kind,) in database.execute("SELECT DISTINCT kind FROM door_entry")}
    assert {kind.name for kind in registry.subjects["key"].kinds} <= kinds


def test_a_sign_in_code_from_the_command_line_stands_in_the_record(frombelow, data):
    said = frombelow("sign-in-code", "ada", "--data", data)
    assert "stands in the record" in said
    with closing(sqlite3.connect(data / "frombelow.sqlite3")) as database:
        assert database.execute("SELECT \"by\" FROM door_entry WHERE kind = 'access.issue-code'").fetchall() == [
            ("server",),  # when it was founded
            ("server",),
        ]
    assert "Nobody" in frombelow("sign-in-code", "nobody-of-this-name", "--data", data, ends=2)


def test_a_server_that_is_stopped_while_it_starts_stops(data):
    command = [sys.executable, "-m", "frombelow", "serve", "--data", str(data), "--port", str(free_port())]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
        while server.poll() is None and not children.read_text():
            time.sleep(0.001)
        server.terminate()
        assert server.wait(60) == 0
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)


def test_no_sign_in_links_are_printed_for_an_organization_that_is_no_demonstration(frombelow, data):
    said = frombelow("demo", "--data", data, "--only-make", ends=2)
    assert "no demonstration" in said
    assert "/enter/link/" not in said


def test_a_file_of_people_has_the_bounds_that_it_has_on_the_site(frombelow, data, tmp_path):
    (tmp_path / "many.csv").write_text("name\n" + "Bo\n" * 300_001)
    said = frombelow("import-roll", "many.csv", "--yes", "--key", "ada.key", "--data", data, ends=2)
    assert "The file has more than 300,000 rows. Nothing was stored. Bring it in in parts." in said
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(10 << 30)
    assert "more than 50 MB" in frombelow("import-roll", "large.csv", "--data", data, ends=2)
    os.mkfifo(tmp_path / "pipe.csv")
    for place in ("pipe.csv", "/dev/zero"):
        assert "is no plain file" in frombelow("import-roll", place, "--data", data, ends=2)
    assert not [place.name for place in data.iterdir() if place.name.startswith(".importing")]


def test_what_is_no_plain_file_is_no_ballots_and_no_rules(frombelow, tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "folder.blt").mkdir()
    (tmp_path / "zero.blt").symlink_to("/dev/zero")
    with (tmp_path / "large.blt").open("wb") as file:
        file.truncate(10 << 30)
    for place in ("folder.blt", "zero.blt"):
        assert "this is no plain file" in frombelow("count", "meek", place, ends=2)
    assert "more than 500,000,000 bytes" in frombelow("count", "meek", "large.blt", ends=2)
    for place in ("pipe.toml", "large.toml"):
        (tmp_path / "large.toml").write_bytes(b"#" * 1_000_001)
        assert "cannot be read" in frombelow("init", "--template", place, "--name", "Club", "new", ends=2)
        assert not (tmp_path / "new").exists()


def test_an_export_takes_the_place_of_no_folder_and_no_device(frombelow, data, tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for place in ("folder", "pipe"):
        said = frombelow("record", "export", place, "--data", data, ends=2)
        assert "is no plain file; an export does not take its place. There is no export." in said
        assert not (tmp_path / place).is_file()
    assert "could not be written" in frombelow("record", "export", "nowhere/x.zip", "--data", data, ends=2)


def test_a_file_updates_members_where_it_is_said(frombelow, data, tmp_path):
    (tmp_path / "first.csv").write_text("id,name,email,phone\n7,Bo Li,bo@new.example,\n8,Cy Ho,cy@new.example,600 1\n")
    frombelow("import-roll", "first.csv", "--yes", "--key", "ada.key", "--data", data)
    (tmp_path / "again.csv").write_text(
        "id,name,email,phone\n7,Bo Li,bo@b.example,600 7\n8,Cy Ho,cy@new.example,600 2\n"
    )
    said = frombelow("import-roll", "again.csv", "--yes", "--key", "ada.key", "--data", data, ends=2)
    assert "what the roll lacks (1) or has otherwise (2)" in " ".join(said.split())
    assert "Line 2: Phone 600 7 (on the roll is none)" in said
    assert "600 1" not in said
    assert "Nobody in this file would become a member." in said
    assert "is “missing” or “all”" in frombelow("import-roll", "again.csv", "--update", "x", "--data", data, ends=2)
    said = frombelow("import-roll", "again.csv", "--yes", "--update", "all", "--key", "ada.key", "--data", data)
    assert "0 people are members now, 2 updated." in said
    frombelow("record", "export", "record.zip", "--data", data)
    assert json.loads(frombelow("verify", "record.zip", "--json"))["ok"]
    assert "none is missing" in frombelow("doctor", "--data", data, ends=1)  # the club lacks an officer, nothing else
    said = frombelow(
        "import-roll", "again.csv", "--yes", "--update", "missing", "--key", "ada.key", "--data", data, ends=2
    )
    assert "what the roll lacks (0) or has otherwise (1)" in " ".join(said.split())
