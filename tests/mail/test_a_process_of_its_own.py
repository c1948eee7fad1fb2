"""The process that hands letters on: what it says of each copy, how it ends, and what its end does to letters."""

import asyncio
import os
import signal

import pytest

from frombelow_site.accounts import letters
from frombelow_site.door import the_door
from frombelow_site.mail.carrier import Apart
from frombelow_site.mail.models import Letter
from frombelow_site.mail.postman import MINUTE, Postman

BO, ADA = "bo@example.org", "ada@example.org"


@pytest.fixture
def postman(server, site, monkeypatch, settings):
    monkeypatch.setenv("FROMBELOW_MAIL", f"smtp://127.0.0.1:{settings.EMAIL_PORT}")
    made = Postman(the_door(), Apart())
    yield made
    made.carrier.end()


def handed_on(postman):
    while postman.work():
        pass
    return {letter.mail: letter.state for letter in Letter.objects.all()}


def written(site):
    letters.changed(site.bo, letters.NEW_CODES)
    letters.changed(site.ada, letters.NEW_CODES)


def test_what_became_of_each_copy_comes_back_from_the_other_process(site, server, postman):
    server.says[ADA] = "550 5.1.1 unknown"
    written(site)
    assert handed_on(postman) == {BO: "sent", ADA: "bounced"}
    assert Letter.objects.get(mail=ADA).why == "550 5.1.1 unknown"
    (letter,) = server.to(BO)
    assert f"To: {BO}" in letter.content.decode()
    assert postman.carrier._process.poll() is None


def test_a_process_that_was_killed_loses_no_letter(site, server, postman):
    written(site)
    assert set(handed_on(postman).values()) == {"sent"}
    first = postman.carrier._process.pid
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)
    written(site)
    handed_on(postman)
    assert Letter.objects.filter(state="waiting").count() == 2
    postman._pause_until = 0
    assert set(handed_on(postman).values()) == {"sent"}
    assert len(server.to(BO)) == 2


def test_a_mail_server_that_is_down_is_down_for_the_other_process_too(site, server, postman):
    server.stop()
    written(site)
    assert set(handed_on(postman).values()) == {"waiting"}
    assert postman._failed == 1
    assert postman.carrier._pipe is not None, "the process is kept: it is not to blame"


def test_where_nothing_leaves_for_a_minute_the_process_ends(site, server, postman):
    written(site)
    handed_on(postman)
    process = postman.carrier._process
    for _ in range(2):
        site.at += MINUTE
        postman.work()
    assert process.poll() == 0
    written(site)
    assert set(handed_on(postman).values()) == {"sent"}


def test_who_stops_takes_no_letter_along(site, server, postman):
    """The copy in hand goes out, and what became of it is known; the others wait for the next start."""
    written(site)
    handed_on(postman)

    async def last(_server, _session, envelope):
        postman._stopping.set()
        server.letters.append(envelope)
        await asyncio.sleep(0.2)  # the next is in hand as the word to stop comes
        return "250 taken"

    server.handle_DATA = last
    for _ in range(3):
        written(site)
    while postman._write(site.at):
        pass
    postman.work()
    assert len(server.letters) == Letter.objects.filter(state="sent").count()
    assert Letter.objects.filter(state="waiting").exists()
    assert postman.carrier._process is None
