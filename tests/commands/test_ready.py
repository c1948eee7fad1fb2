"""What is forked for a test is what Python would have started."""

import os
import subprocess
import sys

import pytest

from tests import ready

ENVIRONMENT = {**os.environ, "COLUMNS": "200"}


@pytest.mark.parametrize("arguments", [["--help"], ["nonsense"], ["doctor", "--data", "nowhere"]], ids=" ".join)
def test_a_command_that_is_forked_says_and_ends_as_one_that_is_started(tmp_path, arguments):
    command = ["-m", "frombelow", *arguments]
    settings = {"cwd": tmp_path, "env": ENVIRONMENT}
    started = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False, **settings)
    forked = ready.run(*command, **settings)
    assert (forked.returncode, forked.stdout, forked.stderr) == (started.returncode, started.stdout, started.stderr)


def test_it_has_its_own_environment_folder_and_input(tmp_path):
    lines = "import os, sys; print(*os.environ, os.getcwd(), sys.path[0], sys.stdin.read())"
    done = ready.run("-c", lines, env={"ALONE": "1"}, cwd=tmp_path, input="ñ".encode())
    assert done.stdout == f"ALONE {tmp_path} {tmp_path} ñ\n"


def test_a_kill_is_told_and_who_takes_too_long_is_ended(tmp_path):
    assert ready.run("-c", "import os; os.kill(os.getpid(), 9)", env=ENVIRONMENT).returncode == -9
    with pytest.raises(TimeoutError):
        ready.run("-c", "import time; time.sleep(60)", env=ENVIRONMENT, timeout=0.5)
    assert ready.run("-c", "print(1)", env=ENVIRONMENT).stdout == "1\n"
