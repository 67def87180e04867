"""The reports of a small real practice: every number is made of the entries it opens."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import accounts
from clinic.office.reports import reading, writing
from clinic.office.reports.shape import About, Asked, By, Report, Unit
from clinic.storage.work import Actor, Work
from clinic.values import Basis, Method, Money, Refusal, Role, StaffId
from clinic.wording import reports as words
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk


def a_document() -> dict[str, Any]:
    """Two clients, a treatment with its tip, taxed goods, a bundle used once, a gift used, and money back."""
    document = practices.a_document(
        appointments=[
            practices.an_appointment("a-1", "2026-10-06T10:00"),
            practices.an_appointment("a-2", "2026-11-03T10:00"),
            practices.an_appointment("a-3", "2026-11-10T10:00", client="c-other", staff="owner"),
            practices.an_appointment("a-4", "2026-11-11T10:00", client="c-other", state="no_show"),
            practices.an_appointment("a-5", "2026-11-12T10:00", client="c-other", state="late_cancel"),
        ],
        invoices=[
            practices.an_invoice(
                "i-1",
                "2026-10-06",
                practices.a_line("x-1", appointment="a-1"),
                practices.a_line("x-2", "tip", 2000, text="Tip"),
                practices.a_line("x-3", "product", 3000, text="Oil", tax_cents=300),
                practices.a_line("x-4", "bundle_sale", 60000, text="Six visits"),
            ),
            practices.an_invoice(
                "i-2",
                "2026-11-03",
                practices.a_line("y-1", "bundle_use", 10000, appointment="a-2", bundle="b-1"),
            ),
            practices.an_invoice(
                "i-3",
                "2026-11-10",
                practices.a_line("z-1", appointment="a-3", discount_cents=500),
                practices.a_line("z-2", "gift_sale", 5000, text="Gift certificate"),
                client="c-other",
            ),
            practices.an_invoice(
                "i-4",
                "2026-11-11",
                practices.a_line("w-1", "fee", 6000, text="Missed appointment", appointment="a-4"),
                client="c-other",
            ),
        ],
        bundles=[
            {
                "id": "b-1",
                "client": "c-own",
                "line": "x-4",
                "treatment": "t-60",
                "visits": 6,
                "price_cents": 60000,
            }
        ],
        gifts=[{"id": "g-1", "line": "z-2", "code": "FERN-0001", "amount_cents": 5000}],
        payments=[
            practices.a_payment("p-1", "2026-10-06", 75800),
            practices.a_payment("p-2", "2026-10-06", 2000, method="cash"),
            practices.a_payment("p-3", "2026-11-10", 12000, client="c-other", method="check"),
            practices.a_payment(
                "p-4",
                "2026-11-11",
                1000,
                client="c-other",
                method="gift",
                gift="g-1",
                allocations=[{"line": "w-1", "amount_cents": 1000}],
            ),
        ],
        refunds=[
            {
                "id": "f-1",
                "payment": "p-1",
                "refunded_on": "2026-11-20",
                "amount_cents": 3300,
                "allocations": [{"line": "x-3", "amount_cents": 3300}],
            }
        ],
        letters=[practices.a_letter()],
    )
    document["clients"].append(practices.a_client("c-credit", "Ines", "Abreu"))
    document["payments"].append(practices.a_payment("p-5", "2026-11-02", 4000, client="c-credit"))
    return document


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("reports"), a_document())


@pytest.fixture(scope="module")
def desk(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = practices.sit_down(practices.copied(template, tmp_path_factory.mktemp("read")))
    yield opened
    opened.close()


def read(desk: Desk, about: About, **more: Any) -> Report:
    asked = Asked(about, more.pop("first", date(2026, 1, 1)), more.pop("last", date(2026, 12, 31)), **more)
    return desk.reading(partial(reading.read, asked=asked))


def row(report: Report, head: object) -> tuple[Any, ...]:
    return next(each.cells for each in report.rows if each.cells[0] == head)


def cents(*cells: object) -> list[int]:
    return [cell.cents for cell in cells if isinstance(cell, Money)]


def test_money_in_is_counted_once_and_what_went_back_is_taken_off(desk: Desk) -> None:
    report = read(desk, About.INCOME)
    # Treatments, tips, goods and fees, sold ahead, total.
    assert cents(*row(report, date(2026, 10, 1))) == [12500, 2000, 3300, 60000, 77800]
    assert cents(*row(report, date(2026, 11, 1)))[-1] == 4000 + 12000 - 3300


def test_a_gift_or_a_prepaid_visit_is_no_money_in_when_it_is_used(desk: Desk) -> None:
    assert Method.GIFT not in {each.cells[0] for each in read(desk, About.INCOME, by=By.METHOD).rows}


def test_what_was_delivered_counts_the_prepaid_visit_and_not_its_sale(desk: Desk) -> None:
    report = read(desk, About.INCOME, basis=Basis.SERVICE)
    assert cents(*row(report, date(2026, 10, 1))) == [12500, 2000, 3000, 17500]
    # The prepaid visit's share, the treatment less its discount; the fee, less the goods that came back.
    assert cents(*row(report, date(2026, 11, 1))) == [10000 + 12000, 0, 6000 - 3000, 25000]


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("basis", Basis)
def test_income_is_the_same_whatever_it_is_gathered_by(desk: Desk, by: By, basis: Basis) -> None:
    assert (
        read(desk, About.INCOME, by=by, basis=basis).totals[-1]
        == read(desk, About.INCOME, basis=basis).totals[-1]
    )


@pytest.mark.parametrize("about", About)
def test_every_number_is_made_of_the_entries_it_opens(desk: Desk, about: About) -> None:
    report = read(desk, about)
    assert report.rows
    assert all(len(each.cells) == len(report.columns) for each in (*report.rows,))
    if report.details[-1].unit is not Unit.MONEY or about in {About.SCHEDULE_C, About.ABSENCES}:
        return
    for each in report.rows:
        assert each.cells[-1] == Money(sum(cents(*(detail.cells[-1] for detail in each.details))))


@pytest.mark.parametrize("about", About)
def test_every_report_is_worded(desk: Desk, about: About) -> None:
    report = read(desk, about)
    assert words.title(about)
    assert words.told(about, Basis.PAYMENT)
    told = [words.heading(column.name) for column in (*report.columns, *report.details)]
    told += [words.heading(figure.name) for figure in report.figures]
    for each in report.rows:
        for cell, column in zip(each.cells, report.columns, strict=True):
            told.append(words.written(cell, column.unit))
            assert "_" not in told[-1]
    assert all(isinstance(word, str) for word in told)


def test_tips_go_to_whoever_gave_the_treatment_beside_them(desk: Desk) -> None:
    report = read(desk, About.TIPS)
    assert [each.cells for each in report.rows] == [
        ("Tomás Rivera", 1, *map(Money, (2000, 0, 0, 2000))),
    ]


def test_what_is_owed_stands_in_the_column_of_its_age(desk: Desk) -> None:
    report = read(desk, About.OWED)
    by_client = {each.cells[0]: cents(*each.cells) for each in report.rows}
    assert by_client["Odile Marchetti"] == [10000, 0, 0, 0, 10000]


def test_what_is_held_is_what_was_paid_ahead_and_not_used(desk: Desk) -> None:
    report = read(desk, About.HELD)
    assert [cents(*each.cells) for each in report.rows] == [[4000], [50000], [4000]]


def test_goods_given_back_take_their_tax_along(desk: Desk) -> None:
    report = read(desk, About.SALES_TAX)
    assert cents(*row(report, date(2026, 10, 1))) == [3000, 0, 0, 300]
    assert cents(*row(report, date(2026, 11, 1))) == [0, 0, -300, -300]
    assert cents(report.totals[-1]) == [0]


def test_absences_are_counted_with_their_fees(desk: Desk) -> None:
    november = row(read(desk, About.ABSENCES), date(2026, 11, 1))
    assert november[1:4] == (2, 1, 1)
    assert november[4] == 500
    assert cents(*november) == [6000, 1000]


def test_a_schedule_c_adds_up_to_the_money_less_the_tax(desk: Desk) -> None:
    report = read(desk, About.SCHEDULE_C)
    income = read(desk, About.INCOME).totals[-1]
    assert report.totals[0] == "net_receipts"
    assert report.totals[2] == income
    lines = {each.cells[0]: each.cells[2] for each in report.rows}
    assert lines["gross_goods"] == Money(3000)
    assert lines["returns"] == Money(-3000)
    assert lines["tax_collected"] == Money(0)


def test_a_time_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="period_backwards"):
        read(desk, About.INCOME, first=date(2026, 2, 1), last=date(2026, 1, 1))


def as_role(desk: Desk, staff: str, role: Role) -> Work:
    return Work(desk.vault, Actor(StaffId(staff), role, practices.NOW), practices.NOW, reading=True)


def test_a_therapist_reads_the_money_of_own_visits(desk: Desk) -> None:
    asked = Asked(About.INCOME, date(2026, 1, 1), date(2026, 12, 31))
    with as_role(desk, "s-therapist", Role.THERAPIST) as work:
        assert About.SALES_TAX not in reading.offered(work)
        mine = reading.read(work, asked)
        assert mine.therapist == "Tomás Rivera"
        with pytest.raises(Refusal, match="not_allowed"):
            reading.read(work, Asked(About.SALES_TAX, asked.first, asked.last))
        for about in reading.offered(work):
            reading.read(work, Asked(about, asked.first, asked.last, Basis.PAYMENT))
    with as_role(desk, "owner", Role.OWNER) as work:
        whole = reading.read(work, Asked(About.INCOME, asked.first, asked.last, by=By.THERAPIST))
    assert mine.totals[-1] == next(each.cells[-1] for each in whole.rows if each.cells[0] == "Tomás Rivera")


def test_a_bookkeeper_reads_no_letters_and_no_calendar(desk: Desk) -> None:
    with as_role(desk, "s-books", Role.BOOKKEEPER) as work:
        assert {About.LETTERS, About.ABSENCES}.isdisjoint(reading.offered(work))
        with pytest.raises(Refusal, match="not_allowed"):
            reading.read(work, Asked(About.LETTERS, date(2026, 1, 1), date(2026, 12, 31)))


def test_a_report_is_written_as_a_workbook_with_its_entries(desk: Desk, tmp_path: Path) -> None:
    asked = Asked(About.INCOME, date(2026, 1, 1), date(2026, 12, 31))
    path = tmp_path / writing.file_name(asked)
    desk.writing(partial(writing.write_out, asked=asked, path=path))
    with zipfile.ZipFile(path) as book:
        pages = [book.read(name).decode() for name in sorted(book.namelist()) if "worksheets/sheet" in name]
        shared = book.read("xl/sharedStrings.xml").decode()
    assert len(pages) == 2
    assert "By day of payment" in shared
    assert "<f>" not in "".join(pages)


def test_the_plain_table_holds_every_entry(desk: Desk, tmp_path: Path) -> None:
    asked = Asked(About.INCOME, date(2026, 1, 1), date(2026, 12, 31))
    path = tmp_path / writing.file_name(asked, table=True)
    desk.writing(partial(writing.write_out, asked=asked, path=path))
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    whole = desk.reading(partial(reading.read, asked=asked)).totals[-1]
    assert sum((Money.of(line["amount"]) for line in rows), start=Money(0)) == whole
    assert rows[0]["day"] == "2026-10-06"


def test_the_journal_balances_bears_no_names_and_is_called_as_the_accountant_does(
    desk: Desk, tmp_path: Path
) -> None:
    report = read(desk, About.JOURNAL)
    booked = {row.cells[0]: (str(row.cells[2]), str(row.cells[3])) for row in report.rows}
    assert report.totals[2] == report.totals[3]
    assert booked["Income: treatments"][1] == "345.00"
    assert booked["Prepaid visits owed"] == ("100.00", "600.00")
    assert booked["Gift certificates owed"] == ("10.00", "0.00")
    assert booked["Sales tax owed"] == ("3.00", "3.00")
    assert booked["Returns and allowances"] == ("30.00", "0.00")
    desk.writing(partial(accounts.rename, given={"care": "4000 Massage", "cards": "=1010"}))
    desk.writing(partial(accounts.rename, given={"tips": ""}))
    with pytest.raises(Refusal, match="too_long"):
        desk.writing(partial(accounts.rename, given={"care": "x" * 61}))
    with pytest.raises(Refusal, match="not_found"):
        desk.writing(partial(accounts.rename, given={"nothing": "x"}))
    asked = Asked(About.JOURNAL, date(2026, 1, 1), date(2026, 12, 31))
    path = desk.writing(partial(writing.write_out, asked=asked, path=tmp_path / "journal.csv"))[0]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["date", "account", "debit", "credit", "memo"]
    assert {"4000 Massage", "'=1010"} <= {row["account"] for row in rows}
    sums: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row["date"], row["memo"])
        sums[key] = sums.get(key, 0) + round(100 * (float(row["debit"] or 0) - float(row["credit"] or 0)))
    assert set(sums.values()) == {0}
    assert "guy" not in path.read_text("utf-8").casefold()
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    book = desk.writing(partial(writing.write_out, asked=asked, path=tmp_path / "journal.xlsx"))[0]
    assert zipfile.is_zipfile(book)
