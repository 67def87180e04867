"""A day at the desk: who comes is treated and pays, who does not is asked a fee or let go, and the day is closed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from clinic.office import reminders, today
from clinic.values import Money, Outcome, State
from tests import practices
from tests.documents.reading import words_of
from tests.journeys.person import ALT, at_the_window
from tests.practices import a_client, an_appointment
from ui.memory import Memory
from ui.screens.today import Today

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from clinic.office.today import VisitRow
    from tests.journeys.person import Person

TODAY = "2026-11-18"
MARK = "Documented as medically necessary"
MANY = 80


@pytest.fixture(scope="module")
def busy_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = practices.a_document(
        clients=[
            a_client("c-own", "Hạnh", "Nguyễn"),
            a_client("c-other", "Odile", "Marchetti"),
            a_client("c-third", "Milo", "Hartgrove"),
        ],
        letters=[practices.a_letter()],
        appointments=[
            an_appointment("a-1", f"{TODAY}T14:00", state="confirmed"),
            an_appointment("a-2", f"{TODAY}T11:00", state="confirmed", client="c-other", staff="owner"),
            an_appointment("a-4", "2026-11-19T10:00", state="confirmed", client="c-other"),
            an_appointment("a-5", "2026-11-20T10:00", state="confirmed", client="c-third"),
        ],
    )
    document["screenings"].append(practices.a_quick_check("k-1", "c-own"))
    document["practice"]["settings"] = {
        "missed": {"no_show": {"percent": 100}, "late_cancel": {"percent": 50}}
    }
    return practices.make(tmp_path_factory.mktemp("busy"), document)


@pytest.fixture
def desk(qtbot: QtBot, busy_day: Path, tmp_path: Path) -> Person:
    person = at_the_window(qtbot, practices.copied(busy_day, tmp_path / "p"), Memory(tmp_path / "memory"))
    person.sign_in()
    person.chord(Qt.Key.Key_T)
    return person


def visit(person: Person, key: str) -> VisitRow:
    shown = person.look_up(today.day)
    return next(row for row in shown.visits if row.id == key)


def go_to(person: Person, key: str) -> None:
    """Walk along the list with the arrows."""
    person.key(Qt.Key.Key_Home)
    for _step in range(9):
        current = person.screen(Today).list.current
        if current is not None and current.id == key:
            return
        person.key(Qt.Key.Key_Down)
    message = f"{key} is not in the list"
    raise LookupError(message)


def tab_to(person: Person, name: str) -> None:
    """Go from field to field until the one of that name has the focus."""
    for _step in range(MANY):
        focused: QWidget | None = person.window.focusWidget()
        if focused is not None and focused.accessibleName().startswith(name):
            return
        person.key(Qt.Key.Key_Tab)
    message = f"{name} is not reached by Tab"
    raise LookupError(message)


def test_a_visit_goes_from_the_door_to_its_receipt_without_a_mouse(
    desk: Person, printed: list[bytes]
) -> None:
    go_to(desk, "a-1")
    for key, state in (
        (Qt.Key.Key_A, State.ARRIVED),
        (Qt.Key.Key_B, State.IN_TREATMENT),
        (Qt.Key.Key_D, State.DONE),
    ):
        desk.key(key)
        assert visit(desk, "a-1").state is state
    assert visit(desk, "a-1").since is not None
    desk.key(Qt.Key.Key_Dollar)
    tab_to(desk, "Take $125.00")
    desk.key(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: bool(printed))
    assert visit(desk, "a-1").charged
    assert MARK in words_of(printed[0])


def test_who_does_not_come_is_asked_the_fee_which_is_never_medical(
    desk: Person, printed: list[bytes]
) -> None:
    go_to(desk, "a-2")
    desk.interactions = 0
    desk.key(Qt.Key.Key_M)
    assert desk.interactions == 1
    assert visit(desk, "a-2").fee == Money.of("125.00")
    assert desk.reads("Fee of $125.00 not charged")
    go_to(desk, "a-2")
    desk.key(Qt.Key.Key_Dollar)
    tab_to(desk, "Take $125.00")
    desk.key(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: bool(printed))
    said = words_of(printed[0])
    assert "Fee for a missed visit" in said
    assert MARK not in said
    desk.chord(Qt.Key.Key_T)
    assert visit(desk, "a-2").fee == Money(0)


def test_a_free_pass_is_two_keys_and_one_takes_it_back(desk: Person) -> None:
    go_to(desk, "a-2")
    desk.key(Qt.Key.Key_M)
    go_to(desk, "a-2")
    desk.interactions = 0
    desk.key(Qt.Key.Key_F)
    desk.key(Qt.Key.Key_1)
    assert desk.interactions == 2
    assert visit(desk, "a-2").waived
    assert desk.reads("Free pass")
    desk.chord(Qt.Key.Key_Z)
    assert visit(desk, "a-2").fee == Money.of("125.00")
    desk.chord(Qt.Key.Key_Z)
    assert visit(desk, "a-2").state is State.CONFIRMED


def test_escape_keeps_a_visit_that_was_to_be_cancelled(desk: Person) -> None:
    go_to(desk, "a-1")
    desk.key(Qt.Key.Key_Delete)
    assert desk.reads("Late: the practice asks for 24 hours of notice")
    desk.key(Qt.Key.Key_Escape)
    assert visit(desk, "a-1").state is State.CONFIRMED


def test_a_cancellation_typed_in_own_words_is_kept_with_the_visit(desk: Person) -> None:
    go_to(desk, "a-1")
    desk.key(Qt.Key.Key_Delete)
    desk.fill("Something else", "Child is home from school", enter=True)
    shown = visit(desk, "a-1")
    assert (shown.state, shown.reason) == (State.LATE_CANCEL, "Child is home from school")
    assert desk.reads("cancelled late, Child is home from school")


def test_the_call_list_is_worked_through_with_one_key_each(desk: Person) -> None:
    desk.chord(Qt.Key.Key_6, ALT)
    desk.interactions = 0
    desk.key(Qt.Key.Key_L)
    desk.key(Qt.Key.Key_C)
    assert desk.interactions == 2
    lists = desk.look_up(reminders.lists)
    assert {call.client: call.tried[-1].outcome for call in lists.visits} == {
        "c-other": Outcome.LEFT_MESSAGE,
        "c-third": Outcome.CONFIRMED,
    }


def test_the_day_is_closed_from_anywhere(desk: Person, printed: list[bytes]) -> None:
    desk.chord(Qt.Key.Key_K)
    desk.type_here("Close of day", enter=True)
    desk.reads_soon("Still open")
    desk.type_here("0", enter=True)
    desk.reads_soon("The day is closed")
    desk.key(Qt.Key.Key_Return)
    assert "Cash counted $0.00" in words_of(printed[0])


def test_the_day_sheet_is_two_interactions(desk: Person, printed: list[bytes]) -> None:
    desk.interactions = 0
    desk.chord(Qt.Key.Key_P)
    desk.key(Qt.Key.Key_Return)
    assert desk.interactions == 2
    assert "Day sheet" in words_of(printed[0]) or "DAY SHEET" in words_of(printed[0])


@pytest.mark.parametrize("role", ["s-desk", "s-therapist"])
def test_each_role_sees_as_much_of_the_flow_as_it_may(
    qtbot: QtBot, busy_day: Path, tmp_path: Path, role: str
) -> None:
    person = at_the_window(qtbot, practices.copied(busy_day, tmp_path / "p"), Memory(tmp_path / "memory"))
    person.sign_in(role)
    person.chord(Qt.Key.Key_6, ALT)
    own = person.look_up(partial(reminders.lists))
    assert len(own.visits) == 2
    assert not own.may_write_templates
    assert "M54" not in person.everything()
