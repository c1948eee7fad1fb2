"""Commands in processes of their own, with a passphrase; an organization in a folder; the cast on the site."""

import os

import pytest

from tests import clubs, ready
from tests.site_cast import site  # noqa: F401  a fixture

PASSPHRASE = "four words are enough"
APART = ("FROMBELOW_DATABASE", "FROMBELOW_DATA", "FROMBELOW_PASSPHRASE", "FROMBELOW_KEY_PASSPHRASE")


def run_in(folder):
    """Runs ``frombelow ...`` in this folder as people do; gives what it printed. ``ends`` is the exit status it must
    have; words in capitals go to its environment."""
    kept = {name: value for name, value in os.environ.items() if name not in APART}
    phrases = {"FROMBELOW_PASSPHRASE": PASSPHRASE, "FROMBELOW_KEY_PASSPHRASE": clubs.KEY_PASSPHRASE}

    def run(*arguments, ends=0, **environment):
        environment = {**kept, "COLUMNS": "200", **phrases, **environment}
        done = ready.run("-m", "frombelow", *arguments, env=environment, cwd=folder)
        assert done.returncode == ends, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


@pytest.fixture
def frombelow(tmp_path):
    """Runs ``frombelow ...`` in a folder of the test's own."""
    return run_in(tmp_path)


@pytest.fixture(scope="session")
def club_of_ada(tmp_path_factory):
    """A folder with a club that Ada founded, who holds each office, and her key."""
    folder = tmp_path_factory.mktemp("club")
    clubs.founded(run_in(folder), folder)
    return folder


@pytest.fixture
def data(club_of_ada, tmp_path):
    """A club that Ada founded a moment ago."""
    return clubs.put(club_of_ada, tmp_path)


@pytest.fixture
def python(data):
    """Runs lines of Python with the site set up on the club's folder; gives what they printed, and their errors."""

    def run(lines, ends=0, **environment):
        kept = {name: value for name, value in os.environ.items() if name not in APART}
        settings = {"FROMBELOW_DATA": str(data), "DJANGO_SETTINGS_MODULE": "frombelow_site.settings"}
        done = ready.run("-c", "import django; django.setup()\n" + lines, env=kept | settings | environment)
        assert done.returncode == ends, done.stdout + done.stderr
        return done.stdout, done.stderr

    return run
