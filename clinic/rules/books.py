"""The books: papers numbered without a gap, what may be voided or paid back, and which years are closed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING

from clinic.values import NOTHING, Money, Refusal, StaffId

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

_NUMBER = re.compile(r"([RC]Z*[B-Y]?)-([0-9]{4})-([0-9]{6,})")


class Book(StrEnum):
    """The two books that papers are numbered in; each begins with the series that bears its letter."""

    RECEIPTS = "R"
    CREDIT_NOTES = "C"


@dataclass(frozen=True, order=True, slots=True)
class Number:
    """A paper's number: ``R-2026-000123``, and ``RB-…`` after the numbers given before were forgotten."""

    series: str
    year: int
    sequence: int

    def __str__(self) -> str:
        return f"{self.series}-{self.year:04d}-{self.sequence:06d}"


def parse(text: str) -> Number | None:
    """Read one of our own numbers; a number that came from somewhere else is None."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    number = Number(match[1], int(match[2]), int(match[3]))
    return number if number.sequence and str(number) == text else None


def current(book: Book, known: Iterable[str]) -> str:
    """Name the series in use: the latest one of the book that the practice ever began."""
    return max((series for series in known if series.startswith(book)), default=book.value)


def following(series: str) -> str:
    """Name the series after this one: R, RB, … RZ, RZB, which is also their order as text."""
    last = series[-1] if len(series) > 1 else "A"
    return f"{series}B" if last == "Z" else f"{series[0]}{series[1:-1]}{chr(ord(last) + 1)}"


def after_loss(known: Collection[str]) -> tuple[str, ...]:
    """Name the series to open, one per book, where nobody can tell which numbers stand on paper already."""
    return tuple(following(current(book, known)) for book in Book)


def next_number(series: str, year: int, last: int) -> Number:
    """Give the number after the last one taken in the series and year."""
    return Number(series, year, last + 1)


def number_all(
    papers: Iterable[tuple[date, str]], series: str, last: Mapping[tuple[str, int], int]
) -> dict[str, Number]:
    """Give many papers their numbers at once: by day, then id, each year on its own, after the last taken."""
    runs: dict[int, count[int]] = {}
    numbers = {}
    for day, paper in sorted(papers):
        run = runs.setdefault(day.year, count(last.get((series, day.year), 0) + 1))
        numbers[paper] = Number(series, day.year, next(run))
    return numbers


def highest(numbers: Iterable[Number]) -> dict[tuple[str, int], int]:
    """Find the last number of each series and year: what counters keep and the closing report prints."""
    last: dict[tuple[str, int], int] = {}
    for number in numbers:
        key = (number.series, number.year)
        last[key] = max(last.get(key, 0), number.sequence)
    return last


def gaps(taken: Iterable[int], last: int, skipped: Iterable[range] = ()) -> tuple[range, ...]:
    """Find the numbers up to the last one that no paper bears and nobody explained, as runs."""
    missing = set(range(1, last + 1)).difference(taken, *skipped)
    starts = sorted(number for number in missing if number - 1 not in missing)
    ends = sorted(number for number in missing if number + 1 not in missing)
    return tuple(range(start, end + 1) for start, end in zip(starts, ends, strict=True))


@dataclass(frozen=True, slots=True)
class Void:
    """A paper that no longer counts: its number stays in its place, with who took it back, when and why."""

    by: StaffId
    on: date
    reason: str


def void(*, by: StaffId, on: date, reason: str, earlier: Void | None, used: bool) -> Void:
    """Take a paper back, on any day; not twice, not without a reason, not after what it sold was used.

    ``used``: a visit of the bundle, or part of the gift certificate, that the paper sold.
    """
    if earlier is not None:
        raise Refusal("already_void", at="void", on=earlier.on)
    if used:
        raise Refusal("already_used", at="void")
    if not reason.strip():
        raise Refusal("reason_missing", at="reason")
    return Void(by, on, reason.strip())


@dataclass(frozen=True, slots=True)
class Credit:
    """Money to be paid back on a credit note."""

    amount: Money
    prior_year: bool
    """The payment was of an earlier year, whose papers stay as they are."""


def credit(amount: Money, *, paid: Money, paid_back: Money, paid_on: date, on: date) -> Credit:
    """Pay back a part of a payment: never nothing, never more than is left of it."""
    if amount <= NOTHING:
        raise Refusal("amount_wrong", at="amount")
    left = paid - paid_back
    if amount > left:
        raise Refusal("refund_too_much", at="amount", left=left)
    return Credit(amount, is_prior_year(paid_on, on))


def is_prior_year(paid_on: date, on: date) -> bool:
    """Tell that paying it back changes no earlier statement: it stands in this year's as an adjustment."""
    return on.year > paid_on.year


def check_open(on: date, closed: Collection[int]) -> None:
    """Let nothing be dated into a year that was closed."""
    if on.year in closed:
        raise Refusal("year_closed", at="on", year=on.year)
