"""A client's right to see: everything on file given out in one go, on record; and how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from clinic.documents import whole_file
from clinic.documents.whole_file import Part, WholeFile
from clinic.exchange import extract, portable
from clinic.exchange.contents import LISTS, PortablePractice
from clinic.exchange.files import written_whole
from clinic.office.door import clean
from clinic.records import Client
from clinic.rules.permissions import Permission
from clinic.values import ClientId, Refusal
from clinic.wording import access as words
from clinic.workroom import facts, retaining, sheets
from clinic.workroom.contents import gathered

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from clinic.exchange.contents import Item
    from clinic.office.desk import Desk
    from clinic.storage.work import Work
    from clinic.values import Progress

DAYS_TO_ANSWER = 30
"""Within so many days a client's request for a copy is answered (45 CFR 164.524)."""
UNSAID = frozenset({"id", "client"})


@dataclass(frozen=True, slots=True)
class GivenOut:
    """What was written, and where."""

    paper: Path
    file: Path
    items: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How long a client's file is kept, and whether something stops its end."""

    until: date | None
    over: bool
    hold: str


def whole(work: Work, client: ClientId, *, reason: str) -> tuple[PortablePractice, bytes]:
    """Gather everything about one client, as a portable file and as pages; that it is given out is on record."""
    work.require(Permission.EXPORT_ALL, reason=reason)
    record = work.get(Client, client)
    found = extract.of_client(gathered(work), client)
    policy = facts.policy_of(work.practice.settings)
    station = sheets.stationery(work, policy)
    pages = whole_file.pdf(
        WholeFile(
            work.today,
            station.letterhead,
            sheets.payee(record),
            reason,
            tuple(_part(name, found.of(name)) for name in LISTS if found.of(name) and name in words.HEADINGS),
            format=station.format,
        )
    )
    work.note("client_given_out", f"clients/{client}", {"reason": reason})
    return found, pages


def _part(name: str, items: list[Item]) -> Part:
    shown = sorted(items, key=words.day_of, reverse=True)
    return Part(
        words.heading(name),
        tuple((words.headed(name, item), tuple(whole_file.facts_of(item, UNSAID))) for item in shown),
    )


def give_out(
    desk: Desk, client: ClientId, folder: Path, *, reason: str, progress: Progress | None = None
) -> GivenOut:
    """Write a client's whole file into a folder: one PDF to read, one portable file to take along."""
    found, pages = desk.writing(partial(whole, client=client, reason=reason))[0]
    if progress is not None:
        progress(1, 2)
    stem = f"client-file-{desk.clock():%Y-%m-%d}"
    paper, file = folder / f"{stem}.pdf", folder / f"{stem}.json"
    with written_whole(paper) as opened:
        opened.write(pages)
    portable.write(found, file)
    return GivenOut(paper, file, sum(len(found.of(name)) for name in LISTS))


def kept(work: Work, client: ClientId) -> Kept:
    """Tell until when a client's file is kept: seven years after the last it speaks of, longer for a minor."""
    work.require(Permission.CLIENT_SEE, client=client)
    until = retaining.kept_until(work, client)
    hold = (work.get(Client, client).hold or {}).get("reason", "")
    return Kept(until, until is not None and until < work.today and not hold, hold)


def put_on_hold(work: Work, client: ClientId, *, reason: str) -> None:
    """Keep a client's file whatever its age, because of a claim, a complaint or a court."""
    work.require(Permission.EXPORT_ALL, reason=reason)
    said = clean(reason, at="reason")
    if said is None:
        raise Refusal("reason_missing", at="reason")
    work.get(Client, client).hold = {"reason": said, "since": work.today.isoformat()}


def lift_hold(work: Work, client: ClientId, *, reason: str) -> None:
    """Let a client's file end with its time again."""
    work.require(Permission.EXPORT_ALL, reason=reason)
    work.get(Client, client).hold = None
    work.note("hold_lifted", f"clients/{client}", {"reason": reason})
