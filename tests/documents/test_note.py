"""The treatment note on paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.documents.page import Page
from clinic.office import note_papers, notes
from clinic.office.notes import Content, Mark, MarkKind, Measure, Position, Product, Treated, View
from clinic.storage.work import Actor, Work
from clinic.values import AppointmentId, NoteId, Refusal, Role, StaffId, Technique
from tests import practices
from tests.documents.reading import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

VISIT, ANOTHER = AppointmentId("a-1b"), AppointmentId("a-1c")
MARKS = tuple(
    Mark(
        kind,
        "low_back",
        view,
        (0.4 + n / 50, 0.4),
        n % 10,
        0,
        ((0.4, 0.4), (0.5, 0.4), (0.5, 0.45)) if n % 2 else (),
    )
    for n, (kind, view) in enumerate(zip([*MarkKind] * 2, [*View] * 3, strict=True))
)
FULL = Content(
    s="Neck stiff since Sunday.\n\nSlept badly.",
    p="Same areas.",
    marks=MARKS,
    treated=(Treated("low_back", Technique.THERAPEUTIC, "P3", 20), Treated("sacrum")),
    areas=("low_back", "sacrum"),
    pressure="P3",
    minutes=55,
    measures=(Measure("NRS", 6, "before"), Measure("NRS", 3, "after")),
    products=(Product("Jojoba oil"),),
    position=Position.PRONE,
    home_advice="Heat, ten minutes.",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    document = practices.a_full_document()
    document["appointments"].append(practices.an_appointment(VISIT, "2026-11-16T11:00"))
    document["appointments"].append(practices.an_appointment(ANOTHER, "2026-11-16T16:00"))
    path: Path = practices.make(tmp_path_factory.mktemp("paper"), document)
    opened = practices.sit_down(path, "s-therapist")
    yield opened
    opened.close()


def printed(desk: Desk, note: str) -> str:
    return words_of(desk.reading(partial(note_papers.print_note, note=NoteId(note))))


def test_a_note_says_on_paper_all_that_it_says(desk: Desk) -> None:
    draft, _ = desk.writing(partial(notes.put_down, appointment=VISIT, content=FULL))
    assert draft is not None
    assert "Draft" in printed(desk, draft)
    note, _ = desk.writing(partial(notes.sign, appointment=VISIT, content=FULL))
    desk.writing(partial(notes.add_addendum, note=note, text="Called: no soreness."))
    said = printed(desk, note)
    for words in (
        "Neck stiff since Sunday.",
        "Slept badly.",
        "Low back, Pain 0",
        "Sacrum",
        "Heat, ten minutes.",
        "Called: no soreness.",
        "Late entry: 2 days after the visit",
        "Left side",
        "Jojoba oil",
        "Pain now",
        "Hạnh Nguyễn",
    ):
        assert words in said
    assert "Draft" not in said


def test_a_plain_note_needs_no_map(desk: Desk) -> None:
    assert "Body map" not in printed(desk, "n-1")


def test_another_therapists_note_is_printed_only_once_a_reason_opened_it(desk: Desk) -> None:
    owner = Actor(StaffId("owner"), Role.OWNER)
    with (
        pytest.raises(Refusal, match="reason_for_notes"),
        Work(desk.vault, owner, practices.NOW, reading=True) as work,
    ):
        note_papers.print_note(work, NoteId("n-1"))


def test_areas_the_flags_leave_out_are_hatched_and_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.office.body_map.avoided", lambda *_asked: frozenset({"left_calf", "sacrum"}))
    written = partial(notes.put_down, appointment=ANOTHER, content=FULL)
    note, _topics = desk.writing(written)
    pages, _topics = desk.writing(partial(note_papers.print_note, note=NoteId(str(note))))
    assert "Hatched, to be left out: left calf, sacrum" in words_of(pages)


def test_what_is_hatched_stays_within_its_region_and_the_body() -> None:
    page = Page.__new__(Page)
    page.drawn = []
    page.hatch((0, 0), [(0, 1, 1, 1, 1, 0)], [(2, 2), (8, 2), (8, 8)], ink="1 0 0", ground="0 1 0")
    (drawn,) = page.drawn
    assert drawn.count("W n") == 2
    assert drawn.count(" l") > 4
