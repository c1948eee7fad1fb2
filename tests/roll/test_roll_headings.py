"""The headings of each program are known, private columns never come in, and a mapping is taken at its word."""

from datetime import date

import pytest

from frombelow.roll import NoUsableColumnError, RollError, read_roll, recognise

TODAY = date(2026, 11, 20)


def only_row(text, mapping=None):
    roll = read_roll(text.encode(), mapping=mapping, today=TODAY)
    assert [verdict.decision for verdict in roll.verdicts] == ["admit"], roll.verdicts[0].sentence()
    return roll, roll.rows[0]


def test_action_network_is_recognised():
    roll, row = only_row(
        "uuid,email,first_name,last_name,zip_code,can2_phone,can2_user_address,can2_user_city,"
        "can2_state_abbreviated,can2_county,can2_user_tags,can2_subscription_status,can2_sms_status,"
        "can2_subscription_date\n"
        'u-1,bo@example.org,Bo,Li,55802,+15550001,"1 Mill Rd\nApt 4",Duluth,MN,St. Louis,"steward, driver",'
        "subscribed,,2019-05-04 23:30:00 -0400\n"
    )
    assert roll.source == "Action Network"
    assert (row.foreign_id, row.name, row.mail, row.phone) == ("u-1", "Bo Li", "bo@example.org", "+15550001")
    assert (row.joined, row.tags) == (date(2019, 5, 4), "steward, driver")
    assert "zip_code" in roll.columns.ignored


def test_nationbuilder_is_recognised_and_writes_the_month_first():
    roll, row = only_row(
        "nationbuilder_id,external_id,civicrm_id,first_name,last_name,email,email_opt_in,legal_name,phone_number,"
        "mobile_number,mobile_opt_in,born_at,membership_level_name,membership_started_at,membership_expires_at,"
        "tag_list,recruiter_id\n"
        "77,x,y,Ximena,Peña,x@example.org,true,A Former Name,,5550002,true,07/08/1980,Full,03/04/2020,,night,9\n"
    )
    assert roll.source == "NationBuilder"
    assert (row.foreign_id, row.name, row.phone) == ("77", "Ximena Peña", "5550002")
    assert (row.joined, row.tags) == (date(2020, 3, 4), "night")
    assert {"born_at", "legal_name"} <= set(roll.columns.ignored)


def test_civicrm_is_recognised():
    roll, row = only_row(
        "Contact ID,External Identifier,Display Name,First Name,Last Name,Email,Phone,Preferred Language,"
        "Membership Type,Member Since,Membership Start Date\n"
        "12,ext-9,bo@example.org,Bo,Li,bo@example.org,555,es_ES,Full,2018-01-31,2024-01-31\n"
    )
    assert roll.source == "CiviCRM"
    assert (row.foreign_id, row.name, row.language) == ("12", "Bo Li", "es_ES")
    assert row.joined == date(2018, 1, 31)


def test_our_own_export_is_recognised():
    roll, row = only_row(
        "uuid,name,email,phone,language,pronouns,branch,joined,tags\r\n"
        'p1,Bo Li,bo@example.org,\'+1555,en,they/them,North,2020-02-29,"a, b"\r\n'
    )
    assert roll.source == "our own export"
    assert (row.phone, row.pronouns, row.branch, row.tags) == ("+1555", "they/them", "North", "a, b")


@pytest.mark.parametrize(
    "headings",
    [
        "Name;E-mail;Phone;Branch;Joined",
        "FULL NAME;Email Address;Telephone;chapter;Member since",
        " Nombre completo ;Correo electrónico;TELÉFONO;Sección;Fecha de alta",
        "Nombre;Mail;móvil;rama;alta",
    ],
)
def test_plain_headings_in_english_and_spanish_are_recognised(headings):
    roll, row = only_row(f"{headings}\r\nAna Ruiz;ana@example.org;600;Norte;31/12/2020\r\n")
    assert roll.source == "another program"
    assert (row.name, row.mail, row.phone, row.branch) == ("Ana Ruiz", "ana@example.org", "600", "Norte")
    assert row.joined == date(2020, 12, 31)


def test_first_and_last_names_make_a_name():
    assert only_row("Nombre,Apellidos,Correo\nAna,Ruiz Peña,ana@example.org\n")[1].name == "Ana Ruiz Peña"
    assert only_row("first name\tsurname\te-mail\nAna\tRuiz\tana@example.org\n")[1].name == "Ana Ruiz"


def test_the_line_that_names_the_separator_is_no_heading():
    _, row = only_row("sep=;\r\nname;email\r\nAna;ana@example.org\r\n")
    assert (row.name, row.line) == ("Ana", 3)


def test_a_mapping_is_taken_at_its_word():
    mapping = {"compañera": "name", "CONTACT": "mail", "name": "ignore"}
    roll, row = only_row("Compañera,contact,name\nAna,ana@example.org,nobody\n", mapping)
    assert (row.name, row.mail) == ("Ana", "ana@example.org")
    assert roll.columns.used == (("Compañera", "name"), ("contact", "mail"))
    assert roll.columns.ignored == ("name",)


def test_a_field_that_the_mapping_gives_is_taken_from_no_other_column():
    assert only_row("name,known as,mail\nA B,Bea,b@example.org\n", {"known as": "name"})[1].name == "Bea"


def test_a_file_without_a_name_or_mail_address_is_refused_with_the_headings_found():
    with pytest.raises(RollError, match=r"No column holds a name.*The headings found are: colour, size\."):
        read_roll(b"colour,size\nred,3\n", today=TODAY)


def test_thousands_of_headings_are_not_all_repeated():
    with pytest.raises(RollError, match="and 4990 more") as refused:
        recognise([f"column {n}" for n in range(5000)])
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"shoe": "name"}, "no heading “shoe”"),
        ({"title": "shoe size"}, "“shoe size” is nothing that the roll keeps"),
        ({"Date of Birth": "joined"}, "no date of birth"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused(mapping, sentence):
    with pytest.raises(RollError, match=sentence):
        recognise(["title", "name", "date of birth"], mapping)


@pytest.mark.parametrize("private", ["Date of Birth", "dob", "Ethnicity", "Religión", "Fecha de nacimiento"])
def test_private_columns_are_never_brought_in(private):
    roll, row = only_row(f"name,email,{private}\nAna,ana@example.org,PRIVATE\n")
    assert roll.columns.ignored == (private,)
    assert "PRIVATE" not in repr(row)


def test_a_mobile_number_is_preferred_wherever_it_stands():
    columns = recognise(["mobile", "phone", "name"])
    assert columns.places["phone"] == (0, 1)
    assert recognise(["phone", "mobile", "name"]).places["phone"] == (1, 0)


@pytest.mark.parametrize("text", [
    "Membership list,,\nas of March 2024,,\n,,\nName,E-mail,Phone\nBo Li,bo@example.org,5\n",
    "name;email;note, extra, more, things\nBo Li;bo@example.org;x\n",
    "name|email\nBo Li|bo@example.org\n",
    "Our union; members, friends\nname;email\nBo Li;bo@example.org\n",
])  # fmt: skip
def test_the_headings_are_the_first_line_that_is_known_and_cells_are_parted_so_that_it_is(text):
    roll = read_roll(text.encode(), today=TODAY)
    assert [(row.name, row.mail) for row in roll.rows] == [("Bo Li", "bo@example.org")]


def test_a_first_line_with_a_mail_address_in_it_is_a_person():
    text = b"Ada Lopez,ada.l@example.org,0123\nBob Head,bob.h@example.org,0456\n"
    with pytest.raises(NoUsableColumnError, match="Column 1, Column 2, Column 3") as error:
        read_roll(text, today=TODAY)
    assert error.value.columns.example == ("Ada Lopez", "ada.l@example.org", "0123")
    mapping = {"Column 1": "name", "Column 2": "mail", "Column 3": "phone"}
    roll = read_roll(text, today=TODAY, mapping=mapping)
    assert [(row.name, row.phone) for row in roll.rows] == [("Ada Lopez", "0123"), ("Bob Head", "0456")]
