"""Tests that take their time, beside the suite."""

import os
import subprocess
import sys

# One more than there are processors: a third of the time they wait for browsers and servers.
PYTEST = ["pytest", "-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile", "--no-loadscope-reorder"]


def passes(*folders: str) -> bool:
    """Whether every test in these folders passes."""
    # They start hundreds of processes: what one compiled no other compiles again.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run([sys.executable, "-m", *PYTEST, *folders], env=kept, check=False).returncode == 0
