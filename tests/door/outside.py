"""Witnesses that really run, each behind HTTP with a clock of its own; and others that answer whatever a test says."""

import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from frombelow.cli.witness_server import WitnessFolder, listen
from frombelow.polity.server.acts import SetWitnesses, Witness
from frombelow.record import Cosigner, Verifier
from frombelow_site.door import perform
from frombelow_site.door.posting import post


class Outside:
    """``frombelow witness serve`` for one record, as if it ran at https://NAME: ``at`` is its clock."""

    def __init__(self, folder, name, vkey, at):
        self.cosigner, self.at, self.name = Cosigner.from_seed(name, sha256(name.encode()).digest()), at, name
        verifier = Verifier.from_vkey(vkey)
        self.server = listen(
            WitnessFolder(folder / name, self.cosigner, {verifier.name: verifier}, lambda: self.at), "127.0.0.1", 0
        )
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.asked = 0

    @property
    def witness(self):
        return Witness(self.cosigner.vkey, f"https://{self.name}")

    @property
    def here(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def reaches(*outside):
    """A way to post by which the names of these lead to them, as if they were on other machines."""
    by_address = {each.witness.address: each for each in outside}

    def posts(address, body):
        found = by_address[address]
        found.asked += 1
        return post(found.here, body)._replace(near=False)

    return posts


def name_witnesses(there, *witnesses, enough=1):
    """Whoever runs the server says that these are asked."""
    (mandate,) = there.office("administrator").holders
    return perform(SetWitnesses(by=mandate.person, under=mandate.id, witnesses=witnesses, enough=enough))


def self_signed(folder):
    """A file with a certificate for 127.0.0.1 that nobody else signed, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "certificate.pem").write_bytes(pem + made.public_bytes(Encoding.PEM))
    return folder / "certificate.pem"


@contextmanager
def answering(answer, certificate=None):
    """An address at which ``answer(handler)`` answers each request; by https with a certificate."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer(self)

        do_GET = do_POST  # noqa: N815 - as its base calls it

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_):
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http{'s' * bool(certificate)}://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def plain(status, body, **headers):
    """An answer with this status, body and headers."""

    def answer(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer
