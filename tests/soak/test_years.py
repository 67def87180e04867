"""Random years at the till reconcile to the cent: by line, receipt, client, method, day, report and year's end."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from clinic.storage import checks
from tests import practices
from tests.soak.years import Year, reconcile

if TYPE_CHECKING:
    from pathlib import Path

STEPS = 12


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("years"))


@pytest.mark.parametrize(
    "rounds",
    [
        # A year takes half a second: a twentieth of all would take longer than the rest of the tests.
        pytest.param(4, id="short"),
        pytest.param(10_000, id="long", marks=pytest.mark.soak),
    ],
)
def test_a_random_year_at_the_till_reconciles(
    template: Path, tmp_path: Path, rounds: int, dice: random.Random
) -> None:
    done, seed = 0, dice.random()
    for n in range(rounds):
        desk = practices.sit_down(practices.copied(template, tmp_path / f"y{n}"))
        year = Year(desk, random.Random(f"{seed}/{n}"), f"y{n}")
        try:
            year.play(STEPS)
            reconcile(year)
            assert all(finding.ok for finding in checks.of_file(desk.vault))
        finally:
            desk.close()
        done += year.done
    assert done > rounds * STEPS // 2
