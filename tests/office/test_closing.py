"""Close of day: the drawer expected and counted, the numbers taken, and a sheet nobody can change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from clinic.office import booking, closed_days, closing, day_sheets, receipts, reversals, till
from clinic.office.charges import Charge
from clinic.storage import backup
from clinic.values import AppointmentId, ClientId, LineKind, Method, Money, Refusal, StaffId, State, Trouble
from tests import practices
from tests.documents.reading import words_of
from tests.practices import a_client, an_appointment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.closing import DayEnd
    from clinic.office.desk import Desk

DRAWER = Money.of("150.00")


@pytest.fixture(scope="module")
def open_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = practices.a_document(
        clients=[
            a_client("c-own", "Hạnh", "Nguyễn", wishes="The room with the window"),
            a_client("c-other", "Odile", "Marchetti"),
        ],
        appointments=[
            an_appointment("a-1", "2026-11-18T09:00", state="confirmed", room="r-hearth"),
            an_appointment("a-2", "2026-11-18T11:00", client="c-other", staff="owner"),
            an_appointment("a-3", "2026-11-18T16:00", state="confirmed", client="c-other"),
        ],
    )
    return practices.make(tmp_path_factory.mktemp("closing"), document)


@pytest.fixture
def desk(open_day: Path, tmp_path: Path) -> Iterator[Desk]:
    seated = practices.sit_down(practices.copied(open_day, tmp_path / "copy"))
    seated.confirm()
    yield seated
    seated.close()


def sell(desk: Desk, operation: str, cents: int, method: Method = Method.CASH) -> till.CheckedOut:
    done, _ = desk.writing(
        partial(
            till.check_out,
            operation=operation,
            client=ClientId("c-own"),
            charges=[
                Charge(LineKind.PRODUCT, "Arnica gel", Money(cents - 500)),
                Charge(LineKind.TIP, "Tip", Money(500)),
            ],
            tenders=[till.Tender(method, Money(cents))],
        )
    )
    return done


def standing(desk: Desk) -> DayEnd:
    return desk.reading(closing.standing)


def test_the_drawer_is_expected_to_hold_what_came_in_and_did_not_go_back(desk: Desk) -> None:
    first = sell(desk, "o-1", 12500)
    last = sell(desk, "o-2", 8000, Method.CARD)
    (payment,) = desk.reading(partial(receipts.opened, number=first.number)).payments
    desk.writing(
        partial(
            reversals.refund, operation="r-1", payment=payment.id, amount=Money(2000), reason="did not suit"
        )
    )
    now = standing(desk)
    assert [(each.method, each.payments, each.amount.cents) for each in now.taken] == [
        (Method.CASH, 1, 12500),
        (Method.CARD, 1, 8000),
    ]
    assert (now.cash.cents, now.paid_back.cents, now.tips.cents) == (10500, 2000, 1000)
    assert (now.first, now.last, now.issued, now.credit_notes) == (first.number, last.number, 2, 1)
    assert now.gaps == 0


def test_what_is_still_open_is_named(desk: Desk) -> None:
    assert [(each.appointment, each.state) for each in standing(desk).unclosed] == [("a-1", State.CONFIRMED)]
    desk.writing(partial(booking.advance, appointment=AppointmentId("a-1"), to=State.NO_SHOW))
    assert standing(desk).unclosed == ()


def test_a_day_is_closed_with_a_backup_and_a_sheet(desk: Desk) -> None:
    sold = sell(desk, "o-1", 12500)
    void = sell(desk, "o-2", 1500)
    desk.writing(partial(reversals.void, invoice=void.invoice, reason="mistake"))
    steps: list[tuple[int, int]] = []
    sheet = closing.close_day(
        desk,
        drawer=DRAWER,
        counted=Money.of("280.00"),
        remark="Ten short",
        progress=lambda done, whole: steps.append((done, whole)),
    )
    said = words_of(sheet)
    assert f"{sold.number} to {void.number}" in said
    assert f"Voided {void.number}" in said
    for words in (
        "Cash expected $290.00",
        "Cash counted $280.00",
        "Difference \N{MINUS SIGN}$10.00",
        "Ten short",
    ):
        assert words in said
    assert "1 visit was still open." in said
    assert steps
    newest = backup.last(desk.vault)
    assert newest is not None
    head = desk.reading(lambda work: work.run(text("SELECT figures FROM closings")).scalar_one())
    assert '"gaps": 0' in head
    assert "seal" in head


def test_the_next_day_begins_with_the_same_drawer(desk: Desk) -> None:
    desk.writing(partial(closing.close, drawer=DRAWER, counted=DRAWER))
    now = standing(desk)
    assert (now.drawer, now.expected) == (DRAWER, DRAWER)
    assert now.closed is not None
    assert words_of(desk.reading(partial(closing.sheet, closing=now.closed)))


def test_a_closed_day_stays_as_it_was_closed(desk: Desk) -> None:
    closed, _ = desk.writing(partial(closing.close, drawer=DRAWER, counted=DRAWER))

    def tamper(work: object) -> None:
        record = work.get(closing.Closing, closed)  # type: ignore[attr-defined]
        record.counted_cents = 1
        work.flush()  # type: ignore[attr-defined]

    with pytest.raises((Refusal, Trouble), match="paper_is_final"):
        desk.writing(tamper)


@pytest.mark.parametrize("wrong", ["drawer", "counted"])
def test_a_drawer_never_holds_less_than_nothing(desk: Desk, wrong: str) -> None:
    drawer, counted = (Money(-1) if each == wrong else DRAWER for each in ("drawer", "counted"))
    with pytest.raises(Refusal, match="amount_wrong"):
        desk.writing(partial(closing.close, drawer=drawer, counted=counted))


def test_a_therapist_does_not_close_the_day(desk: Desk) -> None:
    theirs = practices.sit_down(desk.vault.path, "s-therapist")
    try:
        with pytest.raises(Refusal, match="not_allowed"):
            theirs.reading(closing.standing)
    finally:
        theirs.close()


def test_a_day_sheet_says_who_comes_and_nothing_of_why(desk: Desk) -> None:
    said = words_of(desk.reading(day_sheets.print_day))
    for words in ("Maren Okafor", "Tomás Rivera", "Hạnh Nguyễn", "The room with the window", "Hearth"):
        assert words in said
    assert "M54" not in said


def test_a_day_sheet_of_one_therapist_has_no_other(desk: Desk) -> None:
    said = words_of(desk.reading(partial(day_sheets.print_day, staff=[StaffId("owner")])))
    assert "Tomás Rivera" not in said


def test_an_empty_day_says_so(desk: Desk) -> None:
    on = desk.reading(lambda work: work.today.replace(day=29))
    assert "No visits on this day." in words_of(desk.reading(partial(day_sheets.print_day, on=on)))


def test_closed_days_are_listed_and_of_a_day_closed_twice_the_last_close_counts(desk: Desk) -> None:
    desk.writing(partial(closing.close, drawer=DRAWER, counted=DRAWER))
    later = replace(desk, clock=lambda: practices.NOW + timedelta(hours=1))
    later.writing(partial(closing.close, drawer=DRAWER, counted=DRAWER + Money(500)))
    last, first = desk.reading(closed_days.recent)
    assert (last.on, last.counts, first.counts) == (practices.NOW.date(), True, False)
    assert last.difference - first.difference == Money(500)
    assert last.closed_by == practices.PEOPLE["owner"]
    assert "Close" in words_of(desk.reading(partial(closing.sheet, closing=first.id)))


@pytest.mark.parametrize(("person", "sees"), [("s-books", True), ("s-desk", True), ("s-therapist", False)])
def test_closed_days_are_for_those_who_see_all_money(desk: Desk, person: str, *, sees: bool) -> None:
    closed, _topics = desk.writing(partial(closing.close, drawer=DRAWER, counted=DRAWER))
    theirs = practices.sit_down(desk.vault.path, person)
    try:
        for task in (closed_days.recent, partial(closing.sheet, closing=closed)):
            if sees:
                assert theirs.reading(task)
            else:
                with pytest.raises(Refusal, match="not_allowed"):
                    theirs.reading(task)
    finally:
        theirs.close()
