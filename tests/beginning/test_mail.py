"""The mail test, against a real conversation: a small mail server that can be told to be difficult."""

import base64
import socketserver
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from frombelow_site.beginning.smtp import SMTP

PASSWORD = "s3cret-correct-horse"


class Conversation(socketserver.StreamRequestHandler):
    """SMTP as far as a test mail goes; ``server.moods`` says what is refused."""

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.said_tls = False
        self.say("220 mail.test ESMTP")
        while line := self.rfile.readline():
            verb = line.split()[0].upper().decode()
            if verb == "QUIT":
                return self.say("221 bye")
            getattr(self, f"on_{verb.lower()}", lambda _: self.say("250 ok"))(line.decode().strip())
        return None

    def on_ehlo(self, line):
        moods = self.server.moods
        self.server.greeted.append(line)
        offers = ["mail.test"]
        offers += ["STARTTLS"] if "no tls" not in moods and not self.said_tls else []
        offers += ["AUTH PLAIN"] if "no names" not in moods else []
        for offer in offers[:-1]:
            self.say(f"250-{offer}")
        self.say(f"250 {offers[-1]}")

    def on_starttls(self, _):
        self.say("220 go on")
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.said_tls = True

    def on_auth(self, line):
        typed = base64.b64decode(line.split()[2]).decode().split("\0")[2]
        good = typed == PASSWORD and "wrong password" not in self.server.moods
        self.say("235 welcome" if good else f"535 5.7.8 “{typed}” is wrong".encode("ascii", "ignore").decode())

    def on_mail(self, _):
        self.say("550 5.7.1 not your address" if "sender" in self.server.moods else "250 ok")

    def on_rcpt(self, _):
        self.say("550 5.1.1 nobody here" if "recipient" in self.server.moods else "250 ok")

    def on_data(self, _):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.mails.append(b"".join(lines).decode())
        self.say("554 5.7.26 no SPF" if "data" in self.server.moods else "250 queued")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        """A client that hangs up is what some tests are about."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A key and a certificate for localhost that nobody trusts unless told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    place = tmp_path_factory.mktemp("tls") / "both.pem"
    pem, none = serialization.Encoding.PEM, serialization.NoEncryption()
    place.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, none))
    return place


@pytest.fixture
def server(certificate, settings, monkeypatch):
    """A mail server on this machine, and the settings that name it."""
    with Server(("127.0.0.1", 0), Conversation) as found:
        found.moods, found.mails, found.greeted = set(), [], []
        found.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        found.context.load_cert_chain(certificate)
        threading.Thread(target=found.serve_forever, daemon=True).start()
        monkeypatch.setattr("frombelow_site.beginning.smtp.ssl.create_default_context", lambda: trusting(certificate))
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "localhost", found.server_address[1]
        settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = False, True
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "office", PASSWORD
        settings.DEFAULT_FROM_EMAIL = "Office <office@tenants.example>"
        yield found
        found.shutdown()


def trusting(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certificate)
    return context


def after_the_test(site):
    """What Bo, who runs the server, sees after pressing the button."""
    page = site.browser(site.dee).post("/next/mail/").content.decode()
    assert PASSWORD not in page
    return page


def test_each_step_of_a_conversation_that_goes_well_is_told(site, server):
    page = after_the_test(site)
    for words in (
        "Connected to localhost",
        "the conversation is encrypted",
        "Signed in as office",
        "Accepted: a test mail is on its way to dee@example.org",
    ):
        assert words in page
    [mail] = server.mails
    assert "To: dee@example.org" in mail
    assert "From: Office <office@tenants.example>" in mail
    assert "Tenants" not in mail.replace("tenants.example", "")
    assert server.greeted == ["ehlo tenants.example"] * 2


@pytest.mark.parametrize(
    ("mood", "words", "remedy"),
    [
        ("no tls", "offers no TLS", "the provider’s encrypted port"),
        ("no names", "takes no name and password here", "Leave them out of FROMBELOW_MAIL"),
        ("wrong password", "did not take the name and password", "Copy them anew"),
        ("sender", "refused the From address", "Set FROMBELOW_FROM"),
        ("recipient", "refused your address dee@example.org", "nobody here"),
        ("data", "did not accept the mail", "554 5.7.26 no SPF"),
    ],
)
def test_what_fails_is_told_with_what_to_do(site, server, mood, words, remedy):
    server.moods.add(mood)
    page = after_the_test(site)
    assert "Connected to localhost" in page
    assert words in page
    assert remedy in page
    assert "Accepted" not in page


def test_a_certificate_that_nobody_knows_is_told(site, server, monkeypatch):
    strict = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    monkeypatch.setattr("frombelow_site.beginning.smtp.ssl.create_default_context", lambda: strict)
    page = after_the_test(site)
    assert "certificate is not good for localhost" in page
    assert server.mails == []


def test_a_port_that_nobody_serves_is_told(site, server, settings):
    server.shutdown()
    server.server_close()
    assert "takes no connection at port" in after_the_test(site)


def test_tls_from_the_start_with_a_server_that_has_none_is_told(site, server, settings):
    settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = True, False
    assert "No encryption came about" in after_the_test(site)


def test_without_name_and_tls_the_page_says_who_reads_along(site, server, settings):
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = False, "", ""
    page = after_the_test(site)
    assert "whoever is on the way can read along" in page
    assert "Accepted" in page


def test_the_page_shows_what_is_set_and_never_the_password(site, server):
    page = site.browser(site.dee).get("/next/mail/").content.decode()
    assert "localhost" in page
    assert "office" in page
    assert PASSWORD not in page


def test_the_dns_lines_are_those_of_the_from_domain(site, server, settings):
    settings.EMAIL_HOST = "smtp.provider.example"
    page = site.browser(site.dee).get("/next/mail/").content.decode().replace("&quot;", '"')
    assert 'tenants.example. IN TXT "v=spf1 a:smtp.provider.example -all"' in page
    assert 'mail._domainkey.tenants.example. IN TXT "v=DKIM1; k=rsa; p=PUBLIC-KEY"' in page
    assert '_dmarc.tenants.example. IN TXT "v=DMARC1; p=none; rua=mailto:office@tenants.example"' in page
    settings.DEFAULT_FROM_EMAIL = "frombelow@localhost"
    assert "has no domain of its own" in site.browser(site.dee).get("/next/mail/").content.decode()


def test_without_a_mail_server_printed_codes_are_enough(site):
    page = site.browser(site.dee).get("/next/mail/").content.decode()
    assert "everything works with printed codes" in page
    assert "Send me a test mail" not in page


def test_only_who_runs_the_server_sees_it(site, server, client):
    assert site.browser(site.bo).get("/next/mail/").status_code == 403
    assert site.browser(site.bo).post("/next/mail/").status_code == 403
    assert client.get("/next/mail/").status_code == 302
    assert server.mails == []
