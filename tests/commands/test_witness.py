"""``frombelow witness``: a key and its line, a witness that runs for others, and who is asked."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from hashlib import sha256
from http.client import HTTPConnection

import pytest

from frombelow.cli.witness_server import BODY, WitnessFolder, listen
from frombelow.polity import decode
from frombelow.record import (
    CosignatureVerifier,
    Cosigner,
    add_cosignatures,
    cosign_note,
    make_request,
    verify_cosignature,
)
from frombelow.record.checkpoints import open_evidence
from tests.record.cast import BAKERS, NOON, ORIGIN, PORTERS, STRANGER, UNION, head_of, rewritten, tree_of

TREE = tree_of(70)
LOGS = {ORIGIN: UNION.verifier}


@pytest.fixture
def running(tmp_path):
    """A witness for one record, behind HTTP; gives a way to post to it."""
    server = listen(WitnessFolder(tmp_path / "w", BAKERS, LOGS, lambda: NOON), "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()

    def post(body, path="/add-checkpoint", **headers):
        connection = HTTPConnection(*server.server_address, timeout=20)
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers["Content-Type"]

    post.server = server
    yield post
    server.shutdown()
    server.server_close()


def asks(old, size, tree=TREE, signer=UNION):
    return make_request(old, tree.consistency(old, size), head_of(tree, size, signer))


def test_a_witness_answers_as_the_specification_says(running):
    status, body, _ = running(asks(0, 3))
    assert status == 200
    assert verify_cosignature(add_cosignatures(head_of(TREE, 3), body, BAKERS.verifier), BAKERS.verifier) == NOON
    assert running(asks(0, 70)) == (409, b"3\n", "text/x.tlog.size")
    assert running(asks(3, 70))[0] == 200
    assert running(asks(70, 70))[0] == 200
    assert running(make_request(70, [], head_of(rewritten(70, 4))))[:2] == (409, b"70\n")
    assert running(asks(70, 80, rewritten(80, 4)))[0] == 422
    assert running(asks(70, 80, tree_of(80), STRANGER))[0] == 403
    assert running(asks(70, 80, tree_of(80)).replace(ORIGIN.encode(), b"other/record"))[0] == 404
    assert running(b"old 71\n\n" + head_of(TREE, 70))[0] == 400
    assert running(b"nonsense")[0] == 400
    assert running(asks(70, 70), path="/")[0] == 404


def test_everybody_gets_the_checkpoint_that_was_cosigned_last_signed_by_both(running):
    place = f"/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint"

    def get(path):
        connection = HTTPConnection(*running.server.server_address, timeout=20)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()

    assert get(place)[0] == 404
    assert running(asks(0, 3))[0] == 200
    assert running(make_request(3, TREE.consistency(3), cosign_note(head_of(TREE), PORTERS, NOON)))[0] == 200
    status, note = get(place)
    assert status == 200
    assert note == cosign_note(head_of(TREE), BAKERS, NOON)
    assert get(place.replace("/checkpoint", ""))[0] == get("/../witness.key")[0] == 404
    assert running(make_request(70, [], head_of(rewritten(70, 4))))[:2] == (409, b"70\n")


def test_bodies_have_a_bound_and_say_their_length(running):
    assert running(b"x" * (BODY + 1))[0] == 413
    assert running(iter([b"x"]), **{"Transfer-Encoding": "chunked"})[0] == 411
    assert running(b"", **{"Content-Length": "-5"})[0] == 411
    assert running(asks(0, 3))[0] == 200


def test_who_sends_slowly_or_in_crowds_keeps_nobody_waiting_for_long(running, monkeypatch):
    monkeypatch.setattr("frombelow.cli.witness_server.SECONDS", 0.5)
    crowd = [socket.create_connection(running.server.server_address) for _ in range(40)]
    for each in crowd:
        each.sendall(b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 500\r\n\r\nold")
    time.sleep(1.5)
    assert running(asks(0, 3))[0] == 200
    for each in crowd:
        each.close()


def test_what_was_cosigned_is_known_after_a_restart_and_evidence_of_a_fork_is_kept(tmp_path):
    first = WitnessFolder(tmp_path, BAKERS, LOGS, lambda: NOON)
    assert first.answer(asks(0, 70)).status == 200
    with pytest.raises(BlockingIOError):
        WitnessFolder(tmp_path, BAKERS, LOGS)
    first.close()
    again = WitnessFolder(tmp_path, BAKERS, LOGS, lambda: NOON)
    assert again.answer(asks(0, 3)).body == b"70\n"
    again.answer(make_request(70, [], head_of(rewritten(70, 4))))
    (evidence,) = tmp_path.glob("*.fork")
    assert open_evidence(evidence.read_bytes(), UNION.verifier)[0].size == 70


def test_nothing_is_cosigned_that_could_not_be_kept(tmp_path, running):
    (tmp_path / "w").chmod(0o500)
    if os.access(tmp_path / "w", os.W_OK):
        (tmp_path / "w").rename(tmp_path / "gone")
    assert running(asks(0, 3))[:2] == (503, b"The witness cannot keep anything now.\n")
    for place in (tmp_path / "gone", tmp_path / "w"):
        if place.exists():
            place.chmod(0o700)
            place.rename(tmp_path / "w")
    assert running(asks(0, 70))[0] == 200


def test_two_requests_at_once_are_answered_one_after_the_other(tmp_path):
    folder, said = WitnessFolder(tmp_path, BAKERS, LOGS, lambda: NOON), []
    threads = [threading.Thread(target=lambda n=n: said.append(folder.answer(asks(0, n)).status)) for n in range(1, 30)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(said) == [200] + [409] * 28


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_one_command_makes_a_key_and_one_runs_the_witness(frombelow, tmp_path):
    said = frombelow("witness", "new", "sister.example/w")
    line = said.splitlines()[-1]
    assert CosignatureVerifier.from_vkey(line).name == "sister.example/w"
    assert (tmp_path / "witness.key").stat().st_mode & 0o077 == 0
    port = free_port()
    served = subprocess.Popen(
        [sys.executable, "-m", "frombelow", "witness", "serve", "--key", "witness.key", "--folder", "w", "--port", str(port),
         "--origin", f"{ORIGIN}={UNION.vkey}"],
        cwd=tmp_path, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert served.stdout.readline().strip() == line
        served.stdout.readline()
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("POST", "/add-checkpoint", asks(0, 70))
        answer = connection.getresponse().read()
        verifier = CosignatureVerifier.from_vkey(line)
        assert abs(verify_cosignature(add_cosignatures(head_of(TREE), answer, verifier), verifier) - time.time()) < 60
        assert "Another witness runs" in frombelow(
            "witness", "serve", "--key", "witness.key", "--folder", "w", "--port", free_port(),
            "--origin", f"{ORIGIN}={UNION.vkey}", ends=2,
        )  # fmt: skip
    finally:
        served.send_signal(signal.SIGINT)
        assert served.wait(20) == 0
        served.stdout.close()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "two words"), "without space or plus"),
        (("new", "a", "--out", "there.key"), "is there already"),
        (("serve", "--key", "none", "--folder", "w", "--origin", f"{ORIGIN}={UNION.vkey}"), "cannot be read"),
        (
            ("serve", "--key", "there.key", "--folder", "w", "--origin", f"{ORIGIN}={UNION.vkey}"),
            "holds no witness’s key",
        ),
        (("serve", "--key", "w.key", "--folder", "w", "--origin", ORIGIN), "NAME=VKEY"),
        (("serve", "--key", "w.key", "--folder", "w", "--origin", f"other={UNION.vkey}"), "is one of"),
        (("serve", "--key", "w.key", "--folder", "w", *("--origin", f"{ORIGIN}={UNION.vkey}") * 2), "said twice"),
        (("serve", "--key", "w.key", "--folder", "there.key", "--origin", f"{ORIGIN}={UNION.vkey}"), "cannot be used"),
    ],
)
def test_a_witness_that_cannot_run_says_why(frombelow, tmp_path, arguments, words):
    (tmp_path / "there.key").write_text("nothing")
    frombelow("witness", "new", "w.example", "--out", "w.key")
    assert words in frombelow("witness", *arguments, ends=2)


def test_who_runs_the_server_says_which_witnesses_are_asked(frombelow, data, tmp_path):
    vkey = Cosigner.from_seed("sister.example/w", bytes(32)).vkey
    asked = ("witness", "set", "--key", "ada.key", "--data", data)
    assert frombelow(*asked) == "No witness is asked.\n"
    assert "sister.example/w will be asked" in frombelow(*asked, f"{vkey} https://sister.example")
    assert frombelow(*asked) == "sister.example/w cosigned not yet. It is asked at https://sister.example.\n"
    from frombelow.record import read_export

    frombelow("record", "export", "r.zip", "--data", data)
    entry = decode(list(read_export(tmp_path / "r.zip").entries())[-1])
    assert entry.act.witnesses[0].key == vkey
    assert entry.seal.n == 2
    assert "Witness 1 is none" in frombelow(*asked, "nonsense", ends=2)
    assert "named twice" in frombelow(*asked, *(f"{vkey} https://sister.example",) * 2, "--enough", 1, ends=2)
    assert "at most all of them" in frombelow(*asked, f"{vkey} https://sister.example", "--enough", 2, ends=2)
    assert "or --nobody" in frombelow(*asked, "--nobody", f"{vkey} https://sister.example", ends=2)
    assert "say --key FILE" in frombelow("witness", "set", "--nobody", "--data", data, ends=2)
    found = json.loads(frombelow("doctor", "--json", "--data", data, ends=1))
    (bad,) = [each for each in found if not each["good"]]
    assert bad["name"] == "witnesses"
    assert "sister.example/w, never" in bad["what"]
    assert "Start the site" in bad["do"]
    assert "No witness will be asked" in frombelow(*asked, "--nobody")
    assert frombelow(*asked) == "No witness is asked.\n"
