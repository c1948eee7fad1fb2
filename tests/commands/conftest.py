import os
import subprocess
import sys

import pytest

ROLL = "email,first_name,last_name,uuid\nzoe@example.org,Zoë,Arnaud,u1\nkim@example.org,Kim,Park,u2\nbad@,Al,Bad,u3\n"


@pytest.fixture
def frombelow(tmp_path):
    """Runs ``frombelow ...`` as people do; gives what it printed. ``ends`` is the exit status it must have."""
    environment = {k: v for k, v in os.environ.items() if k not in ("FROMBELOW_DATABASE", "FROMBELOW_DATA")}

    def run(*arguments, ends=0):
        done = subprocess.run(
            [sys.executable, "-m", "frombelow", *map(str, arguments)],
            env={**environment, "COLUMNS": "200"}, capture_output=True, text=True, timeout=120, cwd=tmp_path, check=False,
        )  # fmt: skip
        assert done.returncode == ends, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


@pytest.fixture
def data(frombelow, tmp_path):
    """A club that Ada founded a moment ago, who holds each office."""
    held = [f"--office={key}=Ada" for key in ("chair", "secretary", "treasurer", "administrator")]
    founder = ("--founder", "Ada <ada@example.org>", *held)
    frombelow("init", "--template", "club", "--name", "Lantern Club", *founder, "data")
    return tmp_path / "data"
