"""One's own signature in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from clinic.office import signatures
from ui.screens.settings.paper import Sheets

if TYPE_CHECKING:
    from tests.ui.settings.the_owner import Owner


def test_a_signature_is_drawn_kept_set_in_type_and_taken_away(owner: Owner) -> None:
    card = owner.open(Sheets).signature
    assert "nothing yet" in card.told.text()
    assert not card.keep.isEnabled()
    QTest.mousePress(card.pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 90))
    for at in range(12):
        QTest.mouseMove(card.pad, QPoint(50 + 20 * at, 60 + 30 * (at % 2)))
    QTest.mouseRelease(card.pad, Qt.MouseButton.LeftButton, pos=QPoint(300, 90))
    if not card.keep.isEnabled():  # where the platform moves no mouse
        card.pad.show_strokes((tuple((0.05 * at, 0.1) for at in range(12)),))
        card.pad.drawn.emit()
    card.keep.click()
    owner.settle()
    assert owner.desk.reading(signatures.mine).strokes
    assert "Drawn on" in card.told.text()
    card.type.click()
    owner.settle()
    assert "name in type" in card.told.text()
    owner.undo()
    owner.settle()
    assert owner.desk.reading(signatures.mine).strokes
    card.forget.click()
    owner.settle()
    assert owner.desk.reading(signatures.mine).strokes is None
    assert not card.forget.isVisible()
