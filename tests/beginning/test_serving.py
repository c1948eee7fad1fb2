"""``frombelow serve`` on a folder in which nothing is founded yet."""

import logging
import re
import socket
import stat
import subprocess
import sys
import time

import pytest

from frombelow_site.door.door import Door
from tests.commands.conftest import frombelow  # noqa: F401  the fixture


@pytest.fixture
def serve(tmp_path):
    """Starts the server on a folder until it has printed its first two lines, stops it, and gives the lines."""

    def run(folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen(
            [sys.executable, "-m", "frombelow", "serve", "--data", str(folder), "--port", str(port)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=tmp_path,
        )  # fmt: skip
        try:
            return server.stdout.readline() + server.stdout.readline()
        finally:
            server.terminate()
            server.wait(20)
            server.stdout.close()

    return run


def test_it_makes_the_folder_and_prints_the_address_and_the_code(serve, tmp_path):
    said = serve("new")
    code = re.search(r"The founding code: ([A-Z2-9]{4}(-[A-Z2-9]{4}){2})\n", said)[1]
    assert re.search(
        r"Found your organization on http://127.0.0.1:\d+/begin/#([0-9A-Z-]{14})\nThe founding code: \1\n", said
    )
    folder = tmp_path / "new"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / "begin-code").read_text().strip() == code
    assert not (folder / "record.key").exists()
    assert code in serve("new")  # started again, the code is the same


def test_a_folder_with_something_else_in_it_is_left_alone(frombelow, tmp_path):  # noqa: F811
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "novel.txt").write_text("Chapter 1")
    said = frombelow("serve", "--data", "mine", "--port", "0", ends=2)
    assert "holds no organization, and is not empty (“novel.txt”)" in said
    assert [place.name for place in (tmp_path / "mine").iterdir()] == ["novel.txt"]


def test_a_taken_port_leaves_no_folder_behind(frombelow, tmp_path):  # noqa: F811
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = frombelow("serve", "--data", "new", "--port", taken.getsockname()[1], ends=2)
    assert "is taken" in said
    assert not (tmp_path / "new").exists()


@pytest.mark.django_db(transaction=True)
def test_the_door_waits_for_the_founding_without_a_word(tmp_path, caplog):
    door = Door(tmp_path, tmp_path / "copy")
    with caplog.at_level(logging.DEBUG):
        door.start()
        time.sleep(0.8)
        door.stop()
    assert caplog.records == []
    assert door.trouble == ""


def test_it_prints_the_address_by_which_people_reach_it(serve, monkeypatch):
    monkeypatch.setenv("FROMBELOW_HTTPS", "1")
    monkeypatch.setenv("FROMBELOW_HOSTS", ".example.org,union.example.org,localhost")
    assert "Found your organization on https://union.example.org/begin/#" in serve("new")
