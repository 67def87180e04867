"""Closed years: what was handed in for a year stays as it is, and nothing more is dated into it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from clinic.rules import books
from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clinic.storage.work import Work

DATED = {"invoices": "issued_on", "payments": "paid_on", "refunds": "refunded_on"}
"""Lists of the portable file that are dated, and by what."""


def years_in(settings: Mapping[str, Any] | None) -> frozenset[int]:
    """Read which years are closed from the practice's settings."""
    return frozenset((settings or {}).get("closed_years", ()))


def check_open(work: Work, on: date) -> None:
    """Refuse what would be dated into a closed year, or change what counts in it."""
    books.check_open(on, years_in(work.practice.settings))


def check_arrivals(settings: Mapping[str, Any] | None, added: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    """Refuse a file that brings new money into a closed year."""
    closed = years_in(settings)
    for name, key in DATED.items() if closed else ():
        for item in added.get(name, ()):
            on = date.fromisoformat(item[key])
            if on.year in closed:
                raise Refusal("year_closed", at=f"/{name}", year=on.year, id=item["id"])


def keep_closed(work: Work, years: frozenset[int]) -> None:
    """Leave years closed that were, whatever settings a file brings along: opening one takes a reason."""
    if years:
        settings = work.practice.settings or {}
        work.practice.settings = {**settings, "closed_years": sorted(years | years_in(settings))}
