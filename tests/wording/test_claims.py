"""The claim helper never speaks of a sum without saying that it is no more than one."""

from __future__ import annotations

from clinic.values import Money
from clinic.wording.claims import floor, mileage


def test_c38_the_floor_is_labelled_arithmetic_only() -> None:
    said = floor(Money.of("6000"), Money.of("1400"))
    assert said == "Arithmetic only: the floor is $6,000.00, above it are $1,400.00."


def test_c37_the_mileage_is_labelled_arithmetic_only() -> None:
    assert mileage(Money.of("59.04"), 12) == "Arithmetic only: the way to 12 visits comes to $59.04."
