"""Beside the year's end and the papers: the books of a year, what can be claimed, and what goes along."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.office import requests, sign_in
from tests import practices
from tests.ui.makers import a_seat
from tests.ui.screens.a_till import OWN, words_on
from ui import printing
from ui.runner import Job, Runner
from ui.screens.clients import Clients
from ui.screens.settings import Settings
from ui.screens.till import PapersOf, Till
from ui.screens.till.claims import ClaimsPanel
from ui.screens.year_end import YearEnd
from ui.screens.year_end.books import BooksPanel
from ui.screens.year_end.screen import EXPORT
from ui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.memory import Memory


class Window:
    """The owner in front of a practice whose letter ran out while visits went on."""

    def __init__(self, qtbot: QtBot, shell: Shell) -> None:
        self.qtbot, self.shell = qtbot, shell

    def settle(self) -> None:
        for _ in range(3):
            self.qtbot.wait(1)
            self.qtbot.waitUntil(lambda: not self.shell.runner.busy, timeout=20_000)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    accounts = [{"kind": "HSA", "opened": "2020-01-01"}, {"kind": "LPFSA"}]
    document = practices.a_document(
        clients=[practices.a_client("c-own", "Hạnh", "Nguyễn", accounts=accounts)],
        letters=[practices.a_letter(ends_on="2026-11-10")],
        appointments=[
            practices.an_appointment("a-1", "2026-11-04T16:00"),
            practices.an_appointment("a-2", "2026-11-14T16:00"),
        ],
        invoices=[
            practices.an_invoice("i-1", "2026-11-04", practices.a_line("x-1", appointment="a-1")),
            practices.an_invoice("i-2", "2026-11-14", practices.a_line("y-1", appointment="a-2")),
        ],
        payments=[practices.a_payment("p-1", "2026-11-14", 25000)],
    )
    return practices.make(tmp_path_factory.mktemp("books"), document)


@pytest.fixture
def window(qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory) -> Iterator[Window]:
    runner = Runner()
    desk = practices.sit_down(practices.copied(template, tmp_path / "copy"))
    runner.sit_down(desk)
    seat = replace(a_seat(), desk=desk, confirm=partial(sign_in.confirm, desk))
    shell = Shell(seat, runner, [Till, Clients, YearEnd, Settings], memory)
    qtbot.addWidget(shell)
    shell.resize(1280, 800)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.open_first()
    made = Window(qtbot, shell)
    made.settle()
    yield made
    shell.hide_panel()
    qtbot.wait(1)
    runner.close()
    qtbot.wait(1)


def year_end(window: Window) -> YearEnd:
    window.shell.go("year_end")
    window.settle()
    return next(iter(window.shell.findChildren(YearEnd)))


def test_the_books_show_numbers_without_a_gap_and_are_saved(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = year_end(window)
    screen.books.click()
    window.settle()
    panel = window.shell._panel.shown
    assert isinstance(panel, BooksPanel)
    assert "R-2026-000001" in words_on(panel)
    assert "The year can be closed once it is over" in words_on(panel)
    assert panel.close_year.isHidden()
    goes_to = tmp_path / "sheet.pdf"
    monkeypatch.setattr(printing, "ask_file", lambda _parent, _name: goes_to)
    panel.save.click()
    window.settle()
    assert goes_to.read_bytes().startswith(b"%PDF")


def test_a_year_that_is_over_is_closed_and_opened_again_with_a_reason(window: Window) -> None:
    screen = year_end(window)
    panel = BooksPanel(screen.counter, 2025)
    window.shell.show_panel(panel)
    window.settle()
    window.shell.seat.desk.confirm()  # type: ignore[attr-defined]  # the desk of the office, not only of the window
    panel.close_year.click()
    window.settle()
    assert "State the reason" in words_on(panel)
    panel.reason.setText("everybody has their papers")
    panel.close_year.click()
    window.settle()
    assert panel.books is not None
    assert panel.books.closed
    assert panel.close_year.text() == "Open the year again"


def test_a_letter_that_ran_out_is_asked_for_from_the_exceptions(window: Window) -> None:
    screen = year_end(window)
    screen.go_on()
    table = screen._checks._table
    (check,) = [row for row in table.model.rows if row.code == "E-LMN-EXPIRED"]
    asked = screen._checks._asked
    assert asked(check) == "Request renewal"
    table.followed.emit(check, 3)
    window.settle()
    assert asked(check) == "Requested"
    made = window.shell.seat.desk.reading(partial(requests.listed, client=OWN))
    assert len(made) == 1
    table.followed.emit(check, 3)
    window.settle()
    assert len(window.shell.seat.desk.reading(partial(requests.listed, client=OWN))) == 1
    table.followed.emit(check, 4)
    window.settle()
    assert window.shell._shown is not None
    assert window.shell._shown.key == "clients"


def test_what_can_still_be_claimed_stands_beside_the_papers(window: Window) -> None:
    window.shell.go("till", PapersOf(OWN, "Hạnh Nguyễn"))
    window.settle()
    till = next(iter(window.shell.findChildren(Till)))
    till.handouts.claims.click()
    window.settle()
    panel = window.shell._panel.shown
    assert isinstance(panel, ClaimsPanel)
    assert "$125.00" in words_on(panel)
    assert "In this year or any later one" in words_on(panel)
    assert "not for massage" in words_on(panel)
    panel.reckon.click()
    assert "Give an amount" in words_on(panel)
    panel.income.setText("80,000")
    panel.miles.setText("some")
    panel.reckon.click()
    assert "Give whole miles" in words_on(panel)
    panel.miles.setText("24")
    panel.year.choose(2026)
    panel.reckon.click()
    window.settle()
    assert "the floor is $6,000.00" in panel._sums.text()
    assert "comes to $4.92" in panel._sums.text()


def test_a_client_agrees_that_letters_go_along(window: Window) -> None:
    window.shell.go("till", PapersOf(OWN, "Hạnh Nguyễn"))
    window.settle()
    till = next(iter(window.shell.findChildren(Till)))
    assert not till.handouts.letters.isChecked()
    till.handouts.letters.click()
    window.settle()
    till.handouts.open(PapersOf(OWN, "Hạnh Nguyễn"))
    window.settle()
    assert till.handouts.letters.isChecked()


def test_a_writing_that_was_stopped_goes_on_where_it_was(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.screens.year_end.export.usual_folder", lambda _year: tmp_path / "set")
    progress = Job.progress

    def stopping(job: Job, done: int, whole: int) -> None:
        if not (tmp_path / "once").exists():
            (tmp_path / "once").touch()
            job.stop()
        progress(job, done, whole)

    monkeypatch.setattr(Job, "progress", stopping)
    screen = year_end(window)
    while screen._step != EXPORT:
        screen.go_on()
        window.settle()
    assert "The papers of 1 client are finished" in words_on(screen)
    assert screen._next.text() == "Go on"
    assert not (tmp_path / "set" / "manifest.json").exists()
    screen.go_on()
    window.settle()
    assert screen._next.text() == "Done"
    assert "Finished by the run before" in words_on(screen)
    assert (tmp_path / "set" / "manifest.json").exists()
