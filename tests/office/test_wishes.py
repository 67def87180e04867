"""The areas and products a visit is wished for are kept with it, and the rules judge them wherever it goes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import booking, flag_cards, flags, moving, proposals, series
from clinic.records import Appointment
from clinic.values import AppointmentId, Refusal, StaffId, TreatmentId
from tests import practices
from tests.office.test_flags_at_booking import AT, EARLIER, HANH, book, sit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from clinic.office.desk import Desk

__all__ = ["sit"]


def wished(desk: Desk, visit: AppointmentId) -> tuple[Any, Any]:
    def look(work: Any) -> tuple[Any, Any]:
        record = work.get(Appointment, visit)
        return record.sites, record.products

    return desk.reading(look)


def seen(desk: Desk, at: datetime = AT, **facts: Any) -> flag_cards.Seen:
    wish: dict[str, Any] = {"treatment": TreatmentId("t-rest"), "staff": StaffId("s-therapist")}
    return desk.reading(partial(flag_cards.of_wish, client=HANH, at=at, **(wish | facts)))


def test_a_visit_keeps_what_it_is_wished_for_through_move_undo_and_copy(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER)
    visit = book(desk, sites=["calf", "low_back"], products=[" Jojoba oil ", "Jojoba oil"]).appointment
    kept = (["low_back", "left_calf", "right_calf"], ["Jojoba oil"])
    assert wished(desk, visit) == kept
    before, _ = desk.writing(partial(booking.move, appointment=visit, at=AT + timedelta(days=1)))
    assert wished(desk, visit) == kept
    desk.writing(partial(booking.move, appointment=visit, at=AT, sites=[], products=["Shea butter"]))
    assert wished(desk, visit) == (None, ["Shea butter"])
    desk.writing(partial(booking.put_back, before=before))
    assert wished(desk, visit) == kept
    copied, _ = desk.writing(partial(moving.copy, appointment=visit, at=AT + timedelta(days=2)))
    assert wished(desk, copied.appointment) == kept
    usual = desk.reading(partial(proposals.usual, client=HANH))
    assert (list(usual.sites), list(usual.products)) == kept


def test_a_series_is_wished_for_as_a_whole(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER)
    order = series.Order(
        HANH, TreatmentId("t-rest"), StaffId("s-therapist"), sites=("low_back",), products=("Jojoba oil",)
    )
    made, _ = desk.writing(
        partial(series.book, order=order, visits=[(AT, None), (AT + timedelta(days=7), None)])
    )
    assert {str(wished(desk, visit)) for visit in made.appointments} == {"(['low_back'], ['Jojoba oil'])"}


def test_the_rules_judge_the_areas_and_products_named(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, K02=["fragrance"])
    assert seen(desk).products == ("fragrance",)
    assert seen(desk, products=["Jojoba oil, unscented"]).products == ()
    # The name says nothing of fragrance; the label in the catalogue does.
    assert seen(desk, products=["Lavender oil blend"]).products == ("Lavender oil blend",)
    assert seen(desk).outcome == "S1"
    assert seen(desk, sites=["neck_ant"]).outcome == "S2"


def test_a_visit_that_is_booked_is_judged_with_what_it_is_wished_for(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER)
    visit = book(desk, sites=["neck_ant"]).appointment
    assert desk.reading(partial(flag_cards.of_booked, appointment=visit)).outcome == "S2"
    desk.writing(partial(booking.move, appointment=visit, at=AT, sites=[]))
    assert desk.reading(partial(flag_cards.of_booked, appointment=visit)).outcome == "S0"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"sites": ["left_kneee"]}, "unknown_area"),
        ({"products": ["a\0b"]}, "unusable_characters"),
        ({"products": ["x"] * 41}, "too_long"),
    ],
)
def test_what_is_no_area_and_no_name_is_refused(
    sit: Callable[..., Desk], facts: dict[str, Any], code: str
) -> None:
    desk = sit()
    with pytest.raises(Refusal, match=code):
        book(desk, **facts)
    with pytest.raises(Refusal, match=code):
        desk.reading(partial(flags.of_visit, client=HANH, treatment=TreatmentId("t-rest"), at=AT, **facts))


def test_a_visit_is_not_in_its_own_way(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER)
    visit = book(desk).appointment
    wish: dict[str, Any] = {
        "treatment": TreatmentId("t-rest"),
        "staff": StaffId("s-therapist"),
        "at": AT,
        "client": HANH,
    }
    assert desk.reading(partial(proposals.foresee, **wish)).taken is not None
    assert desk.reading(partial(proposals.foresee, **wish, visit=visit)).taken is None
