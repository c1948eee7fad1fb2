"""Commands in processes of their own, with a passphrase; an organization in a folder; the cast on the site."""

import os
import subprocess
import sys

import pytest

from tests import clubs
from tests.site_cast import site  # noqa: F401  a fixture

PASSPHRASE = "four words are enough"
APART = ("FROMBELOW_DATABASE", "FROMBELOW_DATA", "FROMBELOW_PASSPHRASE", "FROMBELOW_KEY_PASSPHRASE")


def run_command(folder, arguments, ends, environment):
    kept = {name: value for name, value in os.environ.items() if name not in APART}
    phrases = {"FROMBELOW_PASSPHRASE": PASSPHRASE, "FROMBELOW_KEY_PASSPHRASE": clubs.KEY_PASSPHRASE}
    done = subprocess.run(
        [sys.executable, "-m", "frombelow", *map(str, arguments)], env={**kept, "COLUMNS": "200", **phrases, **environment},
        capture_output=True, text=True, timeout=120, cwd=folder, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == ends, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def frombelow(tmp_path):
    """Runs ``frombelow ...`` as people do; gives what it printed. ``ends`` is the exit status it must have; words in
    capitals go to its environment."""

    def run(*arguments, ends=0, **environment):
        return run_command(tmp_path, arguments, ends, environment)

    return run


@pytest.fixture(scope="session")
def club_of_ada(tmp_path_factory):
    """A folder with a club that Ada founded, who holds each office, and her key."""
    folder = tmp_path_factory.mktemp("club")
    clubs.founded(lambda *arguments: run_command(folder, arguments, 0, {}), folder)
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
        done = subprocess.run(
            [sys.executable, "-c", "import django; django.setup()\n" + lines],
            env={**kept, "FROMBELOW_DATA": str(data), "DJANGO_SETTINGS_MODULE": "frombelow_site.settings", **environment},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == ends, done.stdout + done.stderr
        return done.stdout, done.stderr

    return run
