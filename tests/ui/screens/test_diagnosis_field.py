"""The field for diagnoses: read line by line, with codes offered while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from clinic.office.letters import DiagnosisCode
from ui.screens.clients.diagnosis_field import DiagnosisField
from ui.screens.clients.letter_fields import diagnoses

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CODES = (
    DiagnosisCode("M54.50", "Low back pain, unspecified"),
    DiagnosisCode("M54.59", "Other low back pain"),
)
# A list that pops up says so where there is no screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def field(qtbot: QtBot) -> DiagnosisField:
    """A field somebody types in, whose every line finds the same codes."""
    made = DiagnosisField()
    qtbot.addWidget(made)
    made.typed.connect(lambda line: made.offer(line, CODES))
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def test_diagnoses_are_read_with_or_without_their_code() -> None:
    assert diagnoses(["m54.2 Cervicalgia", " ", "Stiff neck", "G43.909"]) == [
        {"text": "Cervicalgia", "icd10": "M54.2"},
        {"text": "Stiff neck"},
        {"text": "G43.909", "icd10": "G43.909"},
    ]


def test_codes_are_offered_once_there_is_something_to_go_by(field: DiagnosisField) -> None:
    QTest.keyClicks(field, "lo")
    assert not field.offers.isVisible()
    QTest.keyClicks(field, "w")
    assert field.offers.isVisible()
    QTest.keyClick(field.offers, Qt.Key.Key_Backspace)
    assert not field.offers.isVisible()


def test_the_code_chosen_takes_the_place_of_its_line_alone(field: DiagnosisField) -> None:
    field.setPlainText("Cervicalgia, long since\n")
    field.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(field, "low back")
    QTest.keyClick(field.offers, Qt.Key.Key_Down)
    QTest.keyClick(field.offers, Qt.Key.Key_Return)
    assert field.toPlainText() == "Cervicalgia, long since\nM54.50 Low back pain, unspecified"


def test_the_first_line_can_be_taken_too(field: DiagnosisField) -> None:
    QTest.keyClicks(field, "low back")
    QTest.keyClick(field.offers, Qt.Key.Key_Down)
    QTest.keyClick(field.offers, Qt.Key.Key_Down)
    QTest.keyClick(field.offers, Qt.Key.Key_Return)
    assert field.toPlainText() == "M54.59 Other low back pain"


def test_words_stay_as_typed_unless_a_code_is_chosen(field: DiagnosisField) -> None:
    QTest.keyClicks(field, "low back")
    assert field.offers.isVisible()
    QTest.keyClick(field.offers, Qt.Key.Key_Return)
    assert field.toPlainText() == "low back\n"
    assert not field.offers.isVisible()


def test_escape_closes_the_list_and_changes_nothing(field: DiagnosisField) -> None:
    QTest.keyClicks(field, "low back")
    QTest.keyClick(field.offers, Qt.Key.Key_Escape)
    assert not field.offers.isVisible()
    assert field.toPlainText() == "low back"


def test_codes_are_not_offered_for_a_line_left_behind(field: DiagnosisField) -> None:
    field.setPlainText("low back")
    field.offer("low b", CODES)
    assert not field.offers.isVisible()
