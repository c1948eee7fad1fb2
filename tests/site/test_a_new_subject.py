"""A subject costs one folder in the library, one in the site, and a line each."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_subject_that_is_registered_is_there_everywhere():
    """Judging, replay, schema, record in both languages, own file, erasing, doctor, who can see what, Home, navigation:
    nothing of the site knows of tea but the app itself."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO", "COV"))
    }
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--ds", "tests.site.tearoom.settings"]
    done = subprocess.run(
        [*command, "tests/site/tearoom/whole.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "11 passed" in done.stdout or "..........." in done.stdout, done.stdout[-500:]
