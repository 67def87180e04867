"""Two visits compared on the body map: what was there then, what is new, and what has gone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.office import note_list, notes
from clinic.office.notes import Content, Mark, MarkKind, View
from clinic.values import AppointmentId, ClientId
from ui.screens.note import Note, OfVisit
from ui.screens.note.rows import AreaRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.screens.a_day import AtTheCounter

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_marks_of_earlier_visits_are_laid_under_these(sit: Callable[[str], AtTheCounter]) -> None:
    counter = sit("s-therapist")
    mark = Mark(MarkKind.PAIN, "low_back", View.BACK, (0.5, 0.4), 7)
    counter.desk.writing(
        partial(notes.sign, appointment=AppointmentId("a-here"), content=Content(s="x", marks=(mark,)))
    )
    counter.shell.go("note", OfVisit(AppointmentId("a-here")))
    counter.settle()
    screen = counter.shell.findChildren(Note)[0]
    assert not screen.middle._time_box.isVisible()
    past = counter.desk.reading(partial(note_list.of_client, client=ClientId("c-ar")))
    screen.middle.show_past(past)
    screen.middle._time.setValue(0)
    assert laid_under(screen) == (mark,)
    assert lines_of(counter, screen)[0] == "Low back, Pain 7, Pain 7"
    screen.middle.remove_mark(0)
    assert "Low back, not marked now, Pain 7" in lines_of(counter, screen)
    screen.middle.add_mark(replace(mark, intensity=4))
    screen.middle.add_mark(Mark(MarkKind.SCAR, "sacrum", View.BACK, (0.5, 0.45)))
    assert lines_of(counter, screen)[:2] == ["Low back, Pain 4, Pain 7", "Sacrum, Scar, not marked then"]
    screen.middle.later.click()
    assert laid_under(screen) == ()
    assert lines_of(counter, screen)[0] == "Low back, Pain 4"
    screen.middle.earlier.click()
    assert laid_under(screen) == (mark,)


def laid_under(screen: Note) -> tuple[Mark, ...]:
    return screen.middle.map._past


def lines_of(counter: AtTheCounter, screen: Note) -> list[str]:
    counter.settle()
    return [line.accessibleName() for line in screen.middle.findChildren(AreaRow) if line.isVisible()]
