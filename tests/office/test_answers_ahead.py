"""Answers dated after now, as a file from elsewhere may bring them, say nothing until their day has come."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.office import flags, screenings
from clinic.values import ClientId, TreatmentId
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

OWN = ClientId("c-own")
AHEAD = "2027-03-01T09:00"
SURGERY = [{"what": "knee", "major": True, "on": "2026-11-16", "sites": ["left_knee"]}]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    told = practices.a_screening("h-now", answered_at="2026-11-17T09:00", I02=SURGERY)
    ahead = practices.a_screening("h-ahead", answered_at=AHEAD)
    opened = practices.sit_down(practices.make(tmp_path, practices.a_document(screenings=[told, ahead])))
    yield opened
    opened.close()


def test_what_was_told_stands_until_the_day_of_the_later_answers_has_come(desk: Desk) -> None:
    def found(at: datetime) -> set[str]:
        told = desk.reading(partial(flags.of_visit, client=OWN, treatment=TreatmentId("t-60"), at=at))
        return {each["rule"] for each in told["findings"]}

    assert any(rule.startswith(("SUR", "MSK", "SRG", "PRO")) for rule in found(datetime(2026, 11, 25, 10)))


def test_whoever_looks_is_told_the_answers_of_today_and_is_asked_again_by_them(desk: Desk) -> None:
    health = desk.reading(partial(screenings.of_client, client=OWN))
    assert health.answered_on == date(2026, 11, 17)
    assert health.ends_on == date(2027, 11, 17)
    assert desk.reading(partial(screenings.due, client=OWN)) is health.renewal
