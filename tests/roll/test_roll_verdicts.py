"""A verdict for each row, with its line, in words that say what to do."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.roll import (
    SENTENCES,
    KnownPeople,
    RollError,
    by_id,
    likes,
    mail_fault,
    name_fault,
    normalised_mail,
    read_roll,
)
from frombelow.roll.verdicts import ANOTHER, QUESTIONS

TODAY = date(2026, 11, 20)
HEADINGS = "id,name,email,phone,joined\n"


def read(*lines, **said):
    return read_roll((HEADINGS + "\n".join(lines) + "\n").encode(), today=TODAY, **said)


def verdict(line, known=None):
    return read(line, known=known).verdicts[0]


@pytest.mark.parametrize(
    "name",
    [
        "Bo",
        "María José Peña",
        "明 王",
        "علی‌زاده",
        "Bo 🌻",
        "👩🏽‍🌾",
        "'t Hooft",
        "O'Neill",
        "Ọlátúnjí",
        "अनुभव",
        "Null Jones",
        "Na",
        "X" * 300,
    ],
)
def test_names_of_every_script_and_length_are_admitted(name):
    assert verdict(f"1,{name},bo@example.org,,").decision == "admit"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "there is no name"),
        ("\u200b", "there is no name"),
        ("X" * 301, "301 characters and 300 fit"),
        ("Bo\x00Li", "cannot be seen"),
        ("Bo\u202eiL", "cannot be seen"),
        ("Bo\u2066Li", "cannot be seen"),
        ('"Bo\nLi"', "cannot be seen"),
        ("Jos�", "lost letters"),
        ("=1+1", "begins like a spreadsheet formula"),
        ("@SUM(A1)", "begins like a spreadsheet formula"),
        ("'=1+1", "begins like a spreadsheet formula"),
        ("#REF!", "is no name"),
        ("#N/A", "is no name"),
        ("n/a", "is no name"),
        ("-", "is no name"),
        ("1024", "has no letter"),
        ("…", "has no letter"),
        ("Total: 8", "is no person but a sum"),
        ("TOTAL", "is no person but a sum"),
    ],
)
def test_a_name_that_cannot_stand_needs_mending(name, why):
    found = verdict(f"1,{name},bo@example.org,,")
    assert found.decision == "needs mending"
    assert why in found.sentence()


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        ("bo@", "the mail address “bo@” has no domain. Mend it or leave it out."),
        ("bo", "has no @"),
        ("@example.org", "has nothing before the @"),
        ("bo@x@example.org", "more than one @"),
        ("bo@localhost", "look at its part after the @"),
        ("bo@-x.org", "look at its part after the @"),
        ("bo@10.0.0.1", "look at its part after the @"),
        ("bo@example.org.", "look at its part after the @"),
        ("bo li@example.org", "look at its part before the @"),
        ("bo..li@example.org", "look at its part before the @"),
        ("<bo@example.org>", "look at its part before the @"),
        ("b" * 65 + "@example.org", "look at its part before the @"),
        ("bo@" + "a.b" * 90 + ".org", "characters and 254 fit"),
    ],
)
def test_a_bad_mail_address_needs_mending_though_name_and_id_are_good(mail, why):
    found = verdict(f"1,Bo Li,{mail},,")
    assert (found.line, found.decision) == (2, "needs mending")
    assert found.sentence().startswith("Line 2: ")
    assert why in found.sentence()


@pytest.mark.parametrize(
    "mail",
    [
        "bo@example.org",
        "bo+roll@mail.example.co.uk",
        "o'neill@example.org",
        "zoë@bücher.example",
        "अनुभव@उदाहरण.परीक्षा",
        "b@xn--bcher-kva.example",
    ],
)
def test_addresses_that_mail_can_be_sent_to_are_admitted(mail):
    assert mail_fault(mail) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-02-29", date(2020, 2, 29)),
        ("2020-02-29T23:59:59Z", date(2020, 2, 29)),
        ("2020-02-29T23:59:59.123+05:30", date(2020, 2, 29)),
        ("2020-02-29 08:00:00 UTC", date(2020, 2, 29)),
        ("31.12.2020", date(2020, 12, 31)),
        ("12/31/2020", date(2020, 12, 31)),
        ("31/12/2020", date(2020, 12, 31)),
        ("05/05/2020", date(2020, 5, 5)),
        ("2026-11-20", TODAY),
        ("", None),
    ],
)
def test_the_day_of_joining_is_read_as_it_was_written(written, day):
    roll = read(f"1,Bo,bo@example.org,,{written}")
    assert roll.verdicts[0].decision == "admit"
    assert roll.rows[0].joined == day


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2019-02-29", "there is no day “2019-02-29”"),
        ("2026-11-21", "has not come yet"),
        ("0020-01-01", "too long ago"),
        ("03/04/2020", "in two ways"),
        ("last spring", "cannot be read"),
        ("4/5/20", "in two ways"),
        ("Mar-19", "cannot be read"),
        ("0000-00-00", "there is no day"),
        ("unknown", "says nothing"),
        ("٢٠٢٠-٠١-٠١", "cannot be read"),
    ],
)
def test_a_bad_day_of_joining_costs_the_day_and_not_the_person(written, why):
    roll = read(f"1,Bo,bo@example.org,,{written}")
    assert (roll.verdicts[0].decision, roll.rows[0].joined) == ("admit", None)
    assert why in roll.verdicts[0].sentence()
    assert "left out" in roll.verdicts[0].sentence()


@pytest.mark.parametrize(
    "written",
    [
        "2019/03/04", "2019.3.4", "20190304", "4 March 2019", "4th Mar. 2019", "March 4, 2019", "4-Mar-2019",
        "4 de marzo de 2019", "4. März 2019", "04.03.19", "4.3.2019", "43528", "43528.75",
    ],
)  # fmt: skip
def test_a_day_that_has_one_reading_is_read(written):
    roll = read(f'1,Bo,bo@example.org,,"{written}"')
    assert (roll.rows[0].joined, roll.verdicts[0].reasons) == (date(2019, 3, 4), ())


@pytest.mark.parametrize(("phone", "why"), [("4.47912E+11", "its digits are lost"), ("#NUM!", "says nothing"),
                                            ("n/a", "says nothing"), ("-", "says nothing")])  # fmt: skip
def test_a_cell_that_says_nothing_costs_the_cell_and_is_named(phone, why):
    roll = read(f"1,Bo,bo@example.org,{phone},")
    assert (roll.verdicts[0].decision, roll.rows[0].phone) == ("admit", "")
    assert why in roll.verdicts[0].sentence()


def test_who_gives_no_mail_address_in_words_is_brought_in_without_one():
    roll = read("1,Bo,n/a,5551,")
    assert (roll.verdicts[0].decision, roll.rows[0].mail) == ("admit", "")


@pytest.mark.parametrize("mail", ["zara@example.org\u200b", "\ufeffzara@example.org", "za\u00adra@example.org"])
def test_signs_that_nobody_sees_are_taken_off_an_address(mail):
    assert read(f"1,Zara,{mail},,").rows[0].mail == "zara@example.org"


@pytest.mark.parametrize(("raw", "why"), [
    ("Jšrg MŸller".encode("cp1252"), "look wrong"), ("£ukasz D¹browski".encode("cp1252"), "look wrong"),
    ("Èâàí Ïåòðîâ".encode("cp1252"), "look wrong"), ("ÍõÐ¡Ã÷".encode("cp1252"), "look wrong"),
    ("JÃ¶rg Lee".encode(), "look wrong"), (b"J?rg M?ller", "looks lost"), ("Élodie Ébelik".encode("mac_roman"), "wrong"),
])  # fmt: skip
def test_letters_that_look_wrong_are_never_taken_in_silence(raw, why):
    roll = read_roll(b"name,email\n" + raw + b",a@example.org\n", today=TODAY)
    assert why in roll.verdicts[0].sentence()


@pytest.mark.parametrize("name", ["Jörg Müller", "Ñuño Íñiguez", "Mª José Peña", "Françoise Hélène", "Łukasz Dąbrowski",
                                  "O´Neill", "Why? Me", "Ægir Øyvind", "Tomáš Novák"])  # fmt: skip
def test_letters_that_are_right_are_not_doubted(name):
    assert not verdict(f"1,{name},bo@example.org,,").reasons


@pytest.mark.parametrize(("encoding", "codec", "name"), [
    ("Mac Roman", "mac_roman", "Jörg Müller"), ("windows-1250", "cp1250", "Łukasz Dąbrowski"),
    ("Windows-1251", "cp1251", "Иван Петров"), ("GB 18030", "gb18030", "王小明"),
])  # fmt: skip
def test_a_file_is_read_in_the_encoding_that_somebody_says(encoding, codec, name):
    roll = read_roll(f"name,email\n{name},a@example.org\n".encode(codec), today=TODAY, encoding=encoding)
    assert (roll.rows[0].name, roll.verdicts[0].reasons) == (name, ())
    with pytest.raises(RollError, match="is no encoding known here"):
        read_roll(b"name\nBo\n", today=TODAY, encoding="klingon")
    with pytest.raises(RollError, match="cannot be read as UTF-8"):
        read_roll("name\nJörg\n".encode("cp1252"), today=TODAY, encoding="utf-8")


def test_slashed_days_are_read_in_the_order_that_somebody_says():
    text = b"name,email,joined\nBo,a@example.org,03/04/2020\n"
    assert read_roll(text, today=TODAY, order="month first").rows[0].joined == date(2020, 3, 4)
    assert read_roll(text, today=TODAY, order="day first").rows[0].joined == date(2020, 4, 3)


def test_a_column_shows_whether_its_days_or_its_months_come_first():
    day_first = read("1,Ana,a@example.org,,31/12/2020", "2,Bo,b@example.org,,03/04/2020")
    month_first = read("1,Ana,a@example.org,,12/31/2020", "2,Bo,b@example.org,,03/04/2020")
    both = read("1,A,a@example.org,,12/31/2020", "2,B,b@example.org,,31/12/2020", "3,C,c@example.org,,03/04/2020")
    assert day_first.rows[1].joined == date(2020, 4, 3)
    assert month_first.rows[1].joined == date(2020, 3, 4)
    assert both.rows[2].joined is None


def test_the_same_id_or_the_same_name_and_mail_twice_is_a_duplicate():
    roll = read("1,Bo Li,bo@example.org,,", "1,Bo L.,bo@example.org,,", "2,bo  LI,BO@Example.org,,")
    assert [found.decision for found in roll.verdicts] == ["admit", *["duplicate in this file"] * 2]
    assert roll.verdicts[1].sentence() == "Line 3: the id “1” is on line 2 already. That line counts."
    assert "the same name and mail address are on line 2 already" in roll.verdicts[2].sentence()


def test_of_one_id_with_two_names_and_addresses_somebody_is_asked():
    lines = ("1,Bo Li,bo@example.org,,", "1,Ana Ruiz,ana@example.org,,")
    asked = read(*lines).verdicts[1]
    assert asked.decision == "needs mending"
    assert asked.reasons[0].message_id in QUESTIONS
    assert asked.sentence().startswith("Line 3: the id “1” is on line 2 already, with another name and mail address.")
    said = read(*lines, mended={3: {ANOTHER: "yes"}}).verdicts[1]
    assert said.decision == "admit"
    assert "has the same id “1” as line 2" in said.sentence()


def test_of_an_id_that_is_one_persons_in_any_list_nobody_is_asked():
    one = "0f8fad5b-d9cb-469f-a165-70867728950e"
    roll = read(f"{one},Bo Li,bo@example.org,,", f"{one},Ana Ruiz,ana@example.org,,")
    assert roll.verdicts[1].decision == "duplicate in this file"


def test_a_household_may_share_a_mail_address():
    roll = read("1,Bo Li,home@example.org,,", "2,Ana Li,home@example.org,,")
    assert roll.verdicts[1].decision == "admit"
    assert roll.verdicts[1].sentence() == ("Line 3: ready to be admitted; shares a mail address with line 2.")


def test_our_own_export_keeps_a_father_and_son_with_one_name_and_one_address():
    headings = "uuid,name,email,phone,language,pronouns,branch,joined,tags\n"
    text = headings + "1,Bo Li,bo@example.org,,,,,,\n2,Bo Li,bo@example.org,,,,,,\n,Bo Li,bo@example.org,,,,,,\n"
    roll = read_roll(text.encode(), today=TODAY)
    assert [found.decision for found in roll.verdicts] == ["admit", "admit", "duplicate in this file"]


def test_a_good_row_is_no_duplicate_of_one_that_needs_mending():
    roll = read("1,Bo Li,bo@example.org,=1+1,", "1,Bo Li,bo@example.org,,2020-01-01")
    assert [found.decision for found in roll.verdicts] == ["needs mending", "admit"]


def test_without_mail_the_phone_tells_people_apart():
    roll = read("1,Bo,,555-1,", "2,Bo,,5551,", "3,Bo,,777,", "4,Bo,,,", "5,Bo,,,")
    assert [found.decision for found in roll.verdicts] == ["admit", "duplicate in this file", *["admit"] * 3]
    assert "printed code" in roll.verdicts[3].sentence()
    assert "same name as line 5" in roll.verdicts[4].sentence()


def test_whoever_is_on_the_roll_already_is_not_admitted_twice():
    mails = frozenset({normalised_mail(" BO@example.org ")})
    known = KnownPeople(mails=mails, foreign_ids=by_id("7", likes("ANA"), "ana@example.org"))
    roll = read("7,Ana,new@example.org,,", "8,Bo,bo@EXAMPLE.org,,", "9,Cleo,cleo@example.org,,", known=known)
    assert [found.decision for found in roll.verdicts] == ["already a member", "already a member", "admit"]
    assert [row.name for row in roll.admitted()] == ["Cleo"]


def test_rows_with_too_few_or_too_many_cells_need_mending():
    roll = read("1,Bo,bo@example.org", "2,Ana,ana@example.org,,,extra", "3,Cleo,cleo@example.org,,,,,")
    assert [found.decision for found in roll.verdicts] == ["needs mending", "needs mending", "admit"]
    assert "the row has too few cells, 3 under 5 headings" in roll.verdicts[0].sentence()


def test_blank_lines_are_passed_over_and_line_numbers_stay_those_of_the_file():
    roll = read('1,"Bo\nLi",bo@example.org,,', "", ",,,,", "2,Ana,ana@example.org,,")
    assert [found.line for found in roll.verdicts] == [2, 6]


def test_a_formula_in_a_phone_needs_mending_and_a_plus_does_not():
    assert verdict("1,Bo,bo@example.org,=1+1,").decision == "needs mending"
    assert verdict("1,Bo,bo@example.org,+34 600,").decision == "admit"


def test_a_row_can_have_several_reasons():
    text = verdict("1,,bo@,,").sentence()
    assert text.startswith("Line 2: there is no name.")
    assert "The mail address “bo@” has no domain." in text


@pytest.mark.parametrize("spoilt", ['2,"Ana,a@example.org,,', '2,"Ana" Ruiz,a@example.org,,'])
def test_a_quotation_mark_without_a_partner_is_refused_with_its_line(spoilt):
    with pytest.raises(RollError, match=r"^Line 3: a quotation mark.*Nothing was stored\."):
        read("1,Bo,bo@example.org,,", spoilt, "3,Cleo,cleo@example.org,,")


def test_no_sentence_uses_a_word_that_the_site_avoids():
    words = set(" ".join(SENTENCES.values()).lower().replace(".", " ").split())
    assert not words & {"invalid", "submit", "user", "item", "error", "please"}


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: ("name,email,joined\n" + text).encode()))
def test_no_bytes_crash_the_reading(raw):
    try:
        roll = read_roll(raw, today=TODAY)
    except RollError as refused:
        assert str(refused)  # noqa: PT017
    else:
        assert all(found.sentence().startswith(f"Line {found.line}: ") for found in roll.verdicts)
        assert [row.line for row in roll.rows] == [found.line for found in roll.verdicts]


@given(st.text())
def test_a_name_is_judged_whatever_it_holds(name):
    fault = name_fault(name)
    assert fault is None or fault.sentence()


def test_a_name_that_is_on_the_roll_is_not_brought_in_again_without_a_word():
    known = KnownPeople(names=frozenset({"bo four"}))
    roll = read("1, BO  Four,,,", "2,Ana,ana@example.org,,", known=known)
    assert [found.decision for found in roll.verdicts] == ["admit", "admit"]
    assert "is on the roll already. If it is the same person, leave the row out" in roll.verdicts[0].sentence()
    assert "on the roll already" not in roll.verdicts[1].sentence()
