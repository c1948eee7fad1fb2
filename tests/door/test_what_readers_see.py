"""Readers see one committed state a request, whatever the writer is at."""

import json
import os
import subprocess
import sys
from pathlib import Path


def test_nobody_ever_sees_what_is_not_committed_and_nobody_is_signed_out_by_it(tmp_path):
    """Threads read every page while 20,000 people come in, commits are slow, and storing one act always fails."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    environment.pop("FROMBELOW_DATABASE", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.door.reading", str(tmp_path / "data")],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["wrong"] == []
    assert seen["dead"] == []
    assert seen["signed in"]
    assert (seen["admitted"], seen["members"]) == (20_000, 20_004)
    assert seen["pages"] > 50
    assert seen["tries"] > 5
