"""The close of the day and the day sheet, from Today and from the till."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from clinic.office import closing
from clinic.values import Money
from tests.documents.reading import words_of
from ui.screens.closing import CloseOfDay, DaySheetPanel, PaperPanel
from ui.screens.closing.earlier import ClosedDays
from ui.screens.today.screen import Opening

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.ui.screens.a_day import AtTheCounter

CTRL = Qt.KeyboardModifier.ControlModifier


def said(counter: AtTheCounter) -> str:
    assert counter.panel is not None
    return "\n".join(label.text() for label in counter.panel.findChildren(QLabel) if not label.isHidden())


def open_close(counter: AtTheCounter) -> CloseOfDay:
    counter.shell.go("today", Opening.CLOSE)
    counter.settle()
    assert isinstance(counter.panel, CloseOfDay)
    return counter.panel


def test_what_is_open_stands_first(counter: AtTheCounter) -> None:
    open_close(counter)
    words = said(counter)
    assert "1 note is not signed" in words
    assert "Numbers missing" in words


def test_the_count_is_compared_as_it_is_typed(counter: AtTheCounter) -> None:
    panel = open_close(counter)
    panel.drawer.setText("100")
    panel.counted.setText("90")
    assert "$10.00 missing" in said(counter)
    panel.counted.setText("100.00")
    assert "The drawer is right." in said(counter)
    panel.counted.setText("110")
    assert "$10.00 too much" in said(counter)


def test_nothing_is_closed_without_a_count(counter: AtTheCounter) -> None:
    panel = open_close(counter)
    counter.press(Qt.Key.Key_Return)
    assert "Type an amount" in panel._form["counted"].message


def test_the_day_is_closed_by_typing_the_count(counter: AtTheCounter) -> None:
    open_close(counter)
    counter.type("0", enter=True)
    counter.settle()
    assert isinstance(counter.panel, PaperPanel)
    assert "The day is closed" in counter.shell._toast.words
    assert "Close of day" in counter.panel.accessibleName()
    panel = open_close(counter)
    assert "Closed once already today" in said(counter)
    assert panel.drawer.text() == "0.00"


def test_a_therapist_is_told_who_closes_the_day(sit: Callable[[str], AtTheCounter]) -> None:
    counter = sit("s-therapist")
    counter.shell.go("today", Opening.CLOSE)
    counter.settle()
    assert "role does not allow" in counter.shell._toast.words


def test_ctrl_p_shows_the_day_on_paper_and_it_is_saved(
    counter: AtTheCounter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_P, CTRL)
    panel = counter.panel
    assert isinstance(panel, DaySheetPanel)
    assert {box.text() for box in panel.findChildren(QCheckBox)} == {"Maren Okafor", "Tomás Rivera"}
    monkeypatch.setattr("ui.screens.closing.paper.printing.ask_file", lambda *_: tmp_path / "day.pdf")
    panel.save.click()
    counter.settle()
    assert "Tomás Rivera" in words_of((tmp_path / "day.pdf").read_bytes())


def test_ticking_a_therapist_off_takes_their_day_off_the_paper(counter: AtTheCounter) -> None:
    counter.shell.go("today", Opening.DAY_SHEET)
    counter.settle()
    panel = counter.panel
    assert isinstance(panel, DaySheetPanel)
    next(box for box in panel.findChildren(QCheckBox) if box.text() == "Tomás Rivera").click()
    counter.settle()
    assert "Tomás Rivera" not in words_of(panel._content)
    next(box for box in panel.findChildren(QCheckBox) if box.text() == "Maren Okafor").click()
    assert not panel.print.isEnabled()


def test_without_a_printer_that_is_said(counter: AtTheCounter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.screens.closing.paper.printing.has_printer", lambda: False)
    counter.shell.go("today", Opening.DAY_SHEET)
    counter.settle()
    assert isinstance(counter.panel, DaySheetPanel)
    counter.panel.print.click()
    assert "No printer" in counter.shell._toast.words


def test_the_till_closes_the_day_too(counter: AtTheCounter) -> None:
    counter.shell.go("till")
    counter.settle()
    button = next(
        each
        for each in counter.shell.findChildren(QPushButton)
        if each.accessibleName() == "Close of day" and each.isVisible()
    )
    button.click()
    counter.settle()
    assert isinstance(counter.panel, CloseOfDay)


def test_a_day_that_was_closed_opens_its_sheet_again(counter: AtTheCounter) -> None:
    panel = open_close(counter)
    link(panel, "Closed days").click()
    counter.settle()
    assert "No day was closed yet" in said(counter)
    amount = Money(10_000)
    counter.desk.writing(partial(closing.close, drawer=amount, counted=amount + Money(250), remark="coin"))
    link(open_close(counter), "Closed days").click()
    counter.settle()
    assert "$2.50 too much, coin" in said(counter)
    assert isinstance(counter.panel, ClosedDays)
    link(counter.panel, "Open sheet").click()
    counter.settle()
    assert isinstance(counter.panel, PaperPanel)
    link(counter.panel, "All closed days").click()
    counter.settle()
    assert isinstance(counter.panel, ClosedDays)


def link(panel: QWidget, words: str) -> QPushButton:
    return next(button for button in panel.findChildren(QPushButton) if button.text() == words)
