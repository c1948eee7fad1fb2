"""Witnesses cosign the record's checkpoints: what is kept of it, and what a witness that is down or wrong can do."""

import threading
import time

import pytest

from frombelow.polity import Refused
from frombelow.polity.members.acts import Return, StepBack
from frombelow.polity.server.acts import SetWitnesses, Witness
from frombelow.record import (
    CosignatureVerifier,
    Cosigner,
    cosign_note,
    parse_receipt,
    parse_request,
    read_checkpoint,
    read_export,
    sign_checkpoint,
    verify_cosignature,
)
from frombelow_site.door import cosigned, perform, tables
from frombelow_site.door.asker import Asker
from frombelow_site.door.models import Asking, Cosignature
from frombelow_site.door.posting import Posted, post
from frombelow_site.door.readers import turns
from frombelow_site.records.exporting import write
from tests.door.outside import Outside, answering, name_witnesses, plain, reaches, self_signed
from tests.site_cast import DAY, site  # noqa: F401  a fixture

SISTER = Cosigner.from_seed("sister.example/w", bytes([7]) * 32)


@pytest.fixture
def outside(site, tmp_path):  # noqa: F811
    """Makes witnesses that run; their clocks say what the site's does."""
    made = []

    def make(name="bakers.example"):
        made.append(Outside(tmp_path, name, site.polity.key, site.at))
        return made[-1]

    yield make
    for each in made:
        each.stop()


@pytest.fixture
def bakers(site, outside):  # noqa: F811
    """A witness that is asked, and who asks it."""
    bakers = outside()
    name_witnesses(site, bakers.witness)
    site.asker = Asker(site.door, reaches(bakers))
    return bakers


def later(there, seconds, *outside):
    """Time passes for everybody alike."""
    there.at += seconds
    for each in outside:
        each.at += seconds


def found():
    return [(row.found, row.size) for row in Asking.objects.all()]


def lines_under(note):
    return [line for line in note.decode().splitlines() if line.startswith("— bakers.example ")]


def test_a_cosigned_checkpoint_is_published_with_the_witness_line_under_it(site, bakers, client, tmp_path):  # noqa: F811
    site.asker.ask()
    note = client.get("/record/checkpoint").content
    verifier = CosignatureVerifier.from_vkey(bakers.cosigner.vkey)
    assert verify_cosignature(note, verifier) == site.at
    write(tmp_path / "r.zip")
    export = read_export(tmp_path / "r.zip")
    assert export.checkpoint == note
    assert [len(lines_under(each)) for each in export.checkpoints] == [0] * (len(export.checkpoints) - 1) + [1]
    assert parse_receipt(site.door.receipt(0)).checkpoint == note


def test_a_receipt_is_under_the_latest_cosigned_checkpoint_that_holds_its_entry(site, bakers):  # noqa: F811
    site.asker.ask()
    cosigned_size = site.polity.size
    perform(StepBack(by=site.bo))
    assert read_checkpoint(parse_receipt(site.door.receipt(0)).checkpoint).size == cosigned_size
    newest = parse_receipt(site.door.receipt(cosigned_size)).checkpoint
    assert newest == tables.latest_checkpoint()


def test_an_export_with_cosignatures_verifies(site, bakers, tmp_path):  # noqa: F811
    from rich.console import Console

    from frombelow.cli.verify import check

    site.asker.ask()
    write(tmp_path / "r.zip")
    assert check(read_export(tmp_path / "r.zip"), "", None, Console(quiet=True)).polity.size == site.polity.size


def test_a_witness_is_asked_at_most_once_a_minute_and_only_where_there_is_news(site, bakers):  # noqa: F811
    for act in (StepBack(by=site.bo), Return(by=site.bo), StepBack(by=site.eve)):
        perform(act)
        site.asker.ask()
    assert bakers.asked == 1
    later(site, 60, bakers)
    site.asker.ask()
    assert bakers.asked == 2
    for _ in range(11 * 60):
        later(site, 60, bakers)
        site.asker.ask()
    assert bakers.asked == 2
    later(site, 3600, bakers)
    site.asker.ask()
    assert bakers.asked == 3
    assert Cosignature.objects.get(size=site.polity.size).at == site.at


def test_a_witness_that_knows_another_size_is_asked_again_from_there(site, bakers):  # noqa: F811
    site.asker.ask()
    Cosignature.objects.all().delete()  # as after an old backup
    perform(StepBack(by=site.bo))
    Asker(site.door, reaches(bakers)).ask()
    assert Cosignature.objects.get().size == site.polity.size
    assert bakers.asked == 3
    assert found() == [("", 0)]


def test_a_process_that_takes_no_acts_in_asks_nobody(site, bakers):  # noqa: F811
    site.door.writer = None
    site.asker.ask()
    assert bakers.asked == 0


def test_who_waits_for_a_witness_keeps_nobody_waiting(site):  # noqa: F811
    """Neither the door nor a turn is held while a witness thinks."""
    name_witnesses(site, Witness(SISTER.vkey, "https://sister.example"))
    held = []

    def thinks(_address, body):
        held.append(turns.held or turns.mine)
        perform(StepBack(by=site.bo))
        held.append(parse_request(body).old)
        return Posted(500, b"", near=False)

    Asker(site.door, thinks).ask()
    assert held == [False, 0]


# --- witnesses that are wrong ---


def drip(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def flood(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(160):
        handler.wfile.write(b"\xe2\x80\x94 x" * 13_000)


def signed(cosigner, seconds, at):
    """Cosigns what it is asked to, ``seconds`` away from the second ``at``."""

    def answer(handler):
        note = parse_request(handler.body).note
        whole = cosign_note(note, cosigner, at + seconds)
        plain(200, whole[len(note) :])(handler)

    return answer


WRONG = {
    "rubbish": [
        plain(200, b"<html>hello</html>"), plain(200, b""), plain(200, b"\xff\xfe"), flood, plain(400, b"what?\n"),
        plain(409, b"many\n"), plain(409, b"-1\n"), plain(302, b"", Location="http://127.0.0.1:1/"), plain(204, b""),
    ],
    "unknown": [plain(404, b"no")],
    "other-key": [plain(403, b"no")],
    "down": [plain(500, b"oh"), drip, lambda handler: handler.connection.close(), lambda handler: time.sleep(2)],
}  # fmt: skip


@pytest.mark.parametrize(("word", "answer"), [(word, each) for word, some in WRONG.items() for each in some])
def test_nothing_is_stored_of_what_no_witness_answers(site, word, answer):  # noqa: F811
    with answering(answer) as address:
        name_witnesses(site, Witness(SISTER.vkey, address))
        Asker(site.door, lambda where, body: post(where, body, 0.5)).ask()
    assert not Cosignature.objects.exists()
    assert found() == [(word, 0)]


@pytest.mark.parametrize("seconds", [-DAY, -61, 61, 10 * 365 * DAY, 2**62])
def test_a_cosignature_of_another_time_is_a_finding_and_not_kept(site, seconds):  # noqa: F811
    with answering(signed(SISTER, seconds, site.at)) as address:
        name_witnesses(site, Witness(SISTER.vkey, address))
        Asker(site.door).ask()
    assert not Cosignature.objects.exists()
    assert found() == [("apart", site.polity.size)]


def test_a_cosignature_by_another_key_or_of_another_checkpoint_is_a_finding_and_not_kept(site):  # noqa: F811
    stranger = Cosigner.from_seed("sister.example/w", bytes([8]) * 32)
    older = tables.latest_checkpoint()
    for answer in (
        signed(stranger, 0, site.at),
        lambda handler: plain(200, cosign_note(older, SISTER, site.at)[len(older) :])(handler),
    ):
        with answering(answer) as address:
            name_witnesses(site, Witness(SISTER.vkey, address))
            Asker(site.door).ask()
        assert not Cosignature.objects.exists()
        assert ("unsigned", 0) in found()


def test_no_redirect_is_followed(site):  # noqa: F811
    reached = []
    with (
        answering(lambda handler: reached.append(handler.path)) as elsewhere,
        answering(plain(307, b"", Location=elsewhere + "/add-checkpoint")) as address,
    ):
        name_witnesses(site, Witness(SISTER.vkey, address))
        Asker(site.door).ask()
    assert not reached


def test_a_witness_whose_certificate_nobody_vouches_for_is_not_believed(site, tmp_path):  # noqa: F811
    with answering(signed(SISTER, 0, site.at), certificate=self_signed(tmp_path)) as address:
        name_witnesses(site, Witness(SISTER.vkey, address))
        Asker(site.door).ask()
    assert found() == [("down", 0)]


def test_a_witness_that_is_down_for_a_month_is_asked_once_an_hour_and_then_cosigns(site, bakers):  # noqa: F811
    asked, up = [], reaches(bakers)

    def down(address, body):
        asked.append(site.at)
        return post("http://127.0.0.1:9", body, 1)

    asker = Asker(site.door, down)
    for _ in range(30 * 24 * 6):
        later(site, 600, bakers)
        asker.ask()
    assert len(asked) <= 30 * 24 + 6
    asker.post = up
    later(site, 3600, bakers)
    asker.ask()
    assert found() == [("", 0)]
    assert Cosignature.objects.count() == 1


def test_one_witness_that_is_down_does_not_keep_another_from_cosigning(site, outside):  # noqa: F811
    porters = outside("porters.example")
    name_witnesses(site, Witness(SISTER.vkey, "http://127.0.0.1:9"), porters.witness)
    reached = reaches(porters)
    Asker(site.door, lambda where, body: (post if "127" in where else reached)(where, body)).ask()
    assert [row.witness for row in Cosignature.objects.all()] == [porters.witness.label]


# --- what a witness saw and is not here ---


def test_a_rollback_is_told_and_asked_about_again_only_with_as_many_entries(site, bakers, caplog):  # noqa: F811
    site.asker.ask()
    note, size = tables.latest_checkpoint(), site.polity.size
    ahead = bakers.server.folder
    ahead._state = {site.polity.origin: note.replace(b"\n%d\n" % size, b"\n%d\n" % (size + 2), 1)}
    perform(StepBack(by=site.bo))
    for _ in range(100):
        later(site, 3600, bakers)
        site.asker.ask()
    assert bakers.asked == 2
    assert found() == [("ahead", size + 2)]
    assert caplog.text.count("entries are missing") == 1
    perform(Return(by=site.bo))
    later(site, 60, bakers)
    site.asker.ask()
    assert bakers.asked > 2


def forked(there, bakers):
    """The witness cosigned another record of as many entries, signed with the record's own key."""
    from frombelow.record import Checkpoint

    size = there.polity.size - 1
    other = sign_checkpoint(Checkpoint(there.polity.origin, size, bytes(32)), there.door.signer())
    bakers.server.folder._state = {there.polity.origin: other}
    return size


def test_a_fork_is_told_and_not_asked_about_again_until_the_witnesses_are_named_anew(site, bakers, caplog):  # noqa: F811
    size = forked(site, bakers)
    for _ in range(100):
        later(site, 3600, bakers)
        site.asker.ask()
    assert bakers.asked == 2
    again = Asker(site.door, reaches(bakers))  # as after a restart
    again.ask()
    assert bakers.asked == 2
    assert found() == [("fork", size)]
    assert not Cosignature.objects.exists()
    assert "saw another history" in caplog.text
    bakers.server.folder._state = {}
    name_witnesses(site, bakers.witness)
    site.asker.ask()
    assert Cosignature.objects.count() == 1


def test_a_witness_that_forgot_what_it_cosigned_is_told_and_asked_no_more(site, bakers):  # noqa: F811
    site.asker.ask()
    size, bakers.server.folder._state = site.polity.size, {}
    perform(StepBack(by=site.bo))
    for _ in range(10):
        later(site, 3600, bakers)
        site.asker.ask()
    Asker(site.door, reaches(bakers)).ask()  # as after a restart
    assert bakers.asked == 2
    assert found() == [("forgot", size)]


def test_the_witness_keeps_both_notes_of_a_fork(site, bakers, tmp_path):  # noqa: F811
    forked(site, bakers)
    site.asker.ask()
    (evidence,) = tmp_path.glob("bakers.example/*.fork")
    assert evidence.read_bytes().startswith(b"frombelow-fork/1\n")


def test_a_fork_is_told_on_answerability_and_the_record_with_what_to_do(site, bakers, client):  # noqa: F811
    forked(site, bakers)
    site.asker.ask()
    bo = site.browser(site.bo)
    for who, page in ((bo, "/answerability/server/"), (bo, "/record/head/"), (client, "/record/cosigned/")):
        text = who.get(page).content.decode()
        assert "saw another history" in text
        assert "Stop the site and tell the members." in text


def test_everybody_sees_without_signing_in_who_cosigned_last(site, bakers, client):  # noqa: F811
    site.asker.ask()
    page = client.get("/record/cosigned/").content.decode()
    assert "<strong>bakers.example</strong>" in page
    assert f"{site.polity.size} entries." in page
    assert "— bakers.example " in page
    assert 'href="/record/cosigned/"' in client.get("/enter/").content.decode()


def test_a_witness_that_signs_everything_hides_no_fork_that_another_one_saw(site, bakers):  # noqa: F811
    """It cosigns what is asked, whatever it cosigned before; the page tells what the honest one saw all the same."""
    with answering(signed(SISTER, 0, site.at)) as address:
        name_witnesses(site, Witness(SISTER.vkey, address), bakers.witness, enough=2)
        reached = reaches(bakers)
        asker = Asker(site.door, lambda where, body: (post if "127" in where else reached)(where, body))
        size = forked(site, bakers)
        asker.ask()
    assert found() == [("", 0), ("fork", size)]
    assert [row.witness for row in Cosignature.objects.all()] == [Witness(SISTER.vkey, address).label]
    assert "saw another history" in site.browser(site.bo).get("/answerability/server/").content.decode()


# --- who says which witnesses are asked ---

LINE = Witness(SISTER.vkey, "https://sister.example")


@pytest.mark.parametrize(
    ("witnesses", "enough", "message"),
    [
        ([Witness("w+00000000+BAAA", LINE.address)], 1, "witness-key"),
        ([LINE, LINE], 1, "witness-twice"),
        ([LINE, Witness(Cosigner.from_seed("b", bytes(32)).vkey, LINE.address + "/")], 1, "witness-twice"),
        ([LINE, Witness(Cosigner.from_seed(SISTER.name, bytes(32)).vkey, "https://b.example")], 1, "witness-twice"),
        ([LINE], 2, "witness-enough"),
        ([LINE], 0, "witness-enough"),
        ([], 1, "witness-enough"),
        ([Witness(SISTER.vkey, "http://sister.example")], 1, "witness-address"),
        ([Witness(SISTER.vkey, "https://name@sister.example")], 1, "witness-address"),
        ([Witness(SISTER.vkey, "https://sister.example/?a")], 1, "witness-address"),
        ([Witness(SISTER.vkey, "https://sister.example:99999")], 1, "witness-address"),
        ([Witness(SISTER.vkey, "file:///etc/passwd")], 1, "witness-address"),
    ],
)
def test_witnesses_that_cannot_be_asked_are_refused(site, witnesses, enough, message):  # noqa: F811
    with pytest.raises(Refused) as refused:
        name_witnesses(site, *witnesses, enough=enough)
    assert refused.value.message == message
    assert "Article" in refused.value.sentence()


def test_who_does_not_run_the_server_names_no_witnesses(site):  # noqa: F811
    with pytest.raises(Refused) as refused:
        perform(SetWitnesses(by=site.bo, witnesses=(LINE,), enough=1))
    assert refused.value.message == "no-mandate"


def test_the_writing_thread_and_the_asking_thread_stop(site):  # noqa: F811
    asker = Asker(site.door)
    asker.start()
    asker.stop()
    assert not [each for each in threading.enumerate() if each.name == "asker"]


def test_checkpoints_without_cosignatures_are_as_they_were_signed(site, bakers):  # noqa: F811
    perform(StepBack(by=site.bo))
    site.asker.ask()
    perform(Return(by=site.bo))
    notes = list(cosigned.checkpoints())
    assert [len(lines_under(note)) for note in notes][-3:] == [0, 1, 0]
    assert notes[-1] == tables.latest_checkpoint()


def test_a_disk_that_is_full_does_not_make_witnesses_asked_each_second(site, bakers, monkeypatch):  # noqa: F811
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cosigned, "keep", full)
    with pytest.raises(OSError, match="No space"):
        site.asker.ask()
    monkeypatch.undo()
    for _ in range(59):
        site.asker.ask()
        later(site, 1, bakers)
    assert bakers.asked == 1
    later(site, 1, bakers)
    site.asker.ask()
    assert Cosignature.objects.count() == 1
