"""How many questions the daily tasks put to the file: each one is felt, and their number must not creep up."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from clinic.office import booking, charges, free_times, till
from clinic.values import ClientId, LineKind, Method, Money, StaffId, TreatmentId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic.office.desk import Desk
    from clinic.values import AppointmentId

CLIENT, OWNER, TREATMENT = ClientId("c-own"), StaffId("owner"), TreatmentId("t-60")
NEXT_MONDAY = datetime(2026, 11, 30, 9)


@contextmanager
def heard(desk: Desk) -> Iterator[list[str]]:
    """Listen to everything the file is asked or told."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(" ".join(statement.split()))

    event.listen(desk.vault.engine, "before_cursor_execute", hear)
    yield said
    event.remove(desk.vault.engine, "before_cursor_execute", hear)


def booked(desk: Desk, at: datetime) -> AppointmentId:
    task = partial(booking.book, client=CLIENT, treatment=TREATMENT, staff=OWNER, at=at)
    return desk.writing(task)[0].appointment


def sold(desk: Desk, operation: str, charge: charges.Charge) -> None:
    tender = till.Tender(Method.CARD, charge.price)
    task = partial(till.check_out, operation=operation, client=CLIENT, charges=[charge], tenders=[tender])
    desk.writing(task)


def test_a_booking_is_checked_held_and_sealed_in_eighteen_statements(desk: Desk) -> None:
    booked(desk, NEXT_MONDAY)
    with heard(desk) as said:
        booked(desk, NEXT_MONDAY + timedelta(days=1))
    assert len(said) <= 18, said


def test_a_sale_with_its_receipt_takes_no_more_for_somebody_who_has_come_for_years(desk: Desk) -> None:
    oil = charges.Charge(LineKind.PRODUCT, "Arnica gel", Money(2400))
    sold(desk, "first", oil)
    with heard(desk) as first:
        sold(desk, "second", oil)
    for n in range(10):
        booked(desk, NEXT_MONDAY + timedelta(days=n, hours=3))
        sold(desk, f"more-{n}", oil)
    with heard(desk) as later:
        sold(desk, "last", oil)
    assert len(later) == len(first) <= 25, "\n".join(one[:100] for one in later)


def test_a_visit_is_charged_in_thirty_three_statements(desk: Desk) -> None:
    visits = [booked(desk, NEXT_MONDAY + timedelta(days=n)) for n in range(2)]
    charge = partial(charges.Charge, LineKind.TREATMENT, "Therapeutic massage", Money(12500))
    sold(desk, "first", charge(appointment=visits[0]))
    with heard(desk) as said:
        sold(desk, "second", charge(appointment=visits[1]))
    assert len(said) <= 33, said


def test_a_month_of_free_times_takes_as_many_questions_as_a_day(desk: Desk) -> None:
    find = partial(free_times.find, treatment=TREATMENT, first=date(2026, 11, 30))
    with heard(desk) as day:
        desk.reading(partial(find, last=date(2026, 11, 30)))
    with heard(desk) as month:
        assert desk.reading(partial(find, last=date(2026, 12, 30)))
    assert len(month) == len(day) <= 9, month
    assert len(set(month)) == len(month), "nothing is asked twice"
