"""An excerpt of a client's ledger judges visits and invoices exactly as the whole ledger does."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from clinic.office import sign_in
from clinic.office.demo import make
from clinic.records import Appointment, Invoice
from clinic.rules import annual
from clinic.storage import keys
from clinic.values import AppointmentId, Basis, ClientId, Money
from clinic.workroom import excerpts, ledgers, moved
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.storage.work import Work

OWN = ClientId("c-own")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "FLOOR", practices.CHEAP)
        yield from _seated(tmp_path_factory)


def _seated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = make(tmp_path_factory.mktemp("demo"), years=1, clients=8, at=datetime(2026, 11, 23, 14, 10))
    found = re.match(r"(.*) \(owner\) password: (.*)", made.readme.read_text("utf-8"))
    assert found is not None
    desk = sign_in.sign_in(made.practice, found[1], found[2].strip())
    yield desk
    desk.close()


def test_each_invoice_is_judged_by_its_excerpt_as_by_the_whole_ledger(demo: Desk) -> None:
    def compare(work: Work) -> tuple[int, int]:
        marked = spared = 0
        for client, whole in ledgers.ledgers(work):
            shared = ledgers.practice_of(work, [client])
            for invoice in work.session.scalars(select(Invoice.id).where(Invoice.client == client)):
                part = excerpts.of_invoices(work, client, {invoice})
                rows = annual.all_lines(part, excerpts.practice_of(work, part))
                assert rows == annual.all_lines(whole, shared, {invoice})
                marked += sum(row.marked for row in rows)
                spared += len(whole.visits) - len(part.visits)
        return marked, spared

    marked, spared = demo.reading(compare)
    assert marked > 10
    assert spared > 100


def test_each_visit_stands_in_its_excerpt_as_in_the_whole_ledger(demo: Desk) -> None:
    def compare(work: Work) -> None:
        for client, whole in ledgers.ledgers(work):
            shared = ledgers.practice_of(work, [client])
            stands, permitted = annual.judged(whole, shared)
            for visit in work.session.scalars(select(Appointment.id).where(Appointment.client == client)):
                told, lets = annual.judged(excerpts.of_visits(work, client, [visit]), shared)
                key = AppointmentId(visit)
                assert told[key] == stands[key]
                assert (key in lets) == (key in permitted)

    demo.reading(compare)


def test_where_no_visit_is_asked_for_none_is_read(demo: Desk) -> None:
    def read(work: Work) -> annual.Ledger:
        client = work.session.scalars(select(Appointment.client)).first()
        assert client is not None
        return excerpts.of_visits(work, client, [])

    ledger = demo.reading(read)
    assert not ledger.visits


def test_what_counts_from_a_day_on_comes_out_as_by_the_whole_ledgers(demo: Desk) -> None:
    def compare(work: Work) -> int:
        whole, shared = dict(ledgers.ledgers(work)), ledgers.practice_of(work)
        spared = 0
        for month in range(1, 13):
            first = date(2026, month, 1)
            part = dict(moved.since(work, first))
            assert list(part) == list(whole)
            for client, basis in product(whole, Basis):
                years = [
                    annual.client_span(ledger, shared, (first, first + timedelta(days=45)), basis)
                    for ledger in (part[client], whole[client])
                ]
                assert years[0] == years[1]
                spared += len(whole[client].payments) - len(part[client].payments)
        return spared

    assert demo.reading(compare) > 100


def test_what_rests_is_told_from_what_still_moves(tmp_path: Path) -> None:
    """Paid late, left over, or paid for what was voided since: of an earlier day, and it counts all the same."""
    first = date(2026, 8, 1)
    document = practices.a_document(
        letters=[practices.a_letter(max_visits=2)],
        appointments=[practices.an_appointment(f"a-{day}", f"2026-07-{day}T10:00") for day in (13, 20, 27)],
        invoices=[
            practices.an_invoice(
                f"i-{day}", f"2026-07-{day}", practices.a_line(f"x-{day}", appointment=f"a-{day}")
            )
            for day in (13, 20)
        ]
        + [
            practices.an_invoice(
                "i-27",
                "2026-07-27",
                practices.a_line("x-27"),
                void={"on": "2026-08-03", "reason": "typed twice"},
            )
        ],
        payments=[
            _paid("p-rests", "2026-07-13", 12500, ("x-13", 12500)),
            _paid("p-half", "2026-07-20", 6000, ("x-20", 6000)),
            _paid("p-late", "2026-08-20", 6500, ("x-20", 6500)),
            _paid("p-left", "2026-07-21", 3000),
            _paid("p-void", "2026-07-27", 12500, ("x-27", 12500)),
        ],
    )
    desk = practices.sit_down(practices.make(tmp_path, document))

    def compare(work: Work) -> None:
        days, shared = (first, date(2026, 12, 31)), ledgers.practice_of(work)
        part, whole = dict(moved.since(work, first))[OWN], dict(ledgers.ledgers(work))[OWN]
        year = annual.client_span(part, shared, days, Basis.PAYMENT)
        assert year == annual.client_span(whole, shared, days, Basis.PAYMENT)
        assert (year.totals.client_paid, year.totals.prepaid_open) == (Money(6500), Money(15500))
        assert {payment.id for payment in whole.payments} - {payment.id for payment in part.payments} == {
            "p-rests"
        }

    desk.reading(compare)
    desk.close()


def _paid(key: str, on: str, cents: int, *parts: tuple[str, int]) -> dict[str, Any]:
    allocations = [{"line": line, "amount_cents": amount} for line, amount in parts]
    return practices.a_payment(key, on, cents, allocations=allocations)
