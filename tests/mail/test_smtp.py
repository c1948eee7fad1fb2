"""Letters on their way through a mail server, as the server sees them."""

import smtplib
import socketserver
import threading

import pytest
from django.core.mail import send_mail

from frombelow.roll import mail_to_send


class Conversation(socketserver.StreamRequestHandler):
    """As much SMTP as one letter needs."""

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.say("220 mail.test ESMTP")
        while line := self.rfile.readline().decode().strip():
            self.server.said.append(line)
            match line.split()[0].upper():
                case "EHLO":
                    self.wfile.writelines(f"250-{offer}\r\n".encode() for offer in self.server.offers)
                    self.say("250 HELP")
                case "DATA":
                    self.say("354 go on")
                    self.server.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                    self.say("250 queued")
                case "QUIT":
                    return self.say("221 bye")
                case _:
                    self.say("250 ok")
        return None


@pytest.fixture
def server(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as found:
        found.daemon_threads, found.said, found.letters, found.offers = True, [], [], ["8BITMIME", "SMTPUTF8"]
        threading.Thread(target=found.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "frombelow_site.mail.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.server_address[1]
        settings.EMAIL_USE_SSL = settings.EMAIL_USE_TLS = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield found
        found.shutdown()


def send(mail):
    return send_mail("Your code: 123456", "123456 is your code. ¡Hola!", "office@tenants.example", [mail_to_send(mail)])


def test_a_letter_arrives_at_an_address_in_any_script(server):
    assert send("josé@straße.example") == 1
    assert any(said.upper().startswith("RCPT TO:") and "<josé@xn--strae-oqa.example>" in said for said in server.said)
    assert any(said.upper().startswith("MAIL FROM:") and "SMTPUTF8" in said for said in server.said)
    [letter] = server.letters
    assert "To: josé@xn--strae-oqa.example" in letter
    assert "Subject: Your code: 123456" in letter
    assert "Message-ID: <" in letter


def test_a_letter_to_a_plain_address_asks_for_nothing_that_a_server_may_not_know(server):
    server.offers = []
    assert send("Bo.Li@Example.org") == 1
    assert any(said.upper().startswith("RCPT TO:") and "<Bo.Li@Example.org>" in said for said in server.said)
    assert not any("SMTPUTF8" in said for said in server.said)


def test_a_server_that_knows_no_such_addresses_is_sent_nothing_else(server):
    server.offers = []
    with pytest.raises(smtplib.SMTPNotSupportedError):
        send("josé@example.org")
    assert server.letters == []
