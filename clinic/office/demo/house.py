"""The house: the demo practice itself, who works there, its rooms and what it offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from clinic.office.demo.catalogue import Item, listed
from clinic.rules.calendar import WEEKDAYS
from clinic.rules.diagnoses import is_npi
from clinic.values import Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LARGE = 2000
"""More clients than this need a clinic of twelve therapists."""
FIRST_CERTIFIED = 400
"""Days before the first visit since which everybody has been certified."""
YEAR = timedelta(days=365)
MISSED = {"notice_hours": 24, "late_cancel": {"percent": 50}, "no_show": {"percent": 100}}
"""What the demo's practice asks for visits given up late or missed."""

Stretches = tuple[tuple[int, int], ...]
"""When somebody works on one day, in minutes after midnight."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is offered, as the diary and the till need it."""

    id: str
    name: str
    technique: str
    purpose: str
    minutes: int
    price: int
    before: int
    after: int
    weight: int

    @property
    def text(self) -> str:
        """How a receipt names it."""
        return f"{self.name}, {self.minutes} min"

    @property
    def is_care(self) -> bool:
        """Whether a letter could ever make it medically necessary."""
        return self.purpose != Purpose.RELAXATION


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who treats, and when."""

    id: str
    prenatal: bool
    week: tuple[Stretches, ...]


@dataclass(frozen=True, slots=True)
class House:
    """The practice before its first client."""

    practice: Item
    staff: list[Item]
    rooms: list[Item]
    treatments: list[Item]
    offered: Mapping[str, Treatment]
    treating: Sequence[Colleague]


OWN_TIPS = [10, 15, 20]
"""What one of the therapists wishes to be proposed; the others have the house's."""
SALES_TAX = 10_750
"""Of goods, in thousandths of a per cent."""


def furnish(start: date, today: date, clients: int) -> House:
    """Set up the house as it has been since `start`."""
    plan = listed("practice")
    staff = [_staff(person, start, today) for person in plan["staff"]]
    if clients > LARGE:
        staff = [_staff(person, start, today) for person in _many_hands(plan)]
    treating = tuple(
        Colleague(person["id"], person.get("prenatal_certified", False), _week(person["hours"]))
        for person in staff
        if "hours" in person
    )
    rooms = [
        {"id": f"room-{n}", "name": name} for n, name in enumerate(plan["rooms"]["names"][: len(treating)], 1)
    ]
    return House(
        practice={
            **plan["practice"],
            "npi": npi("198100273"),
            "settings": {
                "sales_tax": [{"since": str(start), "rate": SALES_TAX}],
                "missed": MISSED,
                "tips": {treating[-1].id: OWN_TIPS},
            },
        },
        staff=staff,
        rooms=rooms,
        treatments=[{k: v for k, v in one.items() if k != "weight"} for one in plan["treatments"]],
        offered={one["id"]: _treatment(one) for one in plan["treatments"]},
        treating=treating,
    )


def npi(nine: str) -> str:
    """Complete a provider number with its check digit."""
    return next(number for digit in range(10) if is_npi(number := f"{nine}{digit}"))


def _treatment(item: Item) -> Treatment:
    return Treatment(
        item["id"],
        item["name"],
        item["technique"],
        item["purpose"],
        item["minutes"],
        item["price_cents"],
        item.get("buffer_before", 0),
        item.get("buffer_after", 0),
        item["weight"],
    )


def _many_hands(plan: Item) -> list[Item]:
    hours = plan["large"]["hours"]
    usual = [{**person, "hours": hours} if "hours" in person else person for person in plan["staff"]]
    more = [
        {
            "id": f"s-{n:02}",
            "name": name,
            "role": "therapist",
            "title": "CMT",
            "certificate": 60 + 50 * n,
            "policies": [40 + 30 * n],
            "npi": f"1720{n:05}",
            "prenatal_certified": n % 3 == 0,
            "hours": hours,
        }
        for n, name in enumerate(plan["large"]["therapists"], 4)
    ]
    return [*usual, *more]


def _staff(person: Item, start: date, today: date) -> Item:
    item = {key: person[key] for key in ("id", "name", "role", "title")}
    if "hours" not in person:
        return item
    number = sum(person["name"].encode()) % 90_000 + 10_000
    item["certificate"] = {
        "body": "CAMTC",
        "number": str(number),
        "issued": str(start - timedelta(days=FIRST_CERTIFIED)),
        "expires": str(today + timedelta(days=person["certificate"])),
    }
    item["npi"] = npi(person["npi"])
    if person.get("prenatal_certified"):
        item["prenatal_certified"] = True
    item["policies"] = [
        {
            "type": kind,
            "insurer": "Tidewater Practitioners Mutual",
            "number": f"{kind[:2]}-{number}",
            "effective": str(today + timedelta(days=left) - YEAR),
            "expires": str(today + timedelta(days=left)),
        }
        for kind, left in zip(("PROFESSIONAL", "GENERAL"), person["policies"], strict=False)
    ]
    item["hours"] = person["hours"]
    item |= {key: person[key] for key in ("lymphatic_certified", "limits", "gender") if key in person}
    return item


def _week(hours: Mapping[str, Sequence[Sequence[str]]]) -> tuple[Stretches, ...]:
    return tuple(
        tuple((_minute(opens), _minute(closes)) for opens, closes in hours.get(day, ())) for day in WEEKDAYS
    )


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return 60 * int(hour) + int(minute)
