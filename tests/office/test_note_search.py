"""Words found in notes: one's own, the newest first, and gone once they are gone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.office import find, note_search, notes
from clinic.office.notes import Content, Mark, MarkKind, View
from clinic.storage.work import Actor, Work
from clinic.values import AppointmentId, ClientId, NoteId, Refusal, Role, StaffId
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

VISIT = AppointmentId("a-3")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = practices.a_full_document()
    document["appointments"].append(practices.an_appointment("a-owner", "2026-11-18T13:00", staff="owner"))
    document["notes"].append(
        {"id": "n-owner", "appointment": "a-owner", "written_by": "owner", "soap": {"s": "gravel underfoot"}}
    )
    return practices.make(tmp_path_factory.mktemp("search"), document)


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = practices.sit_down(practices.copied(template, tmp_path), "s-therapist")
    yield opened
    opened.close()


def found(desk: Desk, typed: str, client: str | None = None) -> list[str]:
    query = partial(note_search.find, typed=typed, client=ClientId(client) if client else None)
    return [hit.words for hit in desk.reading(query)]


def keep(desk: Desk, content: Content) -> None:
    desk.writing(partial(notes.put_down, appointment=VISIT, content=content))


@pytest.mark.parametrize("typed", ["hikes", "HIK", "cafe", "café", "long hikes", "hikes long"])
def test_words_are_found_by_how_they_begin_in_any_order(desk: Desk, typed: str) -> None:
    keep(desk, Content(s="Long hikes to the café."))
    assert found(desk, typed) == ["long hikes to the cafe."]


def test_marks_and_areas_are_found_by_their_names(desk: Desk) -> None:
    keep(desk, Content(marks=(Mark(MarkKind.NUMBNESS, "right_upper_trap", View.BACK, (0.6, 0.2)),)))
    assert len(found(desk, "trapezius")) == len(found(desk, "numb")) == 1


def test_a_word_taken_out_is_not_found_any_more(desk: Desk) -> None:
    keep(desk, Content(s="gravelly"))
    keep(desk, Content(s="sandy"))
    assert found(desk, "gravelly") == []
    assert found(desk, "sandy")


def test_what_was_looked_for_is_marked_in_its_words(desk: Desk) -> None:
    keep(desk, Content(s="Long hikes."))
    (hit,) = desk.reading(partial(note_search.find, typed="hik"))
    assert ("hikes", True) in hit.around


@pytest.mark.parametrize("typed", ["", "hi", "\0\0\0", '"', "words:", "* OR (", "note:n"])
def test_odd_or_short_questions_find_nothing_and_break_nothing(desk: Desk, typed: str) -> None:
    keep(desk, Content(s="Long hikes."))
    assert found(desk, typed) == []


def test_nobody_learns_of_words_in_anothers_notes(desk: Desk) -> None:
    assert found(desk, "gravel") == []
    assert found(desk, "gravel", "c-own") == []
    desk.reading(partial(notes.open_visit, appointment=AppointmentId("a-owner"), reason="Covering"))
    assert found(desk, "gravel", "c-own") == ["gravel underfoot"]
    assert found(desk, "gravel") == []


@pytest.mark.parametrize(("person", "role"), [("s-desk", Role.FRONT_DESK), ("s-books", Role.BOOKKEEPER)])
def test_who_reads_no_notes_finds_none(desk: Desk, person: str, role: Role) -> None:
    with Work(desk.vault, Actor(StaffId(person), role), practices.NOW, reading=True) as work:
        assert not [hit for hit in find.anything(work, "stiff") if hit.what is find.What.NOTE]
        with pytest.raises(Refusal, match="not_allowed"):
            note_search.find(work, "stiff")


def test_find_anything_finds_notes_too(desk: Desk) -> None:
    hits = [hit for hit in desk.reading(partial(find.anything, typed="stiff")) if hit.what is find.What.NOTE]
    assert [(hit.id, hit.title) for hit in hits] == [("n-1", "Hạnh Nguyễn")]


def test_a_word_of_an_addendum_is_found_beside_those_of_its_note(desk: Desk) -> None:
    desk.writing(partial(notes.add_addendum, note=NoteId("n-1"), text="Called: swims like a pelican."))
    assert len(found(desk, "pelican")) == len(found(desk, "stiff")) == 1
    assert found(desk, "stiff pelican", "c-own")


def test_a_word_taken_out_leaves_no_trace_in_the_index(desk: Desk) -> None:
    keep(desk, Content(s="Plays the xylophone."))
    assert b"xylophone" in in_the_index(desk)
    keep(desk, Content(s="Plays the harp."))
    assert b"xylophone" not in in_the_index(desk)


def in_the_index(desk: Desk) -> bytes:
    """Take all that the index of notes keeps, as it is kept."""
    raw = desk.vault.raw()
    blocks = [row[0] for row in raw.execute("SELECT block FROM note_search_data")]
    kept = [str(value).encode() for row in raw.execute("SELECT * FROM note_search_content") for value in row]
    raw.close()
    return b"".join([*blocks, *kept])
