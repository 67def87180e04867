"""Free times, from the practice file: what is offered can be booked, and what can be booked is offered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import booking, clients, free_times, openings, practice
from clinic.storage.work import Actor, Work
from clinic.values import (
    BlockKind,
    ClientId,
    Gender,
    Refusal,
    Role,
    RoomId,
    StaffId,
    TreatmentId,
)
from clinic.wording.slots import why
from tests import practices
from tests.office.counter import book

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from clinic.office.desk import Desk

MONDAY, FRIDAY = date(2026, 12, 7), date(2026, 12, 11)
HER, OWNER = StaffId("s-therapist"), StaffId("owner")


def find(desk: Desk, **facts: Any) -> tuple[free_times.FreeTime, ...]:
    asked: dict[str, Any] = {"treatment": TreatmentId("t-60"), "first": MONDAY, "last": FRIDAY} | facts
    return desk.reading(partial(free_times.find, **asked))


@pytest.fixture
def busy(tmp_path: Path, dice: random.Random) -> Any:
    """A practice whose treatments have buffers, with a week of visits and blocks strewn about it."""
    document = practices.a_document()
    for each, before, after in zip(document["treatments"], (0, 10, 5), (15, 5, 0), strict=True):
        each["buffer_before"], each["buffer_after"] = before, after
    desk = practices.sit_down(practices.make(tmp_path, document))
    for _ in range(40):
        at = datetime.combine(MONDAY, datetime.min.time()) + timedelta(
            days=dice.randrange(5), hours=dice.randrange(8, 19), minutes=5 * dice.randrange(12)
        )
        treatment = dice.choice(["t-60", "t-90", "t-rest"])
        try:
            book(
                desk,
                at,
                staff=dice.choice([HER, OWNER]),
                room=dice.choice([None, RoomId("r-hearth"), RoomId("r-willow")]),
                treatment=TreatmentId(treatment),
            )
        except Refusal as refusal:
            assert refusal.code == "slot_taken"  # noqa: PT017 - most of them find their place
    noon = datetime.combine(MONDAY, datetime.min.time()).replace(hour=12, minute=20)
    blocks: list[dict[str, Any]] = [
        {"staff": HER, "begins": noon, "ends": noon + timedelta(minutes=40), "rule": "FREQ=DAILY"},
        {"room": RoomId("r-willow"), "begins": noon + timedelta(days=2), "ends": None},
        {"begins": noon + timedelta(days=3), "ends": noon + timedelta(days=3, hours=4)},
    ]
    for block in blocks:
        desk.writing(partial(openings.add_block, kind=BlockKind.OTHER, **block))
    yield desk
    desk.close()


@pytest.mark.sweep(200)
def test_what_is_offered_is_booked_and_what_is_not_is_refused(
    busy: Desk, dice: random.Random, rounds: int
) -> None:
    for treatment in ("t-60", "t-90", "t-rest"):
        wish = {"treatment": TreatmentId(treatment)}
        offered = {(slot.at, slot.staff): slot for slot in find(busy, **wish)}
        assert offered
        for slot in dice.sample(sorted(offered.values(), key=str), min(rounds, len(offered))):
            made = book(busy, slot.at, staff=slot.staff, room=slot.room, **wish)
            assert "W-HOURS" not in made.warnings
            busy.writing(partial(booking.take_back, appointment=made.appointment))
        minutes = 90 if treatment == "t-90" else 60
        for _ in range(rounds):
            staff = dice.choice([HER, OWNER])
            quarters = (10 * 60 - minutes) // 15
            at = datetime.combine(MONDAY, datetime.min.time()) + timedelta(
                days=dice.randrange(5), hours=9, minutes=15 * dice.randint(0, quarters)
            )
            if (at, staff) in offered:
                continue
            for room in (RoomId("r-hearth"), RoomId("r-willow")):
                with pytest.raises(Refusal):
                    book(busy, at, staff=staff, room=room, **wish)


def test_the_best_of_an_empty_week_is_monday_about_four(desk: Desk) -> None:
    best = find(desk, staff=HER, most=1)[0]
    assert (best.at, best.staff_name, best.room_name) == (
        datetime(2026, 12, 7, 15, 30),
        "Tomás Rivera",
        "Hearth",
    )
    assert why(best.why) == ("about four o'clock",)


def test_today_begins_now(desk: Desk) -> None:
    """It is ten past two in the practice."""
    today = find(desk, staff=HER, first=date(2026, 11, 16), last=date(2026, 11, 18))
    assert min(slot.at for slot in today) == datetime(2026, 11, 18, 14, 15)


def test_the_next_free_times_come_in_the_order_of_the_calendar(desk: Desk) -> None:
    found = desk.reading(partial(free_times.soonest, treatment=TreatmentId("t-60"), staff=HER))
    assert [slot.at.strftime("%d %H:%M") for slot in found] == [
        "18 14:15", "18 14:30", "18 14:45", "18 15:00", "18 15:15",
    ]  # fmt: skip
    away: dict[str, Any] = {"begins": datetime(2026, 11, 18), "ends": datetime(2027, 1, 1), "staff": HER}
    desk.writing(partial(openings.add_block, kind=BlockKind.TIME_OFF, **away))
    later = desk.reading(partial(free_times.soonest, treatment=TreatmentId("t-60"), staff=HER))
    assert later[0].at == datetime(2027, 1, 1, 9)


def test_a_client_who_always_comes_to_somebody_is_offered_them_first(desk: Desk) -> None:
    book(desk, datetime(2026, 12, 1, 10), staff=OWNER)
    found = find(desk, client=ClientId("c-own"))
    assert {slot.staff for slot in found} == {HER, OWNER}
    assert found[0].staff == OWNER
    assert "usual_therapist" in found[0].why


def test_whose_hands_a_client_prefers_counts(desk: Desk) -> None:
    change = partial(practice.change_colleague, version=1, reason="asked")
    desk.writing(partial(change, staff=HER, changes={"gender": Gender.MALE}))
    desk.writing(
        partial(clients.edit, client=ClientId("c-other"), changes={"prefers_gender": Gender.MALE}, version=1)
    )
    assert find(desk, client=ClientId("c-other"))[0].why == ("preferred_gender", "about_four")


def test_nobody_without_the_training_is_offered_for_a_prenatal_treatment(tmp_path: Path) -> None:
    document = practices.a_document()
    document["treatments"].append(practices.a_treatment("t-pn", "PN", "THERAPEUTIC", 60, 12500))
    document["treatments"].append(practices.a_treatment("t-mld", "MLD", "THERAPEUTIC", 60, 12500))
    document["staff"][0]["prenatal_certified"] = True
    document["staff"][0]["lymphatic_certified"] = False
    desk = practices.sit_down(practices.make(tmp_path, document))
    assert {slot.staff for slot in find(desk, treatment=TreatmentId("t-pn"))} == {OWNER}
    drainage = find(desk, treatment=TreatmentId("t-mld"))
    assert {slot.staff for slot in drainage} == {HER}
    assert all("skill_unknown" in slot.why for slot in drainage)
    at = datetime(2026, 12, 7, 10)
    assert book(desk, at, treatment=TreatmentId("t-pn")).warnings == ("W-SKILL", "W-INS-MISSING")
    assert book(desk, at, treatment=TreatmentId("t-mld"), staff=OWNER).warnings == (
        "W-SKILL",
        "W-INS-MISSING",
    )
    desk.close()


def test_beyond_what_is_enough_for_a_day_nothing_is_offered_and_booking_warns(desk: Desk) -> None:
    limits = {"limits": {"visits": 1}}
    desk.writing(partial(practice.change_colleague, staff=HER, changes=limits, version=1, reason="her wish"))
    assert book(desk, datetime(2026, 12, 7, 9)).warnings == ("W-INS-MISSING",)
    assert {slot.at.date() for slot in find(desk, staff=HER)} == {
        MONDAY + timedelta(days=n) for n in (1, 2, 3, 4)
    }
    assert book(desk, datetime(2026, 12, 7, 12)).warnings == ("W-ENOUGH", "W-INS-MISSING")


def test_a_therapist_is_told_of_her_own_free_times_only(desk: Desk) -> None:
    actor = Actor(HER, Role.THERAPIST, practices.NOW)
    with Work(desk.vault, actor, practices.NOW, reading=True) as work:
        found = free_times.find(work, treatment=TreatmentId("t-60"), first=MONDAY, last=FRIDAY)
    assert {slot.staff for slot in found} == {HER}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"staff": StaffId("s-desk")}, "not_a_therapist"),
        ({"staff": StaffId("nobody")}, "not_found"),
        ({"last": MONDAY - timedelta(days=1)}, "days_the_wrong_way"),
        ({"last": MONDAY + timedelta(days=800)}, "days_the_wrong_way"),
        ({"treatment": TreatmentId("none")}, "not_found"),
    ],
)
def test_what_can_not_be_answered_is_refused(desk: Desk, facts: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        find(desk, **facts)


@pytest.mark.parametrize(
    ("facts", "warned"),
    [
        ({}, ("W-CERTIFICATE-MISSING", "W-INS-MISSING")),
        ({"certificate": "2026-12-06", "policies": ["2026-12-07"]}, ("W-CERTIFICATE-EXPIRED",)),
        ({"certificate": "2026-12-07", "policies": ["2026-12-07", "2026-12-06"]}, ("W-INS-EXPIRED",)),
        ({"certificate": "2026-12-07", "policies": ["2026-12-07", "2027-01-01"]}, ()),
    ],
)
def test_papers_that_lack_or_will_have_ended_on_the_day_are_warned_of(
    tmp_path: Path, facts: dict[str, Any], warned: tuple[str, ...]
) -> None:
    """Case D28 and domain.md G1, G3: it is the day of the visit that counts, for each kind of policy."""
    document = practices.a_document()
    person = document["staff"][1]
    person.pop("certificate")
    if facts:
        person["certificate"] = {"body": "CAMTC", "number": "1", "issued": "2024-01-01"} | {
            "expires": facts["certificate"]
        }
        person["policies"] = [
            {"type": kind, "insurer": "M", "number": "1", "effective": "2026-01-01", "expires": expires}
            for kind, expires in zip(("PROFESSIONAL", "GENERAL"), facts["policies"], strict=False)
        ]
    desk = practices.sit_down(practices.make(tmp_path, document))
    assert book(desk, datetime(2026, 12, 7, 9)).warnings == warned
    desk.close()
