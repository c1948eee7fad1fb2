"""The page of what a thief can do is what the drill says."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_of_what_a_thief_can_do_names_each_forgery_as_it_goes():
    done = subprocess.run(
        [sys.executable, "-m", "drills.forge"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    page = (ROOT / "docs/explanation/what-a-thief-can-do.md").read_text()
    told, part = {}, ""
    for line in page.splitlines():
        part = line[3:] if line.startswith("## ") else part
        if line.startswith("- "):
            told[line[2:]] = part
    said = {}
    for line in done.stdout.splitlines()[:-1]:
        name, _, by = line.partition(": ")[2].rpartition(": by ")
        said[name or line.partition(": ")[2]] = f"What {by} refuses" if name else "What comes through"
    assert told == said
    assert len(said) >= 45
