"""Write an invented roll as Action Network exports it.

`python script/make_roll.py --rows 100000 --seed 7 OUT.csv`. The same rows and seed give the same bytes.
Nobody in it exists. Without `--trouble` every row can be admitted. With it about one row in a hundred is
a duplicate, has a bad mail address or date, or begins like a formula.
"""

import argparse
import csv
import io
import random
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

HEADINGS = (
    "uuid",
    "email",
    "first_name",
    "last_name",
    "zip_code",
    "can2_phone",
    "can2_user_address",
    "can2_user_city",
    "can2_state_abbreviated",
    "can2_county",
    "can2_user_tags",
    "can2_subscription_status",
    "can2_sms_status",
    "can2_subscription_date",
)

# First names, last names; the order of a person's two names is left to the person.
CULTURES = tuple(
    (first.split(), last.split())
    for first, last in (
        (
            "Rosa Bo June Ines Walt Ada Cleo Marcus Dolores Earl",
            "Baker O'Neill Washington Li Freeman Stone-Ruiz Gray",
        ),
        (
            "María José Lucía Iker Ximena Andrés Nuria Joaquín",
            "García Muñoz Ibáñez Peña Etxeberria Quiñones Núñez",
        ),
        (
            "Zoë Jürgen Anneke Søren Åsa Łukasz Ágnes Nóra",
            "Müller 't_Hooft Nørgård Ångström Wiśniewska Nagy van_Dijk",
        ),
        ("Олена Иван Дарья Тарас Милица Ґалина", "Шевченко Петрова Ковальчук Јовановић Їжак"),
        ("Ελένη Γιώργος Δέσποινα Νίκος", "Παπαδοπούλου Οικονόμου Βασιλείου"),
        ("فاطمة محمد ليلى یوسف نرگس", "الحداد حسین منصور علی‌زاده"),
        ("נועה יעל אבי", "כהן לוי מזרחי"),
        ("आशा रवि मीना अनुभव", "शर्मा यादव पाटिल"),
        ("அருள் மீனா கவிதா", "முருகன் செல்வி"),
        ("明 小红 伟 淑芬", "王 李 張 歐陽"),
        ("さくら 健太 由美", "佐藤 鈴木 髙橋"),
        ("민준 서연 지우", "김 이 박"),
        ("Nguyễn_Thị Đức Hương", "Trần Phạm Lê"),
        ("Ngozi Kwame Thandiwe Amina Sékou", "Okonkwo Mensah Dlamini Diallo Ọlátúnjí"),
        ("Alofa Keoni Leilani", "Tuilagi Kaʻahumanu Faʻafetai"),
        ("ሰላም ኣበበ", "ተስፋዬ ገብረ"),
        ("สมชาย มาลี", "ใจดี สุขสันต์"),
        ("ანა გიორგი", "ბერიძე კაპანაძე"),
    )
)
PLACES = (
    ("Duluth", "MN", "St. Louis", "55802"),
    ("El Paso", "TX", "El Paso", "79901"),
    ("San José", "CA", "Santa Clara", "95112"),
    ("Flint", "MI", "Genesee", "48502"),
    ("Cañon City", "CO", "Fremont", "81212"),
    ("Gary", "IN", "Lake", "46402"),
)
STREETS = ("Harbor St", "Mill Road, Apt 4", "Calle Ocho", "Union Ave", '2nd "Old" Court')
TAGS = ("steward", "night shift", "tenant", "driver", "speaks Spanish", "childcare", "2023 strike", "@hall")
MAIL_ENDS = ("example.org", "mail.example.com", "post.example.net", "correo.example.es", "bücher.example")
FIRST_DAY = date(2012, 1, 1)
DAYS = 5_000


def make_roll(rows: int, seed: int, trouble: bool = False) -> bytes:
    """The CSV file as bytes: as many rows as asked for, under the headings."""
    chance = random.Random(seed)
    people: list[list[str]] = []
    for number in range(1, rows + 1):
        person = _person(chance, number)
        if trouble and chance.random() < 0.01:
            chance.choice(TROUBLES)(person, chance, people)
        people.append(person)
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(people)
    return file.getvalue().encode()


def _person(chance: random.Random, number: int) -> list[str]:
    """One person; the number keeps their mail address apart from everyone else's."""
    firsts, lasts = chance.choice(CULTURES)
    city, state, county, code = chance.choice(PLACES)
    phone = f"+1555{chance.randrange(10**7):07}" if chance.random() < 0.7 else ""
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    clock = f"{chance.randrange(24):02}:{chance.randrange(60):02}:{chance.randrange(60):02}"
    tags = chance.sample(TAGS, chance.choice((0, 0, 1, 1, 2, 3)))
    one_name = chance.random() < 0.02
    return [
        str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        f"{chance.choice(('member', 'casa', 'm.k', 'hi', 'x+roll'))}{number}@{chance.choice(MAIL_ENDS)}",
        chance.choice(firsts).replace("_", " "),
        "" if one_name else chance.choice(lasts).replace("_", " "),
        code,
        phone,
        f"{chance.randrange(1, 3000)} {chance.choice(STREETS)}",
        city,
        state,
        county,
        ", ".join(tags),
        chance.choice(("subscribed", "subscribed", "subscribed", "unsubscribed")),
        "subscribed" if phone else "",
        f"{day.isoformat()} {clock} UTC",
    ]


Trouble = Callable[[list[str], random.Random, list[list[str]]], None]
ID, MAIL, FIRST, LAST, PHONE, DAY = (
    HEADINGS.index(heading)
    for heading in ("uuid", "email", "first_name", "last_name", "can2_phone", "can2_subscription_date")
)


def _duplicate(person: list[str], chance: random.Random, earlier: list[list[str]]) -> None:
    """The same person as an earlier row, or as themselves where there is none."""
    person[:] = chance.choice(earlier) if earlier else person


def _bad_mail(person: list[str], chance: random.Random, _earlier: list[list[str]]) -> None:
    person[MAIL] = chance.choice(("bo@", "@example.org", "bo.example.org", "bo@@example.org", "bo li@example.org"))


def _bad_day(person: list[str], chance: random.Random, _earlier: list[list[str]]) -> None:
    person[DAY] = chance.choice(("2019-02-30", "last spring", "2999-01-01", "03/04/2020"))


def _formula(person: list[str], chance: random.Random, _earlier: list[list[str]]) -> None:
    person[FIRST] = chance.choice(('=HYPERLINK("http://example.org")', "@SUM(A1)", "=1+1"))


def _no_name(person: list[str], _chance: random.Random, _earlier: list[list[str]]) -> None:
    person[FIRST] = person[LAST] = ""


TROUBLES: tuple[Trouble, ...] = (_duplicate, _bad_mail, _bad_day, _formula, _no_name)


def main() -> None:
    """Writes the file that the command line names."""
    parser = argparse.ArgumentParser(description="Write an invented roll as Action Network exports it.")
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--trouble", action="store_true", help="spoil about one row in a hundred")
    parser.add_argument("out", type=Path, metavar="OUT.csv")
    asked = parser.parse_args()
    asked.out.write_bytes(make_roll(asked.rows, asked.seed, asked.trouble))


if __name__ == "__main__":
    main()
