"""Today, on a real practice in the middle of its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from clinic.values import AppointmentId, Money
from ui.screens.booking import BookFor
from ui.screens.clients import Clients
from ui.screens.till import Till
from ui.screens.today.card import VisitCardPanel
from ui.screens.today.renewal import Renewal
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.screens.a_day import AtTheCounter


def groups(counter: AtTheCounter) -> list[str]:
    return [head.accessibleName() for head in counter.today.list._heads]


def entries(counter: AtTheCounter) -> list[str]:
    return [
        label.text().replace("\u2068", "").replace("\u2069", "").replace("\u00a0", " ")
        for label in counter.today.side.attention.findChildren(QLabel)
        if not label.isHidden()
    ]


def line_words(counter: AtTheCounter, visit: str) -> str:
    return next(line.accessibleName() for key, line in counter.today.list.lines.items() if key == visit)


def button(counter: AtTheCounter, visit: str) -> QPushButton:
    return next(line.button for key, line in counter.today.list.lines.items() if key == visit)


def test_the_day_stands_in_groups(counter: AtTheCounter) -> None:
    assert groups(counter) == [
        "In treatment, 1",
        "Arrived, 1",
        "Still to come, 2",
        "Done, 2",
        "Did not take place, 1",
    ]
    assert counter.today.head.heading.text() == "Wednesday, November 18"


def test_a_line_says_what_is_missing(counter: AtTheCounter) -> None:
    assert line_words(counter, "a-done").endswith("Unpaid, $125.00, Note not signed")
    assert line_words(counter, "a-owing").endswith("Not charged yet")
    assert line_words(counter, "a-next").endswith("Visit 2 of 3")
    assert line_words(counter, "a-on").endswith("ends 2:30 pm")
    assert line_words(counter, "a-here").endswith("was to begin 2:00 pm")
    assert line_words(counter, "a-maybe").endswith("not confirmed yet")


@pytest.mark.parametrize(
    ("visit", "words"),
    [
        ("a-maybe", "Confirm"),
        ("a-next", "Arrive"),
        ("a-here", "Begin"),
        ("a-on", "Done"),
        ("a-done", "Take payment"),
        ("a-missed", "Take payment"),
    ],
)
def test_a_line_has_one_button_for_the_next_step(counter: AtTheCounter, visit: str, words: str) -> None:
    assert button(counter, visit).text() == words


@pytest.mark.parametrize(
    ("visit", "state"),
    [("a-maybe", "confirmed"), ("a-next", "arrived"), ("a-here", "in_treatment"), ("a-on", "done")],
)
def test_the_button_takes_the_step_and_undo_takes_it_back(
    counter: AtTheCounter, visit: str, state: str
) -> None:
    before = counter.state(visit)
    button(counter, visit).click()
    counter.settle()
    assert counter.state(visit) == state
    counter.shell._undo.undo()
    counter.settle()
    assert counter.state(visit) == before
    counter.shell._undo.redo()
    counter.settle()
    assert counter.state(visit) == state


def test_a_marks_the_visit_in_focus_as_arrived(counter: AtTheCounter) -> None:
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_A)
    assert counter.state("a-next") == "arrived"
    assert counter.today.list.lines[counter.today.list.current.id].hasFocus()  # type: ignore[union-attr]


def test_del_asks_why_and_undo_brings_it_back(counter: AtTheCounter) -> None:
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_Delete)
    assert counter.state("a-next") == "confirmed"
    counter.press(Qt.Key.Key_1)
    assert counter.state("a-next") == "late_cancel"
    assert "Did not take place, 2" in groups(counter)
    counter.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counter.state("a-next") == "confirmed"


def test_a_step_the_day_does_not_allow_is_said_and_changes_nothing(counter: AtTheCounter) -> None:
    counter.go_to("a-done")
    counter.press(Qt.Key.Key_A)
    assert "can't go" in counter.shell._toast.words
    assert counter.state("a-done") == "done"


def test_enter_opens_the_chart_of_the_visit(counter: AtTheCounter) -> None:
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_Return)
    assert isinstance(counter.shell._shown, Clients)


def test_dollar_takes_the_payment(counter: AtTheCounter) -> None:
    counter.go_to("a-owing")
    counter.press(Qt.Key.Key_Dollar)
    assert isinstance(counter.shell._shown, Till)


def test_r_proposes_the_same_again_and_enter_books_it(counter: AtTheCounter) -> None:
    counter.go_to("a-done")
    counter.press(Qt.Key.Key_R)
    assert counter.booking.at is not None
    counter.press(Qt.Key.Key_Return)
    assert counter.panel is None
    assert ("2026-12-02 09:00", "confirmed") in counter.booked("c-other")


def test_letters_do_nothing_while_no_visit_has_the_focus(counter: AtTheCounter) -> None:
    counter.today.head.who.setFocus()
    QTest.keyClick(counter.today, Qt.Key.Key_Delete)
    counter.settle()
    assert counter.state("a-next") == "confirmed"


def test_arrows_walk_the_visits(counter: AtTheCounter) -> None:
    counter.go_to("a-on")
    counter.press(Qt.Key.Key_Down)
    assert counter.today.list.current is not None
    assert counter.today.list.current.id == "a-here"
    counter.press(Qt.Key.Key_End)
    assert counter.today.list.current.id == "a-missed"


def test_space_opens_the_card_and_the_card_follows_the_focus(counter: AtTheCounter) -> None:
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_Space)
    card = counter.panel
    assert isinstance(card, VisitCardPanel)
    said = [label.text() for label in card.findChildren(QLabel)]
    assert "Visit 2 of 3, valid to Dec 31" in said
    assert "Bolster under the knees." in said
    assert "Dec 2, 4:00 pm" in said
    counter.press(Qt.Key.Key_Down)
    assert isinstance(counter.panel, VisitCardPanel)
    assert counter.panel.visit == "a-maybe"
    counter.press(Qt.Key.Key_Escape)
    assert counter.panel is None


def test_the_card_notes_that_nobody_came(counter: AtTheCounter) -> None:
    counter.go_to("a-maybe")
    counter.press(Qt.Key.Key_Space)
    assert isinstance(counter.panel, VisitCardPanel)
    wording = {each.text() for each in counter.panel.findChildren(QPushButton)}
    assert "Did not come" not in wording
    assert {"Confirm", "Open chart", "Rebook", "Cancel visit"} <= wording


def test_page_keys_turn_the_day_and_ctrl_t_comes_back(counter: AtTheCounter) -> None:
    counter.press(Qt.Key.Key_PageDown)
    assert counter.today.head.heading.text() == "Thursday, November 19"
    assert groups(counter) == ["Still to come, 1"]
    counter.press(Qt.Key.Key_Right)
    counter.press(Qt.Key.Key_Left)
    counter.press(Qt.Key.Key_PageUp)
    assert counter.today.head.heading.text() == "Wednesday, November 18"
    counter.press(Qt.Key.Key_PageUp)
    counter.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert counter.today.head.heading.text() == "Wednesday, November 18"


def test_a_day_without_visits_says_what_belongs_there(counter: AtTheCounter) -> None:
    counter.shell.go("today", date(2026, 11, 22))
    counter.settle()
    assert counter.today.list._empty.isVisible()
    counter.today.list._empty.button.click()
    counter.settle()
    assert counter.booking.day.day == date(2026, 11, 22)


def test_the_therapists_are_told_apart(counter: AtTheCounter) -> None:
    counter.today.head.who.choose("owner")
    counter.today.head.who.switched.emit("owner")
    assert groups(counter) == ["In treatment, 1", "Done, 2"]


def test_what_needs_attention_says_why(counter: AtTheCounter) -> None:
    said = entries(counter)
    for words in (
        "Backup overdue",
        "A visit is one too many for a letter",
        "Hạnh Nguyễn, from Dec 16; the letter gives 3",
        "A visit falls after a letter ends",
        "Odile Marchetti, from Dec 2; the letter ends Nov 25",
        "$125.00 unpaid",
        "Odile Marchetti, visit of today",
        "Visit not charged",
        "Note not signed",
        "Fee of $80.00 not charged",
        "明子 山本 did not come, today",
        "Certificate ends in 28 days",
        "Tomás Rivera, valid to Dec 16",
    ):
        assert words in said


def follow(counter: AtTheCounter, beginning: str) -> None:
    links = counter.today.side.attention.findChildren(QPushButton)
    next(link for link in links if link.accessibleName().startswith(beginning)).click()
    counter.settle()


def test_a_backup_is_made_from_its_entry(counter: AtTheCounter) -> None:
    follow(counter, "Back up now")
    counter.settle()
    assert "Backup overdue" not in entries(counter)


def test_an_unpaid_visit_leads_to_the_till(counter: AtTheCounter) -> None:
    follow(counter, "Take payment: Visit not charged")
    assert isinstance(counter.shell._shown, Till)


def test_a_letter_that_ends_leads_to_the_chart(counter: AtTheCounter) -> None:
    follow(counter, "Add the next letter")
    assert isinstance(counter.shell._shown, Clients)


def test_a_renewal_is_recorded_and_can_be_undone(counter: AtTheCounter) -> None:
    follow(counter, "Record renewal")
    panel = counter.panel
    assert isinstance(panel, Renewal)
    QTest.keyClicks(panel.until, "nov 1 2026")
    QTest.keyClick(panel.until, Qt.Key.Key_Return)
    counter.settle()
    assert "later day" in panel._form["until"].message
    panel.until.clear()
    QTest.keyClicks(panel.until, "dec 16 2028")
    QTest.keyClick(panel.until, Qt.Key.Key_Return)
    counter.settle()
    assert "Certificate ends in 28 days" not in entries(counter)
    counter.shell._undo.undo()
    counter.settle()
    assert "Certificate ends in 28 days" in entries(counter)


def test_a_therapist_sees_own_visits_only(sit: Callable[[str], AtTheCounter]) -> None:
    counter = sit("s-therapist")
    assert set(counter.today.list.lines) == {"a-here", "a-next", "a-maybe", "a-missed"}
    assert not counter.today.head.who.isVisible() or len(counter.today.list.lines) == 4


def test_a_bookkeeper_is_told_that_there_is_no_calendar(sit: Callable[[str], AtTheCounter]) -> None:
    counter = sit("s-books")
    assert "does not see the calendar" in counter.today.head.heading.text()


def test_the_front_desk_sees_no_plan_of_a_note(sit: Callable[[str], AtTheCounter]) -> None:
    counter = sit("s-desk")
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_Space)
    assert counter.panel is not None
    said = [label.text() for label in counter.panel.findChildren(QLabel)]
    assert "Bolster under the knees." not in said
    assert "Visit 2 of 3, valid to Dec 31" in said


def test_the_keys_of_a_visit_stand_in_the_list_of_keys(counter: AtTheCounter) -> None:
    named = {action.text() for action in counter.shell.findChildren(QAction)}
    assert {"Client arrived", "Take payment for the visit", "Rebook", "Cancel the visit"} <= named


@pytest.mark.parametrize(("width", "percent"), [(1024, 100), (1024, 200), (1440, 200)])
def test_nothing_is_cut_off_at_the_side(counter: AtTheCounter, width: int, percent: int) -> None:
    theme.choose(percent=percent)
    counter.shell.resize(width, 640)
    counter.settle()
    holder = counter.today.parentWidget()
    assert holder is not None
    assert counter.today.width() <= holder.width()


def test_a_booking_for_somebody_opens_over_today(counter: AtTheCounter) -> None:
    counter.shell.go("today", BookFor(day=date(2026, 11, 20)))
    counter.settle()
    assert counter.booking.day.day == date(2026, 11, 20)


def test_a_minute_later_the_card_is_still_the_same(counter: AtTheCounter) -> None:
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_Space)
    card = counter.panel
    counter.today._tick()
    counter.settle()
    assert counter.panel is card


def test_a_step_from_the_card_shows_the_next_one_and_keeps_the_focus(counter: AtTheCounter) -> None:
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_Space)
    assert isinstance(counter.panel, VisitCardPanel)
    counter.panel.button.setFocus()
    counter.press(Qt.Key.Key_Space)
    assert counter.state("a-next") == "arrived"
    assert isinstance(counter.panel, VisitCardPanel)
    assert counter.panel.button.text() == "Begin"
    assert counter.panel.button.hasFocus()


def test_a_visit_paid_already_is_not_paid_again(counter: AtTheCounter) -> None:
    counter.shell.go("today", date(2026, 11, 4))
    counter.settle()
    counter.go_to("a-before")
    counter.press(Qt.Key.Key_Dollar)
    assert counter.shell._toast.words == "This visit is paid."
    assert counter.shell._shown is counter.today


def test_a_day_of_many_visits_folds_what_is_over_and_settled(
    counter: AtTheCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.screens.today.day_list.SHOWN_DONE", 0)
    day = counter.today._day
    assert day is not None
    counter.today.list.show_day(day, day.visits)
    assert {"a-done", "a-owing"} <= set(counter.today.list.lines)
    settled = tuple(
        replace(visit, charged=True, open=Money(0), signed=True) if visit.id == "a-done" else visit
        for visit in day.visits
    )
    counter.today.list.show_day(day, settled)
    assert "a-done" not in counter.today.list.lines
    next(b for b in counter.today.list.findChildren(QPushButton) if b.text() == "Show 1 earlier").click()
    assert "a-done" in counter.today.list.lines


def test_a_booking_is_not_pushed_aside_by_a_card_that_comes_late(counter: AtTheCounter) -> None:
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_Space)
    line = counter.today.list.lines[AppointmentId("a-done")]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_R)
    counter.settle()
    assert counter.booking.who.client == "c-other"


def test_a_long_day_is_listed_whole_a_few_lines_at_a_time(
    counter: AtTheCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.screens.today.day_list.AT_ONCE", 2)
    counter.shell.go("today", date(2026, 11, 4))
    counter.settle()
    counter.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    counter.qtbot.waitUntil(lambda: len(counter.today.list.lines) == 7)
    assert [line.visit.id for line in counter.today.list._order][-1] == "a-missed"
