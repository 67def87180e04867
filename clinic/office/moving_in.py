"""Moving in: the clients of another program's list are looked at, taken on together, and taken back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.exchange import lists
from clinic.exchange.files import written_whole
from clinic.exchange.portable import read_bytes
from clinic.exchange.sheets import write_sheet
from clinic.office import custody, portable
from clinic.office.door import LABEL
from clinic.records import Base, Client
from clinic.records.people import folded, search_text, sort_key
from clinic.rules import newcomers
from clinic.rules.newcomers import Column, DayOrder
from clinic.rules.permissions import Permission
from clinic.values import ClientId, Refusal
from clinic.wording import _
from clinic.wording import newcomers as words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clinic.exchange.lists import People
    from clinic.office.desk import Desk
    from clinic.rules.newcomers import Columns, Fault, Known, Newcomer, Reading
    from clinic.storage.work import Work

__all__ = ["TAKEN_ON", "Column", "DayOrder", "Entry", "Fate", "Looked", "TakenBack", "TakenOn"]

AT_A_TIME = 500
"""How many clients are taken on, or taken back, with one question to the file."""
NOTHING = {
    column.name: None
    for column in Client.__table__.columns
    if column.nullable and column.name not in {"sort_key", "search_text"}
}


class Fate(StrEnum):
    """What becomes of a row of the list."""

    NEW = "new"
    NAMESAKE = "namesake"
    """Taken on, though somebody else on file bears the same name."""
    THERE = "there"
    TWICE = "twice"
    """The same person stood further up in the list."""
    REFUSED = "refused"


TAKEN_ON = frozenset({Fate.NEW, Fate.NAMESAKE})


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the list, and what becomes of it."""

    row: int
    name: str
    fate: Fate
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """A list as it would be taken in."""

    heading: tuple[str, ...]
    columns: Columns
    order: DayOrder
    entries: tuple[Entry, ...]

    def count(self, *fates: Fate) -> int:
        """Count the rows that end in one of these ways."""
        return sum(entry.fate in fates for entry in self.entries)

    def rows_refused(self) -> list[dict[str, Any]]:
        """Say for a script which rows can't be clients, in which column, and why."""
        return [
            {"row": entry.row, "column": self._heading(fault), "code": fault.code}
            for entry in self.entries
            for fault in entry.faults
        ]

    def _heading(self, fault: Fault) -> str | None:
        return None if fault.column is None else self.heading[self.columns[fault.column]]


@dataclass(frozen=True, slots=True)
class TakenOn:
    """Who was taken on, for the screen and for an undo."""

    clients: tuple[ClientId, ...]
    looked: Looked


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Who was taken back, and how many stay because something was entered for them since."""

    gone: int
    staying: int


def look(desk: Desk, file: Path, *, columns: Columns | None = None, order: DayOrder | None = None) -> Looked:
    """Say what would become of each row of a list; nothing is kept."""
    brought = lists.read(read_bytes(file))
    return desk.reading(partial(weigh, brought=brought, columns=columns, order=order))


def take_on(
    desk: Desk,
    file: Path,
    *,
    columns: Columns | None = None,
    order: DayOrder | None = None,
    leave_out: bool = False,
) -> TakenOn:
    """Take on everybody in a list, or nobody; rows that can't be clients are left out only where that is said."""
    brought = lists.read(read_bytes(file))
    looked = desk.reading(partial(weigh, brought=brought, columns=columns, order=order))
    if not leave_out:
        _refuse_faults(looked)
    if looked.count(*TAKEN_ON) and desk.reading(portable.holds_anything):
        custody.back_up(desk)
    taken, _topics = desk.writing(partial(keep, brought=brought, columns=columns, order=order))
    return taken


def _refuse_faults(looked: Looked) -> None:
    if rows := looked.rows_refused():
        many = looked.count(Fate.REFUSED)
        raise Refusal("rows_refused", at=f"row {rows[0]['row']}", count=many, rows=rows)


def weigh(
    work: Work, brought: People, *, columns: Columns | None = None, order: DayOrder | None = None
) -> Looked:
    """Read every row of a list as a client, and hold it against those on file and those further up."""
    work.require(Permission.IMPORT)
    reading = _reading(work, brought, columns, order)
    known = newcomers.has_name(reading.columns)
    entries = tuple(entry for entry, _one in _weighed(work, brought, reading)) if known else ()
    return Looked(brought.heading, reading.columns, reading.order, entries)


def _reading(work: Work, brought: People, columns: Columns | None, order: DayOrder | None) -> Reading:
    """Settle how the list is read: as it was said, or else as it looks."""
    found = newcomers.columns(brought.heading) if columns is None else columns
    if order is None:
        born = found.get(Column.BORN)
        days = () if born is None else (row.cells[born] for row in brought.rows if born < len(row.cells))
        order = newcomers.day_order(days)
    return newcomers.Reading(found, len(brought.heading), order, work.today, LABEL)


def _weighed(work: Work, brought: People, reading: Reading) -> Iterator[tuple[Entry, Newcomer]]:
    """Read row after row; a long list is never held twice."""
    on_file = _on_file(work)
    above: defaultdict[str, list[Known]] = defaultdict(list)
    for row in brought.rows:
        one = newcomers.read_row(row.number, row.cells, reading)
        yield _entry(one, on_file, above), one


def _on_file(work: Work) -> dict[str, list[Known]]:
    """Gather what tells those on file apart, by their folded names; who is archived is on file too."""
    asked = select(Client.given_name, Client.family_name, Client.born, Client.phone, Client.email)
    known: defaultdict[str, list[Known]] = defaultdict(list)
    for one in work.run(asked):
        facts = {"born": one.born, "phone": one.phone, "email": one.email}
        known[_called(one.given_name, one.family_name)].append(newcomers.known(facts))
    return known


def _called(given_name: str, family_name: str) -> str:
    return folded(f"{given_name} {family_name}")


def _entry(one: Newcomer, on_file: dict[str, list[Known]], above: defaultdict[str, list[Known]]) -> Entry:
    given, family = one.facts["given_name"], one.facts["family_name"]
    entry = Entry(one.row, f"{given} {family}".strip(), Fate.NEW, one.faults)
    if one.faults:
        return replace(entry, fate=Fate.REFUSED)
    called, known = _called(given, family), newcomers.known(one.facts)
    namesakes = on_file.get(called, [])
    if any(newcomers.same_person(known, other) for other in namesakes):
        return replace(entry, fate=Fate.THERE)
    if any(newcomers.same_person(known, other) for other in above[called]):
        return replace(entry, fate=Fate.TWICE)
    fate = Fate.NAMESAKE if namesakes or above[called] else Fate.NEW
    above[called].append(known)
    return replace(entry, fate=fate)


def keep(
    work: Work, brought: People, *, columns: Columns | None = None, order: DayOrder | None = None
) -> TakenOn:
    """Put on file everybody of a list who is not there yet."""
    work.require(Permission.IMPORT)
    reading = _reading(work, brought, columns, order)
    if not newcomers.has_name(reading.columns):
        raise Refusal("no_name_column")
    ids: dict[str, None] = {}
    entries: list[Entry] = []
    rows: list[dict[str, Any]] = []
    for entry, one in _weighed(work, brought, reading):
        entries.append(entry)
        if entry.fate in TAKEN_ON:
            rows.append(_row(_new_id(work, ids), one))
        if len(rows) == AT_A_TIME:
            work.keep_many(Client, rows)
            rows.clear()
    work.keep_many(Client, rows)
    looked = Looked(brought.heading, reading.columns, reading.order, tuple(entries))
    return TakenOn(tuple(ClientId(key) for key in ids), looked)


def _new_id(work: Work, ids: dict[str, None]) -> str:
    """Make an id; so many are made in one instant that two might be one."""
    while (key := work.new_id()) in ids:
        pass
    ids[key] = None
    return key


def _row(key: str, one: Newcomer) -> dict[str, Any]:
    facts = dict(one.facts)
    given, family = facts["given_name"], facts["family_name"]
    found_by = search_text(given, family, facts["preferred_name"], facts["phone"], facts.get("born"))
    return {
        **NOTHING,
        **facts,
        "id": key,
        "version": 1,
        "sort_key": sort_key(given, family),
        "search_text": found_by,
    }


def take_back(work: Work, taken: Sequence[ClientId]) -> TakenBack:
    """Undo: those for whom nothing was entered since are no longer on file."""
    work.require(Permission.IMPORT)
    gone = 0
    for some in _stretches(taken):
        staying = _named(work, some)
        for record in work.session.scalars(select(Client).where(Client.id.in_(some))):
            if record.id not in staying:
                work.session.delete(record)
                gone += 1
        work.flush()
    return TakenBack(gone, len(taken) - gone)


def _stretches(taken: Sequence[ClientId]) -> Iterator[Sequence[ClientId]]:
    for start in range(0, len(taken), AT_A_TIME):
        yield taken[start : start + AT_A_TIME]


def _named(work: Work, some: Sequence[ClientId]) -> set[str]:
    """Tell which of these clients something in the practice names."""
    found: set[str] = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table is Client.__table__ for key in column.foreign_keys):
                found.update(work.run(select(column).where(column.in_(some)).distinct()).scalars())
    return found


def put_aside(desk: Desk, file: Path, looked: Looked, to: Path) -> int:
    """Write the rows that can't be clients into a table of their own, each with what is wrong, to be mended there."""
    brought = lists.read(read_bytes(file))
    desk.reading(leave_to_move_in)
    why = {entry.row: reason(entry) for entry in looked.entries if entry.faults}
    rows = [(*row.cells, why[row.number]) for row in brought.rows if row.number in why]
    wide = max(len(brought.heading), *(len(row) - 1 for row in rows))
    heading = [*brought.heading, *[""] * (wide - len(brought.heading)), _("What is wrong")]
    with written_whole(to) as out:
        write_sheet(out, heading, ((*row[:-1], *[""] * (wide + 1 - len(row)), row[-1]) for row in rows))
    return len(rows)


def leave_to_move_in(work: Work) -> None:
    """Let somebody bring a list of clients."""
    work.require(Permission.IMPORT)


def reason(entry: Entry) -> str:
    """Say in words why a row can't be a client."""
    return "; ".join(words.fault(fault.column, fault.code) for fault in entry.faults)
