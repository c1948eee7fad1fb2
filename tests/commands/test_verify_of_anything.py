"""``frombelow verify`` of anything at all ends with one sentence: 1 where a record is not right, 2 where there is none."""

import os
import socket
import struct
import threading
import time
import zipfile
from contextlib import contextmanager, suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from frombelow.cli import app, fetching
from frombelow.record import Checkpoint, Tree, sign_checkpoint, write_export
from frombelow.record.zips import DIRECTORY
from tests.record.cast import ORIGIN, UNION, entries_of, export_to, head_of, tree_of


def verify(place, *more, ends=2):
    found = CliRunner().invoke(app, ["verify", str(place), *map(str, more)])
    assert found.exit_code == ends, (found.output, found.exception)
    said = found.stdout if ends < 2 else found.stderr
    assert said.strip()
    assert len(said.splitlines()) == 1, said
    assert len(said) < 600, said
    return said


# --- what is no file ---


def test_a_folder_is_nothing_to_check(tmp_path):
    assert "no plain file" in verify(tmp_path)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/urandom"])
def test_a_device_is_nothing_to_check(device):
    assert "no plain file" in verify(device)


def test_a_pipe_that_nobody_writes_into_is_nothing_to_check(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "no plain file" in verify(tmp_path / "pipe")
    path = export_to(tmp_path / "record.zip", 3)
    assert "no plain file" in verify(path, "--since", tmp_path / "pipe")


def test_a_link_that_goes_in_a_circle_is_nothing_to_check(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "a")
    assert "cannot be read" in verify(tmp_path / "a")
    assert "cannot be read" in verify(tmp_path / "nowhere")
    verify("x" * 5_000)


def test_a_kept_checkpoint_or_a_key_that_is_none_is_no_fault_of_the_record(tmp_path):
    path = export_to(tmp_path / "record.zip", 3)
    (tmp_path / "kept").write_bytes(b"hello")
    assert "is no checkpoint" in verify(path, "--since", tmp_path / "kept")
    (tmp_path / "kept").write_bytes(b"x" * 2_000_000)
    assert "more than 1,000,000 bytes" in verify(path, "--since", tmp_path / "kept")
    assert "no key to verify with" in verify(path, "--key", "+" * 1_000_000)


# --- what is no export ---


def sparse(path, size, end=b""):
    with path.open("wb") as file:
        file.truncate(size)
        file.seek(0, os.SEEK_END)
        file.write(end)
    return path


def end_of(count, size, offset=0):
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, offset, 0)


def test_ten_gigabytes_of_nothing_are_nothing_to_check(tmp_path):
    assert "not a whole export" in verify(sparse(tmp_path / "sparse", 10 << 30))


def test_a_zip_that_says_its_directory_is_gigabytes_is_not_read(tmp_path):
    path = sparse(tmp_path / "sparse", 10 << 30, end_of(1, 0xFFFFFFF0))
    assert "its directory has 4,294,967,280 bytes" in verify(path)
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 8 << 30, 0)
    large += struct.pack("<4sLQL", b"PK\x06\x07", 0, 10 << 30, 1) + end_of(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    assert "its directory has 8,589,934,592 bytes" in verify(sparse(tmp_path / "zip64", 10 << 30, large))


def test_a_zip_of_a_million_parts_is_not_read(tmp_path):
    line = struct.pack("<4s4B4H3L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    path = tmp_path / "many.zip"
    path.write_bytes(line * 1_000_000 + end_of(0xFFFF, len(line) * 1_000_000))
    assert len(line) * 1_000_000 > DIRECTORY
    assert "at most 20,000,000 are read" in verify(path)
    few = DIRECTORY // len(line)
    path.write_bytes(line * few + end_of(0xFFFF, len(line) * few))
    assert "does not begin with the parts of an export" in verify(path)


@pytest.mark.parametrize("names", [["big"], ["frombelow-record", "checkpoint", "checkpoints"]])
def test_a_part_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path, names):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in names:
            bomb.writestr(name, bytes(100_000_000))
    with zipfile.ZipFile(tmp_path / "nested.zip", "w", zipfile.ZIP_DEFLATED) as nested:
        nested.write(path, "frombelow-record")
    verify(path, ends=1 if len(names) == 3 else 2)
    verify(tmp_path / "nested.zip")


def test_an_export_that_is_cut_off_is_nothing_to_check(tmp_path):
    whole = export_to(tmp_path / "record.zip", 300).read_bytes()
    path = tmp_path / "cut.zip"
    for length in range(0, len(whole), 997):
        path.write_bytes(whole[:length])
        verify(path)


def test_sizes_that_are_not_those_of_the_parts_are_found(tmp_path):
    path = export_to(tmp_path / "record.zip", 300)
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        start = archive.start_dir
    for at in (20, 24, 42):  # the sizes and the place of the first part
        for lie in (0, 1, 0x7FFFFFFF, 0xFFFFFFFF):
            changed = bytearray(whole)
            changed[start + at : start + at + 4] = struct.pack("<L", lie)
            path.write_bytes(changed)
            found = CliRunner().invoke(app, ["verify", str(path)])
            assert found.exit_code in (1, 2)
            assert found.exception is None or isinstance(found.exception, SystemExit)


def test_millions_of_notes_of_nothing_are_no_checkpoints(tmp_path):
    path = export_to(tmp_path / "record.zip", 3)
    with zipfile.ZipFile(path) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, b"1\nx" * 10_000_000 if name == "checkpoints" else data)
    assert "damaged at note 0" in verify(path, ends=1)


@given(st.binary(max_size=400) | st.binary(max_size=60).map(lambda raw: raw + end_of(1, 40)))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_bytes_are_nothing_to_check(tmp_path, raw):
    (tmp_path / "any").write_bytes(raw)
    verify(tmp_path / "any")


# --- a record that is none ---


@pytest.mark.parametrize(
    "entry",
    [
        b"[" * 60_000, b'{"act":' * 9_000, b'{"v":' + b"9" * 60_000 + b"}", b'{"v":1e999999}', b"9" * 65_000, b"\xff" * 9,
        b'{"v":2,"at":' + b"1" * 500 + b',"act":{"kind":"vote.cast"}}', b'"' + b"\\u0000" * 10_000 + b'"', b"",
    ],
)  # fmt: skip
def test_an_entry_of_any_bytes_is_the_first_bad_entry(tmp_path, entry):
    tree = Tree()
    tree.append(entry)
    note = sign_checkpoint(Checkpoint(ORIGIN, 1, tree.root(1)), UNION)
    write_export(tmp_path / "record.zip", [entry], [note], UNION.vkey)
    assert "Entry 0" in verify(tmp_path / "record.zip", ends=1)


def test_what_was_checked_and_is_not_right_ends_with_one(tmp_path):
    path = export_to(tmp_path / "record.zip", 300)
    assert "This record is not right." in verify(path, ends=1)
    (tmp_path / "kept").write_bytes(head_of(tree_of(301)))
    assert "shorter than the one you saw" in verify(path, "--since", tmp_path / "kept", ends=1)


# --- addresses ---


@contextmanager
def serving(answer):
    """A server that answers each request so; its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def one(connection):
        with connection, suppress(OSError):
            asked = connection.recv(65_536)
            answer(connection, asked, over)

    def run():
        while not over.is_set():
            with suppress(OSError):
                connection, _ = listening.accept()
                threading.Thread(target=one, args=[connection], daemon=True).start()

    threading.Thread(target=run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/record.zip"
    finally:
        over.set()
        listening.close()


OK = b"HTTP/1.1 200 OK\r\n"


def without_end(connection, _asked, over):
    connection.sendall(OK + b"\r\n")
    while not over.is_set():
        connection.sendall(bytes(1 << 16))


def drop_by_drop(before):
    def answer(connection, _asked, over):
        connection.sendall(before)
        while not over.is_set():
            connection.sendall(b"1")
            time.sleep(0.02)

    return answer


def sent(*parts):
    return lambda connection, _asked, _over: connection.sendall(b"".join(parts))


def to(place):
    return sent(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ", place, b"\r\n\r\n")


def in_a_circle(connection, asked, _over):
    n = int("0" + "".join(filter(str.isdigit, asked.split(b" ")[1].decode())))
    to(b"/%d" % (n + 1))(connection, asked, _over)


def test_what_has_no_end_is_fetched_as_far_as_records_go(monkeypatch):
    monkeypatch.setattr(fetching, "LIMIT", 3_000_000)
    with serving(without_end) as address:
        assert "larger than any record or script (2 MiB)" in verify(address)


@pytest.mark.parametrize(
    "before",
    [OK + b"\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\n", OK + b"X: ", b"HTTP/1.1 ", OK + b"Content-Length: 9999\r\n\r\n"],
    ids=["body", "chunks", "headers", "status", "length"],
)  # fmt: skip
def test_what_comes_drop_by_drop_is_not_waited_for(monkeypatch, before):
    monkeypatch.setattr(fetching, "PATIENCE", 0.5)
    with serving(drop_by_drop(before)) as address:
        assert "comes too slowly" in verify(address)


def test_an_address_that_leads_on_and_on_is_left(monkeypatch):
    with serving(in_a_circle) as address:
        assert "could not be read" in verify(address)
    with serving(to(b"/record.zip")) as address:
        assert "could not be read" in verify(address)


@pytest.mark.parametrize(
    "place", [b"file:///etc/passwd", b"ftp://127.0.0.1/x", b"data:,x", b"javascript:1", b"http://[::1"]
)
def test_an_address_leads_to_no_other_scheme(place):
    with serving(to(place)) as address:
        assert "could not be read" in verify(address)


@pytest.mark.parametrize(
    "answer",
    [
        sent(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), sent(b"hello\r\n\r\n"), sent(b""),
        sent(OK, b"Content-Length: 100\r\n\r\nshort"), sent(OK, b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
        sent(OK, b"Transfer-Encoding: chunked\r\n\r\n5\r\nhe"), sent(OK, b"X: y\r\n" * 300, b"\r\n"),
        sent(OK, b"X: " + b"y" * 100_000, b"\r\n\r\n"), sent(OK, b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\nshort"),
        sent(OK, b"\r\nno zip"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_nothing_to_check(answer):
    with serving(answer) as address:
        verify(address)


@pytest.mark.parametrize(
    "place",
    [
        "ftp://example.org/record.zip", "file:///etc/passwd", "javascript://x", "http://", "http://[::1", "https:///x",
        "http://exa mple/", "http://127.0.0.1:99999/", "http://\u0130.example/" + "a" * 70, "HTTP://127.0.0.1:1/",
        "http://" + "a" * 300 + "/", "http://127.0.0.1:1/\n",
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_nothing_to_check(place):
    verify(place)


def test_a_record_is_fetched_whole(tmp_path):
    raw = export_to(tmp_path / "record.zip", 300).read_bytes()
    with serving(sent(OK, b"Content-Length: %d\r\n\r\n" % len(raw), raw)) as address:
        assert "Entry 0" in verify(address, ends=1)
    assert entries_of(1) == [b"act 0"]
