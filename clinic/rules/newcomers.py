"""Newcomers: what the columns of another program's list mean, and which of its rows can be a client."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Column(StrEnum):
    """What a column of the list may say of a client."""

    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    NAME = "name"
    """Both names in one cell."""
    PREFERRED_NAME = "preferred_name"
    BORN = "born"
    PHONE = "phone"
    OTHER_PHONE = "other_phone"
    """Kept where the first phone is empty."""
    EMAIL = "email"
    STREET = "street"
    STREET_2 = "street_2"
    CITY = "city"
    REGION = "region"
    POSTAL = "postal"
    EMERGENCY_NAME = "emergency_name"
    EMERGENCY_PHONE = "emergency_phone"
    EMERGENCY_RELATION = "emergency_relation"
    GUARDIAN_NAME = "guardian_name"
    GUARDIAN_PHONE = "guardian_phone"


class DayOrder(StrEnum):
    """What comes first in a day written with figures only."""

    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row can't be a client: the column in which it goes wrong, None for the row itself, and how."""

    column: Column | None
    code: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A row read: the client it would make, or why it makes none."""

    row: int
    facts: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """As much of somebody on file as tells them from others of their name."""

    born: date | None
    phone: str
    email: str


Columns = Mapping[Column, int]
"""Where in a row each thing stands."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a list is read: where each thing stands, how its days are written, and from which day on."""

    columns: Columns
    wide: int
    """Cells in the heading; a row with something beyond them lost a quotation mark, and says nothing for sure."""
    order: DayOrder
    today: date
    longest: int
    """Characters in one cell; what is longer is kept nowhere."""


HEADINGS = {
    Column.GIVEN_NAME: "first firstname given givenname forename nombre primernombre",
    Column.FAMILY_NAME: "last lastname family familyname surname apellido apellidos",
    Column.NAME: "name fullname displayname nombrecompleto nameofclient",
    Column.PREFERRED_NAME: "preferredname nickname goesby knownas callname",
    Column.BORN: "born birthday birthdate dateofbirth dob bday fechadenacimiento",
    Column.PHONE: "mobile mobilephone mobilenumber cell cellphone phone phonenumber telephone tel phone1value"
    " telefono movil",
    Column.OTHER_PHONE: "homephone workphone otherphone phone2 secondaryphone alternatephone dayphone"
    " eveningphone phone2value",
    Column.EMAIL: "email emailaddress mail email1value correo correoelectronico",
    Column.STREET: "street address address1 streetaddress addressline1 mailingaddress address1street"
    " direccion calle",
    Column.STREET_2: "address2 addressline2 apt apartment suite unit",
    Column.CITY: "city town address1city ciudad",
    Column.REGION: "state region province address1region estado",
    Column.POSTAL: "zip zipcode postal postalcode postcode address1postalcode codigopostal",
    Column.EMERGENCY_NAME: "emergencycontact emergencycontactname emergencyname",
    Column.EMERGENCY_PHONE: "emergencyphone emergencycontactphone emergencynumber emergencycontactnumber",
    Column.EMERGENCY_RELATION: "emergencyrelation emergencyrelationship emergencycontactrelationship",
    Column.GUARDIAN_NAME: "guardian guardianname parent parentname parentguardian",
    Column.GUARDIAN_PHONE: "guardianphone parentphone",
}
"""The words, bare of spaces and signs, under which programs keep each thing; the likelier first."""
SPEAKER = re.compile(r"^(?:client|customer|patient|contact|guest)(?:s)?(?=.)")

OLDEST = 120
"""Years; who is older was typed wrong."""
LEAST_FIGURES = 7
TAIL = 7
"""The last figures of a phone tell people of one name apart, however its beginning is written."""
CENTURY, SHORT = 100, 2
UNLIKE_A_NAME = "@\ufffd"
"""What shows that a column was swapped, or that the letters were lost on the way."""
NAMES = (Column.FAMILY_NAME, Column.NAME, Column.GIVEN_NAME)
ACCENTS = str.maketrans("áéíóúñ", "aeioun")
MONTHS = ("jan ene", "feb", "mar", "apr abr", "may", "jun", "jul", "aug ago", "sep", "oct", "nov", "dec dic")
NOTHING = re.compile(r"[0/.\- ]*$|(?:n/?a|none|null|unknown)$", re.IGNORECASE)
"""What people and programs write where they know nothing."""
CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$|(\d{4})(\d{2})(\d{2})$", re.ASCII)
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$", re.ASCII)
WORDED = re.compile(
    r"(?:(?P<day>\d{1,2})[ .\-]*(?:de )?)?(?P<month>[a-z]{3,12})[ .,\-]*(?:de )?"
    r"(?:(?P<later>\d{1,2})(?:st|nd|rd|th)?[ ,]+)?(?P<year>\d{4})$",
    re.ASCII | re.IGNORECASE,
)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+$")


def columns(heading: Sequence[str]) -> Columns:
    """Guess what each column says by its heading; one thing stands in one column only."""
    best: dict[Column, tuple[int, int]] = {}
    for place, words in enumerate(heading):
        plain = _bare(words)
        for column, known_as in HEADINGS.items():
            ranks = [
                known_as.split().index(form)
                for form in (plain, SPEAKER.sub("", plain))
                if form in known_as.split()
            ]
            if ranks:
                best[column] = min(best.get(column, (min(ranks), place)), (min(ranks), place))
    if Column.GIVEN_NAME in best or Column.FAMILY_NAME in best:
        best.pop(Column.NAME, None)
    return {column: place for column, (_rank, place) in best.items()}


def _bare(words: str) -> str:
    return "".join(sign for sign in words.casefold().translate(ACCENTS) if sign.isalnum())


def has_name(found: Columns) -> bool:
    """Tell whether these columns say who anybody is."""
    return bool({Column.GIVEN_NAME, Column.FAMILY_NAME, Column.NAME} & set(found))


def day_order(cells: Iterable[str]) -> DayOrder:
    """Guess how days are written: as most of those that leave no doubt, and where none does as in America."""
    lean = 0
    for cell in cells:
        if (found := YEAR_LAST.match(CLOCK.sub("", cell.strip()))) and found[2] != ".":
            lean += (int(found[1]) > len(MONTHS)) - (int(found[3]) > len(MONTHS))
    return DayOrder.DAY if lean > 0 else DayOrder.MONTH


def read_row(number: int, cells: Sequence[str], reading: Reading) -> Newcomer:
    """Read one row of the list as a client."""
    said = {
        column: text
        for column, at in reading.columns.items()
        if at < len(cells) and (text := _tidy(cells[at])) and (column in NAMES or not NOTHING.match(text))
    }
    if Column.PHONE in said:
        said.pop(Column.OTHER_PHONE, None)
    facts = {**_names(said), **_reached(said)}
    faults: list[Fault] = [
        Fault(column, "too_long") for column, text in said.items() if len(text) > reading.longest
    ]
    if any(cell.strip() for cell in cells[reading.wide :]):
        faults.append(Fault(None, "too_many_cells"))
    if not faults:  # what is longer than anything that is kept is not looked into
        faults = [*_name_faults(said, facts, reading), *_reach_faults(said)]
        if Column.BORN in said:
            facts["born"] = day = read_day(said[Column.BORN], reading.order, reading.today)
            if fault := _day_fault(day, reading.today):
                faults.append(Fault(Column.BORN, fault))
    return Newcomer(number, facts, tuple(faults))


def _tidy(cell: str) -> str:
    """Bring the lines of a cell into one."""
    return ", ".join(line for each in cell.splitlines() if (line := " ".join(each.split()).strip(",")))


def _name_faults(said: Mapping[Column, str], facts: Mapping[str, Any], reading: Reading) -> list[Fault]:
    if not (facts["given_name"] or facts["family_name"]):
        return [Fault(next(column for column in NAMES if column in reading.columns), "name_missing")]
    return [
        Fault(column, "not_a_name")
        for column in NAMES
        if (text := said.get(column))
        and (any(sign in text for sign in UNLIKE_A_NAME) or not any(sign.isalpha() for sign in text))
    ]


def _reach_faults(said: Mapping[Column, str]) -> list[Fault]:
    faults = [
        Fault(column, "not_a_phone")
        for column in (Column.PHONE, Column.OTHER_PHONE, Column.EMERGENCY_PHONE, Column.GUARDIAN_PHONE)
        if column in said and (len(_figures(said[column])) < LEAST_FIGURES or "@" in said[column])
    ]
    if Column.EMAIL in said and not EMAIL.match(said[Column.EMAIL]):
        faults.append(Fault(Column.EMAIL, "not_an_email"))
    return faults


def _day_fault(day: date | None, today: date) -> str:
    if day is None:
        return "not_a_day"
    if day > today:
        return "born_ahead"
    return "born_long_ago" if day.year < today.year - OLDEST else ""


def _names(said: Mapping[Column, str]) -> dict[str, Any]:
    given, family = said.get(Column.GIVEN_NAME, ""), said.get(Column.FAMILY_NAME, "")
    if whole := said.get(Column.NAME, ""):
        family, comma, given = (part.strip() for part in whole.partition(","))
        if not comma:
            given, _space, family = whole.rpartition(" ")
    return {
        "given_name": given.strip(),
        "family_name": family.strip(),
        "preferred_name": said.get(Column.PREFERRED_NAME),
    }


def _reached(said: Mapping[Column, str]) -> dict[str, Any]:
    """Gather how somebody is reached, by themselves and through those near to them."""
    street = ", ".join(said[column] for column in (Column.STREET, Column.STREET_2) if column in said)
    address = {
        "street": street,
        "city": said.get(Column.CITY),
        "region": said.get(Column.REGION),
        "postal": said.get(Column.POSTAL),
    }
    emergency = {
        "name": said.get(Column.EMERGENCY_NAME),
        "relation": said.get(Column.EMERGENCY_RELATION),
        "phone": said.get(Column.EMERGENCY_PHONE),
    }
    guardian = {"name": said.get(Column.GUARDIAN_NAME), "phone": said.get(Column.GUARDIAN_PHONE)}
    return {
        "phone": said.get(Column.PHONE) or said.get(Column.OTHER_PHONE),
        "email": said.get(Column.EMAIL),
        "address": _kept(address),
        "emergency": _kept(emergency) if emergency["name"] else None,
        "guardian": _kept(guardian) if guardian["name"] else None,
    }


def _kept(parts: Mapping[str, str | None]) -> dict[str, str] | None:
    return {name: part for name, part in parts.items() if part} or None


def read_day(text: str, order: DayOrder, today: date) -> date | None:
    """Read a day of birth however it is written; None where it is no day."""
    text = CLOCK.sub("", text)
    if found := YEAR_FIRST.match(text):
        year, month, day = (part for part in found.groups() if part)
    elif found := YEAR_LAST.match(text):
        day_first = order is DayOrder.DAY or found[2] == "."
        day, month = (found[1], found[3]) if day_first else (found[3], found[1])
        year = found[4]
    elif found := WORDED.match(text):
        day, month, year = found["day"] or found["later"] or "0", _month(found["month"]), found["year"]
    else:
        return None
    try:
        whole = date(_whole_year(year, today), int(month), int(day))
        still_ahead = len(year) == SHORT and whole > today
        return whole.replace(year=whole.year - CENTURY) if still_ahead else whole
    except ValueError:
        return None


def _month(word: str) -> str:
    short = word.casefold()[:3]
    return next((str(n) for n, names in enumerate(MONTHS, 1) if short in names.split()), "0")


def _whole_year(text: str, today: date) -> int:
    """Read a year; one of two figures is of this century until it would still be ahead."""
    return int(text) + (today.year // CENTURY * CENTURY if len(text) == SHORT else 0)


def _figures(text: str) -> str:
    return "".join(sign for sign in text if sign in "0123456789")


def tail(phone: str | None) -> str:
    """Keep the end of a phone number, by which it is known however its beginning is written."""
    return _figures(phone or "")[-TAIL:]


def known(facts: Mapping[str, Any]) -> Known:
    """Keep what tells a newcomer from others of the same name."""
    return Known(facts.get("born"), tail(facts.get("phone")), (facts.get("email") or "").casefold())


def same_person(one: Known, other: Known) -> bool:
    """Tell whether two of one name are one: by the day of birth, else by how they are reached, else by the name."""
    if one.born and other.born:
        return one.born == other.born
    told = [(a, b) for a, b in ((one.phone, other.phone), (one.email, other.email)) if a and b]
    return any(a == b for a, b in told) or not told
