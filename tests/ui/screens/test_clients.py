"""The place of the clients, on a small real practice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic.office import clients
from clinic.values import ClientId
from tests import practices
from tests.ui.screens.at_clients import MANY, OWN, Counter, a_document, seated
from ui.screens.clients.edit import EditClient
from ui.screens.clients.new import NewClient
from ui.screens.clients.screen import Opening
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.memory import Memory


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("clients"), a_document())


@pytest.fixture
def sit(qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory) -> Iterator[Callable[[str], Counter]]:
    with seated(qtbot, template, tmp_path, memory) as sitting:
        yield sitting


@pytest.fixture
def counter(sit: Callable[[str], Counter]) -> Counter:
    return sit("owner")


def test_the_table_lists_a_stretch_and_says_how_many_there_are(counter: Counter) -> None:
    assert len(counter.screen.listing.table.model.rows) == 200
    assert counter.screen.listing._many.text() == f"{MANY + 4} clients"


def test_scrolling_to_the_end_brings_the_rest(counter: Counter) -> None:
    bar = counter.screen.listing.table.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    counter.settle()
    assert len(counter.screen.listing.table.model.rows) == MANY + 4
    assert bar.value() > 0


def test_the_table_is_searched_while_one_types(counter: Counter) -> None:
    counter.screen.listing.search.setText("ngu")
    counter.settle()
    assert [row.id for row in counter.screen.listing.table.model.rows] == [OWN]


def test_a_search_without_an_answer_says_so(counter: Counter) -> None:
    counter.screen.listing.search.setText("zzzz")
    counter.settle()
    assert not counter.screen.listing._empty.isHidden()
    assert "found" in counter.screen.listing._empty.sentence.text()


def test_whoever_comes_next_stands_first_and_those_without_a_visit_last(counter: Counter) -> None:
    counter.screen.listing.table.view.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    counter.settle()
    rows = counter.screen.listing.table.model.rows
    assert rows[0].id == OWN
    assert rows[-1].next_visit is None


def test_the_keyboard_leads_from_the_search_to_a_page_and_back(counter: Counter) -> None:
    listing = counter.screen.listing
    listing.search.setText("ngu")
    counter.settle()
    QTest.keyClick(listing.search, Qt.Key.Key_Down)
    assert listing.table.current is not None
    QTest.keyClick(listing.table.view, Qt.Key.Key_Return)
    counter.settle()
    assert counter.screen.chart.heading.name.text() == "Hạnh Nguyễn"
    counter.screen.show_all()
    counter.settle()
    assert counter.screen.chart.isHidden()


def test_taking_somebody_on_opens_their_page(counter: Counter) -> None:
    counter.shell.go("clients", Opening.NEW)
    panel = counter.panel()
    assert isinstance(panel, NewClient)
    panel.given.setText("Farouk")
    panel.family.setText("Delacroix")
    panel.take_on()
    counter.settle()
    counter.settle()
    assert counter.screen.chart.heading.name.text() == "Farouk Delacroix"
    assert counter.panel() is None
    taken_on = counter.screen.chart.client
    assert taken_on is not None
    counter.shell._undo.undo()
    counter.settle()
    assert counter.desk.reading(partial(clients.details, client=taken_on)).archived_on is not None


def test_a_client_without_a_name_is_not_taken_on(counter: Counter) -> None:
    counter.shell.go("clients", Opening.NEW)
    panel = counter.panel()
    assert isinstance(panel, NewClient)
    panel.take_on()
    counter.settle()
    assert panel.form["given_name"].message
    assert panel.save.isEnabled()


def test_the_page_shows_letter_visits_and_money_in_one_line_of_time(counter: Counter) -> None:
    counter.open()
    model = counter.screen.chart.timeline._model
    said = [model.item(at).text() for at in range(model.rowCount())]
    assert said[0] == "Ahead"
    assert any("No letter on this date" in line for line in said)
    assert any("Visit 1 of 12" in line for line in said)
    assert any("R-2026-000001" in line for line in said)
    counter.screen.chart.parts.choose("letters")
    counter.screen.chart._show_happenings()
    assert [model.item(at).text() for at in range(model.rowCount())][1:] == [
        "Jul 1 Letter of medical necessity L-2026-014",
    ]


def test_the_coverage_line_is_told_in_words_too(counter: Counter) -> None:
    counter.open()
    card = counter.screen.chart._coverage
    assert not card.isHidden()
    assert card._warning.text() == "1 booked visit falls where no letter speaks"
    told = card.line.accessibleDescription()
    assert "Nov 4, 2026: visit 1 of the letter, done" in told
    assert "Jan 13, 2027: no letter on this date, confirmed" in told


def test_somebody_without_a_letter_has_no_coverage_line(counter: Counter) -> None:
    counter.open(ClientId("c-new"))
    assert counter.screen.chart._coverage.isHidden()


def test_a_bookkeeper_sees_money_and_neither_letters_nor_visits(sit: Callable[[str], Counter]) -> None:
    counter = sit("s-books")
    counter.open()
    chart = counter.screen.chart
    assert chart.heading.book.isHidden()
    assert chart.heading.add_letter.isHidden()
    assert chart._coverage.isHidden()
    assert chart.page is not None
    assert chart.page.chart.letters == ()


def test_details_are_put_right_and_the_change_taken_back(counter: Counter) -> None:
    counter.open()
    counter.screen.chart.edit()
    panel = counter.panel()
    assert isinstance(panel, EditClient)
    assert panel.changes() == {}
    panel.lines["phone"].setText("(510) 555-0199")
    panel.lines["address.city"].setText("Alameda")
    counter.press(panel.save)
    details = counter.desk.reading(lambda work: clients.details(work, OWN))
    assert (details.phone, details.address) == ("(510) 555-0199", {"city": "Alameda"})
    counter.undo()
    details = counter.desk.reading(lambda work: clients.details(work, OWN))
    assert (details.phone, details.address) == ("(510) 555-0168", None)


def test_a_file_is_put_away_and_brought_back(counter: Counter) -> None:
    counter.open()
    counter.screen.chart.edit()
    panel = counter.panel()
    assert isinstance(panel, EditClient)
    panel._put_away()
    counter.settle()
    assert counter.desk.reading(lambda work: clients.details(work, OWN)).archived_on is not None
    counter.undo()
    assert counter.desk.reading(lambda work: clients.details(work, OWN)).archived_on is None


@pytest.mark.parametrize("width", [1024, 1440])
def test_the_page_fits_at_twice_the_text(counter: Counter, width: int) -> None:
    theme.choose(percent=200)
    counter.shell.resize(width, 640)
    counter.open(ClientId("c-cjk"))
    assert counter.screen.chart.heading.name.text() == "明子 山本"
    assert counter.screen.width() <= width


def test_archived_clients_are_listed_when_asked_for(counter: Counter) -> None:
    counter.runner.do(lambda work: clients.archive(work, ClientId("c-new")), lambda _none: None)
    counter.settle()
    QTest.keyClicks(counter.screen.listing.search, "vale")
    counter.settle()
    assert not counter.screen.listing.table.model.rows
    counter.screen.listing.archived.setChecked(True)
    counter.settle()
    assert [row.name for row in counter.screen.listing.table.model.rows] == ["Idris Vale"]
