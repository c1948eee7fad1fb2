"""Forty member lists and ballot files as people send them, each handed to the command that takes it.

`script/forty-files [--seed N] [--keep FOLDER]`. What the commands say is printed, to be read by somebody who did not
write it. The same seed gives the same people.
"""

import argparse
import io
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

FROMBELOW = [sys.executable, "-m", "frombelow"]
FIRST = ["Noor", "Tomás", "Agnes", "Jörg", "Łukasz", "Ιωάννα", "Zoë", "Mehmet", "Şirin", "Bình", "Sean", "李娜", "Olga"]
LAST = ["Haddad", "Núñez", "Weir", "Müller", "Dąbrowski", "Lund", "O’Neill", "Öztürk", "Ruiz", "Nguyễn", "Okafor", "Ek"]


class Sent(NamedTuple):
    """A file, and how somebody hands it in: words for the command line behind it; for ballots the rule before."""

    name: str
    data: bytes
    words: tuple[str, ...] = ()
    rule: str = ""


def csv(*rows: str, end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    return (end.join(rows) + end).encode(encoding)


def book(*sheets: tuple[str, list[list[Any]]], hidden_row: int = 0) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if hidden_row:
        made.worksheets[0].row_dimensions[hidden_row].hidden = True
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


class People:
    """Invented people, nobody twice."""

    def __init__(self, seed: int) -> None:
        self.draw, self.n = random.Random(seed), 0

    def one(self) -> tuple[str, str]:
        self.n += 1
        return f"{self.draw.choice(FIRST)} {self.draw.choice(LAST)}", f"member{self.n}@people.example"

    def rows(self, many: int, ends: str = "", sign: str = ",") -> list[str]:
        return [sign.join(self.one()) + ends for _ in range(many)]


def lists(people: People) -> Iterator[Sent]:
    """Member lists: in the encodings, shapes and states in which they come."""
    one, rows = people.one, people.rows
    yield Sent("plain.csv", csv("Name,Email", *rows(3)))
    yield Sent("excel-western.csv", csv("Name;E-Mail", "Jörg Müller;jm@people.example", encoding="cp1252"))
    yield Sent("mac-roman.csv", csv("Name,Email", "Jörg Grün,jg@people.example", encoding="mac_roman"))
    yield Sent("polish.csv", csv("Name,Email", "Łukasz Dąbrowski,ld@people.example", encoding="cp1250"))
    yield Sent(
        "polish-said.csv",
        csv("Name,Email", "Łukasz Żak,lz@people.example", encoding="cp1250"),
        ("--encoding", "Windows-1250"),
    )
    yield Sent("twice-utf8.csv", csv("Name,Email", "JÃ¶rg Lund,jl@people.example"))
    yield Sent("question-marks.csv", csv("Name,Email", "J?rg Ek,je@people.example"))
    yield Sent("titles.csv", csv("Members of the Harbour branch,", "as of 1 March,", ",", "Name,Email", *rows(2)))
    yield Sent("headless.csv", csv(*rows(3)))
    yield Sent("pipes.txt", csv("Name|Email|Joined", *rows(2, "|2019/03/04", "|")))
    yield Sent("tabs.tsv", csv("Name\tEmail\tJoined", *rows(2, "\t4 March 2019", "\t")))
    yield Sent(
        "dates.csv", csv("Name,Email,Joined", *rows(1, ",03/04/2019"), *rows(1, ",31/02/2019"), *rows(1, ",0000-00-00"))
    )
    yield Sent("dates-said.csv", csv("Name,Email,Joined", *rows(1, ",03/04/2019")), ("--dates", "day first"))
    yield Sent(
        "placeholders.csv",
        csv(
            "Name,Email,Phone",
            "#REF!,a1@people.example,",
            "---,a2@people.example,",
            "Total: 214,,",
            f"{one()[0]},n/a,4.47912E+11",
            "Null Jones,nj@people.example,n/a",
        ),
    )
    yield Sent(
        "formula.csv", csv("Name,Email", '"=HYPERLINK(""http://x"")",f@people.example', "@SUM(A1),g@people.example")
    )
    yield Sent(
        "addresses.csv",
        csv(
            "Name,Email",
            "Bo Li,bo at people.example",
            "Cy Li,cy@@people.example",
            "Di Li,di@people",
            "Ed Li,e\u200bd@people.example",
        ),
    )
    yield Sent(
        "again.csv",
        csv("Name,Email", "Ada Okafor,ada@example.org", "Eva Roy,er@people.example", "Eva Roy,er@people.example"),
    )
    yield Sent("unknown-columns.csv", csv("Mitglied,Wohnt in", "Olga Brandt,Haus 3"))
    yield Sent("columns-said.csv", csv("Mitglied,Wohnt in", "Olga Brandt,Haus 3"), ("--column", "Mitglied=name"))
    yield Sent("birthdays.csv", csv("Name,Email,Date of birth,Shoe size", *rows(1, ",1990-01-01,37")))
    yield Sent("broken-quotes.csv", csv("Name,Email", '"Olga ""B"" Brandt,ob@people.example', *rows(2)))
    yield Sent("ragged.csv", csv("Name,Email,Phone", "Ek, Sean,se@people.example,0770", "Mia Lund"))
    members = [["Name", "Email", "Joined"], [*one(), date(2019, 3, 4)], ["Mo Ruiz", None, None]]
    yield Sent("workbook.xlsx", book(("Members", members), ("Former", [["Name"], ["Gus Six"]]), hidden_row=3))
    yield Sent("cover-sheet.xlsx", book(("Read me", [["Our members"], ["see the next sheet"]]), ("Members", members)))
    yield Sent(
        "cover-sheet-said.xlsx",
        book(("Read me", [["Our members"]]), ("Members", [members[0], [*one(), None]])),
        ("--sheet", "Members"),
    )
    yield Sent("old-excel.xls", b"\xd0\xcf\x11\xe0" + bytes(600))
    yield Sent("renamed.csv", b"%PDF-1.4 members")
    yield Sent("bomb.xlsx", _bomb())


def _bomb() -> bytes:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book(("S", [["x"]])))) as honest,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in honest.namelist():
            if not name.endswith("sheet1.xml"):
                made.writestr(name, honest.read(name))
        with made.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(450):
                part.write(b" " * 1_000_000)
    return file.getvalue()


def ballots() -> Iterator[Sent]:
    """Ballot files: of spreadsheets, forms, machines and other counting programs."""
    ranks = ["Rank 1,Rank 2,Rank 3", "Ann,Bo,Cy", "Bo,Ann,", "Cy,Bo,Ann", "Ann,Cy,Bo", "Ann,,"]
    yield Sent("ranks.csv", csv(*ranks), (), "irv")
    yield Sent("ranks.xlsx", book(("Ballots", [each.split(",") for each in ranks]), ("Notes", [["x"]])), (), "irv")
    yield Sent("weights.csv", csv("Number of ballots;Ann;Bo;Cy", "5;1;2;3", "4;3;1;2", "2;2;3;1"), (), "irv")
    yield Sent("total-row.csv", csv("Votes,Rank 1,Rank 2", "5,Ann,Bo", "4,Bo,Ann", "9,Total,"), (), "irv")
    yield Sent(
        "form.csv",
        csv(
            "Timestamp,Your name,1st choice,2nd choice",
            "2026-01-02 10:00,x,Ann,Bo",
            "2026-01-02 11:00,y,Bo,Ann",
            "2026-01-02 12:00,z,Ann,overvote",
        ),
        (),
        "irv",
    )
    yield Sent("second-rank-first.csv", csv("Rank 2,Rank 3", "Ann,Bo"), (), "irv")
    yield Sent("twice.csv", csv("Rank 1,Rank 2", "Ann,Ann"), (), "irv")
    yield Sent("tie.csv", csv("Rank 1", "Ann", "Bo"), (), "irv")
    yield Sent(
        "opavote.txt", csv("3 1", "-2", "4 1 3 0", "3 3 1 0", "0", '"Ann"', '"Bo"', '"Cy"', '"Chair"'), (), "scottish"
    )
    yield Sent(
        "wrong-count.soi",
        csv(
            "# FILE NAME: x.soi",
            "# NUMBER ALTERNATIVES: 2",
            "# NUMBER VOTERS: 9",
            "# ALTERNATIVE NAME 1: Ann",
            "# ALTERNATIVE NAME 2: Bo",
            "3: 1,2",
            "2: 2",
        ),
        (),
        "scottish",
    )
    yield Sent("scores.csv", csv("Ann,Bo,Cy", "5,3,0", "0,5,4", "4,4,1"), (), "star")
    yield Sent("mail.docx", b"PK\x03\x04 a letter", (), "irv")


def main() -> int:
    """Prints each file with what was said; 1 where that was no sentence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="write the files here, too")
    asked = parser.parse_args()
    sent = [*lists(People(asked.seed)), *ballots()]
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"FROMBELOW_KEY_PASSPHRASE": "four words are enough", "COLUMNS": "110", "TERM": "dumb"}
        ran(
            "init",
            "--template",
            "club",
            "--name",
            "Lantern",
            "--founder",
            "Ada Okafor <ada@example.org>",
            "data",
            at=folder,
        )
        for n, each in enumerate(sent, 1):
            for place in filter(None, (folder, asked.keep)):
                (place / each.name).write_bytes(each.data)
            how = (
                ["count", each.rule]
                if each.rule
                else ["import-roll", "--key", "ada-okafor.key", "--yes", "--data", "data"]
            )
            code, said = ran(*how, each.name, *each.words, at=folder)
            print(f"\n=== {n}. {each.name} {' '.join(each.words)}{each.rule} (exit {code})\n{said}")
            bad += "Traceback" in said or code not in (0, 1, 2) or not said
    return 1 if bad else 0


def ran(*words: str, at: Path) -> tuple[int, str]:
    """How the command ended, and what it said."""
    done = subprocess.run([*FROMBELOW, *words], cwd=at, capture_output=True, text=True, timeout=300)
    heard = [line for line in done.stderr.splitlines() if not line.startswith(("Reading", "Bringing people in"))]
    return done.returncode, "\n".join([done.stdout.strip(), *heard]).strip()


if __name__ == "__main__":
    sys.exit(main())
