import pytest

from frombelow_site.mail import sending
from tests.site_cast import site  # noqa: F401  the fixture


@pytest.fixture(autouse=True)
def post_at_once(monkeypatch):
    """Mail leaves before the page is there, so that a test can open it."""
    monkeypatch.setattr(sending._post, "submit", lambda send, *letter: send(*letter))
