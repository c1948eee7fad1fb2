"""The library stands alone: an auditor installs it without Django and checks a record."""

import subprocess
import sys

WITHOUT_DJANGO = """
import sys
class Nobody:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "csp", "granian", "whitenoise", "numpy"}:
            raise ModuleNotFoundError(name, name=name.partition(".")[0])
sys.meta_path.insert(0, Nobody())
"""


def alone(script, *arguments):
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO + script, *arguments], capture_output=True, text=True, check=False
    )


def test_the_library_is_imported_without_the_site_and_without_numpy():
    done = alone("import frombelow.cli, frombelow.polity, frombelow.record, frombelow.counting.thresholds")
    assert done.returncode == 0, done.stderr


def test_verify_works_where_the_site_cannot_be_imported():
    done = alone("import sys; sys.argv = ['frombelow', 'verify', '--help']; from frombelow.cli import main; main()")
    assert done.returncode == 0, done.stderr
    assert "altered" in done.stdout


def test_a_command_of_the_site_is_not_offered_without_it():
    done = alone("import sys; sys.argv = ['frombelow', '--help']; from frombelow.cli import main; main()")
    assert done.returncode == 0
    assert "import-roll" not in done.stdout
