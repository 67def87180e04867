"""Calendars for other programs: what they show, and what becomes of a file that is taken in."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from clinic.exchange import ical
from clinic.office import booking, calendar_import, calendars, openings
from clinic.office.calendar_import import Fate, Into
from clinic.office.calendars import Titles
from clinic.records import Appointment, AuditRow, Block
from clinic.values import AppointmentId, BlockKind, Refusal, RoomId, StaffId, TreatmentId
from tests import practices
from tests.practices import an_appointment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.exchange.ical import Found
    from clinic.office.desk import Desk

MINE = Into(staff=StaffId("owner"))
VISITS = Into(staff=StaffId("owner"), treatment=TreatmentId("t-60"))


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = practices.a_document(
        appointments=[
            an_appointment("a-1", "2026-11-19T16:00", state="confirmed", room="r-hearth"),
            an_appointment("a-2", "2026-11-20T10:00", state="cancelled", staff="owner", client="c-other"),
        ]
    )
    return practices.make(tmp_path_factory.mktemp("busy"), document)


@pytest.fixture
def desk(busy: Path, tmp_path: Path) -> Iterator[Desk]:
    seated = practices.sit_down(practices.copied(busy, tmp_path / "copy"))
    yield seated
    seated.close()


def written(desk: Desk, folder: Path, titles: Titles = Titles.BUSY) -> dict[str, tuple[Found, ...]]:
    calendars.write_all(desk, folder, titles)
    zone = desk.reading(lambda work: work.zone)
    return {file.name: ical.read(file.read_bytes(), zone) for file in folder.iterdir()}


def test_everybody_and_every_room_gets_a_calendar(desk: Desk, tmp_path: Path) -> None:
    found = written(desk, tmp_path / "out")
    assert sorted(found) == [
        "room_Hearth_r-hearth.ics",
        "room_Willow_r-willow.ics",
        "therapist_Maren-Okafor_owner.ics",
        "therapist_Tomás-Rivera_s-therapist.ics",
    ]
    (visit,) = found["therapist_Tomás-Rivera_s-therapist.ics"]
    assert (visit.title, visit.begins) == ("Busy", datetime(2026, 11, 19, 16))
    assert found["room_Hearth_r-hearth.ics"] == (visit,)
    (cancelled,) = found["therapist_Maren-Okafor_owner.ics"]
    assert cancelled.off


@pytest.mark.parametrize(("titles", "title"), [(Titles.INITIALS, "H. N."), (Titles.NAMES, "Hạnh Nguyễn")])
def test_titles_are_as_chosen(desk: Desk, tmp_path: Path, titles: Titles, title: str) -> None:
    found = written(desk, tmp_path / "out", titles)
    assert [each.title for each in found["room_Hearth_r-hearth.ics"]] == [title]


def test_a_visit_keeps_its_id_and_counts_its_changes(desk: Desk, tmp_path: Path) -> None:
    def told(folder: str) -> bytes:
        calendars.write_all(desk, tmp_path / folder)
        return (tmp_path / folder / "room_Hearth_r-hearth.ics").read_bytes()

    before = told("first")
    desk.writing(partial(booking.move, appointment=AppointmentId("a-1"), at=datetime(2026, 11, 19, 17)))
    after = told("second")
    uid = next(line for line in before.splitlines() if line.startswith(b"UID"))
    assert uid in after
    assert b"SEQUENCE:0" in before
    assert b"SEQUENCE:1" in after


def test_a_therapist_writes_their_own_calendar_only(desk: Desk, tmp_path: Path) -> None:
    theirs = practices.sit_down(desk.vault.path, "s-therapist")
    try:
        assert list(written(theirs, tmp_path / "out")) == ["therapist_Tomás-Rivera_s-therapist.ics"]
    finally:
        theirs.close()


def test_that_calendars_left_stands_in_the_trail(desk: Desk, tmp_path: Path) -> None:
    calendars.write_all(desk, tmp_path / "out", Titles.NAMES, lambda _done, _whole: None)
    asked = select(AuditRow.payload).where(AuditRow.object == "practice/calendar")
    assert desk.reading(lambda work: work.session.scalars(asked).all()) == [
        '{"entries":3,"files":4,"titles":"names"}'
    ]


def test_blocks_are_busy_too_and_keep_their_ids(desk: Desk, tmp_path: Path) -> None:
    desk.writing(
        partial(
            openings.add_block,
            begins=datetime(2026, 11, 23, 12),
            ends=datetime(2026, 11, 23, 13),
            kind=BlockKind.BREAK,
            staff=StaffId("owner"),
            rule="FREQ=WEEKLY;COUNT=2",
            reason="Lunch with the dentist",
        )
    )
    first = written(desk, tmp_path / "a")["therapist_Maren-Okafor_owner.ics"]
    assert [each.title for each in first] == ["Busy"] * 3
    assert first == written(desk, tmp_path / "b")["therapist_Maren-Okafor_owner.ics"]


# Taking in


def a_file(tmp_path: Path, *events: tuple[str, ...]) -> Path:
    lines = ["BEGIN:VCALENDAR"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    path = tmp_path / "in.ics"
    path.write_text("\r\n".join((*lines, "END:VCALENDAR", "")), encoding="utf-8")
    return path


def event(title: str, at: str, *more: str) -> tuple[str, ...]:
    end = datetime.strptime(at, "%Y%m%dT%H%M%S") + timedelta(hours=1)  # noqa: DTZ007 - wall time
    return (f"SUMMARY:{title}", f"DTSTART:{at}", f"DTEND:{end:%Y%m%dT%H%M%S}", *more)


def fates(desk: Desk, file: Path, into: Into) -> list[tuple[Fate, str]]:
    return [(each.fate, each.code) for each in desk_preview(desk, file, into)]


def desk_preview(desk: Desk, file: Path, into: Into) -> tuple[calendar_import.Entry, ...]:
    return calendar_import.preview(desk, file, into)


def count(desk: Desk, kind: Any) -> int:
    return desk.reading(lambda work: work.session.scalar(select(func.count()).select_from(kind))) or 0


def test_a_preview_says_what_would_come_and_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    file = a_file(
        tmp_path,
        event("Dentist", "20261123T090000"),
        event("Long ago", "20250101T090000"),
        event("Called off", "20261124T090000", "STATUS:CANCELLED"),
        event("Yoga", "20261124T180000", "RRULE:FREQ=WEEKLY;UNTIL=20261231T235959Z"),
        event("Odd", "20261124T120000", "RRULE:FREQ=HOURLY"),
    )
    assert fates(desk, file, MINE) == [
        (Fate.NEW, ""),
        (Fate.OVER, ""),
        (Fate.CALLED_OFF, ""),
        (Fate.NEW, ""),
        (Fate.REFUSED, "repeats_unknown"),
    ]
    assert count(desk, Block) == 0


def test_blocks_are_taken_in_once_and_taken_back_whole(desk: Desk, tmp_path: Path) -> None:
    file = a_file(
        tmp_path, event("Dentist", "20261123T090000"), ("SUMMARY:Away", "DTSTART;VALUE=DATE:20261201")
    )
    taken = calendar_import.take_in(desk, file, MINE)
    assert count(desk, Block) == 2
    assert {each.fate for each in desk_preview(desk, file, MINE)} == {Fate.THERE}
    desk.writing(partial(calendar_import.take_back, taken=taken))
    assert count(desk, Block) == 0


def test_visits_that_lie_under_a_block_are_counted(desk: Desk, tmp_path: Path) -> None:
    file = a_file(tmp_path, event("Repair", "20261119T160000"))
    (entry,) = desk_preview(desk, file, Into(room=RoomId("r-hearth")))
    assert entry.in_the_way == 1


def test_entries_named_like_a_client_become_visits(desk: Desk, tmp_path: Path) -> None:
    file = a_file(
        tmp_path,
        event("Nguyen Hanh", "20261123T090000"),
        event("Odile Marchetti", "20261123T093000"),
        event("Somebody Else", "20261123T120000"),
        event("Odile Marchetti", "20261124T090000", "RRULE:FREQ=WEEKLY"),
    )
    assert fates(desk, file, VISITS) == [
        (Fate.NEW, ""),
        (Fate.REFUSED, "slot_taken"),
        (Fate.NO_CLIENT, ""),
        (Fate.REFUSED, "repeats_unknown"),
    ]
    before = count(desk, Appointment)
    taken = calendar_import.take_in(desk, file, VISITS)
    assert count(desk, Appointment) == before + 1
    assert desk_preview(desk, file, VISITS)[0].fate is Fate.THERE
    desk.writing(partial(calendar_import.take_back, taken=taken))
    assert desk_preview(desk, file, VISITS)[0].fate is Fate.NEW


def test_a_bad_file_is_refused_with_its_line_and_nothing_is_kept(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "in.ics"
    good = a_file(tmp_path, event("Dentist", "20261123T090000")).read_text("utf-8")
    path.write_text(
        good.replace("END:VCALENDAR", "BEGIN:VEVENT\r\nDTSTART:never\r\nEND:VEVENT\r\nEND:VCALENDAR")
    )
    with pytest.raises(Refusal) as refused:
        calendar_import.take_in(desk, path, MINE)
    assert (refused.value.code, refused.value.facts["row"]) == ("bad_calendar", 7)
    assert count(desk, Block) == 0


def test_visits_need_a_therapist(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="staff_missing"):
        desk_preview(desk, a_file(tmp_path), Into(treatment=TreatmentId("t-60")))


def test_a_therapist_takes_in_for_nobody_else(desk: Desk, tmp_path: Path) -> None:
    theirs = practices.sit_down(desk.vault.path, "s-therapist")
    file = a_file(tmp_path, event("Dentist", "20261123T090000"))
    try:
        for into in (MINE, Into()):
            with pytest.raises(Refusal, match="not_allowed"):
                calendar_import.take_in(theirs, file, into)
    finally:
        theirs.close()
