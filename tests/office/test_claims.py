"""What a client can still hand in, where and until when; and the sums that are only sums."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import claims
from clinic.values import AccountKind, ClientId, Money, Refusal
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

OWN = ClientId("c-own")
FSA = {"kind": "FSA", "year_start": "2026-01-01", "year_end": "2026-12-31", "run_out": "2027-03-31"}


def a_document(*accounts: dict[str, Any], method: str = "card") -> dict[str, Any]:
    client = practices.a_client("c-own", "Hạnh", "Nguyễn", accounts=list(accounts))
    return practices.a_document(
        clients=[client, practices.a_client("c-other", "Odile", "Marchetti")],
        letters=[practices.a_letter()],
        appointments=[
            practices.an_appointment("a-1", "2026-08-04T16:00"),
            practices.an_appointment("a-2", "2026-12-15T16:00"),
        ],
        invoices=[
            practices.an_invoice(
                "i-1",
                "2026-08-04",
                practices.a_line("x-1", appointment="a-1"),
                practices.a_line("x-2", "tip", 2000),
            ),
            practices.an_invoice("i-2", "2026-12-15", practices.a_line("y-1", appointment="a-2")),
        ],
        payments=[
            practices.a_payment("p-1", "2026-08-04", 14500),
            practices.a_payment("p-2", "2026-12-15", 12500, method=method),
        ],
    )


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def opening(*accounts: dict[str, Any], on: date = date(2027, 1, 20), method: str = "card") -> Desk:
        desk = practices.sit_down(practices.make(tmp_path, a_document(*accounts, method=method)))
        desk.clock = lambda: datetime(on.year, on.month, on.day, 20, tzinfo=UTC)
        desks.append(desk)
        return desk

    yield opening
    for desk in desks:
        desk.close()


def of(desk: Desk) -> tuple[claims.AccountClaims, ...]:
    return desk.reading(partial(claims.still_claimable, client=OWN))


def test_an_fsa_pays_back_its_years_visits_until_its_run_out_ends(opened: Callable[..., Desk]) -> None:
    (account,) = of(opened(FSA))
    assert account.amount == Money(25000)
    assert account.until == date(2027, 3, 31)
    assert not account.too_late
    assert {line.service_date for line in account.lines} == {date(2026, 8, 4), date(2026, 12, 15)}


def test_c24_the_day_after_the_run_out_it_is_too_late(opened: Callable[..., Desk]) -> None:
    (account,) = of(opened(FSA, on=date(2027, 4, 1)))
    assert account.too_late
    assert account.lines == ()


def test_c22_an_hsa_pays_back_nothing_from_before_it_was_opened(opened: Callable[..., Desk]) -> None:
    (account,) = of(opened({"kind": "HSA", "opened": "2026-09-01"}))
    assert [line.service_date for line in account.lines] == [date(2026, 12, 15)]
    assert account.until is None


def test_c21_a_limited_purpose_account_pays_back_nothing(opened: Callable[..., Desk]) -> None:
    (account,) = of(opened({"kind": "LPFSA"}))
    assert (account.kind, account.lines) == (AccountKind.LPFSA, ())


def test_what_a_health_card_paid_is_not_handed_in_again(opened: Callable[..., Desk]) -> None:
    (account,) = of(opened(FSA, method="fsa_card"))
    assert [line.service_date for line in account.lines] == [date(2026, 8, 4)]


def test_without_an_account_there_is_nothing_to_hand_in(opened: Callable[..., Desk]) -> None:
    assert of(opened()) == ()


def test_the_sums_are_done_for_the_year_and_the_miles(opened: Callable[..., Desk]) -> None:
    desk = opened()
    ask = partial(claims.reckon, client=OWN, income=Money.of("80000"), other=Money.of("5000"), miles=24)
    sums = desk.reading(partial(ask, year=2026))
    assert (sums.documented, sums.floor) == (Money.of("250.00"), Money.of("6000.00"))
    assert sums.above == Money(0)
    assert (sums.visits, sums.mileage) == (2, Money.of("9.84"))
    with pytest.raises(Refusal, match="year_not_known"):
        desk.reading(partial(ask, year=1999))
    with pytest.raises(Refusal, match="amount_wrong"):
        desk.reading(partial(claims.reckon, client=OWN, income=Money(-1), other=Money(0), miles=0, year=2026))
