"""Names that are written from the right stand where any other name stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from ui.widgets import text
from ui.widgets.cards import Card, Facts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def inked(label: QLabel) -> tuple[float, float]:
    """Tell between which shares of its width a label has ink."""
    picture = label.grab().toImage()
    wide, high = picture.width(), picture.height()
    paper = {picture.pixel(0, 0), picture.pixel(wide - 1, high - 1)}
    found = [x for x in range(wide) for y in range(0, high, 2) if picture.pixel(x, y) not in paper]
    return found[0] / wide, found[-1] / wide


@pytest.mark.parametrize("name", ["Uri Mizrahi", "אורי מזרחי", "ליאור"])
def test_a_name_written_from_the_right_begins_where_the_lines_around_it_begin(
    qtbot: QtBot, name: str
) -> None:
    label, facts = text.title(name), Facts([("Client", name)])
    page = Card("")
    page.add(label, facts)
    page.resize(600, 200)
    qtbot.addWidget(page)
    first, _last = inked(label)
    assert first < 0.25
    (value,) = (one for one in facts.findChildren(QLabel) if one.text() == name)
    _first, last = inked(value)
    assert last > 0.75
