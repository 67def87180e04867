"""The one table shows frozen rows, sorts them, and stays quick when they are many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QTest

from ui.table import OBJECT, Column, Rows, Table
from ui.theme import theme
from ui.widgets.cards import Empty
from ui.widgets.painting import Mark

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot


@dataclass(frozen=True, slots=True)
class Payer:
    name: str
    visits: int


COLUMNS = (
    Column[Payer](
        "Client", lambda row: row.name, sort=lambda row: row.name.casefold(), under=lambda _row: "soft"
    ),
    Column[Payer](
        "Visits", lambda row: str(row.visits), 80, figures=True, sort=lambda row: row.visits, total="36"
    ),
    Column[Payer](
        "State",
        lambda row: "Ready" if row.visits > 6 else "1 to check",
        140,
        mark=lambda row: Mark("check") if row.visits > 6 else Mark("triangle-alert", "info", "info_on"),
        bar=lambda _row: "sea",
        link=True,
    ),
)
PAYERS = (Payer("Inês Abreu", 14), Payer("amara Adeyinka", 6), Payer("Kwame Boateng", 16))


def a_table(qtbot: QtBot, *, asked: bool = False) -> Table[Payer]:
    made: Table[Payer] = Table(
        COLUMNS,
        name="Clients",
        empty=Empty("Clients stand here.", "Take on a client"),
        identity=lambda row: row.name,
        asked=asked,
    )
    qtbot.addWidget(made)
    made.resize(700, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def shown(table: Table[Payer]) -> list[str]:
    model = table.model
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


@pytest.mark.parametrize("rows", [(), PAYERS], ids=["empty", "filled"])
def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, rows: tuple[Payer, ...]) -> None:
    model = Rows(COLUMNS)
    model.set_rows(rows)
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    model.sort(0)
    model.set_rows((*rows, Payer("Freya Holm", 5)))


def test_figures_stand_at_the_right_and_cells_say_their_column_to_a_screen_reader() -> None:
    model = Rows(COLUMNS)
    model.set_rows(PAYERS)
    cell = model.index(0, 1)
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Visits: 14"
    assert cell.data(OBJECT) is PAYERS[0]
    assert cell.data(Qt.ItemDataRole.EditRole) is None


def test_rows_are_sorted_by_what_the_column_says_and_stay_so(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    table.show_rows(PAYERS)
    table.model.sort(0)
    assert shown(table) == ["amara Adeyinka", "Inês Abreu", "Kwame Boateng"]
    table.show_rows((*PAYERS, Payer("Freya Holm", 5)))
    assert shown(table)[1] == "Freya Holm"
    table.model.sort(1, Qt.SortOrder.DescendingOrder)
    assert shown(table)[0] == "Kwame Boateng"


def test_a_column_without_an_order_leaves_the_rows_alone(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    table.show_rows(PAYERS)
    table.model.sort(2)
    assert shown(table) == [row.name for row in PAYERS]


def test_sorting_keeps_hold_of_the_row_under_the_cursor() -> None:
    model = Rows(COLUMNS)
    model.set_rows(PAYERS)
    held = QPersistentModelIndex(model.index(2, 0))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert held.row() == 0
    assert held.data() == "Kwame Boateng"


def test_a_table_that_asks_leaves_the_order_to_the_question(qtbot: QtBot) -> None:
    table = a_table(qtbot, asked=True)
    table.show_rows(PAYERS)
    with qtbot.waitSignal(table.sort_asked) as told:
        table.model.sort(1, Qt.SortOrder.DescendingOrder)
    assert told.args == [1, True]
    assert shown(table) == [row.name for row in PAYERS]


def test_the_chosen_row_stays_chosen_when_rows_are_asked_anew(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    table.show_rows(PAYERS)
    table.choose("Kwame Boateng")
    table.show_rows((Payer("Freya Holm", 5), *PAYERS))
    assert table.current == PAYERS[2]


def test_enter_opens_a_row_and_the_first_row_gets_the_focus(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    table.show_rows(PAYERS)
    table.view.setFocus()
    table.choose("Inês Abreu")
    with qtbot.waitSignal(table.opened) as told:
        QTest.keyClick(table.view, Qt.Key.Key_Return)
    assert told.args == [PAYERS[0]]


def test_a_press_on_a_link_is_told_with_its_column(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    table.show_rows(PAYERS)
    place = table.view.visualRect(table.model.index(1, 2)).center()
    with qtbot.waitSignal(table.followed) as told:
        QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [PAYERS[1], 2]


def test_an_empty_table_says_what_belongs_there(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    table.show_rows(())
    assert not table.view.isVisible()
    table.show_rows(PAYERS)
    assert table.view.isVisible()


def test_hover_selection_and_totals_are_painted_in_the_houses_colours(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    table.show_rows(PAYERS)
    table.show_totals(("All", "36", ""))
    table.choose("Inês Abreu")
    QTest.mouseMove(table.view.viewport(), table.view.visualRect(table.model.index(1, 0)).center())
    qtbot.waitUntil(lambda: table.view.hovered == 1)
    picture = table.view.viewport().grab().toImage()

    def ground(row: int) -> str:
        place = table.view.visualRect(table.model.index(row, 0))
        return str(picture.pixelColor(place.right() - 4, place.center().y()).name())

    assert ground(0) == theme.colour("accent_tint").name()
    assert ground(1) == theme.colour("sunken").name()
    assert ground(2) == theme.colour("surface").name()


def test_a_hundred_thousand_rows_paint_no_more_cells_than_ten(qtbot: QtBot) -> None:
    asked: list[int] = []

    def counted(row: int) -> str:
        asked.append(row)
        return str(row)

    table: Table[int] = Table(
        (Column("Number", counted),), name="Numbers", empty=Empty("Numbers stand here.")
    )
    qtbot.addWidget(table)
    table.resize(400, 400)
    table.show_rows(range(100_000))
    with qtbot.waitExposed(table):
        table.show()
    table.view.scrollToBottom()
    table.grab()
    assert len(asked) < 500
    assert 99_999 in asked
