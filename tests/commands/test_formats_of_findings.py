"""What formats.md says of findings and numbers."""

from pathlib import Path

from frombelow.cli.verify import figures
from frombelow.polity import replay
from tests.cast import Organization

FORMATS = (Path(__file__).parents[2] / "docs/reference/formats.md").read_text()


def test_every_finding_of_verify_is_named_in_the_formats():
    """“sealed” and “not_covered” are not."""
    said = FORMATS[FORMATS.index("**Findings**") :]
    assert [name for name in figures(replay(Organization().record)) if f'"{name}"' not in said] == []


def test_the_formats_do_not_say_that_a_number_may_be_further_ahead_past_hidden_answers():
    """seals.py compares with exactly one more; answers are counted apart since a208c32."""
    assert "lets `n` be further ahead" not in " ".join(FORMATS.split())
