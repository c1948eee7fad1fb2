"""What is said of a spreadsheet: one English sentence for each message id, with its facts in braces."""

from collections.abc import Mapping
from types import MappingProxyType

OF_SHEET = "of_sheet"  # the fact that says of which sheet a sentence is

SENTENCES = MappingProxyType(
    {
        # The whole file is refused.
        "spreadsheet unknown": "This is no file that can be read here: of spreadsheets those that end in .xlsx or .ods "
        "can. Nothing was stored. Open it, save it as one of these, and choose that file.",
        "spreadsheet old": "This is a file of an old Excel (.xls), or one that asks for a password. "
        "Nothing was stored. Open it, save it as .xlsx without a password, and choose that file.",
        "spreadsheet locked": "This spreadsheet asks for a password. Nothing was stored. "
        "Save it without one, and choose that file.",
        "spreadsheet damaged": "This spreadsheet is damaged and cannot be read. Nothing was stored. "
        "Open it, save it again, and choose the new file.",
        "spreadsheet too large": "This spreadsheet unpacks to more than {limit} MB. Nothing was stored. "
        "Bring it in in parts.",
        "spreadsheet of many cells": "This spreadsheet has more than {limit} cells. Nothing was stored. "
        "Bring it in in parts.",
        "spreadsheet without sheet": "This spreadsheet has no sheet that is shown. Nothing was stored. "
        "Show the one that holds the list, save it, and choose it again.",
        "spreadsheet without this sheet": "The spreadsheet has no sheet “{sheet}”. Nothing was stored. "
        "The sheets found are: {sheets}.",
        "cell without text": "The cell {cell} refers to a text that the file does not hold. Nothing was stored. "
        "Open it, save it again, and choose the new file.",
        "in sheet": "Sheet “{of_sheet}”: {why}",
        # What was taken, and what was not.
        "sheet alone": "It is a spreadsheet of one sheet, “{sheet}”.",
        "sheet taken": "The sheet “{sheet}” was taken. Not taken: {others}.",
        "rows hidden": "Rows that the sheet hides were taken as well: {count}.",
        "formulas taken": "Of cells with formulas the last result was taken: {count}.",
        "formulas unsaid": "Cells with formulas whose result the file does not hold: {count}, the first in "
        "{cell}. "
        "Where they matter, open the file in a spreadsheet, save it, and choose it again.",
    }
)


class SpreadsheetError(ValueError):
    """The file is refused; its message id, a key of SENTENCES, and the facts in it say why and what to do."""

    def __init__(self, message_id: str, **facts: object) -> None:
        self.message_id, self.facts = message_id, facts
        super().__init__(sentence_of(message_id, facts))


def sentence_of(
    message_id: str, facts: Mapping[str, object], sentences: Mapping[str, str] = SENTENCES
) -> str:  # fmt: skip
    """The English sentence of this id with its facts; with the sheet that it is about, where a fact names one."""
    why = sentences[message_id].format(**facts)
    return SENTENCES["in sheet"].format(of_sheet=facts[OF_SHEET], why=why) if OF_SHEET in facts else why
