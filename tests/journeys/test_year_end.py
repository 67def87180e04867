"""January: everybody's papers in four interactions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.journeys.person import CTRL_SHIFT
from ui.screens.year_end import YearEnd
from ui.widgets.fields import Line

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.journeys.person import Person


def test_everybodys_papers_in_four_interactions(
    owner: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.screens.year_end.export.usual_folder", lambda year: tmp_path / f"Year-end {year}")
    owner.chord(Qt.Key.Key_Y, CTRL_SHIFT)
    screen = owner.screen(YearEnd)
    owner.press("Next" if screen.has_exceptions else "Export")
    if screen.has_exceptions:
        owner.press("Export")
    folder = owner.find(Line, "Folder").text()
    owner.press("Done")
    assert owner.interactions <= 4
    manifest = json.loads((tmp_path / folder / "manifest.json").read_text("utf-8"))
    assert manifest["clients"] == 1


def test_the_grid_shows_what_the_index_will_say(owner: Person) -> None:
    owner.chord(Qt.Key.Key_Y, CTRL_SHIFT)
    assert owner.reads("Documented under a letter")
    assert owner.reads("$125.00")
