"""The claim helper's words, which say of every sum that it is a sum and no advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.wording import _, money

if TYPE_CHECKING:
    from clinic.values import Money


def floor(below: Money, above: Money) -> str:
    """Tell the floor of a year and what lies above it."""
    return _("Arithmetic only: the floor is {below}, above it are {above}.").format(
        below=money(below), above=money(above)
    )


def mileage(cents: Money, visits: int) -> str:
    """Tell what the way to the visits comes to."""
    return _("Arithmetic only: the way to {visits} visits comes to {amount}.").format(
        visits=visits, amount=money(cents)
    )
