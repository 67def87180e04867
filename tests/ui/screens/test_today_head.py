"""The head of Today: one line, however little room there is beside the rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.screens.today.head import Head

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.screens.a_day import AtTheCounter


def test_the_head_keeps_to_one_line_by_a_shorter_day(counter: AtTheCounter, qtbot: QtBot) -> None:
    head = Head()
    qtbot.addWidget(head)
    assert counter.today._day is not None
    head.show_day(counter.today._day)
    head.show()
    line, whole = head.sizeHint().height(), head.sizeHint().width()
    for wide, said in (
        (whole, "Wednesday, November 18"),
        (whole - 40, "Wed, Nov 18"),
        (whole + 40, "Wednesday, November 18"),
    ):
        head.resize(wide, line)
        counter.settle()
        assert head.heading.text() == said
        assert head.heightForWidth(wide) == line
