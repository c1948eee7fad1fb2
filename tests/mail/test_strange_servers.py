"""Mail servers that answer rubbish."""

import socketserver
import threading

import pytest

from frombelow_site.accounts import letters
from frombelow_site.mail.models import Bounced, Letter

BO = "bo@example.org"


class Rubbish(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.server.lines:
            try:
                self.wfile.write(line)
                self.rfile.readline()
            except OSError:
                return


OK = [b"220 hi\r\n", b"250-x\r\n250 SIZE\r\n", b"250 ok\r\n"]


@pytest.mark.parametrize(
    "lines",
    [
        [b"banana\r\n"] * 9,
        [b"\xff\xfe\r\n"] * 9,
        [b"220 hi\r\n", b"250 \xff\r\n", b"\r\n"],
        [b""],
        [b"220 " + b"x" * 20000 + b"\r\n"],
        [b"554 no\r\n"],
        [b"220 hi\r\n", b"250-SIZE abc\r\n250 AUTH \xff\r\n", b"250 ok\r\n", b"250 ok\r\n", b"999 what\r\n"],
        [*OK, b"250 ok\r\n", b"250 taken without data\r\n", b"250 ?\r\n"],
        [*OK, b"99999999999999 x\r\n"],
        [*OK, b"5 x\r\n"],
        [*OK, b"-12 no\r\n"],
        [b"220 hi\r\n", b"250 ok\r\n", b"550 5.7.1 sender blocked\r\n"],
    ],
)
def test_rubbish_blames_no_letter(site, post, settings, lines):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Rubbish) as found:
        found.daemon_threads, found.lines = True, lines
        threading.Thread(target=found.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
            "frombelow_site.mail.smtp.EmailBackend",
            "127.0.0.1",
            found.server_address[1],
        )
        settings.EMAIL_TIMEOUT = 3
        letters.changed(site.bo, letters.NEW_CODES)
        post.work()
        letter = Letter.objects.get()
        found.shutdown()
        assert (letter.state, Bounced.objects.count()) == ("waiting", 0)


def test_one_letter_whose_sender_is_refused_keeps_no_other_back(site, server, post):
    """552 at MAIL FROM for a letter that is too large (SIZE): the head of the queue stands for ever."""

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        _s, _sess, envelope, address, options
    ):
        size = next((int(o[5:]) for o in options if o.upper().startswith("SIZE=")), 0)
        if size > 3000:
            return "552 5.3.4 too big"
        envelope.mail_from = address
        return "250 OK"

    server.handle_MAIL = handle_MAIL
    site.voting(title="x" * 200)
    from frombelow_site.mail.models import Text

    while post.postman._write(site.at):
        pass
    letters.changed(site.ada, letters.NEW_CODES)
    first = Letter.objects.order_by("due", "pk").first()
    Text.objects.filter(pk=first.text_id).update(body="y" * 4000)
    for _ in range(10):
        post.again()
        post.work()
        site.at += 700
    assert any(b"recovery codes" in e.content for e in server.to("ada@example.org")), list(
        Letter.objects.values_list("kind", "state")
    )
