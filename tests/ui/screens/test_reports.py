"""Reading reports on the screen, going into a number, and taking the report along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic.office.reports.shape import About
from clinic.values import Money
from tests.ui.screens.a_till import Counter, counter, sit, template
from ui.screens.reports import Reports
from ui.screens.reports import screen as screen_
from ui.widgets.chart import Mark, _scale

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from ui.screens.reports.page import ReportPage

__all__ = ["counter", "sit", "template"]


def reports(counter: Counter) -> Reports:
    counter.shell.go("reports")
    counter.settle()
    return next(iter(counter.shell.findChildren(Reports)))


def inside(page: ReportPage) -> bool:
    return page.inside is not None


def test_the_screen_opens_on_this_years_income(counter: Counter) -> None:
    page = reports(counter).page
    assert page.report is not None
    assert page.report.totals[-1] == Money(79500 - 1000)
    assert page.table is not None
    assert len(page.table.model.rows) == 12


def test_a_number_opens_its_rows_and_leads_back(counter: Counter) -> None:
    page = reports(counter).page
    assert page.table is not None
    page.table.choose(page.report.rows[10].cells[0] if page.report else None)
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    assert inside(page)
    assert next(detail.receipt for detail in page.table.model.rows) == "R-2026-000001"
    page.leave()
    assert not inside(page)
    assert page.table.current is not None


def test_a_column_of_the_chart_opens_its_rows_too(counter: Counter) -> None:
    page = reports(counter).page
    page.chart.setFocus()
    for _ in range(11):
        QTest.keyClick(page.chart, Qt.Key.Key_Right)
    QTest.keyClick(page.chart, Qt.Key.Key_Return)
    assert page.inside is not None
    assert page.inside.cells[-1] == Money(78500)


def test_every_report_there_is_can_be_read(counter: Counter) -> None:
    screen = reports(counter)
    for about in About:
        screen.choose(about)
        counter.settle()
        assert screen.page.report is not None
        assert screen.page.report.asked.about is about
        assert screen._title.text()


def test_what_was_delivered_is_not_gathered_by_payment(counter: Counter) -> None:
    screen = reports(counter)
    screen.basis.choose("service")
    screen._ask()
    counter.settle()
    assert "method" not in screen.by._keys


def test_one_press_writes_the_workbook(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_, "usual_folder", lambda: tmp_path)
    counter.press(reports(counter).export)
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["income_payment_2026-01-01_2026-12-31.xlsx"]


def test_who_may_not_read_reports_is_told_so(sit: Callable[[str], Counter]) -> None:
    screen = reports(sit("s-desk"))
    assert screen.page.report is None
    assert screen._told.text()


def test_a_scale_stands_above_what_it_measures_in_round_steps() -> None:
    for most in (1, 7, 99, 100, 101, 39_381_50, 10**9 + 1):
        top, step = _scale(most)
        assert top >= most
        assert top % step == 0
        assert top // step <= 5
        assert str(step).rstrip("0") in {"1", "2", "5"}


def test_what_went_back_is_not_drawn_below_the_line() -> None:
    assert Mark("January", (500, -200)).whole == 500
