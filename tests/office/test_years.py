"""The books of a year: its closing sheet, and what a closed year refuses."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from clinic.office import portable, reversals, till, years
from clinic.office.charges import Charge
from clinic.office.till import Tender
from clinic.storage.work import Actor, Work
from clinic.values import ClientId, InvoiceId, LineKind, Method, Money, Refusal, Role, StaffId
from tests import practices

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk

OWN = ClientId("c-own")
NEXT_YEAR = datetime(2027, 1, 20, 20, tzinfo=UTC)


def charged(desk: Desk, key: str = "o") -> InvoiceId:
    line = Charge(LineKind.TREATMENT, "Massage", Money(12500))
    tender = Tender(Method.CARD, Money(12500))
    task = partial(till.check_out, operation=key, client=OWN, charges=[line], tenders=[tender])
    return desk.writing(task)[0].invoice


def closed(desk: Desk, year: int = 2026) -> None:
    desk.confirm()
    desk.writing(partial(years.close, year=year, reason="papers are out"))


def test_the_sheet_names_first_and_last_number_voids_and_no_gap(desk: Desk) -> None:
    first = charged(desk)
    charged(desk, "o-2")
    desk.confirm()
    desk.writing(partial(reversals.void, invoice=first, reason="charged twice"))
    books = desk.reading(partial(years.of_year, year=2026))
    (numbers,) = books.sheet.numbers
    assert (numbers.first, numbers.last, numbers.issued, numbers.missing) == (1, 2, 2, 0)
    assert books.whole
    assert [(number, why) for number, _on, why in books.sheet.voids] == [("R-2026-000001", "charged twice")]
    assert books.sheet.methods == ((Method.CARD, Money(25000)),)
    document = pypdfium2.PdfDocument(desk.reading(partial(years.closing_sheet, year=2026)))
    told = " ".join(document[at].get_textpage().get_text_range() for at in range(len(document)))
    document.close()
    assert "R-2026-000002" in told
    assert "charged twice" in told
    assert "$250.00" in told


def test_a_year_without_anything_has_a_sheet_too(desk: Desk) -> None:
    assert desk.reading(partial(years.closing_sheet, year=2020)).startswith(b"%PDF")


def test_a_year_is_closed_once_it_is_over_with_password_and_reason(desk: Desk) -> None:
    with pytest.raises(Refusal, match="year_not_over"):
        closed(desk)
    desk.clock = lambda: NEXT_YEAR
    closed(desk)
    assert desk.reading(partial(years.of_year, year=2026)).closed
    with pytest.raises(Refusal, match="year_closed"):
        closed(desk)
    desk.confirm()
    desk.writing(partial(years.open_again, year=2026, reason="one paper more"))
    assert not desk.reading(partial(years.of_year, year=2026)).closed
    with pytest.raises(Refusal, match="year_not_closed"):
        desk.writing(partial(years.open_again, year=2026, reason="x"))


def test_no_receipt_of_a_closed_year_is_voided(desk: Desk) -> None:
    invoice = charged(desk)
    desk.clock = lambda: NEXT_YEAR
    closed(desk)
    with pytest.raises(Refusal, match="year_closed"):
        desk.writing(partial(reversals.void, invoice=invoice, reason="too late"))


def test_a_clock_that_was_set_back_takes_no_money_into_a_closed_year(desk: Desk) -> None:
    desk.clock = lambda: NEXT_YEAR
    closed(desk)
    desk.clock = practices.clock
    with pytest.raises(Refusal, match="year_closed"):
        charged(desk)
    with pytest.raises(Refusal, match="year_closed"):
        desk.writing(
            partial(till.take_payment, operation="p", client=OWN, tenders=(Tender(Method.CASH, Money(100)),))
        )


def test_a_file_brings_nothing_new_into_a_closed_year(desk: Desk, tmp_path: Path) -> None:
    desk.clock = lambda: NEXT_YEAR
    closed(desk)
    source = tmp_path / "in.json"
    for key, item in (
        ("invoices", practices.an_invoice("i-9", "2026-11-04", practices.a_line("x-9"))),
        ("payments", practices.a_payment("p-9", "2026-11-04", 100)),
    ):
        source.write_text(json.dumps(practices.a_document(**{key: [item]})), encoding="utf-8")
        with pytest.raises(Refusal, match="year_closed"):
            portable.take_in(desk, source)
    later = practices.an_invoice("i-9", "2027-01-04", practices.a_line("x-9"))
    source.write_text(json.dumps(practices.a_document(invoices=[later])), encoding="utf-8")
    portable.take_in(desk, source)
    assert desk.reading(partial(years.of_year, year=2026)).closed


def test_a_therapist_reads_no_books(desk: Desk) -> None:
    actor = Actor(StaffId("s-therapist"), Role.THERAPIST, practices.NOW)
    with (
        Work(desk.vault, actor, practices.NOW, reading=True) as work,
        pytest.raises(Refusal, match="not_allowed"),
    ):
        years.of_year(work, year=2026)
