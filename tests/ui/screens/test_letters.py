"""The place of the letters, on a small real practice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic.office import letters
from clinic.values import ClientId, LetterKind
from tests import practices
from tests.ui.makers import a_seat
from ui.runner import Runner
from ui.screens.clients import Clients
from ui.screens.clients.letter_panel import LetterPanel
from ui.screens.letters import Letters
from ui.screens.letters.whose import WhoseLetter
from ui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clinic.office.desk import Desk
    from ui.memory import Memory


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = practices.a_full_document()
    document["letters"] += [
        practices.a_letter("l-soon", "c-other", number="L-2026-020", ends_on="2026-12-01"),
        practices.a_letter("l-part", "c-other", number="L-2026-021", signed=False),
        practices.a_letter(
            "l-old", "c-own", number="L-2025-003", signed_on="2025-02-01", ends_on="2025-12-31"
        ),
        practices.a_letter("l-plan", "c-own", kind="referral", number="L-2026-030"),
    ]
    return practices.make(tmp_path_factory.mktemp("letters"), document)


class Counter:
    """A window over a real practice, at whose letters somebody looks."""

    def __init__(self, qtbot: QtBot, desk: Desk, memory: Memory) -> None:
        self.qtbot, self.desk, self.runner = qtbot, desk, Runner()
        self.runner.sit_down(desk)
        self.shell = Shell(replace(a_seat(), desk=desk), self.runner, [Letters, Clients], memory)
        qtbot.addWidget(self.shell)
        self.shell.resize(1200, 720)
        with qtbot.waitExposed(self.shell):
            self.shell.show()
        self.shell.go("letters")
        self.settle()

    def settle(self) -> None:
        self.qtbot.wait(1)
        self.qtbot.waitUntil(lambda: not self.runner.busy)

    @property
    def screen(self) -> Letters:
        return next(iter(self.shell.findChildren(Letters)))

    def shown(self) -> list[str]:
        return [row.card.id for row in self.screen.table.model.rows]

    def cell(self, row: int, header: str) -> str:
        model = self.screen.table.model
        at = next(n for n, column in enumerate(model.columns) if column.header == header)
        return str(model.data(model.index(row, at)))

    def switch(self, part: str) -> None:
        self.screen.parts.choose(part)
        self.screen.parts.switched.emit(part)
        self.settle()


@pytest.fixture
def counter(qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory) -> Iterator[Counter]:
    desk = practices.sit_down(practices.copied(template, tmp_path / "p"))
    made = Counter(qtbot, desk, memory)
    yield made
    made.settle()
    made.runner.close()
    qtbot.wait(1)


def test_letters_that_speak_stand_there_the_first_to_end_first(counter: Counter) -> None:
    assert counter.shown() == ["l-soon", "l-part", "l-1", "l-plan"]
    assert counter.cell(0, "State") == "Running out"
    assert counter.cell(1, "State") == "Not complete"
    assert counter.cell(2, "Visits") == "1 of 12"


def test_completeness_is_counted_where_it_is_weighed(counter: Counter) -> None:
    assert counter.cell(1, "Complete") == "7 of 13 fields"
    under = counter.screen.table.model.columns[4].under
    assert under is not None
    assert under(counter.screen.table.model.rows[1]) == "Lacks the signature"
    assert counter.cell(3, "Complete") == ""  # a referral makes no visit medical


@pytest.mark.parametrize(
    ("part", "found"),
    [("running_out", ["l-soon"]), ("incomplete", ["l-part"]), ("used_up", []), ("ended", ["l-old"])],
)
def test_a_part_shows_what_stands_so(counter: Counter, part: str, found: list[str]) -> None:
    counter.switch(part)
    assert counter.shown() == found
    counter.switch("all")
    assert len(counter.shown()) == 4


def test_an_empty_part_says_so_and_offers_nothing(counter: Counter) -> None:
    counter.switch("used_up")
    empty = counter.screen._empty
    assert empty.isVisibleTo(counter.screen)
    assert empty.sentence.text() == "No letter stands like this."
    assert not empty.button.isVisibleTo(counter.screen)


def test_words_typed_find_a_client_and_enter_opens_the_page(counter: Counter) -> None:
    QTest.keyClicks(counter.screen.search, "march")
    counter.settle()
    assert counter.shown() == ["l-soon", "l-part"]
    QTest.keyClick(counter.screen.search, Qt.Key.Key_Down)
    QTest.keyClick(counter.screen.table.view, Qt.Key.Key_Return)
    counter.settle()
    page = next(iter(counter.shell.findChildren(Clients))).chart
    assert page.client == "c-other"


def test_a_letter_put_on_file_elsewhere_appears(counter: Counter) -> None:
    before = len(counter.shown())
    counter.runner.do(
        lambda work: letters.add(work, client=ClientId("c-other"), kind=LetterKind.LMN), lambda _id: None
    )
    counter.settle()
    counter.qtbot.waitUntil(lambda: len(counter.shown()) == before + 1)
    assert counter.cell(0, "Valid until") == "not dated"


def test_columns_give_way_where_the_window_is_narrow(counter: Counter) -> None:
    counter.shell.resize(700, 640)
    counter.qtbot.wait(1)
    view = counter.screen.table.view
    assert view.isColumnHidden(4)
    assert not view.isColumnHidden(0)


def test_the_front_desk_sees_dates_and_counts(
    qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory
) -> None:
    counter = Counter(qtbot, practices.sit_down(practices.copied(template, tmp_path / "p"), "s-desk"), memory)
    assert len(counter.shown()) == 4
    counter.runner.close()
    qtbot.wait(1)


def test_a_letter_is_added_from_the_list_once_it_is_said_whose_it_is(counter: Counter) -> None:
    assert not counter.screen.renew.isVisible()
    counter.screen.add.click()
    (whose,) = counter.shell.findChildren(WhoseLetter)
    QTest.keyClicks(whose.search, "nobody")
    counter.settle()
    QTest.keyClick(whose.search, Qt.Key.Key_Return)
    assert counter.shell._panel.shown is whose
    whose.search.setText("nguyen")
    counter.settle()
    QTest.keyClick(whose.search, Qt.Key.Key_Return)
    counter.settle()
    (panel,) = counter.shell.findChildren(LetterPanel)
    assert dict(panel.way.of) == {"client": "c-own"}


def test_a_letter_that_is_chosen_can_be_renewed(counter: Counter) -> None:
    counter.screen.table.view.selectRow(0)
    assert counter.screen.renew.isVisible()
