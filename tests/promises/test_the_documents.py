"""What the documents promise stands there word for word, and each promise has tests that go by it (promises.toml)."""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PROMISES = tomllib.loads((HERE / "promises.toml").read_text())
THREATS = "docs/threat-model.md"
EACH = [(document, sentence) for document, told in PROMISES.items() for sentence in told]


def flat(text):
    return " ".join(text.split())


def read(document):
    return flat((ROOT / document).read_text())


def missing(promises, reading=read):
    """The sentences that do not stand in their documents."""
    return [
        sentence for document, told in promises.items() for sentence in told
        if flat(sentence) not in reading(document)
    ]  # fmt: skip


@cache
def named_in(file):
    """The names of the tests in a file; of one that is not there, none."""
    place = ROOT / file
    found = ast.walk(ast.parse(place.read_text())) if place.is_file() else ()
    return {each.name for each in found if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")}


def untested(promises):
    """The sentences that have no test, or name one that is not there, with the name."""
    return [
        (sentence, test) for told in promises.values() for sentence, tests in told.items()
        for test in tests or [""] if test.partition("::")[2] not in named_in(test.partition("::")[0])
    ]  # fmt: skip


def rows(text):
    """What is said to stop somebody, row by row of the threat model's table."""
    cells = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [row[2] for row in cells[1:]]


@pytest.mark.parametrize(("document", "sentence"), EACH)
def test_each_promise_stands_in_its_document_word_for_word(document, sentence):
    assert missing({document: {sentence: ()}}) == []


def test_each_promise_has_a_test_that_there_is():
    assert untested(PROMISES) == []


def test_each_row_of_the_threat_model_is_a_promise_with_tests():
    said = rows((ROOT / THREATS).read_text())
    assert len(said) > 50
    assert [row for row in said if row not in PROMISES[THREATS]] == []


def test_each_test_of_this_folder_belongs_to_a_promise():
    """But for those that say of the walk itself, and of this table, that they would find something."""
    named = {test for told in PROMISES.values() for tests in told.values() for test in tests}
    for file in HERE.glob("test_*.py"):
        if file != Path(__file__):
            known = {test.partition("::")[2] for test in named if test.startswith(f"tests/promises/{file.name}::")}
            assert named_in(f"tests/promises/{file.name}") - known == OF_THE_WALK & named_in(
                f"tests/promises/{file.name}"
            )


OF_THE_WALK = {"test_a_walk_finds_what_stands_on_a_page", "test_every_page_that_a_link_leads_to_is_there"}


# --- that these tests would find something ---


def test_a_sentence_that_was_changed_by_one_word_is_found():
    document, sentence = "README.md", "`verify` needs the library alone."
    assert sentence in PROMISES[document]
    changed = read(document).replace("library alone", "library mostly")
    assert missing({document: PROMISES[document]}, lambda _: changed) == [sentence]


def test_a_test_that_was_renamed_and_a_promise_without_any_are_found():
    wrong = {"README.md": {"One.": ["tests/promises/test_names.py::test_that_is_not_there"], "Two.": []}}
    assert untested(wrong) == [("One.", "tests/promises/test_names.py::test_that_is_not_there"), ("Two.", "")]


def test_a_row_that_was_added_to_the_threat_model_is_found():
    table = "| somebody | wants | what stops them | where |\n|---|---|---|---|\n| x | to y | a new thing | `tests` |\n"
    assert rows(table) == ["a new thing"]
    assert "a new thing" not in PROMISES[THREATS]
