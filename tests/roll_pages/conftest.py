import pytest

from frombelow_site.mail import sending
from frombelow_site.roll import importing
from tests.site_cast import site  # noqa: F401  the fixture


@pytest.fixture(autouse=True)
def post_at_once(monkeypatch):
    """Mail leaves before the page is there, so that a test can open it."""
    monkeypatch.setattr(sending._post, "submit", lambda send, *letter: send(*letter))


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """The file is read, and brought in, in the request: a test's transaction is seen by its own thread alone."""
    monkeypatch.setattr(importing, "_start", lambda work, _batch: work())
