"""The parts of screens: what is typed is understood, what is shown has words, nothing is cut off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

from clinic.values import Money
from clinic.wording.flags import severity as said_of
from tests.ui.makers import put_on
from ui.runner import Job
from ui.theme import theme
from ui.widgets import chips, flags, text
from ui.widgets.busy import BusyBar
from ui.widgets.buttons import Segments, icon_only, primary, quiet
from ui.widgets.cards import Card, Empty, Facts, Figure, Figures
from ui.widgets.dates import DayLine
from ui.widgets.fields import Choice, Line, MoneyLine, Password, Search
from ui.widgets.flow import Flow
from ui.widgets.forms import Form
from ui.widgets.keyed import Keyed
from ui.widgets.stepper import Stepper
from ui.widgets.ticks import Tick
from ui.widgets.toast import Toast
from ui.widgets.tools import Tools

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.runner import Runner

WEDNESDAY = date(2026, 11, 18)


def test_an_amount_is_whole_cents_and_written_out_on_leaving(qtbot: QtBot) -> None:
    line = MoneyLine()
    put_on(qtbot, line)
    QTest.keyClicks(line, "1250")
    assert line.amount == Money.of("1250")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "1,250.00"
    assert line.amount == Money.of("1250")
    line.setText("a lot")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "a lot"


def test_a_day_is_typed_as_people_do_and_written_out_on_leaving(qtbot: QtBot) -> None:
    line = DayLine(WEDNESDAY)
    put_on(qtbot, line)
    QTest.keyClicks(line, "+2w")
    assert line.day == date(2026, 12, 2)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "Dec 2, 2026"
    line.clear()
    QTest.keyClicks(line, "soon")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "soon"
    line.set_day(WEDNESDAY)
    assert line.text() == "Nov 18, 2026"


def test_a_password_is_dots_until_one_asks(qtbot: QtBot) -> None:
    line = Password()
    put_on(qtbot, line)
    eye = line.findChild(QToolButton)
    assert isinstance(eye, QToolButton)
    assert eye.accessibleName() == "Show the password"
    eye.click()
    assert line.echoMode() == QLineEdit.EchoMode.Normal
    assert eye.toolTip() == "Hide the password"
    eye.click()
    assert line.echoMode() == QLineEdit.EchoMode.Password


def test_a_choice_carries_the_value_it_stands_for(qtbot: QtBot) -> None:
    choice = Choice([("Willow", 1), ("Hearth", 2)])
    put_on(qtbot, choice)
    choice.choose(2)
    assert (choice.currentText(), choice.currentData()) == ("Hearth", 2)


def test_a_refusal_stands_under_its_field_and_is_spoken_with_it(qtbot: QtBot) -> None:
    form, name = Form(2), Line()
    form.add("given", "Given name", name)
    form.add("family", "Family name", Line())
    form.add("remark", "Remark", Line(), wide=True, optional=True)
    put_on(qtbot, form)
    form.refuse("clients/0/given", "A name is needed.")
    assert form["given"].message == "A name is needed."
    assert name.hasFocus()
    assert name.accessibleDescription() == "A name is needed."
    form.refuse(None, "Somebody changed this.")
    assert form["given"].message == ""
    assert form._general.text() == "Somebody changed this."


def test_a_field_is_checked_on_leaving_it(qtbot: QtBot) -> None:
    form, name, other = Form(), Line(), Line()
    form.add("given", "Given name", name, check=lambda: "" if name.text() else "A name is needed.")
    form.add("family", "Family name", other)
    put_on(qtbot, form)
    name.setFocus()
    assert form["given"].message == ""
    other.setFocus()
    assert form["given"].message == "A name is needed."


@pytest.mark.parametrize("severity", ["S1", "S2", "S3", "S4", "S5"])
def test_a_flag_is_never_colour_alone(qtbot: QtBot, severity: str) -> None:
    for asks in (False, True):
        word = said_of(severity, asks=asks)
        chip = flags.chip(severity, "right calf", asks=asks)
        assert chip is not None
        put_on(qtbot, chip)
        assert chip.accessibleName() == f"{word}, right calf"
        assert any(label.text() == word for label in chip.findChildren(QLabel))
        assert chip.findChildren(text.Glyph)


def test_a_switch_tells_what_was_chosen_and_keeps_it_where_it_can(qtbot: QtBot) -> None:
    switch = Segments([("all", "All"), ("visits", "Visits")], "Which entries")
    put_on(qtbot, switch)
    with qtbot.waitSignal(switch.switched) as told:
        QTest.mouseClick(switch._keys["visits"], Qt.MouseButton.LeftButton)
    assert told.args == ["visits"]
    switch.offer([("all", "All 9"), ("visits", "Visits 3")])
    assert switch.chosen == "visits"
    switch.offer([("all", "All 9")])
    assert switch.chosen == "all"


def test_the_primary_button_is_what_enter_presses(qtbot: QtBot) -> None:
    pressed: list[str] = []
    button = primary("Book & close", lambda: pressed.append("booked"))
    put_on(qtbot, button, icon_only("x", "Close"))
    assert button.isDefault()
    button.click()
    assert pressed == ["booked"]
    assert button.accessibleName() == "Book & close"


def test_things_go_on_in_the_next_line_where_there_is_no_room(qtbot: QtBot) -> None:
    marks = [chips.Chip(f"Allergy number {n}") for n in range(6)]
    holder = QWidget()
    holder.setLayout(Flow(*marks))
    put_on(qtbot, holder, size=(300, 400))
    assert len({mark.y() for mark in marks}) > 1
    assert all(mark.geometry().right() <= holder.width() for mark in marks)
    assert holder.heightForWidth(300) > holder.heightForWidth(3_000)


def test_figures_and_facts_are_spoken_with_their_names(qtbot: QtBot) -> None:
    figures = Figures()
    figures.show_figures([Figure("Clients", "296", "2,914 visits"), Figure("Paid", "$1.00")])
    window = put_on(qtbot, figures, Facts([("Goal", "Reverse the car"), ("Phone", "(510) 555-0168")]))
    spoken = {widget.accessibleName() for widget in window.findChildren(QWidget)}
    assert {"Clients: 296", "Goal: Reverse the car"} <= spoken


def test_an_empty_place_has_one_sentence_and_one_button(qtbot: QtBot) -> None:
    pressed: list[str] = []
    empty = Empty("Letters stand here.", "Add a letter", lambda: pressed.append("add"))
    put_on(qtbot, empty)
    empty.button.click()
    assert empty.sentence.text() == "Letters stand here."
    assert pressed == ["add"]


def test_the_steps_say_where_one_is(qtbot: QtBot) -> None:
    steps = Stepper(["Year and basis", "Check the grid", "Exceptions", "Export"])
    put_on(qtbot, steps)
    steps.go(2)
    steps.grab()
    assert steps.accessibleName() == "Step 3 of 4: Exceptions"
    assert steps.minimumSizeHint().width() < steps.sizeHint().width()


def test_the_bar_of_long_work_counts_and_stops_it(qtbot: QtBot, runner: Runner) -> None:
    bar = BusyBar(runner)
    put_on(qtbot, bar)
    job = Job("Exporting", stoppable=True, parent=runner)
    bar.show_job(job)
    job.progress(40, 1_200)
    assert bar._figures.text() == "40 of 1,200"
    bar.cancel.click()
    assert job.stopped
    runner.ended.emit(job)
    assert not bar.isVisible()


def test_work_that_cannot_be_stopped_offers_no_cancel(qtbot: QtBot, runner: Runner) -> None:
    bar = BusyBar(runner)
    put_on(qtbot, bar)
    bar.show_job(Job("Issuing the receipt", stoppable=False, parent=runner))
    assert bar.isVisible()
    assert not bar.cancel.isVisible()


def test_a_toast_goes_by_itself(qtbot: QtBot) -> None:
    window = put_on(qtbot, Card("Today"))
    toast = Toast(window)
    toast._timer.setInterval(20)
    toast.move(200, 200)
    toast.say("Freya Holm was added")
    assert toast.isVisible()
    assert not toast.undo.isVisible()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_search_has_a_name_and_a_cross_that_empties_it(qtbot: QtBot) -> None:
    search = Search("Name, phone or birth date")
    put_on(qtbot, search)
    assert search.accessibleName() == "Name, phone or birth date"
    assert search.cross.isHidden()
    QTest.keyClicks(search, "ma")
    assert search.cross.isVisible()
    with qtbot.waitSignal(search.textEdited) as told:
        search.cross.click()
    assert told.args == [""]
    assert search.cross.isHidden()


def test_what_stands_in_a_line_grows_with_the_text_and_words_keep_clear_of_it(qtbot: QtBot) -> None:
    line = Password()
    put_on(qtbot, line)
    eye = line.findChild(QToolButton)
    assert isinstance(eye, QToolButton)
    small = eye.width()
    theme.choose(percent=200)
    qtbot.waitUntil(lambda: eye.width() == 2 * small)
    assert line.rect().contains(eye.geometry())
    assert line.textMargins().right() > eye.width()


def test_a_long_line_is_read_from_its_beginning(qtbot: QtBot) -> None:
    line = Line()
    put_on(qtbot, Line(), line)
    line.setText("a very long address " * 9)
    assert line.cursorPosition() == 0


def test_a_glyph_takes_a_new_icon(qtbot: QtBot) -> None:
    glyph = text.Glyph("check", "accent")
    put_on(qtbot, glyph)
    before = glyph.grab().toImage()
    glyph.show_icon("x", "accent")
    assert glyph.grab().toImage() != before


def test_clearing_a_layout_lets_go_of_what_stood_in_it(qtbot: QtBot) -> None:
    card = Card("About")
    put_on(qtbot, card)
    label = text.label("Reverse the car with ease")
    card.add(label)
    with qtbot.waitSignal(label.destroyed):
        text.clear(card.body)
    assert card.body.count() == 0


def test_words_give_way_to_icons_but_not_on_the_main_button(qtbot: QtBot) -> None:
    health, book = quiet("Health history", icon="stethoscope"), primary("Book visit", icon="plus")
    tools = Tools(health, book)
    put_on(qtbot, tools)
    tools.fit(600)
    assert (health.text(), book.text()) == ("Health history", "Book visit")
    tools.fit(200)
    assert (health.text(), book.text()) == ("", "Book visit")
    assert health.toolTip() == health.accessibleName() == "Health history"


def test_a_long_reason_on_a_chip_is_cut_short_and_told_whole(qtbot: QtBot) -> None:
    chip = flags.chip("S1", "Low blood pressure, fainting, or drugs that lower it, 164/96")
    assert chip is not None
    narrow = put_on(qtbot, chip, size=(220, 100))
    narrow.setFixedWidth(220)
    qtbot.waitUntil(lambda: chip.width() <= 220)
    (said,) = chip.findChildren(text.Elided)
    assert said.toolTip() == said.text()
    assert chip.accessibleName().endswith("164/96")


def test_the_words_of_a_box_go_on_in_the_next_line(qtbot: QtBot) -> None:
    box = Tick("Put off the visit, instead of adapting it, for everything on the founding list")
    put_on(qtbot, box)
    assert box.minimumSizeHint().width() < box.sizeHint().width()
    assert box.heightForWidth(200) > 2 * box.heightForWidth(2_000) - 10
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert box.isChecked()


def test_a_button_shows_its_key_and_leaves_room_for_it(qtbot: QtBot) -> None:
    pressed: list[str] = []
    button = Keyed("Left a message", "L", lambda: pressed.append("L"))
    put_on(qtbot, button)
    (cap,) = button.findChildren(chips.KeyCap)
    words = button.fontMetrics().horizontalAdvance("Left a message")
    assert cap.geometry().left() > words
    assert button.rect().contains(cap.geometry())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=cap.geometry().center())
    assert pressed == ["L"]


def test_a_phone_number_stays_in_one_line() -> None:
    assert text.unbroken("cousin, (925) 555-0177") == "cousin, (925)\N{NO-BREAK SPACE}555-0177"
