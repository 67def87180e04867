"""Clients of another program, brought through the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.office import clients
from clinic.office.moving_in import Column
from tests import practices
from tests.ui.screens.at_clients import Counter, seated
from ui.screens.clients.moving_in import MovingIn, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.memory import Memory

LIST = "Client Name,Phone,Born\nAnn Lee,510 555 0123,2/3/80\nBo Ng,call,\nOdile Marchetti,,\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("moving"), practices.a_document())


@pytest.fixture
def counter(qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory) -> Iterator[Counter]:
    with seated(qtbot, template, tmp_path, memory) as sitting:
        yield sitting("owner")


@pytest.fixture
def bring(counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], MovingIn]:
    file = tmp_path / "people.csv"
    names = iter([(str(file), ""), (str(tmp_path / "mend.csv"), "")])
    for asking in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(f"ui.screens.clients.moving_in.QFileDialog.{asking}", lambda *_: next(names))

    def brought(text: str) -> MovingIn:
        file.write_text(text, encoding="utf-8")
        counter.press(counter.screen.listing.bring)
        panel = counter.panel()
        assert isinstance(panel, MovingIn)
        return panel

    return brought


def test_a_list_is_shown_what_needs_a_look_first(bring: Callable[[str], MovingIn]) -> None:
    panel = bring(LIST)
    assert [(entry.name, said(entry)) for entry in panel.entries.model.rows] == [
        ("Bo Ng", "Phone: this is no phone number"),
        ("Odile Marchetti", "is on file already"),
        ("Ann Lee", "comes"),
    ]
    assert panel.told.text() == "1 client comes, 1 is there already, 1 can't be a client as it stands."
    assert panel.take.text() == "Take 1 client on"


def test_who_comes_is_taken_on_and_one_undo_takes_them_back(
    bring: Callable[[str], MovingIn], counter: Counter
) -> None:
    before = counter.desk.reading(clients.count)
    counter.press(bring(LIST).take)
    assert counter.panel() is None
    assert counter.desk.reading(clients.count) == before + 1
    counter.undo()
    assert counter.desk.reading(clients.count) == before


def test_the_rows_left_out_are_kept_to_be_mended(
    bring: Callable[[str], MovingIn], counter: Counter, tmp_path: Path
) -> None:
    counter.press(bring(LIST).aside)
    assert "no phone number" in (tmp_path / "mend.csv").read_text("utf-8")


def test_columns_nobody_knows_are_named_by_hand(bring: Callable[[str], MovingIn], counter: Counter) -> None:
    panel = bring("Wer,Wann\nAnn Lee,2/3/80\n")
    assert panel.told.text().startswith("The first row is taken for the heading: Wer, Wann.")
    assert not panel.form.isHidden()
    assert not panel.take.isEnabled()
    panel.columns[Column.NAME].choose(0)
    counter.settle()
    assert panel.take.text() == "Take 1 client on"
    panel.columns[Column.BORN].choose(1)
    counter.settle()
    assert not panel.order.isHidden()
    panel.order.press("day")
    counter.settle()
    assert panel._looked is not None
    assert panel._looked.order.value == "day"


def test_a_file_that_is_no_list_is_told(bring: Callable[[str], MovingIn]) -> None:
    panel = bring("Name\0")
    assert "Save it as CSV" in panel.form._general.text()
    assert not panel.take.isEnabled()
