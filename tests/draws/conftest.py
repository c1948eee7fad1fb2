import pytest

from frombelow_site.ui import background
from tests.site_cast import site  # noqa: F401  the fixture


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What runs in the background is done in the request: a test's transaction is seen by its own thread alone."""
    monkeypatch.setattr(background, "start", lambda work, _name: work())
