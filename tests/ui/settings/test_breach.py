"""A breach of data in the settings: noted, and noted as told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from clinic.office import breaches
from ui.screens.practice.entry import Entry
from ui.screens.settings.keys import Keys
from ui.widgets.dates import DayLine

if TYPE_CHECKING:
    from tests.ui.settings.the_owner import Owner


def test_a_breach_is_noted_and_people_are_told(owner: Owner) -> None:
    card = owner.open(Keys).breach
    card.covered.click()
    owner.settle()
    card.ask()
    entry = next(iter(owner.shell.findChildren(Entry)))
    noticed = entry.lines["discovered"]
    assert isinstance(noticed, DayLine)
    noticed.set_day(owner.desk.reading(breaches.noted).today)
    entry.lines["people"].setText("0")
    entry.keep()
    owner.settle()
    assert entry.form["people"].message
    entry.lines["people"].setText("640")
    entry.keep()
    owner.settle()
    noted = owner.desk.reading(breaches.noted)
    assert (noted.noted[0].breach.people, noted.covered) == (640, True)
    told = next(each for each in card.findChildren(QPushButton) if each.text() == "They are told")
    told.click()
    owner.settle()
    assert owner.desk.reading(breaches.noted).noted[0].breach.told_on is not None
    owner.undo()
    owner.settle()
    assert owner.desk.reading(breaches.noted).noted[0].breach.told_on is None
