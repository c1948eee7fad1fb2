"""Which column holds what: the headings of the programs that organizations come from, and plain words."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from .fields import FIELDS, IGNORE, NAME_PARTS, PERSON
from .sentences import Reason, RollError, shown

OWN_HEADINGS = tuple(field.heading for field in PERSON)
EARLIER_HEADINGS = OWN_HEADINGS[:-1]  # before the last one was there
OWN_EXPORT = "our own export"
ACTION_NETWORK = "Action Network"
NATIONBUILDER = "NationBuilder"
CIVICRM = "CiviCRM"
OTHER = "another program"
LONGEST = 300  # characters by which headings are told apart


def key(heading: str) -> str:
    """The heading by which two are compared: without case, accents, spaces and punctuation.

    >>> key(" E-Mail "), key("can2_phone"), key("Teléfono")
    ('email', 'can2phone', 'telefono')
    """
    # Putting the marks of a letter in order takes the square of their number, and no heading is as long as a page.
    plain = unicodedata.normalize("NFKD", heading[:LONGEST]).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _table(**fields: str) -> Mapping[str, str]:
    """From a key to our field. Within a field the earlier heading is preferred."""
    return MappingProxyType({key(word): field for field, words in fields.items() for word in words.split(",")})


SOURCES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        OWN_EXPORT: MappingProxyType(dict(zip(OWN_HEADINGS, FIELDS, strict=True))),
        ACTION_NETWORK: _table(
            foreign_id="uuid",
            mail="email",
            first_name="first_name",
            last_name="last_name",
            phone="can2_phone",
            tags="can2_user_tags",
            joined="can2_subscription_date",
            language="language_spoken,language,can2_language",
            pronouns="pronouns",
            branch="branch,chapter,local",
            sex="sex,gender",
        ),
        NATIONBUILDER: _table(
            foreign_id="nationbuilder_id",
            name="full_name,name",
            first_name="first_name",
            last_name="last_name",
            mail="email,email1",
            phone="mobile_number,phone_number",
            tags="tag_list",
            joined="membership_started_at",
            language="language",
            pronouns="pronouns",
            branch="branch,chapter",
            sex="sex,gender",
        ),
        CIVICRM: _table(
            foreign_id="Contact ID,Internal Contact ID,External Identifier",
            name="Display Name",
            first_name="First Name",
            last_name="Last Name",
            mail="Email,Primary Email,Home-Email,Main-Email,Email (primary)",
            phone="Phone,Primary Phone,Mobile Phone,Home-Phone,Phone (primary)",
            joined="Member Since,Join Date,Membership Join Date,Membership Start Date,Start Date",
            tags="Tags,Tag(s)",
            language="Preferred Language",
            pronouns="Pronouns",
            branch="Branch,Chapter",
            sex="Gender",
        ),
        OTHER: _table(
            foreign_id="id,uuid,member id,membership number,member number,external id,"
            "número de socio,número de socia,número de afiliación",
            name="name,full name,display name,member name,member,nombre completo,nombre y apellidos,socio,socia",
            first_name="first name,firstname,given name,forename,nombre,nombre de pila",
            last_name="last name,lastname,surname,family name,apellidos,apellido,primer apellido",
            mail="email,e-mail,mail,email address,mail address,correo,correo electrónico,dirección de correo",
            phone="mobile,mobile phone,mobile number,phone,phone number,telephone,tel,cell,cell phone,"
            "móvil,celular,teléfono,teléfono móvil,número de teléfono",
            language="language,preferred language,lang,idioma,lengua",
            pronouns="pronouns,pronombres",
            branch="branch,chapter,local,section,group,sección,rama,agrupación,núcleo,delegación",
            joined="joined,join date,date joined,joined on,member since,start date,"
            "fecha de alta,alta,fecha de ingreso,socio desde,socia desde",
            tags="tags,tag,labels,etiquetas",
            sex="sex,gender,gender identity,sexo,género,identidad de género",
        ),
    }
)

# Law and decency: what nobody's roll needs. A mapping cannot bring these in either.
PRIVATE = frozenset(
    _table(
        birth="born_at,birth date,birthdate,birthday,date of birth,dob,born,year of birth,birth year,"
        "fecha de nacimiento,nacimiento,año de nacimiento",
        ethnicity="ethnicity,ethnic group,race,etnia,raza",
        religion="religion,faith,church,religión,confesión",
    )
)


_KNOWN = MappingProxyType({word: field for source in SOURCES.values() for word, field in source.items()})
_WHO = frozenset({"name", "first_name", "last_name", "mail"})
LOOKED_AT = 20  # rows among which the headings are
HEADINGS_FIRST, PERSON_FIRST = "headings", "person"  # what somebody can say of the first line


def known_headings(cells: Sequence[str]) -> int:
    """How many cells of a row are headings of ours; 0 where none of them is that of a name or a mail address, or where
    a cell holds a mail address, as a person's does."""
    found = [_KNOWN[word] for cell in cells if cell and (word := key(cell)) in _KNOWN]
    return 0 if not _WHO.intersection(found) or any("@" in cell for cell in cells) else len(found)


def headings_among(
    first: Sequence[Sequence[str]], mapping: Mapping[str, str] | None = None, first_line: str = ""
) -> int:
    """Which of the first rows holds the headings: the first that has those of the mapping, else the first that begins
    a list with known ones. -1 where somebody says that the first is a person, and where none does and a mail address
    or a phone tells that."""
    if first_line == PERSON_FIRST:
        return -1
    if mapping:
        wanted = {key(heading) for heading in mapping}
        found = next((n for n, cells in enumerate(first) if wanted <= {key(cell) for cell in called(cells)}), None)
        if found is not None:
            return found
    known = [known_headings(cells) for cells in first[:LOOKED_AT]]
    if known[0] or not any(count > 1 for count in known):
        return -1 if not known[0] and not first_line and any(map(_of_a_person, first[0])) else 0
    return next(n for n, count in enumerate(known) if count > 1)


def _of_a_person(cell: str) -> bool:
    """Whether no heading is written so: a mail address, a phone, a day."""
    return ("@" in cell and not key(cell).isdigit()) or (
        sum(map(str.isdigit, cell)) > 5 and not any(map(str.isalpha, cell))
    )


def called(cells: Sequence[str], *, none: bool = False) -> list[str]:
    """The headings of a list, each by which its column is told from the others where a cell is blank, or in a list that
    has ``none``."""
    return [cell if cell.strip() and not none else f"Column {n}" for n, cell in enumerate(cells, 1)]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands in a row. `places` gives the columns of a field, the preferred one first."""

    source: str
    headings: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    used: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    example: tuple[str, ...] = ()  # the first row

    def each(self) -> list[tuple[str, str, bool, str]]:
        """Each column as the file has it: its heading, its field ("" if it is left out), whether it always is, and
        what the first row has there; nothing of a column that is always left out."""
        field_of = {place: field for field, places in self.places.items() for place in places}
        cells = (*self.example, *[""] * len(self.headings))
        return [
            (heading, field_of.get(place, ""), private := key(heading) in PRIVATE, "" if private else cells[place])
            for place, heading in enumerate(self.headings)
        ]


class NoUsableColumnError(RollError):
    """No column holds a name or a mail address, as far as anybody knows; somebody can say which does."""

    sheets: tuple[str, ...] = ()  # of a spreadsheet, the one that was looked at first
    said: tuple[Reason, ...] = ()  # what else is to be said of the file
    readings: Mapping[str, str] = MappingProxyType({})
    headless = False

    def __init__(self, columns: Columns) -> None:
        super().__init__("file without usable column", headings=_listed(columns.headings))
        self.columns = columns


def recognise(
    headings: Sequence[str], mapping: Mapping[str, str] | None = None, example: Sequence[str] = ()
) -> Columns:
    """The columns of the file: what the mapping says first, then what the headings say.

    The mapping goes from a heading to one of FIELDS, NAME_PARTS or "ignore"; a field that it gives is taken
    from no other column. Columns that nobody recognises, and those with a date of birth, ethnicity or
    religion, are in `ignored`.

    Raises NoUsableColumnError if no column holds a name or a mail address, and RollError if the mapping names a heading
    that the file lacks, a field that the roll lacks, or a private column.
    """
    keys = [key(heading) for heading in headings]
    chosen = _checked(mapping or {}, headings, keys)
    source = _source(keys)
    known = SOURCES[source]
    preference = {word: rank for rank, word in enumerate(known)}
    given = frozenset(chosen.values())
    found: list[tuple[int, int, str]] = []
    ignored = []
    for place, (heading, word) in enumerate(zip(headings, keys, strict=True)):
        field = chosen.get(word, "")
        if not field and known.get(word, "") not in given:
            field = known.get(word, "")
        if not field or field == IGNORE or word in PRIVATE:
            ignored.append(shown(heading.strip(), 80))
        else:
            found.append((preference.get(word, -1), place, field))
    places = {
        field: tuple(place for _, place, each in sorted(found) if each == field) for field in (*FIELDS, *NAME_PARTS)
    }
    if source == OTHER and not places["name"] and not places["last_name"]:
        # In Spanish "nombre" alone is the whole name; beside "apellidos" it is the first.
        places["name"], places["first_name"] = places["first_name"], ()
    used = tuple((shown(headings[place].strip(), 80), field) for field in places for place in places[field])
    left = tuple(name for name in ignored if name)
    columns = Columns(source, tuple(headings), MappingProxyType(places), used, left, tuple(example))
    if not (places["name"] or places["mail"] or places["first_name"] or places["last_name"]):
        raise NoUsableColumnError(columns)
    return columns


def _source(keys: Sequence[str]) -> str:
    """Which program wrote the file, by headings that no other program uses."""
    present = frozenset(keys)
    if present in (frozenset(OWN_HEADINGS), frozenset(EARLIER_HEADINGS)):
        return OWN_EXPORT
    if any(word.startswith("can2") for word in present):
        return ACTION_NETWORK
    if present & {"nationbuilderid", "membershipstartedat", "membershiplevelname"}:
        return NATIONBUILDER
    if present & {"contactid", "internalcontactid", "externalidentifier"}:
        return CIVICRM
    return OTHER


def _checked(mapping: Mapping[str, str], headings: Sequence[str], keys: Sequence[str]) -> dict[str, str]:
    """The mapping by keys, once it is known to speak of this file and of our fields."""
    chosen = {}
    for heading, field in mapping.items():
        word = key(heading)
        if word not in keys:
            raise RollError("mapping names no heading", heading=heading, headings=_listed(headings))
        if field not in (*FIELDS, *NAME_PARTS, IGNORE):
            raise RollError("mapping names no field", field=field, fields=", ".join((*FIELDS, *NAME_PARTS, IGNORE)))
        if word in PRIVATE and field != IGNORE:
            raise RollError("mapping names a private column", heading=heading)
        chosen[word] = field
    return chosen


def _listed(headings: Sequence[str]) -> str:
    """The headings for a sentence; a file that is no list can have thousands."""
    names = [shown(heading.strip(), 30) for heading in headings if heading.strip()]
    return ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
