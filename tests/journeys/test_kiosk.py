"""A client on the kiosk: handed over by the front desk, filled in, signed, and left by nothing but the password."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from clinic.office import consents, flags, screenings
from clinic.values import ClientId, TreatmentId
from tests import practices
from tests.journeys.person import at_the_window
from ui.kiosk.leaving import Leaving
from ui.kiosk.pages import Before, Hello, SignPage, Thanks
from ui.memory import Memory
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.journeys.person import Person
    from ui.kiosk import Kiosk

OWN = ClientId("c-own")
SECRET = "Zoloft"
"""A medicine of last time, which the front desk must never read."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice whose client answered before, and a minor with her mother."""
    document = practices.a_full_document()
    document["clients"].append(
        practices.a_client(
            "c-teen",
            "Ines",
            "Abreu",
            born="2010-05-01",
            guardian={"name": "Rosa Abreu", "relation": "mother"},
        )
    )
    asked = practices.a_screening("h-before", K01=[{"name": SECRET, "class": "none"}])
    document["screenings"] = [asked]
    return practices.make(tmp_path_factory.mktemp("kiosk"), document)


@pytest.fixture
def somebody(qtbot: QtBot, template: Path, tmp_path: Path) -> Iterator[Person]:
    """Somebody in front of the window, not signed in yet."""
    person = at_the_window(qtbot, practices.copied(template, tmp_path / "p"), Memory(tmp_path / "memory"))
    yield person
    person.window.take_back()


def hand_over(person: Person, client: str) -> Kiosk:
    """Hand the form over from the client's page, in two presses."""
    person.shell.go("clients", client)
    person.wait()
    person.interactions = 0
    person.press("Health")
    person.press("Hand over the form")
    assert person.interactions == 2
    person.qtbot.waitUntil(lambda: person.window.kiosk is not None)
    assert person.window.kiosk is not None
    return person.window.kiosk


def on(kiosk: Kiosk, person: Person) -> QWidget:
    person.wait()
    assert kiosk.view is not None
    return kiosk.view


def draw(pad: QWidget) -> None:
    """Write a name with the finger."""
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 90))
    for step in range(12):
        QTest.mouseMove(pad, QPoint(40 + 20 * step, 60 + 30 * (step % 2)))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(300, 90))


def leave(person: Person) -> None:
    person.press("For staff")
    field = next(line for line in person.window.findChildren(QLineEdit) if line.isVisible())
    person.type_in(field, practices.PASSWORD, enter=True)
    person.qtbot.waitUntil(lambda: person.window.kiosk is None, timeout=20_000)


def at(work: Any) -> Any:
    return flags.of_visit(
        work, client=OWN, treatment=TreatmentId("t-60"), at=practices.NOW.replace(tzinfo=None, hour=16)
    )


def test_the_desk_hands_it_over_the_client_fills_it_in_and_the_therapist_is_warned(somebody: Person) -> None:
    somebody.sign_in("s-desk")
    kiosk = hand_over(somebody, "c-own")
    assert isinstance(on(kiosk, somebody), Hello)
    somebody.press("Begin")
    for _page in range(4):
        assert isinstance(on(kiosk, somebody), Before)
        assert SECRET not in somebody.everything()
        somebody.press("Nothing has changed")
    somebody.press("Something has changed")
    view: Any = on(kiosk, somebody)
    assert SECRET not in somebody.everything()
    line = view.cards["K01"].control.line
    QTest.keyClicks(line, "warfarin")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert view.answers["K01"] == [{"name": "Warfarin"}]
    for asked in ("injury or accident?", "last twelve months", "live with any of these?", "Nerves and brain"):
        (head,) = (
            card.asked.part.text["en"] for card in view.cards.values() if asked in card.asked.part.text["en"]
        )
        somebody.press(f"{head}: None of these")
    somebody.press("Are you allergic to any of these?: None of these")
    somebody.press("In the last 28 days, have you had: None of these")
    somebody.press("Areas you do not want touched: Nowhere")
    somebody.press("Next")
    sign: Any = on(kiosk, somebody)
    assert isinstance(sign, SignPage)
    somebody.press("Finish")
    assert somebody.reads("Your name and signature are still missing.")
    sign.cards[0].flag.box.click()
    draw(sign.signature.pad)
    somebody.press("Finish")
    assert isinstance(on(kiosk, somebody), Thanks)
    assert "Warfarin" not in somebody.everything()
    leave(somebody)
    assert somebody.window.shell is not None
    assert somebody.window.shell.isVisible()
    assert "Warfarin" not in somebody.everything()
    owner = practices.sit_down(somebody.shell.seat.desk.vault.path)  # type: ignore[attr-defined]
    told = owner.reading(at)
    assert "MED-03" in {finding["rule"] for finding in told["findings"]} or any(
        finding["rule"].startswith(("HEM", "MED")) for finding in told["findings"]
    )
    health = owner.reading(partial(screenings.of_client, client=OWN))
    assert health.versions[0].paper is not None
    given = owner.reading(partial(consents.of_client, client=OWN)).rows
    assert [row.kind.value for row in given] == ["treatment"]
    owner.close()


def test_nothing_but_the_password_leads_out(somebody: Person) -> None:
    somebody.sign_in("owner")
    kiosk = hand_over(somebody, "c-own")
    window = somebody.window
    assert window.isFullScreen()
    somebody.press("Begin")
    for key, modifier in (
        (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_D, Qt.KeyboardModifier.MetaModifier),
    ):
        somebody.chord(key, modifier)
    window.close()
    for state in (Qt.WindowState.WindowMinimized, Qt.WindowState.WindowNoState):
        window.setWindowState(state)
        somebody.qtbot.waitUntil(window.isFullScreen)
    for kind in (QEvent.Type.WindowDeactivate, QEvent.Type.WindowActivate):  # Alt+Tab, and back
        QApplication.sendEvent(window, QEvent(kind))
    window.come_forward()
    assert window.kiosk is kiosk
    assert kiosk.isVisible()
    assert window.shell is not None
    assert not window.shell.isVisible()
    assert somebody.window._stack.currentWidget() is kiosk
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(kiosk, menu)
    carried = QMimeData()
    carried.setText("dragged in from elsewhere")
    nothing, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    copied = Qt.DropAction.CopyAction
    for target in (kiosk, *kiosk.findChildren(QLineEdit)):
        QApplication.sendEvent(target, QDragEnterEvent(QPoint(40, 40), copied, carried, left, nothing))
        QApplication.sendEvent(target, QDropEvent(QPointF(40, 40), copied, carried, left, nothing))
    assert "dragged in" not in somebody.everything()
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]
    somebody.press("For staff")
    assert isinstance(kiosk.view, Leaving)
    field = next(line for line in window.findChildren(QLineEdit) if line.isVisible())
    somebody.type_in(field, "not the password", enter=True)
    somebody.reads_soon("The password is wrong.")
    somebody.press("Go back to the form")
    assert window.kiosk is kiosk
    leave(somebody)
    assert not window.isFullScreen()


def test_a_kiosk_nobody_touches_goes_back_to_its_first_page_and_keeps_what_was_filled(
    somebody: Person,
) -> None:
    somebody.sign_in("owner")
    kiosk = hand_over(somebody, "c-other")
    somebody.press("Begin")
    somebody.press("What brings you here?: Stress")
    somebody.window._idle.too_long.emit()
    somebody.wait()
    assert isinstance(kiosk.view, Hello)
    assert somebody.window.kiosk is kiosk
    somebody.press("Begin")
    view: Any = on(kiosk, somebody)
    assert view.answers["B01"] == ["stress"]
    leave(somebody)
    again = hand_over(somebody, "c-other")
    assert again._draft["reason"] == {"B01": ["stress"]}
    leave(somebody)
    assert hand_over(somebody, "c-own")._draft == {}


def test_everything_pressed_on_a_page_is_large_enough_for_a_finger(somebody: Person) -> None:
    somebody.sign_in("owner")
    kiosk = hand_over(somebody, "c-other")
    somebody.press("Begin")
    for at_page in range(6):
        kiosk.show_page(at_page)
        somebody.wait()
        small = [
            button.accessibleName()
            for button in kiosk.findChildren(QAbstractButton)
            if button.isVisible() and button.property("touch") and button.height() < 48
        ]
        assert small == []


def test_the_form_turns_to_spanish_and_larger_text_and_back(somebody: Person) -> None:
    somebody.sign_in("owner")
    kiosk = hand_over(somebody, "c-other")
    somebody.press("Español")
    somebody.press("Empezar")
    assert somebody.reads("¿Qué le trae por aquí?")
    somebody.press("¿Qué le trae por aquí?: Estrés")
    somebody.press("Letra más grande")
    assert theme.percent == 160
    somebody.press("English")
    view: Any = on(kiosk, somebody)
    assert view.answers["B01"] == ["stress"]
    leave(somebody)
    assert theme.percent == 100


def test_what_is_still_open_is_said_once_and_may_be_left_open(somebody: Person) -> None:
    somebody.sign_in("owner")
    kiosk = hand_over(somebody, "c-other")
    somebody.press("Begin")
    somebody.press("Next")
    assert somebody.reads("Still to answer: What brings you here?")
    somebody.press("Go on and leave these open")
    assert kiosk._at == 1


def test_a_guardian_signs_for_a_minor_by_typing(somebody: Person) -> None:
    somebody.sign_in("s-desk")
    kiosk = hand_over(somebody, "c-teen")
    assert somebody.reads("Rosa Abreu fills this in and signs for Ines.")
    somebody.press("Begin")
    for page in kiosk.pages:
        kiosk._keep(page.id, {"A07": "school"} if page.id == "reason" else {})
        somebody.wait()
    sign: Any = on(kiosk, somebody)
    assert sign.signature.name.text() == "Rosa Abreu"
    assert any("legal guardian" in p for p in sign._begun.consents[0].texts["en"].paragraphs)
    sign.cards[0].flag.box.click()
    somebody.press("Type")
    somebody.press("Finish")
    assert isinstance(on(kiosk, somebody), Thanks)
    leave(somebody)
    somebody.press("Health")
    assert somebody.reads("A minor: the guardian stays on the premises.")
    assert somebody.reads("Treatment")
    assert not somebody.sees("Signed page")


def test_where_it_hurts_is_touched_on_the_figure_or_chosen_by_name(somebody: Person) -> None:
    somebody.sign_in("owner")
    kiosk = hand_over(somebody, "c-other")
    somebody.press("Begin")
    view: Any = on(kiosk, somebody)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName().startswith("What brings you here?")
    somebody.press("Areas you would like worked on: Choose areas")
    places = view.cards["B02"].control.controls["sites"]
    somebody.wait()
    for name in ("left_calf", "low_back", "left_calf"):
        at = places.figures.place_of(name)
        QTest.mouseClick(places.figures, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert places.answer == ["low_back"]
    somebody.press("Areas you would like worked on: Knee, right")
    assert places.answer == ["low_back", "right_knee"]
    QTest.mouseClick(places.figures, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert places.answer == ["low_back", "right_knee"]
    assert places.figures.place_of("no such area") is None


def test_the_keys_begin_at_the_first_answer_and_the_pages_are_counted_to_the_signature(
    somebody: Person,
) -> None:
    somebody.sign_in("owner")
    kiosk = hand_over(somebody, "c-own")
    somebody.press("Begin")
    for at_page in range(len(kiosk.pages)):
        view = on(kiosk, somebody)
        assert isinstance(view, Before)
        assert view.keep.hasFocus()
        bottom = view.keep.mapTo(kiosk, view.keep.rect().bottomLeft()).y()
        assert bottom < kiosk.height()
        assert somebody.reads(f"Page {at_page + 1} of 6")
        somebody.press("Nothing has changed")
    assert isinstance(on(kiosk, somebody), SignPage)
    assert somebody.reads("Page 6 of 6")


def test_the_figures_of_pain_stand_in_one_line_under_what_they_measure(somebody: Person) -> None:
    somebody.sign_in("owner")
    kiosk = hand_over(somebody, "c-other")
    somebody.press("Begin")
    view: Any = on(kiosk, somebody)
    pain = view.cards["B03"].control
    line, scale = pain.lines["now"], pain.controls["now"]
    assert line.label.width() >= line.label.sizeHint().width()
    assert {tick.y() for tick in scale.ticks} == {scale.ticks[0].y()}
    assert all(tick.width() >= 48 for tick in scale.ticks)
