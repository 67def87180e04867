"""What the rules of every family ask of a visit: day, age, pregnancy, blood pressure, medicines, areas wished for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from clinic.rules.answers import LAST_MINUTE, Answers, day_of, hours
from clinic.rules.areas import expand
from clinic.rules.screening import Medicine, age_on, medicines, over

if TYPE_CHECKING:
    from .book import RuleBook
    from .case import Case

Numbers = Mapping[str, float]

PREGNANCY_DAYS = 280
OVERDUE_DAYS = 44 * 7
FAHRENHEIT_FREEZING = 32
SPINE = ("neck_post", "upper_back", "mid_back", "low_back", "sacrum")


@dataclass(frozen=True, slots=True)
class BloodPressure:
    """The pressure that counts: the mean of two readings close together, or a single one that wants a second."""

    systolic: float
    diastolic: float
    at: datetime
    single: bool

    def reaches(self, systolic: float, diastolic: float) -> bool:
        """Whether either value has come up to its limit; the higher class counts."""
        return self.systolic >= systolic or self.diastolic >= diastolic


@dataclass(frozen=True, slots=True)
class Visit:
    """A case made ready for the rules."""

    case: Case
    day: date
    age: int | None
    answers: Answers
    taking: tuple[Medicine, ...]
    pressure: BloodPressure | None
    first_trimester_weeks: int | None
    in_room_under: int | None
    on_premises_under: int | None
    """Ages under which this practice wants a guardian in the room, or near; None is the catalogue's own."""
    fever_celsius: float
    clearance_ends: Mapping[str, date]

    @property
    def at(self) -> datetime:
        """Wall time of the visit."""
        return self.case.at

    @property
    def pregnant(self) -> bool:
        """Whether the client said so."""
        return self.answers.word("F01") == "yes"

    @property
    def due(self) -> date | None:
        """Day on which the child is expected."""
        return self.answers.day("F02", "due")

    @property
    def gestation(self) -> int | None:
        """Days of pregnancy on the day of the visit; None where no due date is known, or one that can't be."""
        days = None if self.due is None else PREGNANCY_DAYS - (self.due - self.day).days
        return None if days is None or days >= OVERDUE_DAYS else days

    @property
    def days_postpartum(self) -> int | None:
        """Days since the birth; 0 while the client says postpartum and gives no day that has been."""
        if self.answers.word("F01") != "postpartum":
            return None
        delivered = self.answers.day("F02", "delivered")
        return 0 if delivered is None else max(0, (self.day - delivered).days)

    def today(self, question: str, key: str = "") -> bool:
        """Whether an answer was given on the day of the visit."""
        return self.answers.said_on(self.day, question, key)

    @property
    def faint_today(self) -> bool:
        """Whether the client felt or looked faint on the day itself."""
        signs = (("C05", "faint"), ("OBS", "pale_or_sweating"))
        return any(self.answers.yes(*sign) and self.today(*sign) for sign in signs)

    @property
    def feverish_today(self) -> bool:
        """Whether there was fever on the day itself, told or measured."""
        told = any(
            self.answers.yes("C01", key) and self.today("C01", key) for key in ("feverish", "fever_last_24h")
        )
        measured = temperatures(self.answers).items()
        return told or any(
            degrees >= self.fever_celsius and self.today("C01", key) for key, degrees in measured
        )

    def asks_for(self, area: str) -> bool:
        """Whether this area was named in the request."""
        return area in self.case.request.sites

    def days_since(self, day: date | None) -> int | None:
        """Calendar days from then to the visit."""
        return None if day is None else (self.day - day).days

    def hours_since(self, moment: datetime | None) -> float | None:
        """Wall hours from then to the visit."""
        return None if moment is None else hours(moment, self.at)

    def takes(self, *classes: str) -> list[Medicine]:
        """Medicines of these classes that are still in use on the day."""
        return [each for each in self.of_class(*classes) if not each.stopped_before(self.day)]

    def of_class(self, *classes: str) -> list[Medicine]:
        """Medicines of these classes, in use or stopped."""
        return [each for each in self.taking if each.classes and not each.classes.isdisjoint(classes)]

    def recent(self, moment: datetime | None, within: float) -> bool:
        """Whether something happened less than that many hours before the visit; at no hour of its day counts."""
        if moment is None:
            return False
        some_time_today = moment.date() == self.day and moment.time() == LAST_MINUTE
        return some_time_today or 0 <= hours(moment, self.at) < within

    def doses(self, *classes: str) -> list[Medicine]:
        """Medicines of these classes whose last dose may count, those stopped since among them."""
        return [each for each in self.of_class(*classes) if each.last or not each.stopped_before(self.day)]


def prepare(case: Case, book: RuleBook) -> Visit:
    """Lay the answers out for the day of the visit; a quick check of another day says nothing about it."""
    day = case.at.date()
    quick = case.quick if case.quick and case.quick.at.date() == day else None
    answers = over(case.full, *(() if quick is None else (*case.earlier, quick)))
    return Visit(
        case=case,
        day=day,
        age=None if case.born is None else age_on(case.born, day),
        answers=answers,
        taking=medicines(answers, book.medicines),
        pressure=_pressure(answers.of("D01").get("readings", ()), book.intervals),
        first_trimester_weeks=book.policy.first_trimester_end_weeks,
        in_room_under=book.policy.guardian_in_room_under,
        on_premises_under=book.policy.guardian_on_premises_under,
        fever_celsius=book.intervals["fever_celsius"],
        clearance_ends=dict(_clearance_ends(answers, book.intervals)),
    )


def _clearance_ends(answers: Answers, numbers: Numbers) -> Iterator[tuple[str, date]]:
    """Days on which a clearance without an end of its own runs out by nature."""
    due = answers.day("F02", "due")
    if due is not None:
        yield "postpartum", due + timedelta(days=numbers["clearance_after_due_days"])
    operations = [day for item in answers.items("I02") if (day := day_of(item.get("on"))) is not None]
    if operations:
        yield "healed", max(operations) + timedelta(days=numbers["clearance_healed_days"])


def _pressure(readings: Iterable[Mapping[str, Any]], numbers: Numbers) -> BloodPressure | None:
    taken = sorted(_timed(readings), key=lambda each: each[0])
    if not taken:
        return None
    last, systolic, diastolic = taken[-1]
    for earlier, high, low in reversed(taken[:-1]):
        apart = last - earlier
        least = timedelta(minutes=numbers["readings_apart_minutes"])
        if least <= apart <= timedelta(minutes=numbers["readings_within_minutes"]):
            return BloodPressure((systolic + high) / 2, (diastolic + low) / 2, last, single=False)
    return BloodPressure(systolic, diastolic, last, single=True)


def _timed(readings: Iterable[Mapping[str, Any]]) -> Iterator[tuple[datetime, float, float]]:
    """Take the readings that are complete; one that is not keeps its question open."""
    for reading in readings:
        if {"at", "systolic", "diastolic"} <= reading.keys():
            yield datetime.fromisoformat(reading["at"]), reading["systolic"], reading["diastolic"]


def temperatures(answers: Answers) -> Mapping[str, float]:
    """Measured temperatures in degrees Celsius, unrounded, by the key they were told under."""
    told = answers.of("C01")
    found = {"temp_c": float(told["temp_c"])} if "temp_c" in told else {}
    if "temp_f" in told:
        found["temp_f"] = float(told["temp_f"] - FAHRENHEIT_FREEZING) * 5 / 9
    return found


def areas_of(items: Iterable[Mapping[str, Any]], key: str = "sites") -> frozenset[str]:
    """Every area these entries name."""
    return expand(area for item in items for area in item.get(key, ()))
