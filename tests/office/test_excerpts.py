"""An excerpt of a client's ledger judges visits and invoices exactly as the whole ledger does."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from clinic.office import sign_in
from clinic.office.demo import make
from clinic.records import Appointment, Invoice
from clinic.rules import annual
from clinic.storage import keys
from clinic.values import AppointmentId
from clinic.workroom import excerpts, ledgers
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic.office.desk import Desk
    from clinic.storage.work import Work


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
