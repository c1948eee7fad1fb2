"""What docs say of acts, commands and decisions is what the program has now."""

import re
from pathlib import Path

import pytest
import typer

from frombelow.cli import app
from frombelow.cli.schema import page
from frombelow.polity.kernel.subject import registry
from frombelow_site.commands import register

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
HEAD = re.compile(r"# (\d+)\. .+\n\nDate: \d{4}-\d\d-\d\d\. Status: (accepted|superseded by \[(\d+)\])")
ACT = re.compile(r"`([a-z]+\.[a-z]+(?:-[a-z]+)*)`")
FILES = {"py", "toml", "md", "sqlite"}


def test_the_page_of_acts_is_what_the_library_prints():
    assert (DOCS / "reference/acts.md").read_text() == page() + "\n"


def test_every_command_stands_in_the_page_of_commands():
    written = (DOCS / "reference/commands.md").read_text()
    site = typer.Typer()
    register(site)
    names = [each.name or each.callback.__name__ for one in (app, site) for each in one.registered_commands]
    for group in (*app.registered_groups, *site.registered_groups):
        names += [f"{group.name} {each.name}" for each in group.typer_instance.registered_commands]
    assert len(names) > 10
    assert [name for name in names if f"`frombelow {name}" not in written] == []


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda place: place.stem)
def test_every_decision_has_its_number_a_date_and_a_status(decision):
    head = HEAD.match(decision.read_text())
    assert head, "it begins with “# 1. Title”, then “Date: 2026-11-22. Status: accepted.”"
    assert int(head[1]) == int(decision.name[:4])
    assert head[3] is None or list((DOCS / "decisions").glob(f"{int(head[3]):04}-*.md"))


def test_decisions_are_numbered_without_a_gap():
    assert [int(decision.name[:4]) for decision in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "docs/threat-model.md", "docs/reference/formats.md"])
def test_no_page_names_a_kind_of_act_that_there_is_not(name):
    named = set(ACT.findall((ROOT / name).read_text()))
    of_subjects = {each for each in named if each.partition(".")[0] in registry.subjects}
    assert of_subjects
    assert {each for each in of_subjects if each.partition(".")[2] not in FILES} <= set(registry.kinds)


def test_the_subject_that_contributing_shows_can_be_registered():
    code = re.findall(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.S)[0]
    shown = {"__name__": "frombelow.polity.tea", "__package__": "frombelow.polity.tea"}
    exec(compile(code, "CONTRIBUTING.md", "exec"), shown)
    known = dict(registry.subjects)
    try:
        registry.add(shown["SUBJECT"])
        assert "tea.brew" in registry.kinds
    finally:
        registry.subjects = known
        registry.add()
