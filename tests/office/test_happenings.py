"""What befell a client, in one line of time: a visit with its note, a receipt with how it was paid, a message."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.office import charts
from clinic.office.happenings import Happening
from clinic.values import ClientId, Method, Money, Outcome
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic.office.desk import Desk
    from clinic.office.happenings import Entry

OWN = ClientId("c-own")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Somebody who paid at the counter in two ways, later for another invoice, and once for two."""
    document = practices.a_full_document()
    document["invoices"] = [
        practices.an_invoice(
            "i-1", "2026-11-04", practices.a_line("g-1"), practices.a_line("g-tip", "tip", 2000)
        ),
        practices.an_invoice("i-2", "2026-11-10", practices.a_line("g-2")),
        practices.an_invoice("i-3", "2026-11-12", practices.a_line("g-3")),
    ]

    def to(*parts: tuple[str, int]) -> dict[str, object]:
        return {"allocations": [{"line": line, "amount_cents": amount} for line, amount in parts]}

    document["payments"] = [
        practices.a_payment("p-1", "2026-11-04", 12500, method="hsa_card", **to(("g-1", 12500))),
        practices.a_payment("p-2", "2026-11-04", 2000, method="cash", **to(("g-tip", 2000))),
        practices.a_payment("p-3", "2026-11-12", 12500, **to(("g-2", 6000), ("g-3", 6500))),
        practices.a_payment("p-4", "2026-11-14", 6500, **to(("g-2", 6500))),
        practices.a_payment("p-5", "2026-11-15", 1000),
    ]
    document["bundles"], document["refunds"], document["gifts"] = [], [], []
    seated = practices.sit_down(practices.make(tmp_path_factory.mktemp("line"), document))
    yield seated
    seated.close()


def entries(desk: Desk, what: Happening) -> list[Entry]:
    found = desk.reading(partial(charts.chart, client=OWN)).entries
    return [entry for entry in found if entry.what is what]


def test_a_visit_stands_with_its_note(desk: Desk) -> None:
    ahead, done = entries(desk, Happening.VISIT)
    assert (done.note, done.signed) == ("n-1", True)
    assert (ahead.note, ahead.signed) == (None, False)


def test_a_receipt_tells_how_it_was_paid_on_the_spot(desk: Desk) -> None:
    paid = {entry.amount: entry.paid for entry in entries(desk, Happening.RECEIPT)}
    at_once = {(Method.HSA_CARD, Money(12500)), (Method.CASH, Money(2000))}
    assert set(paid[Money(14500)]) == at_once
    assert paid[Money(12500)] == ()


def test_a_payment_for_two_receipts_or_made_later_or_for_nothing_named_stands_alone(desk: Desk) -> None:
    assert {entry.id for entry in entries(desk, Happening.PAYMENT)} == {"p-3", "p-4", "p-5"}


def test_that_somebody_was_called_stands_in_the_line_of_time(desk: Desk) -> None:
    (called,) = entries(desk, Happening.CONTACT)
    assert (called.outcome, called.words) == (Outcome.LEFT_MESSAGE, "visit")
    assert (called.at.month, called.at.day, called.at.hour) == (11, 17, 10)  # on the practice's wall
