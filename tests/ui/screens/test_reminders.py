"""The reminders: a call list worked through with keys, drafts, and words without anything about health."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ui.screens.reminders.panels import AllDrafts, Words
from ui.screens.reminders.screen import Reminders
from ui.screens.today.reasons import Reasons

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.screens.a_day import AtTheCounter


@pytest.fixture
def reminders(counter: AtTheCounter) -> Reminders:
    counter.shell.go("reminders")
    counter.settle()
    screen = next(iter(counter.shell.findChildren(Reminders)))
    screen._to_table()
    return screen


def rows(screen: Reminders) -> list[tuple[str, str]]:
    model = screen.visits.model
    return [(model.rows[at].name, str(model.index(at, 4).data())) for at in range(model.rowCount())]


def test_the_visits_of_the_next_two_working_days_are_listed(reminders: Reminders) -> None:
    assert rows(reminders) == [("明子 山本", "not tried yet")]
    assert reminders._under.text() == "Visits of Thu, Nov 19 and Fri, Nov 20"


def test_c_confirms_and_undo_takes_it_back(reminders: Reminders, counter: AtTheCounter) -> None:
    counter.press(Qt.Key.Key_C)
    assert rows(reminders) == [("明子 山本", "confirmed")]
    assert counter.state("a-tomorrow") == "confirmed"
    counter.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counter.state("a-tomorrow") == "tentative"
    assert rows(reminders) == [("明子 山本", "not tried yet")]


def test_attempts_are_kept_one_after_the_other(reminders: Reminders, counter: AtTheCounter) -> None:
    counter.press(Qt.Key.Key_N)
    counter.press(Qt.Key.Key_L)
    (call,) = reminders.visits.model.rows
    assert [each.outcome.value for each in call.tried] == ["no_answer", "left_message"]
    assert not call.reached


def test_del_asks_why_and_cancels(reminders: Reminders, counter: AtTheCounter) -> None:
    counter.press(Qt.Key.Key_Delete)
    assert isinstance(counter.panel, Reasons)
    counter.press(Qt.Key.Key_1)
    assert counter.state("a-tomorrow") == "late_cancel"
    assert rows(reminders) == []


def test_who_is_due_again_stands_in_a_list_of_its_own(reminders: Reminders) -> None:
    reminders.parts._keys["again"].click()
    assert [call.name for call in reminders.again.model.rows] == []
    assert reminders._book.isHidden() is False


def test_all_drafts_are_two_presses(
    reminders: Reminders, counter: AtTheCounter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.widgets.folder.among_documents", lambda _name: tmp_path / "drafts")
    opened: list[str] = []
    monkeypatch.setattr(
        "ui.screens.reminders.panels.QDesktopServices.openUrl", lambda url: opened.append(url.path())
    )
    reminders.all.click()
    counter.settle()
    assert isinstance(counter.panel, AllDrafts)
    counter.panel.write.click()
    counter.settle()
    assert opened == [str(tmp_path / "drafts")]
    (texts,) = (tmp_path / "drafts").iterdir()
    assert texts.name == "text-messages.txt"
    assert "(510) 555-0168" in texts.read_text("utf-8")
    assert rows(reminders) == [("明子 山本", "wrote")]
    counter.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rows(reminders) == [("明子 山本", "not tried yet")]


def test_words_about_health_are_refused_beside_the_field(reminders: Reminders, counter: AtTheCounter) -> None:
    reminders._words.click()
    counter.settle()
    panel = counter.panel
    assert isinstance(panel, Words)
    panel.mail.setPlainText("Your sciatica visit is {when}")
    keep = next(b for b in panel.findChildren(QPushButton) if b.text() == "Say it like this")
    keep.click()
    counter.settle()
    assert "sciatica" in panel._form["mail"].message
    panel.mail.setPlainText("See you {when}, {name}")
    keep.click()
    counter.settle()
    assert counter.panel is None


def test_a_text_message_opens_with_its_words_and_is_noted(
    reminders: Reminders, counter: AtTheCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr("ui.screens.reminders.screen.QDesktopServices.openUrl", open_url)
    counter.press(Qt.Key.Key_T)
    assert opened
    assert opened[0].startswith("sms:5105550168?body=")
    assert rows(reminders) == [("明子 山本", "wrote")]
    counter.press(Qt.Key.Key_M)
    assert "no email address" in counter.shell._toast.words


def test_what_the_practice_has_to_see_to_is_cleared_from_here(
    reminders: Reminders, counter: AtTheCounter
) -> None:
    reminders.parts._keys["practice"].click()
    link = next(
        each
        for each in reminders.practice.findChildren(QPushButton)
        if each.accessibleName().startswith("Back up now")
    )
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    counter.settle()
    assert "backup was made" in counter.shell._toast.words


def test_a_bookkeeper_is_told_that_the_calendar_is_not_theirs(sit: object) -> None:
    counter = sit("s-books")  # type: ignore[operator]
    counter.shell.go("reminders")
    counter.settle()
    screen = next(iter(counter.shell.findChildren(Reminders)))
    assert screen._under.text() == "Your role does not see the calendar."
