"""Keeping what clients answer: versions stand beside one another, and the desk writes what it can't read."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from clinic.office import intake
from clinic.records import Screening
from clinic.values import ClientId, Refusal, ScreeningKind
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.storage.work import Work

OWN = ClientId("c-own")


@pytest.fixture(scope="module")
def fresh_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice in which nobody was asked anything yet."""
    return practices.make(tmp_path_factory.mktemp("unasked"), practices.a_document(screenings=[]))


def record(
    desk: Desk, answers: dict[str, Any], kind: ScreeningKind = ScreeningKind.FULL, **others: Any
) -> str:
    task = partial(intake.record, client=OWN, kind=kind, answers=answers, **others)
    return str(desk.writing(task)[0])


def versions(desk: Desk, kind: ScreeningKind = ScreeningKind.FULL) -> list[Any]:
    def look(work: Work) -> list[Any]:
        asked = select(Screening.answered_at, Screening.answers, Screening.signed_by)
        asked = asked.where(Screening.client == OWN, Screening.kind == kind)
        return list(work.run(asked.order_by(Screening.answered_at, Screening.id)))

    return desk.reading(look)


def test_a_later_version_stands_beside_the_earlier(desk: Desk) -> None:
    record(desk, {"F01": "no"}, answered_at=datetime(2026, 11, 17, 9))
    record(desk, {"F01": "yes"})
    assert [version.answers["F01"] for version in versions(desk)] == ["no", "yes"]


def test_who_signed_the_declaration_signed_the_version(desk: Desk) -> None:
    record(desk, {"M01": {"true_and_complete": True, "signature": " Hạnh Nguyễn "}})
    assert versions(desk)[0].signed_by == "Hạnh Nguyễn"


def test_answers_are_dated_by_the_minute_on_the_practices_wall(desk: Desk) -> None:
    record(desk, {"F01": "no"})
    assert versions(desk)[0].answered_at == datetime(2026, 11, 18, 14, 10)


def test_news_at_the_table_becomes_a_version_of_the_full_history_that_renews_nothing(desk: Desk) -> None:
    before = datetime(2026, 6, 1, 9)
    record(desk, {"K01": [], "F01": "no"}, answered_at=before)
    record(desk, {"Q3": [{"name": "Warfarin"}]}, ScreeningKind.QUICK)
    first, second = versions(desk)
    assert (first.answers["K01"], second.answers["K01"]) == ([], [{"name": "Warfarin"}])
    assert second.answered_at.date() == before.date()
    assert len(versions(desk, ScreeningKind.QUICK)) == 1


def test_a_quick_check_without_a_history_stands_alone(desk: Desk) -> None:
    record(desk, {"Q3": [{"name": "Warfarin"}]}, ScreeningKind.QUICK)
    assert versions(desk) == []


@pytest.mark.parametrize(
    ("answers", "code", "at"),
    [
        ({}, "nothing_answered", "answers"),
        ({"F01": "perhaps"}, "not_in_list", "/answers/F01"),
        ({"Q1": {}}, "unknown_key", "/answers/Q1"),
        ({"B02": {"since": "2026-02-30"}}, "impossible_date", "/answers/B02/since"),
    ],
)
def test_an_answer_of_the_wrong_shape_is_refused_at_its_question(
    desk: Desk, answers: dict[str, Any], code: str, at: str
) -> None:
    with pytest.raises(Refusal) as refused:
        record(desk, answers)
    assert (refused.value.code, refused.value.at) == (code, at)
    assert versions(desk) == []


def test_nothing_is_answered_tomorrow(desk: Desk) -> None:
    with pytest.raises(Refusal, match="not_yet_answered"):
        record(desk, {"F01": "no"}, answered_at=datetime(2026, 11, 19, 9))


@pytest.fixture
def seated(fresh_practice: Path, tmp_path: Path) -> Callable[[str], Desk]:
    """Sit anybody down at a copy of the fresh practice."""
    path = practices.copied(fresh_practice, tmp_path / "others")
    return lambda person: practices.sit_down(path, person)


def test_the_front_desk_writes_and_a_stranger_does_not(seated: Callable[[str], Desk]) -> None:
    record(seated("s-desk"), {"F01": "no"})
    with pytest.raises(Refusal, match="not_allowed"):
        record(seated("s-therapist"), {"F01": "no"})
