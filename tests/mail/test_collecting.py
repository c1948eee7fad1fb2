"""What comes back, found in a Maildir or by IMAP, and piped in by a mail server."""

import mailbox
import socketserver
import threading

import pytest

from frombelow_site.mail import collecting
from frombelow_site.mail.models import Bounced

from .test_bounces import report, sent


@pytest.fixture(autouse=True)
def never_looked(monkeypatch):
    monkeypatch.setattr(collecting, "_looked", 0)


def test_reports_in_a_maildir_are_read_once_and_everything_else_stays(site, settings, tmp_path):
    box = mailbox.Maildir(tmp_path / "back")
    _letter, number = sent(site)
    box.add(report(number))
    box.add(b"Subject: hello\r\n\r\nA question of a member.\r\n")
    settings.BOUNCES = str(tmp_path / "back")
    collecting.collect(site.at)
    assert Bounced.objects.count() == 1
    Bounced.objects.all().delete()
    collecting.collect(site.at + 600)
    assert Bounced.objects.count() == 0
    assert len(mailbox.Maildir(tmp_path / "back")) == 2


def test_a_mailbox_that_is_not_there_ends_nothing(site, settings, tmp_path, caplog):
    for place in (str(tmp_path / "nowhere"), "imap://user:pass@127.0.0.1:9/INBOX"):
        settings.BOUNCES = place
        collecting._looked = 0
        collecting.collect(site.at)
    assert caplog.text.count("cannot be read") == 2


class Imap(socketserver.StreamRequestHandler):
    """As much of an IMAP server as it takes to hand out one message."""

    def handle(self):
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, rest = line.strip().partition(b" ")
            self.server.asked.append(rest.decode())
            verb = rest.split(b" ", 1)[0].upper()
            if verb == b"CAPABILITY":
                self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
            elif verb == b"SELECT":
                self.wfile.write(b"* 1 EXISTS\r\n")
            elif verb == b"SEARCH":
                self.wfile.write(b"* SEARCH 1\r\n" if not self.server.seen else b"* SEARCH\r\n")
            elif verb == b"FETCH":
                data = self.server.message
                self.wfile.write(b"* 1 FETCH (BODY[]<0> {%d}\r\n%s)\r\n" % (len(data), data))
            elif verb == b"STORE":
                self.server.seen = True
            elif verb == b"LOGOUT":
                self.wfile.write(b"* BYE\r\n")
            self.wfile.write(tag + b" OK done\r\n")


def test_reports_are_asked_for_by_imap_and_seen_afterwards(site, settings):
    _letter, number = sent(site)
    with socketserver.TCPServer(("127.0.0.1", 0), Imap) as server:
        server.asked, server.seen, server.message = [], False, report(number)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.BOUNCES = f"imap://us%40er:pa%20ss@127.0.0.1:{server.server_address[1]}/Back"
        collecting.collect(site.at)
        server.shutdown()
    assert Bounced.objects.get().mail == "bo@example.org"
    assert server.seen
    assert 'LOGIN us@er "pa ss"' in server.asked
    assert "SELECT Back" in server.asked
