"""The manual, opened from anywhere with F1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from ui.help import CHAPTERS, MANUAL, Help
from ui.screens import there_are

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def manual(qtbot: QtBot) -> Help:
    shown = Help(None, "till")  # type: ignore[arg-type]
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    qtbot.waitUntil(lambda: shown.page.textCursor().position() > 0)
    return shown


def test_every_chapter_that_a_screen_opens_is_there() -> None:
    heads = {line.removeprefix("## ") for line in MANUAL.read_text("utf-8").splitlines() if line[:3] == "## "}
    assert set(CHAPTERS.values()) <= heads
    assert CHAPTERS.keys() <= {screen.key for screen in there_are()}


def test_it_opens_at_the_chapter_of_the_screen(manual: Help) -> None:
    assert manual.page.textCursor().block().text() == "Till"


def test_a_word_is_found_and_found_again(manual: Help) -> None:
    manual._find("recovery key")
    first = manual.page.textCursor().position()
    manual.search.setText("recovery key")
    manual._find_next()
    assert manual.page.textCursor().position() != first
    for _again in range(20):
        manual._find_next()
    assert manual.page.textCursor().selectedText().lower() == "recovery key"


def test_a_chapter_is_opened_from_the_list_and_marked_as_one_reads_on(manual: Help) -> None:
    assert manual.contents.currentItem().text() == "Till"
    named = manual.contents.findItems("Calendar", Qt.MatchFlag.MatchExactly)
    manual.contents.itemActivated.emit(named[0])
    assert manual.page.textCursor().block().text() == "Calendar"
    assert manual.contents.currentItem().text() == "Calendar"
    manual.page.verticalScrollBar().setValue(0)
    assert manual.contents.currentRow() == 0
