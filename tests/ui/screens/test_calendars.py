"""Calendars for other programs, written and taken in through the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from ui.screens.calendars import CalendarIn, CalendarsOut
from ui.screens.calendars.coming import said
from ui.screens.reminders.screen import Opening

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.screens.a_day import AtTheCounter

FILE = """BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Dentist
DTSTART:20261124T090000
DTEND:20261124T100000
END:VEVENT
BEGIN:VEVENT
SUMMARY:Odile Marchetti
DTSTART:20261125T090000
DTEND:20261125T100000
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def panel(counter: AtTheCounter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CalendarIn:
    file = tmp_path / "mine.ics"
    file.write_text(FILE, encoding="utf-8")
    monkeypatch.setattr("ui.screens.calendars.coming.QFileDialog.getOpenFileName", lambda *_: (str(file), ""))
    counter.shell.go("reminders", Opening.CALENDAR_IN)
    counter.settle()
    assert isinstance(counter.panel, CalendarIn)
    return counter.panel


def shown(panel: CalendarIn) -> list[tuple[str, str]]:
    return [(entry.title, said(entry)) for entry in panel.entries.model.rows]


def test_a_file_is_shown_before_it_is_taken_in(panel: CalendarIn) -> None:
    assert shown(panel) == [("Dentist", "comes in"), ("Odile Marchetti", "comes in")]
    assert panel.take.text() == "Take 2 entries in"
    assert panel._told.text() == "2 entries come in."


def test_as_visits_only_clients_come_in_and_undo_takes_them_back(
    panel: CalendarIn, counter: AtTheCounter
) -> None:
    panel.kind._keys["visits"].click()
    counter.settle()
    assert shown(panel)[0] == ("Dentist", "no client of this name")
    assert panel.take.text() == "Take 1 entry in"
    panel.take.click()
    counter.settle()
    assert counter.panel is None
    assert "1 entry was taken in." in counter.shell._toast.words
    counter.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    counter.settle()


def test_a_bad_file_is_told_with_its_line(panel: CalendarIn, counter: AtTheCounter) -> None:
    panel._file.write_text(FILE.replace("DTSTART:20261125T090000", "DTSTART:soon"), encoding="utf-8")
    panel._look()
    counter.settle()
    assert "Line 7" in panel._form._general.text()
    assert not panel.take.isEnabled()


def test_calendars_are_written_into_a_folder(
    counter: AtTheCounter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.widgets.folder.among_documents", lambda _name: tmp_path / "out")
    monkeypatch.setattr("ui.screens.calendars.leaving.QDesktopServices.openUrl", lambda _url: True)
    counter.shell.go("reminders", Opening.CALENDARS_OUT)
    counter.settle()
    panel = counter.panel
    assert isinstance(panel, CalendarsOut)
    panel.titles._keys["names"].click()
    assert "sees who comes" in panel._told.text()
    panel.folder.line.setText("here")
    panel.write.click()
    assert "from the beginning" in panel.folder.form["folder"].message
    panel.folder.line.setText(str(tmp_path / "out"))
    panel.write.click()
    counter.settle()
    assert len(list((tmp_path / "out").iterdir())) == 4
    assert "4 calendars" in counter.shell._toast.words
