"""The clearance loop: asked for, printed, answered, verified by phone, in force for its days, void on a change."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import attention, booking, charts, clearances, letters
from clinic.office.attention import Why
from clinic.office.clearances import Stage
from clinic.records import Letter, Standing
from clinic.values import ClientId, LetterKind, Refusal, State
from tests import practices
from tests.documents.reading import words_of
from tests.office.test_flags_at_booking import EARLIER, HANH, PRESSURE, book, kept, sit, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.clearances import Row
    from clinic.office.desk import Desk
    from clinic.values import LetterId

__all__ = ["sit"]

DOCTOR = {"name": "Dr. Miriam Adeyemi", "credential": "MD", "phone": "(510) 555-0100", "fax": " "}


def rows(desk: Desk) -> tuple[Row, ...]:
    return desk.reading(partial(clearances.of_client, client=HANH)).rows


def whys(desk: Desk) -> set[Why]:
    found = {item.why for item in desk.reading(attention.items)}
    return {why for why in found if why.value.startswith(("flag", "clear", "quest"))}


def answer(desk: Desk, **facts: Any) -> LetterId:
    said: dict[str, Any] = {
        "rules": ["CVD-10"],
        "signed": True,
        "signed_on": date(2026, 11, 18),
        "ends_on": date(2027, 1, 31),
        "pressure_cap": "P2",
        "techniques_allowed": ["SW", "TH"],
        "areas_excluded": ["neck_ant"],
    }
    add = partial(letters.add, client=HANH, kind=LetterKind.CLEARANCE, **(said | facts))
    return desk.writing(add)[0]


def ask(desk: Desk) -> bytes:
    (row,) = (row for row in rows(desk) if row.open)
    return desk.writing(partial(clearances.ask, request=row.id, clinician=DOCTOR))[0][0]


def test_the_loop_from_the_flag_to_a_confirmed_visit(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, **PRESSURE)
    visit = book(desk).appointment
    (row,) = rows(desk)
    assert (row.stage, row.conditions, row.next_visit) == (
        Stage.TO_ASK,
        ("Uncontrolled high blood pressure",),
        date(2026, 11, 25),
    )
    assert whys(desk) == {Why.CLEARANCE_TO_ASK}
    said = words_of(ask(desk))
    assert "REQUEST FOR CLEARANCE" in said.upper()
    assert "Uncontrolled high blood pressure (told on Nov 18, 2026)" in said
    assert "Dr. Miriam Adeyemi, MD" in said
    assert "Nothing on this page was signed or diagnosed by us." in said
    assert rows(desk)[0].stage is Stage.ASKED
    assert whys(desk) == set()
    answer(desk)
    assert rows(desk)[0].stage is Stage.RECEIVED
    assert whys(desk) == {Why.CLEARANCE_TO_VERIFY, Why.FLAG_SETTLED}
    desk.writing(partial(clearances.verify, request=row.id, by="Nurse Ito"))
    (row,) = rows(desk)
    assert (row.stage, row.verified_by, row.valid_to) == (Stage.VERIFIED, "Nurse Ito", date(2027, 1, 31))
    desk.writing(partial(booking.advance, appointment=visit, to=State.CONFIRMED))
    assert whys(desk) == set()
    (standing,) = kept(desk, Standing)
    assert (standing.outcome, standing.left) == ("S1", "S1")


def test_what_the_letter_limits_limits_the_visit_and_only_in_its_days(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, **PRESSURE)
    answer(desk)
    within = book(desk).flags
    assert (within["outcome"], within["pressure_cap"]) == ("S1", "P2")
    assert set(within["techniques_allowed"]) == {"SW", "TH"}
    beyond = book(desk, datetime(2027, 2, 3, 10))
    assert (beyond.flags["outcome"], beyond.state, beyond.asked) == ("S3", State.TENTATIVE, True)


def test_a_new_medicine_in_the_same_system_voids_and_asks_again(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, **PRESSURE)
    visit = book(desk).appointment
    ask(desk)
    letter = answer(desk)
    practices.ask_fully(desk, **PRESSURE, K01=[{"name": "metoprolol"}])
    (card,) = (each for each in desk.reading(partial(charts.letters, client=HANH)) if each.id == letter)
    assert card.standing is charts.Standing.VOIDED
    stages = [(row.stage, row.closed_for) for row in rows(desk)]
    assert stages == [(Stage.TO_ASK, ""), (Stage.CLOSED, "VOIDED_BY_CHANGE")]
    assert state_of(desk, visit) is State.TENTATIVE
    (standing,) = kept(desk, Standing)
    assert standing.left == "S3"


def test_the_same_answers_again_void_nothing(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, **PRESSURE)
    answer(desk)
    practices.ask_fully(desk, **PRESSURE)
    assert [row.revoked_on for row in kept(desk, Letter)] == [None]


def test_every_step_is_undone(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, **PRESSURE)
    book(desk)
    (row,) = rows(desk)
    (_pages, before), _topics = desk.writing(partial(clearances.ask, request=row.id, clinician=DOCTOR))
    desk.writing(partial(clearances.put_back, before=before))
    assert rows(desk)[0].stage is Stage.TO_ASK
    answer(desk)
    before, _topics = desk.writing(partial(clearances.verify, request=row.id, by="Nurse Ito"))
    desk.writing(partial(clearances.put_back, before=before))
    assert rows(desk)[0].stage is Stage.RECEIVED
    before, _topics = desk.writing(partial(clearances.withdraw, request=row.id))
    assert (rows(desk)[0].stage, rows(desk)[0].closed_for) == (Stage.CLOSED, "withdrawn")
    desk.writing(partial(clearances.put_back, before=before))
    assert rows(desk)[0].stage is Stage.RECEIVED


def test_a_step_that_is_not_due_is_refused(sit: Callable[..., Desk]) -> None:
    desk = sit()
    with pytest.raises(Refusal, match="nothing_to_clear"):
        desk.writing(partial(clearances.ask_for, client=HANH))
    practices.ask_fully(desk, at=EARLIER, **PRESSURE)
    request, _topics = desk.writing(partial(clearances.ask_for, client=HANH))
    assert desk.writing(partial(clearances.ask_for, client=HANH))[0] == request
    with pytest.raises(Refusal, match="nothing_received"):
        desk.writing(partial(clearances.verify, request=request, by="Nurse Ito"))
    answer(desk)
    with pytest.raises(Refusal, match="name_missing"):
        desk.writing(partial(clearances.verify, request=request, by=" "))
    desk.writing(partial(clearances.withdraw, request=request))
    for late in (
        partial(clearances.withdraw, request=request),
        partial(clearances.ask, request=request, clinician=DOCTOR),
    ):
        with pytest.raises(Refusal, match="request_closed"):
            desk.writing(late)


def test_the_desk_sees_how_far_it_is_and_not_what_it_is_about(sit: Callable[..., Desk]) -> None:
    owner = sit()
    practices.ask_fully(owner, at=EARLIER, **PRESSURE)
    book(owner)
    page = sit("s-desk").reading(partial(clearances.of_client, client=HANH))
    (row,) = page.rows
    assert (row.stage, row.conditions, row.rules, page.may_change) == (Stage.TO_ASK, (), (), False)


def test_a_letter_offers_the_rules_it_may_lift(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, **PRESSURE, A05={"provider": "Dr. Ito", "phone": "555"})
    offered = desk.reading(partial(clearances.rules_to_clear, client=ClientId("c-own")))
    assert ("CVD-10", "Uncontrolled high blood pressure") in offered
    assert desk.reading(partial(clearances.of_client, client=HANH)).provider == {
        "name": "Dr. Ito",
        "phone": "555",
    }
    request, _topics = desk.writing(partial(clearances.ask_for, client=HANH))
    pages = desk.reading(partial(clearances.preview, request=request, clinician={}))
    assert "Dear colleague" in words_of(pages)
