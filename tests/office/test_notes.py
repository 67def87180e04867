"""Notes: drafts kept for the right visit, one signature, and addenda."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, text

from clinic.office import note_list, notes
from clinic.office.notes import Content, Mark, MarkKind, Measure, Position, Product, Treated, View
from clinic.records import Appointment, AuditRow, Note, NoteDraft
from clinic.storage.work import Actor, Work
from clinic.values import AppointmentId, ClientId, NoteId, Refusal, Role, StaffId, Technique
from clinic.workroom import noting
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

VISIT = AppointmentId("a-new")
FULL = Content(
    s="Neck stiff since Sunday.",
    o="Firm bands.",
    a="Tolerated P3.",
    p="Same areas.",
    marks=(
        Mark(
            MarkKind.PAIN,
            "right_upper_trap",
            View.BACK,
            (0.62, 0.18),
            6,
            3,
            ((0.6, 0.2), (0.61, 0.2), (0.62, 0.19)),
        ),
    ),
    treated=(Treated("right_upper_trap", Technique.TRIGGER_POINT, "P4", 8),),
    areas=("right_upper_trap",),
    techniques=(Technique.TRIGGER_POINT,),
    pressure="P4",
    minutes=55,
    measures=(Measure("NRS", 6, "before"), Measure("ROM", 64, "after", "neck_turn_right")),
    products=(Product("Jojoba oil", ("jojoba",)),),
    position=Position.SIDE_LYING,
    reaction="Mild soreness.",
    home_advice="Heat, ten minutes.",
    next_visit="In two weeks.",
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = practices.a_full_document()
    document["appointments"] += [
        practices.an_appointment(VISIT, "2026-11-18T11:00"),
        practices.an_appointment("a-owner", "2026-11-18T13:00", staff="owner"),
    ]
    document["notes"].append(
        {"id": "n-owner", "appointment": "a-owner", "written_by": "owner", "soap": {"s": "hers"}}
    )
    return practices.make(tmp_path_factory.mktemp("notes"), document)


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = practices.sit_down(practices.copied(template, tmp_path), "s-therapist")
    yield opened
    opened.close()


def later(desk: Desk, **time: int) -> Work:
    return Work(desk.vault, desk.actor, practices.NOW + timedelta(**time))


def read(desk: Desk, query: Callable[[Work], Any]) -> Any:
    return desk.reading(query)


def test_a_note_is_kept_signed_and_read_as_it_was_written(desk: Desk) -> None:
    note, topics = desk.writing(partial(notes.sign, appointment=VISIT, content=FULL))
    opened = read(desk, partial(notes.open_note, note=note))
    assert opened.content == FULL
    assert opened.signed_at is not None
    assert opened.client == "c-own"
    assert {topic.value for topic in topics} == {"notes", "calendar"}


def test_minutes_given_go_to_the_visit(desk: Desk) -> None:
    desk.writing(partial(notes.sign, appointment=VISIT, content=FULL))
    assert read(desk, lambda work: work.get(Appointment, VISIT).minutes_given) == 55


def test_a_draft_is_kept_for_its_writer_and_visit_and_offered_again(desk: Desk) -> None:
    desk.writing(partial(notes.save_draft, appointment=VISIT, content=FULL))
    opened = read(desk, partial(notes.open_visit, appointment=VISIT))
    assert opened.draft == FULL
    assert opened.content == Content()
    assert [each.appointment for each in read(desk, note_list.begun)] == [VISIT]
    assert read(desk, partial(notes.open_visit, appointment=AppointmentId("a-1"))).draft is None


def test_a_second_draft_takes_the_place_of_the_first(desk: Desk) -> None:
    for words in ("one", "two"):
        desk.writing(partial(notes.save_draft, appointment=VISIT, content=Content(s=words)))
    assert read(desk, lambda work: work.session.scalar(select(func.count()).select_from(NoteDraft))) == 1
    assert read(desk, partial(notes.open_visit, appointment=VISIT)).draft == Content(s="two")


def test_the_trail_holds_no_word_of_a_draft(desk: Desk) -> None:
    for n in range(3):
        desk.writing(partial(notes.save_draft, appointment=VISIT, content=Content(s=f"PLANTED{n}")))
    rows = read(
        desk,
        lambda work: work.run(
            select(AuditRow.action, AuditRow.payload).where(AuditRow.object.like("note_drafts/%"))
        ).all(),
    )
    assert [row.action for row in rows] == ["created"]
    assert not any("PLANTED" in row.payload for row in rows)


def test_autosave_wakes_no_screen_after_the_first(desk: Desk) -> None:
    desk.writing(partial(notes.save_draft, appointment=VISIT, content=Content(s="one")))
    _, topics = desk.writing(partial(notes.save_draft, appointment=VISIT, content=Content(s="two")))
    assert topics == frozenset()


def test_putting_down_keeps_an_unsigned_note_and_lets_the_draft_go(desk: Desk) -> None:
    desk.writing(partial(notes.save_draft, appointment=VISIT, content=Content(s="one")))
    note, _ = desk.writing(partial(notes.put_down, appointment=VISIT, content=Content(s="two")))
    opened = read(desk, partial(notes.open_visit, appointment=VISIT))
    assert (opened.note, opened.content, opened.draft, opened.signed_at) == (
        note,
        Content(s="two"),
        None,
        None,
    )


def test_an_empty_note_is_not_kept(desk: Desk) -> None:
    assert desk.writing(partial(notes.put_down, appointment=VISIT, content=Content()))[0] is None
    assert read(desk, partial(notes.open_visit, appointment=VISIT)).note is None


@pytest.mark.parametrize(
    "change",
    [
        partial(notes.sign, appointment=VISIT, content=Content(s="other")),
        partial(notes.put_down, appointment=VISIT, content=Content(s="other")),
        partial(notes.save_draft, appointment=VISIT, content=Content(s="other")),
    ],
)
def test_a_signed_note_is_not_written_again(desk: Desk, change: Callable[[Work], object]) -> None:
    desk.writing(partial(notes.sign, appointment=VISIT, content=FULL))
    with pytest.raises(Refusal, match="note_is_signed"):
        desk.writing(change)


def changed(work: Work, *, note: NoteId, column: str, to: Any = None) -> None:
    """Change a column past the office, as a bug would."""
    record = work.get(Note, note)
    kept = getattr(record, column)
    setattr(record, column, to if to is not None else "other" if isinstance(kept, str) else type(kept)())
    work.flush()


COLUMNS = ("soap", "marks", "treated", "products", "position", "reaction", "home_advice", "next_visit")


@pytest.mark.parametrize("column", COLUMNS)
def test_the_file_itself_refuses_to_change_a_signed_note(desk: Desk, column: str) -> None:
    note, _ = desk.writing(partial(notes.sign, appointment=VISIT, content=FULL))
    with pytest.raises(Refusal, match="note_is_signed"):
        desk.writing(partial(changed, note=note, column=column))


def test_addenda_are_dated_and_signed_and_stay(desk: Desk) -> None:
    note, _ = desk.writing(partial(notes.sign, appointment=VISIT, content=FULL))
    for words in ("First.", "Second."):
        desk.writing(partial(notes.add_addendum, note=note, text=words))
    opened = read(desk, partial(notes.open_note, note=note))
    assert [(each.by, each.text) for each in opened.addenda] == [
        ("Tomás Rivera", "First."),
        ("Tomás Rivera", "Second."),
    ]
    for fewer in ([], [{"at": "2026-01-01T00:00:00Z", "by": "owner", "text": "Other."}] * 2):
        with pytest.raises(Refusal, match="note_is_signed"):
            desk.writing(partial(changed, note=note, column="addenda", to=fewer))


def test_addenda_wait_for_the_signature_and_say_something(desk: Desk) -> None:
    kept, _ = desk.writing(partial(notes.put_down, appointment=VISIT, content=FULL))
    assert kept is not None
    with pytest.raises(Refusal, match="not_signed_yet"):
        desk.writing(partial(notes.add_addendum, note=kept, text="More."))
    note, _ = desk.writing(partial(notes.sign, appointment=VISIT, content=FULL))
    with pytest.raises(Refusal, match="note_is_empty"):
        desk.writing(partial(notes.add_addendum, note=note, text="  "))


def test_a_note_signed_days_after_its_visit_says_so(desk: Desk) -> None:
    with later(desk, days=3) as work:
        note = notes.sign(work, VISIT, FULL)
    assert read(desk, partial(notes.open_note, note=note)).days_late == 3


def test_an_empty_note_and_one_of_a_visit_ahead_are_not_signed(desk: Desk) -> None:
    with pytest.raises(Refusal, match="note_is_empty"):
        desk.writing(partial(notes.sign, appointment=VISIT, content=Content(minutes=3)))
    with pytest.raises(Refusal, match="not_yet"):
        desk.writing(partial(notes.sign, appointment=AppointmentId("a-3"), content=FULL))


def test_another_therapists_note_opens_with_a_reason_that_is_kept_and_holds_a_while(desk: Desk) -> None:
    theirs = partial(notes.open_visit, appointment=AppointmentId("a-owner"))
    with pytest.raises(Refusal, match="reason_for_notes"):
        desk.reading(theirs)
    assert desk.reading(partial(theirs, reason="Covering this week")).content.s == "hers"
    assert desk.reading(theirs).may_write is False
    assert [row.at.day for row in desk.reading(partial(note_list.of_client, client=ClientId("c-own")))] == [
        4,
        18,
    ]
    with pytest.raises(Refusal, match="reason_for_notes"), later(desk, minutes=31) as work:
        notes.open_visit(work, AppointmentId("a-owner"))
    kept = desk.reading(
        lambda work: work.run(
            select(AuditRow.person, AuditRow.payload).where(AuditRow.action == noting.OPENED)
        ).all()
    )
    assert [(row.person, "Covering this week" in row.payload) for row in kept] == [("s-therapist", True)]


def test_nobody_writes_another_therapists_note(desk: Desk) -> None:
    owner = Actor(StaffId("owner"), Role.OWNER, practices.NOW)
    with (
        pytest.raises(Refusal, match="not_your_visit"),
        Work(desk.vault, owner, practices.NOW) as work,
    ):
        notes.save_draft(work, VISIT, FULL)
    with pytest.raises(Refusal, match="not_allowed"):
        desk.writing(partial(notes.sign, appointment=AppointmentId("a-2"), content=FULL))


def test_an_addendum_to_anothers_note_needs_the_reason_too(desk: Desk) -> None:
    with Work(desk.vault, Actor(StaffId("owner"), Role.OWNER), practices.NOW) as work:
        notes.sign(work, AppointmentId("a-owner"), Content(s="hers"))
    with pytest.raises(Refusal, match="reason_for_notes"):
        desk.writing(partial(notes.add_addendum, note=NoteId("n-owner"), text="Seen."))


def test_what_was_found_is_not_copied() -> None:
    again = notes.copied(FULL)
    assert again.marks[0].intensity is None
    assert (again.measures, again.reaction) == ((), "")
    assert (again.treated, again.s) == (FULL.treated, FULL.s)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (Content(s="x" * 100_001), "too_long"),
        (Content(s="a\0b"), "unusable_characters"),
        (Content(areas=("tail",)), "unknown_area"),
        (Content(marks=(Mark(MarkKind.PAIN, "head", View.FRONT, (0, 0), 11),)), "out_of_range"),
        (Content(minutes=241), "out_of_range"),
        (Content(treated=(Treated("head", None, "P9", 1),)), "out_of_range"),
        (Content(marks=(Mark(MarkKind.SCAR, "head", View.FRONT, (0, 0)),) * 201), "too_many_marks"),
    ],
)
def test_what_no_note_can_say_is_refused(desk: Desk, content: Content, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        desk.writing(partial(notes.save_draft, appointment=VISIT, content=content))


@pytest.mark.parametrize(
    ("name", "tags", "allergies", "clashing"),
    [
        ("Sweet almond oil", ("tree nuts",), ["nuts"], ["nuts"]),
        ("Jojoba oil", (), ["lanolin"], []),
        ("Wool-wax balm", ("lanolin",), ["Lanolin", "nuts"], ["Lanolin"]),
        ("Coconut butter", ("coconut",), ["nut oil"], []),
    ],
)
def test_products_are_held_against_allergies(
    name: str, tags: tuple[str, ...], allergies: list[str], clashing: list[str]
) -> None:
    found = notes.allergy_clashes([Product(name, tags)], allergies)
    assert [allergy for _, allergy in found] == clashing


def test_the_search_index_follows_the_note(desk: Desk) -> None:
    note, _ = desk.writing(partial(notes.put_down, appointment=VISIT, content=Content(s="gravel road")))
    desk.writing(partial(notes.put_down, appointment=VISIT, content=Content(s="forest path")))

    def found(word: str) -> list[str]:
        asked = text("SELECT note FROM note_search WHERE note_search MATCH :word")
        return list(read(desk, lambda work: work.session.scalars(asked, {"word": f"words:{word}"}).all()))

    assert (found("forest"), found("gravel")) == ([note], [])
