"""A real mail server beside the cast, which answers as each test says."""

import socket

import pytest
from aiosmtpd.controller import Controller

from frombelow_site.door import the_door
from frombelow_site.mail.postman import Postman
from tests.site_cast import site  # noqa: F401  the fixture


class Server:
    """Takes letters; ``says`` holds what it answers to a recipient instead of "250", ``later`` to a letter's words."""

    def __init__(self):
        self.letters, self.says, self.later = [], {}, {}

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  aiosmtpd's name
        if answer := self.says.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's name
        if answer := self.later.get(envelope.rcpt_tos[0]):
            return answer
        self.letters.append(envelope)
        return "250 taken"

    def to(self, address):
        return [each for each in self.letters if each.rcpt_tos == [address]]


@pytest.fixture
def server(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=port, enable_SMTPUTF8=True)
    controller.start()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "frombelow_site.mail.smtp.EmailBackend", "127.0.0.1", port,
    )  # fmt: skip
    server.stop = controller.stop
    yield server
    if controller.server is not None:
        controller.stop()


class Post:
    """The postman of the cast's door, and its clock."""

    def __init__(self, site):  # noqa: F811  the fixture
        self.site, self.postman = site, Postman(the_door())

    def work(self):
        while self.postman.work():
            pass

    def again(self):
        """Another process begins: what the first knew only by itself is gone."""
        self.postman = Postman(the_door())


@pytest.fixture
def post(site):  # noqa: F811
    return Post(site)
