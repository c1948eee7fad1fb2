"""A draw in files, by the command line: fixed, listed, drawn, and checked by anyone."""

import csv
import json
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from msgspec.structs import replace

from frombelow.lots.draws import read_draw, write_draw
from tests import ready
from tests.lots.instances import TENANTS

from .made import ROUNDS, by_beacon
from .test_drawn_again import FILES, VECTORS

PLAN = """
organization = "Tenants of the north"
purpose = "A panel on the heating fund"
size = 4
reserves = 3
panels = 100
short = 10_000
names = "id"
objections_until = {objections}
enough = 3
witnesses = [
  {{ name = "hanna", algorithm = "record", key = "hanna" }},
  {{ name = "ines", algorithm = "record", key = "ines" }},
  {{ name = "jo", algorithm = "record", key = "jo" }},
]
[contributions]
opens = {opens}
closes = {closes}
[second]
rolls = 16
{more}
"""
OUTSIDE = "[[excluded]]\nreason = 'sits on the board'\narticle = '7.2'\nfile = 'board.csv'"


def lots(folder, *arguments, env=None):
    return ready.run("-m", "frombelow", "lots", *arguments, env={"COLUMNS": "200"} | (env or {}), cwd=folder)


def people(folder, name, persons):
    with (folder / name).open("w", newline="") as sink:
        out = csv.writer(sink)
        out.writerow(["id", "house", "age"])
        out.writerows([who, *(TENANTS.quotas[feature].feature for feature in features)] for who, features in persons)


@pytest.fixture
def planned(tmp_path):
    """A folder with a plan and the files of who lives there."""
    with (tmp_path / "categories.csv").open("w", newline="") as sink:
        out = csv.writer(sink)
        out.writerow(["category", "feature", "min", "max"])
        out.writerows([quota.category, quota.feature, quota.least, quota.most] for quota in TENANTS.quotas)
    people(tmp_path, "respondents.csv", [(f"tenant {n}", features) for n, features in enumerate(TENANTS.people)])
    people(tmp_path, "board.csv", [("chair", (0, 2))])
    plan(tmp_path)
    return tmp_path


def plan(folder, more=OUTSIDE, start=None):
    start = int(time.time()) + 1000 if start is None else start
    at = {
        name: datetime.fromtimestamp(start + later, UTC).isoformat()
        for name, later in (("objections", 0), ("opens", 100), ("closes", 200))
    }
    (folder / "plan.toml").write_text(PLAN.format(more=more, **at))


def dice(folder, after):
    seen = [{"name": name, "at": after, "signature": f"entry {n}"} for n, name in enumerate(("hanna", "ines", "jo"))]
    (folder / "dice.json").write_text(json.dumps({"shown": [1, 2, 3, 4, 5, 6, 1, 2] * 2, "witnessed": seen}))


def given(folder, opens):
    one = {"commitment": None, "shown": None, "signature": None, "at": opens}
    both = [one | {"by": "ada", "value": "ab" * 32}, one | {"by": "bo", "value": "cd" * 32}]
    (folder / "given.json").write_text(json.dumps({"contributions": both, "checkpoint": None, "witnessed": []}))


def fixed(folder):
    done = lots(folder, "specify", "plan.toml", ".", "fixed.json", "--salts", "salts.csv")
    assert done.returncode == 0, done.stderr
    return read_draw((folder / "fixed.json").read_bytes())


def drawn(folder):
    draw = fixed(folder)
    assert lots(folder, "panels", "fixed.json", "listed.json").returncode == 0
    dice(folder, draw.specification.second.after)
    given(folder, draw.specification.contributions.opens)
    done = lots(folder, "draw", "listed.json", "closed.json", "--given", "given.json")
    assert done.stdout.startswith("Closed, under "), done.stderr
    done = lots(folder, "draw", "closed.json", "drawn.json", "--second", "dice.json")
    assert done.returncode == 0, done.stderr
    return done


def test_a_draw_goes_from_a_plan_to_a_panel_that_anyone_can_check(planned):
    done = drawn(planned)
    assert "Tenants of the north: A panel on the heating fund." in done.stdout
    assert "Chances: 18.00% to 40.00%." in done.stdout
    assert "nobody’s chance is more than 1 percentage points below the fairest" in done.stdout
    assert "The record has to show who contributed and what the witnesses saw" in done.stdout
    told = json.loads(lots(planned, "verify", "drawn.json", "--json").stdout)
    draw = read_draw((planned / "drawn.json").read_bytes())
    assert (told["ok"], told["why"], told["purpose"]) == (True, None, "A panel on the heating fund")
    assert (told["seed"], told["panel"], told["reserves"]) == (draw.seed, list(draw.panel), list(draw.reserves))
    assert (told["file"], told["on_the_record"]) == ("drawn.json", ["contributions", "witnesses"])


def test_each_member_finds_their_row_with_the_salt_that_they_were_handed(planned):
    drawn(planned)
    with (planned / "salts.csv").open(newline="") as source:
        salts = list(csv.DictReader(source))
    assert [each["list"] for each in salts].count("sits on the board") == 1
    mine = next(each for each in salts if each["name"] == "tenant 5")
    asked = ("verify", "drawn.json", "--row", mine["row"], "--name", "tenant 5", "--salt", mine["salt"])
    draw = read_draw((planned / "drawn.json").read_bytes())
    chance = sum(5 in panel for panel in draw.list.panels)
    assert f"Row 5 is yours; your chance was {chance}.00%." in lots(planned, *asked).stdout
    other = lots(planned, *asked[:5], "tenant 4", *asked[6:])
    assert other.returncode == 1
    assert "this row is not of who has this salt and this name" in other.stdout
    assert (planned / "salts.csv").stat().st_mode & 0o077 == 0


def test_who_declines_is_followed_by_the_next_and_the_file_can_still_be_checked(planned):
    drawn(planned)
    before = read_draw((planned / "drawn.json").read_bytes())
    gone = [person for person in before.panel if TENANTS.people[person][1] == 3]  # old people, of whom there are more
    stays = next(person for person in before.panel if person not in gone)
    done = lots(
        planned, "draw", "drawn.json", "after.json", "--declined", gone[0], "--declined", gone[1], "--accepted", stays
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(lots(planned, "verify", "after.json", "--json").stdout)
    assert told["accepted"] == [stays]
    assert len(set(told["panel"]) - set(before.panel)) == 2
    again = lots(planned, "draw", "after.json", "once-more.json", "--declined", gone[0])
    assert (again.returncode, again.stderr) == (2, f"answers[3]: person {gone[0]} does not sit on the panel.\n")
    assert not (planned / "once-more.json").exists()


def test_a_draw_is_drawn_once(planned):
    drawn(planned)
    told = json.loads((planned / "dice.json").read_text())
    (planned / "dice.json").write_text(json.dumps(told | {"shown": told["shown"][::-1]}))
    done = lots(planned, "draw", "drawn.json", "again.json", "--second", "dice.json")
    assert (done.returncode, done.stderr) == (2, "second: chance has spoken for this draw, and speaks once.\n")


def test_no_file_is_written_over(planned):
    fixed(planned)
    done = lots(planned, "specify", "plan.toml", ".", "fixed.json", "--salts", "salts.csv")
    assert (done.returncode, done.stderr) == (2, "salts.csv is there already: name a new file.\n")
    done = lots(planned, "panels", "fixed.json", "plan.toml")
    assert (done.returncode, done.stderr) == (2, "plan.toml is there already: name a new file.\n")


def test_quotas_that_contradict_end_with_the_smallest_way_out(planned):
    text = (planned / "categories.csv").read_text()
    (planned / "categories.csv").write_text(text.replace("young,2,2", "young,3,3"))
    fixed(planned)
    done = lots(planned, "panels", "fixed.json", "listed.json")
    assert done.returncode == 2
    assert "The smallest way out" in done.stderr
    assert not (planned / "listed.json").exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[second]\nrolls = 16", "[second]\nrolls = 3"), "with 6 sides it takes at least 16"),
        (("enough = 3", "enough = 2"), "dice count if at least 3 witnesses saw them"),
        (("size = 4", "size = 17"), "a panel of 17 cannot be drawn from 16 people"),
        (("size = 4", "size = 0"), "the plan: Expected `int` >= 1"),
        (("size = 4", "seize = 4"), "unknown field `seize`"),
        (("size = 4", "size = "), "plan.toml: "),
        (('names = "id"', 'names = "ID"'), "no column “ID”"),
        (("+00:00\nenough", "\nenough"), "needs its distance from UTC"),
        (("'board.csv'", "'nobody.csv'"), "nobody.csv"),
    ],
)
def test_a_plan_that_cannot_be_is_one_sentence_and_nothing_is_written(planned, change, says):
    text = (planned / "plan.toml").read_text()
    assert change[0] in text
    (planned / "plan.toml").write_text(text.replace(*change))
    done = lots(planned, "specify", "plan.toml", ".", "fixed.json", "--salts", "salts.csv")
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (planned / "fixed.json").exists()
    assert not (planned / "salts.csv").exists()


def test_a_draw_whose_moments_are_over_is_not_fixed(planned):
    plan(planned, start=int(time.time()) - 1000)
    done = lots(planned, "specify", "plan.toml", ".", "fixed.json", "--salts", "salts.csv")
    assert (done.returncode, "specification.objections_until: it is not after “at”" in done.stderr) == (2, True)


def test_somebody_who_stands_in_the_pool_twice_is_refused(planned):
    text = (planned / "respondents.csv").read_text()
    (planned / "respondents.csv").write_text(text.replace("tenant 7,", "tenant 3,"))
    done = lots(planned, "specify", "plan.toml", ".", "fixed.json", "--salts", "salts.csv")
    assert "respondents.csv, line 9: “tenant 3” stands in line 5 too" in done.stderr


def test_a_list_that_is_less_fair_than_the_draw_allows_is_not_written(planned):
    text = (planned / "plan.toml").read_text()
    (planned / "plan.toml").write_text(text.replace("short = 10_000", "short = 0"))
    fixed(planned)
    done = lots(planned, "panels", "fixed.json", "listed.json")
    assert done.returncode == 2
    assert "it is not shown that the list is fair" in done.stderr
    assert not (planned / "listed.json").exists()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", ["0", "1", "random"])
def test_the_same_panel_is_drawn_with_every_seed_of_pythons_hashes(path, seed, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "frombelow", "lots", "verify", path, "--json"], env={"PYTHONHASHSEED": seed},
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    told, follows = json.loads(done.stdout), json.loads((VECTORS / "follows" / path.name).read_text())
    assert {name: told[name] for name in ("seed", "panel", "reserves")} == {
        name: follows[name] for name in ("seed", "panel", "reserves")
    }


def test_whoever_checks_needs_no_solver():
    code = (
        "import sys; sys.modules['highspy'] = None\n"
        "from frombelow.keys import check_signature\nfrom frombelow.lots.draws import read_draw, verify\n"
        "print(verify(read_draw(open(sys.argv[1], 'rb').read()), check_signature).seed.hex())"
    )
    done = subprocess.run([sys.executable, "-c", code, FILES[0]], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == read_draw(FILES[0].read_bytes()).seed


def test_a_changed_file_ends_with_1_and_says_what_is_wrong_and_where(tmp_path):
    draw = by_beacon()
    (tmp_path / "draw.json").write_bytes(write_draw(draw).replace(ROUNDS[1003].encode(), ROUNDS[1002].encode()))
    done = lots(tmp_path, "verify", "draw.json", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"], told["where"]) == (1, False, "second")
    assert told["why"] == "this is not what the beacon said in round 1003: its signature does not hold."
    assert (told["seed"], told["panel"], told["reserves"]) == (None, None, None)
    in_words = lots(tmp_path, "verify", "draw.json")
    assert (in_words.returncode, in_words.stdout) == (
        1, "This draw is not right. second: this is not what the beacon said in round 1003: its signature does not hold.\n",
    )  # fmt: skip


@pytest.mark.parametrize(("name", "data"), [("no.json", None), ("no.json", b"{}"), ("no.json", b"\xff\x00")])
def test_what_is_no_draw_ends_with_2_and_one_sentence(tmp_path, name, data):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = lots(tmp_path, "verify", name, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_a_round_of_the_beacon_is_read_from_a_file_as_its_servers_tell_it(tmp_path):
    draw = replace(by_beacon(), second=None, seed=None, panel=None, reserves=None)
    (tmp_path / "draw.json").write_bytes(write_draw(draw))
    told = {"round": 1003, "randomness": "00" * 32, "signature": ROUNDS[1003]}
    (tmp_path / "round.json").write_text(json.dumps(told))
    done = lots(tmp_path, "draw", "draw.json", "drawn.json", "--second", "round.json")
    assert done.returncode == 0, done.stderr
    assert read_draw((tmp_path / "drawn.json").read_bytes()) == by_beacon()
    (tmp_path / "round.json").write_text(json.dumps(told | {"round": 1002, "signature": ROUNDS[1002]}))
    wrong = lots(tmp_path, "draw", "draw.json", "other.json", "--second", "round.json")
    assert (wrong.returncode, wrong.stderr) == (2, "second: this is round 1002, and round 1003 was fixed.\n")


def test_a_round_of_the_beacon_is_fetched_from_an_address(tmp_path):
    told = json.dumps({"round": 1003, "randomness": "00" * 32, "signature": ROUNDS[1003]}).encode()

    class Beacon(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/public/1003" else 404)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_said):
            pass

    (tmp_path / "draw.json").write_bytes(
        write_draw(replace(by_beacon(), second=None, seed=None, panel=None, reserves=None))
    )
    with HTTPServer(("127.0.0.1", 0), Beacon) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = f"http://127.0.0.1:{server.server_port}/public"
        done = lots(tmp_path, "draw", "draw.json", "drawn.json", "--second", f"{place}/1003")
        lost = lots(tmp_path, "draw", "draw.json", "lost.json", "--second", f"{place}/1002")
        server.shutdown()
    assert done.returncode == 0, done.stderr
    assert read_draw((tmp_path / "drawn.json").read_bytes()) == by_beacon()
    assert (lost.returncode, "could not be read" in lost.stderr) == (2, True)


@pytest.mark.parametrize("text", ["", "[]", '{"round": 1003}', '{"shown": "6"}', '{"round": "x", "signature": 3}'])
def test_what_is_neither_a_round_nor_dice_is_said_to_be_neither(tmp_path, text):
    (tmp_path / "draw.json").write_bytes(write_draw(by_beacon()))
    (tmp_path / "round.json").write_text(text)
    done = lots(tmp_path, "draw", "draw.json", "drawn.json", "--second", "round.json")
    assert done.returncode == 2
    assert "round.json is neither a round of the beacon nor dice" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_signs_that_steer_a_terminal_do_not_come_out_of_a_file(tmp_path):
    draw = write_draw(by_beacon()).replace(b"A panel on", b"A \\u001b[2Jpanel on")
    (tmp_path / "draw.json").write_bytes(draw)
    done = lots(tmp_path, "verify", "draw.json")
    assert "\x1b" not in done.stdout + done.stderr
