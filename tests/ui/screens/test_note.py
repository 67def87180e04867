"""The note of a visit, on a real practice in the middle of its day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from clinic.office import notes, phrases
from clinic.office.notes import Content, MarkKind, Position, View
from clinic.values import AppointmentId, NoteId
from ui.screens.note import Note, OfNote, OfVisit
from ui.screens.note.rows import AreaRow
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.notes import Opened
    from tests.ui.screens.a_day import AtTheCounter

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ON = AppointmentId("a-on")
MINE = AppointmentId("a-before")
CTRL = Qt.KeyboardModifier.ControlModifier
CONTROL_ENTER = (Qt.Key.Key_Return, CTRL)


def opened(counter: AtTheCounter, visit: str = ON) -> Note:
    counter.shell.go("note", OfVisit(AppointmentId(visit)))
    counter.settle()
    return counter.shell.findChildren(Note)[0]


def kept(counter: AtTheCounter, visit: str = ON) -> Opened:
    counter.settle()
    return counter.desk.reading(partial(notes.open_visit, appointment=AppointmentId(visit)))


def write(screen: Note, part: str, words: str) -> None:
    screen.soap.parts[part].writing.setFocus()
    QTest.keyClicks(screen.soap.parts[part].writing, words)


def on_view(screen: Note) -> str:
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def touch(screen: Note, view: View, area: str) -> None:
    """Touch the map where an area lies."""
    body_map = screen.middle.map
    place = dict(body_map._places())[view, area]
    QTest.mouseClick(body_map, Qt.MouseButton.LeftButton, pos=QPointF(*place).toPoint())


def test_n_on_a_visit_opens_its_note(counter: AtTheCounter) -> None:
    counter.go_to(ON)
    counter.press(Qt.Key.Key_N)
    screen = counter.shell.findChildren(Note)[0]
    assert screen.isVisible()
    assert screen.head.name.text() == "明子 山本"
    assert QApplication.focusWidget() is screen.soap.parts["s"].writing


def test_what_is_typed_is_kept_by_itself(counter: AtTheCounter) -> None:
    screen = opened(counter)
    write(screen, "s", "Neck stiff.")
    assert screen._autosave.isActive()
    assert screen._autosave.interval() <= 5_000
    screen._autosave.timeout.emit()
    assert kept(counter).draft == Content(s="Neck stiff.")
    assert "Saved 2:10 pm" in on_view(screen)


def test_going_elsewhere_puts_the_note_down(counter: AtTheCounter) -> None:
    write(opened(counter), "s", "Neck stiff.")
    counter.shell.go("today")
    assert (kept(counter).content, kept(counter).draft) == (Content(s="Neck stiff."), None)


def test_d30_locking_keeps_it(counter: AtTheCounter) -> None:
    screen = opened(counter)
    write(screen, "p", "Again.")
    counter.shell.keep()
    assert kept(counter).content == Content(p="Again.")


def test_looking_alone_writes_nothing(counter: AtTheCounter) -> None:
    opened(counter)
    counter.shell.go("today")
    assert kept(counter).note is None


def test_a_draft_that_was_left_is_shown_and_can_be_put_aside(counter: AtTheCounter) -> None:
    counter.desk.writing(partial(notes.save_draft, appointment=ON, content=Content(s="half a sent")))
    screen = opened(counter)
    assert screen.soap.parts["s"].words == "half a sent"
    assert "when the window went away" in on_view(screen)
    screen.foot._drop.click()
    assert screen.soap.parts["s"].words == ""
    counter.shell._undo.undo()
    assert screen.soap.parts["s"].words == "half a sent"


def test_ctrl_enter_signs_and_locks(counter: AtTheCounter) -> None:
    screen = opened(counter)
    write(screen, "s", "Neck stiff.")
    counter.press(*CONTROL_ENTER)
    assert kept(counter).signed_at is not None
    assert screen.soap.parts["s"].writing.isReadOnly()
    assert not screen.foot.sign.isVisible()
    assert screen.middle.map.locked


def test_an_empty_note_is_not_signed_and_says_why(counter: AtTheCounter) -> None:
    screen = opened(counter)
    counter.press(*CONTROL_ENTER)
    assert kept(counter).note is None
    assert "nothing written" in on_view(screen)
    assert screen.foot.sign.isEnabled()


def test_an_addendum_is_added_to_a_signed_note(counter: AtTheCounter) -> None:
    counter.desk.writing(partial(notes.sign, appointment=ON, content=Content(s="Neck stiff.")))
    screen = opened(counter)
    screen.soap.addendum_given.emit("Called: no soreness.")
    counter.settle()
    assert [each.text for each in kept(counter).addenda] == ["Called: no soreness."]
    assert "Called: no soreness." in on_view(screen)


def test_the_last_note_is_copied_and_the_copy_taken_back(sit: Callable[[str], AtTheCounter]) -> None:
    counter = sit("s-therapist")
    screen = opened(counter, "a-here")
    assert not screen.head.copy.isEnabled()
    screen = opened(counter, "a-next")
    screen.copy_last()
    assert screen.soap.parts["p"].words == "Bolster under the knees."
    counter.shell._undo.undo()
    assert screen.soap.parts["p"].words == ""


def test_another_therapists_note_asks_for_a_reason(counter: AtTheCounter) -> None:
    counter.shell.go("note", OfNote(NoteId("n-2")))
    counter.settle()
    screen = counter.shell.findChildren(Note)[0]
    assert "Another therapist wrote this note" in on_view(screen)
    assert not screen.head.isVisible()
    screen._reason.reason.setText("Covering")
    screen._reason.open.click()
    counter.settle()
    assert screen.soap.parts["p"].words == "again"
    assert screen.soap.parts["p"].writing.isReadOnly()


@pytest.mark.parametrize("person", ["s-desk", "s-books"])
def test_who_reads_no_notes_is_told_so_and_sees_none(sit: Callable[[str], AtTheCounter], person: str) -> None:
    counter = sit(person)
    screen = opened(counter, MINE)
    assert "Your role does not allow this" in on_view(screen)
    assert "stiff" not in on_view(screen)
    assert not screen._reason.open.isVisible()


# Phrases and words too far


def test_a_phrase_is_put_in_after_a_slash(counter: AtTheCounter) -> None:
    counter.desk.writing(partial(phrases.keep, part="s", text="Slept through the night."))
    screen = opened(counter)
    write(screen, "s", "Better. /nig")
    assert screen.soap.parts["s"].writing.offers.isVisible()
    QTest.keyClick(screen.soap.parts["s"].writing.offers, Qt.Key.Key_Return)
    assert screen.soap.parts["s"].words == "Better. Slept through the night."


def test_a_date_or_a_score_is_no_phrase(counter: AtTheCounter) -> None:
    counter.desk.writing(partial(phrases.keep, part="o", text="7 tender spots."))
    screen = opened(counter)
    write(screen, "o", "NDI 14/7")
    assert not screen.soap.parts["o"].writing.offers.isVisible()


def test_chosen_words_are_kept_as_a_phrase_and_given_up_again(counter: AtTheCounter) -> None:
    screen = opened(counter)
    write(screen, "a", "Well tolerated.")
    part = screen.soap.parts["a"]
    part.writing.selectAll()
    assert part._keep.isVisible()
    part._keep.click()
    counter.settle()
    assert [each.text for each in counter.desk.reading(phrases.mine)] == ["Well tolerated."]
    counter.shell._undo.undo()
    counter.settle()
    assert counter.desk.reading(phrases.mine) == ()


def test_words_that_claim_too_much_are_hinted_at_and_hold_nothing_up(counter: AtTheCounter) -> None:
    screen = opened(counter)
    write(screen, "a", "Cured the headache.")
    screen.soap.parts["a"].weigh()
    assert "reads like a promise to heal" in on_view(screen)
    counter.press(*CONTROL_ENTER)
    assert kept(counter).signed_at is not None


# The body map


def test_a_touch_marks_the_area_under_it(counter: AtTheCounter) -> None:
    screen = opened(counter)
    touch(screen, View.BACK, "low_back")
    (mark,) = screen.middle.marks
    assert (mark.kind, mark.area, mark.view, mark.stroke) == (MarkKind.PAIN, "low_back", View.BACK, ())
    assert screen.middle.editor.isVisible()


def test_a_drawn_line_is_kept_with_its_points(counter: AtTheCounter) -> None:
    screen = opened(counter)
    body_map = screen.middle.map
    x, y = dict(body_map._places())[View.BACK, "right_calf"]
    QTest.mousePress(body_map, Qt.MouseButton.LeftButton, pos=QPointF(x, y).toPoint())
    for step in range(1, 8):
        QTest.mouseMove(body_map, QPointF(x, y + step * 3).toPoint())
    QTest.mouseRelease(body_map, Qt.MouseButton.LeftButton, pos=QPointF(x, y + 21).toPoint())
    (mark,) = screen.middle.marks
    assert mark.area == "right_calf"
    assert len(mark.stroke) > 2
    screen._autosave.timeout.emit()
    draft = kept(counter).draft
    assert draft is not None
    assert draft.marks == (mark,)


def test_the_map_is_worked_by_keys_alone(counter: AtTheCounter) -> None:
    screen = opened(counter)
    body_map = screen.middle.map
    body_map.setFocus()
    for key in (Qt.Key.Key_T, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_7):
        QTest.keyClick(body_map, key)
    (mark,) = screen.middle.marks
    assert (mark.kind, mark.intensity) == (MarkKind.TENSION, 7)
    assert "Tension 7" in body_map.accessibleDescription()
    QTest.keyClick(body_map, Qt.Key.Key_Delete)
    assert screen.middle.marks == ()


def test_arrows_reach_every_area(counter: AtTheCounter) -> None:
    body_map = opened(counter).middle.map
    body_map.setFocus()
    QTest.keyClick(body_map, Qt.Key.Key_Down)
    start = body_map.at_region
    assert start is not None
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            body_map.at_region = here
            QTest.keyClick(body_map, key)
            assert body_map.at_region is not None
            if body_map.at_region not in seen:
                seen.add(body_map.at_region)
                todo.append(body_map.at_region)
    assert set(body_map._places()) == seen


def test_a_line_tells_what_was_found_and_done(counter: AtTheCounter) -> None:
    screen = opened(counter)
    touch(screen, View.BACK, "right_upper_trap")
    editor = screen.middle.editor
    editor.before.choose(6)
    editor.after.choose(3)
    editor.technique.choose("TP")
    editor.pressure.choose("P4")
    editor.minutes.setText("8")
    line = screen.middle.findChildren(AreaRow)[0]
    assert line.accessibleName() == "Right upper trapezius, Pain 6 to 3, Trigger point, P4, 8 min"
    assert screen.content().treated[0].minutes == 8


def test_an_area_can_be_worked_on_without_a_mark(counter: AtTheCounter) -> None:
    screen = opened(counter)
    areas = screen.middle.areas
    areas.choose("sacrum")
    areas.activated.emit(areas.currentIndex())
    assert screen.content().areas == ("sacrum",)
    screen.middle.editor.removed.emit()
    assert screen.content().areas == ()


def test_the_sides_have_areas_of_their_own(counter: AtTheCounter) -> None:
    screen = opened(counter)
    screen.middle.sides.switched.emit("sides")
    touch(screen, View.LEFT, "left_itb")
    assert screen.middle.marks[0].area == "left_itb"


def test_an_area_to_avoid_is_listed_and_not_offered(counter: AtTheCounter) -> None:
    screen = opened(counter)
    screen.middle.show_avoided({"right_calf"})
    assert "Right calf: avoid" in screen.middle.map.accessibleDescription()
    offered = {screen.middle.areas.itemData(at) for at in range(screen.middle.areas.count())}
    assert "right_calf" not in offered


# The session


def test_measures_products_and_minutes_are_kept(counter: AtTheCounter) -> None:
    screen = opened(counter)
    row = next(iter(screen.session.rows.values()))
    row.before.setText("6")
    row.after.setText("3")
    screen.session.minutes.setText("55")
    screen.session.position.choose("side_lying")
    screen.session.products.setText("Jojoba oil, unscented; own blend (almond)")
    said = screen.content()
    assert [(m.tool, m.value, m.when) for m in said.measures] == [("NRS", 6, "before"), ("NRS", 3, "after")]
    assert [product.tags for product in said.products] == [("jojoba",), ("almond",)]
    assert said.minutes == 55
    assert said.position is Position.SIDE_LYING
    screen._autosave.timeout.emit()
    assert kept(counter).draft == said


def test_a_number_beyond_its_scale_is_marked_and_not_kept(counter: AtTheCounter) -> None:
    screen = opened(counter)
    row = next(iter(screen.session.rows.values()))
    row.before.setText("12")
    assert screen.content().measures == ()
    assert row.before.property("refused") is True


def test_a_measure_is_added_to_the_table(counter: AtTheCounter) -> None:
    screen = opened(counter)
    more = screen.session._more
    at = more.findText("Neck disability")
    more.setCurrentIndex(at)
    more.activated.emit(at)
    counter.settle()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "14/50")
    assert [(m.tool, m.value) for m in screen.content().measures] == [("NDI", 28)]


def test_a_product_the_client_is_allergic_to_stands_out(counter: AtTheCounter) -> None:
    screen = opened(counter)
    screen.session.show_content(Content(), (), ["nuts"], may_write=True)
    screen.session.products.setText("Sweet almond oil")
    counter.settle()
    assert "allergic to nuts" in on_view(screen)
    screen.session.products.setText("Hypoallergenic lotion")
    counter.settle()
    assert "no nuts" in on_view(screen)


@pytest.mark.parametrize("percent", [80, 200])
def test_the_note_fits_at_any_size_of_text(counter: AtTheCounter, percent: int) -> None:
    theme.choose(percent=percent)
    screen = opened(counter)
    write(screen, "s", "Neck stiff since Sunday after a long drive, worse on turning right. " * 3)
    counter.settle()
    writing = screen.soap.parts["s"].writing
    assert not writing.verticalScrollBar().maximum()
    assert screen.foot.isVisible()
    theme.choose(percent=100)
