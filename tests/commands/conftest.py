import os

import pytest

from tests import clubs, ready

ROLL = "email,first_name,last_name,uuid\nzoe@example.org,Zoë,Arnaud,u1\nkim@example.org,Kim,Park,u2\nbad@,Al,Bad,u3\n"


def run_in(folder):
    """Runs ``frombelow ...`` in this folder as people do; gives what it printed. ``ends`` is the exit status it must
    have; words in capitals go to its environment."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FROMBELOW_")}

    def run(*arguments, ends=0, stdin="", **environment):
        environment = {"COLUMNS": "200", "FROMBELOW_KEY_PASSPHRASE": clubs.KEY_PASSPHRASE, **environment}
        done = ready.run("-m", "frombelow", *arguments, env=kept | environment, cwd=folder, input=stdin.encode())
        assert done.returncode == ends, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


@pytest.fixture
def frombelow(tmp_path):
    """Runs ``frombelow ...`` in a folder of the test's own."""
    return run_in(tmp_path)


@pytest.fixture(scope="session")
def club(tmp_path_factory):
    """A folder with a club that Ada founded, who holds each office, and her key."""
    folder = tmp_path_factory.mktemp("club")
    clubs.founded(run_in(folder), folder)
    return folder


@pytest.fixture
def data(club, tmp_path):
    """The club that Ada founded a moment ago."""
    return clubs.put(club, tmp_path)
