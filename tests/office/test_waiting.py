"""The waiting list, from the entry to the visit that comes of it."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import booking, waiting
from clinic.office.waiting import Terms
from clinic.storage.work import Actor, Work
from clinic.values import (
    AppointmentId,
    ClientId,
    Refusal,
    Role,
    RoomId,
    StaffId,
    State,
    TreatmentId,
    Urgency,
    WaitId,
)
from tests import practices

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk

HER, OWNER = StaffId("s-therapist"), StaffId("owner")
OTHER, HOUR, LONG = ClientId("c-other"), TreatmentId("t-60"), TreatmentId("t-90")
FOUR = datetime(2026, 12, 1, 16)


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    """A practice with a visit at four on the first of December, neighbours around it, and five clients."""
    names = [("Ada", "Bright"), ("Ben", "Cole"), ("Cy", "Dune")]
    document = practices.a_document()
    document["clients"] += [practices.a_client(f"c-{given}", given, family) for given, family in names]
    document["appointments"] = [
        practices.an_appointment("a-before", "2026-12-01T15:00", state="confirmed"),
        practices.an_appointment("a-gone", "2026-12-01T16:00", state="confirmed", room="r-hearth"),
        practices.an_appointment("a-after", "2026-12-01T17:30", state="confirmed"),
    ]
    opened = practices.sit_down(practices.make(tmp_path, document))
    yield opened
    opened.close()


def wait(desk: Desk, client: str, treatment: TreatmentId = HOUR, **terms: Any) -> WaitId:
    task = partial(waiting.add, client=ClientId(client), treatment=treatment, terms=Terms(**terms))
    return desk.writing(task)[0]


def free(desk: Desk) -> waiting.Freed:
    gone = AppointmentId("a-gone")
    desk.writing(partial(booking.advance, appointment=gone, to=State.CANCELLED, reason="ill"))
    return desk.reading(partial(waiting.matches, appointment=gone))


def test_a_freed_time_is_offered_to_those_it_suits_pain_first(desk: Desk) -> None:
    wait(desk, "c-other", urgency=Urgency.WHENEVER)
    wait(desk, "c-Ada", staff=HER)
    wait(desk, "c-Ben", urgency=Urgency.PAIN, days=("tue",), earliest=time(12))
    wait(desk, "c-Cy", staff=OWNER)
    freed = free(desk)
    assert (freed.at, freed.minutes, freed.staff_name) == (FOUR, 60, "Tomás Rivera")
    assert [(match.row.client_name, match.at, match.asked_for) for match in freed.matches] == [
        ("Ben Cole", FOUR, False),
        ("Ada Bright", FOUR, True),
        ("Odile Marchetti", FOUR, False),
    ]
    assert freed.matches[0].row.phone == "(510) 555-0168"


def test_a_longer_visit_is_offered_only_where_the_gap_is_long_enough(desk: Desk) -> None:
    wait(desk, "c-other", LONG)
    wait(desk, "c-Ada", LONG, minutes=75)
    wait(desk, "c-Ben", LONG, minutes=105)
    assert [(match.row.client_name, match.minutes) for match in free(desk).matches] == [
        ("Ada Bright", 75),
        ("Odile Marchetti", 90),
    ]


def test_nobody_is_offered_the_time_they_gave_up_or_another_while_they_are_here(desk: Desk) -> None:
    wait(desk, "c-own")
    desk.writing(partial(booking.book, client=OTHER, treatment=HOUR, staff=OWNER, at=FOUR))
    wait(desk, "c-other")
    assert free(desk).matches == ()


def test_a_match_is_booked_no_longer_waits_and_waits_again_when_it_is_undone(desk: Desk) -> None:
    key = wait(desk, "c-other", urgency=Urgency.PAIN, remark="shoulder")
    match = free(desk).matches[0]
    assert match.room == RoomId("r-hearth")
    task = partial(waiting.book, wait=key, at=match.at, staff=match.staff, room=match.room)
    taken, _ = desk.writing(task)
    assert desk.reading(waiting.listing) == ()
    with pytest.raises(Refusal, match="no_longer_waiting"):
        desk.writing(task)
    desk.writing(partial(waiting.take_back, taken=taken))
    (row,) = desk.reading(waiting.listing)
    assert (row.terms.remark, row.terms.urgency) == ("shoulder", Urgency.PAIN)
    desk.writing(task)


def test_an_entry_is_changed_closed_and_put_back(desk: Desk) -> None:
    key = wait(desk, "c-other")
    terms = Terms(
        minutes=60,
        staff=HER,
        days=("fri", "mon"),
        earliest=time(9),
        latest=time(12),
        first_on=date(2026, 12, 1),
        last_on=date(2026, 12, 24),
        urgency=Urgency.PAIN,
        remark="knee",
    )
    before, _ = desk.writing(partial(waiting.change, wait=key, treatment=LONG, terms=terms))
    (row,) = desk.reading(waiting.listing)
    assert row.terms == Terms(
        **{**{name: getattr(terms, name) for name in terms.__slots__}, "days": ("mon", "fri")}
    )
    assert row.staff_name == "Tomás Rivera"
    closed, _ = desk.writing(partial(waiting.close, wait=key))
    assert desk.reading(waiting.listing) == ()
    desk.writing(partial(waiting.put_back, before=closed))
    desk.writing(partial(waiting.put_back, before=before))
    (row,) = desk.reading(waiting.listing)
    assert (row.terms, row.treatment) == (Terms(), HOUR)


def test_the_list_has_the_most_urgent_first(desk: Desk) -> None:
    for client, urgency in (("c-other", Urgency.WHENEVER), ("c-Ada", Urgency.PAIN), ("c-Ben", Urgency.SOON)):
        wait(desk, client, urgency=urgency)
    assert [row.client for row in desk.reading(waiting.listing)] == ["c-Ada", "c-Ben", "c-other"]


@pytest.mark.parametrize(
    "terms",
    [
        {"earliest": time(12), "latest": time(12)},
        {"first_on": date(2026, 12, 2), "last_on": date(2026, 12, 1)},
    ],
)
def test_terms_that_nobody_could_meet_are_refused(desk: Desk, terms: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="ends_before_it_begins"):
        wait(desk, "c-other", **terms)


def test_a_therapist_sees_her_own_clients_and_those_who_ask_for_her(desk: Desk) -> None:
    wait(desk, "c-other")
    wait(desk, "c-Ada", staff=HER)
    wait(desk, "c-own")
    with Work(desk.vault, Actor(HER, Role.THERAPIST, practices.NOW), practices.NOW, reading=True) as work:
        assert {row.client for row in waiting.listing(work)} == {"c-Ada", "c-own"}
