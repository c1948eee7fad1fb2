"""What the doctor finds of the mail server: a small one, which says what it is told to say."""

import socketserver
import threading

import pytest

from frombelow_site.operations import post

SMTP = "frombelow_site.mail.smtp.EmailBackend"


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, answers):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers, self.heard = {"EHLO": "250 post", "MAIL": "250 ok", "RSET": "250 ok", "QUIT": "221 bye"}, []
        self.answers |= answers
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.server.answers.get("", "220 post.example.org").encode() + b"\r\n")
        for line in self.rfile:
            self.server.heard.append(line.decode().strip())
            verb = line[:4].decode().upper()
            self.wfile.write(self.server.answers.get(verb, "500 what").encode() + b"\r\n")
            if verb == "QUIT":
                return


@pytest.fixture
def mail_server(settings):
    servers = []

    def start(**answers):
        server = _Server({name.replace("GREETING", ""): said for name, said in answers.items()})
        servers.append(server)
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", server.server_address[1]
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.DEFAULT_FROM_EMAIL = "Our Union <post@example.org>"
        settings.EMAIL_TIMEOUT = 5
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_the_mail_server_is_asked_whether_it_would_take_our_mail_and_nothing_is_sent(mail_server):
    server = mail_server()
    assert post.mail_server().good
    verbs = [line[:4].upper() for line in server.heard]
    assert verbs == ["EHLO", "MAIL", "RSET", "QUIT"]
    assert "<post@example.org>" in server.heard[1]


def test_a_sender_that_the_mail_server_does_not_take_is_told(mail_server):
    mail_server(MAIL="550 not from here")
    assert post.mail_server().what.endswith("takes no mail from us: 550 not from here")
    assert post.mail_server().do == "Check FROMBELOW_FROM."


def test_a_wrong_password_for_the_mail_server_is_told(mail_server, settings):
    mail_server(EHLO="250-post\r\n250 AUTH PLAIN", AUTH="535 no")
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "us", "hunter22hunter22"
    found = post.mail_server()
    assert "does not take this name and password" in found.what
    assert "hunter22" not in found.what


def test_a_mail_server_that_is_busy_or_gone_is_told(mail_server, settings):
    mail_server(GREETING="421 too busy")
    assert "421" in post.mail_server().what
    server = mail_server()
    server.shutdown()
    server.server_close()
    found = post.mail_server()
    assert "does not answer" in found.what
    assert found.do == "Check FROMBELOW_MAIL."
