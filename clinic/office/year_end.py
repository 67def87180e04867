"""The year's end: every client's lines and totals, what keeps them from being marked, and the set of papers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.exchange import filenames, filesets
from clinic.records import AuditRow, Client, Counter, Note
from clinic.rules import annual, billing
from clinic.rules.permissions import Permission, Reach
from clinic.values import NOTHING, Basis, ClientId, Money, Refusal
from clinic.workroom import ledgers, moved, sheets, year_along, year_papers
from clinic.workroom.year_along import NOTHING_ALONG, Along

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.rules.annual import ClientYear, Practice, Totals, YearLine
    from clinic.storage.work import Work
    from clinic.values import LineKind, Progress


__all__ = ["Along", "export", "grid", "kept_aside", "throw_away", "write_set"]

AT_ONCE = 10
"""Clients whose papers are fetched together; between them one can stop."""


@dataclass(frozen=True, slots=True)
class Made:
    """A set of papers that was written."""

    folder: Path
    manifest: dict[str, Any]
    again: int = 0
    """Clients whose papers an earlier run, that was stopped, had finished: they were not made again."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for; no clients named means everybody."""

    year: int
    basis: Basis
    clients: tuple[ClientId, ...] = ()
    mask_treatments: bool = False
    before: bytes | None = None
    rows_before: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    along: Along = NOTHING_ALONG


@dataclass(frozen=True, slots=True)
class GridRow:
    """A client's year as a row of the grid."""

    client: ClientId
    name: str
    visits: int
    totals: Totals
    fees_and_products: Money
    tips: Money
    to_check: int


@dataclass(frozen=True, slots=True)
class ToCheck:
    """One reason that a person can do something about, on all the lines of a client that it concerns."""

    client: ClientId
    name: str
    code: str
    letter: str | None
    text: str
    first: date
    last: date
    lines: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Grid:
    """Everybody's year at a glance, and what is worth a look before it is exported."""

    year: int
    basis: Basis
    rows: tuple[GridRow, ...]
    totals: Totals
    to_check: tuple[ToCheck, ...]


# The rest is as it should be: a tip is a tip, relaxation is relaxation, and who has no letter asked for none.
DRAFT_NOTE, PRIOR_REFUND = "DRAFT-NOTE", "PRIOR-REFUND"
"""Reasons that are none of a line: a note nobody signed, money of an earlier year that was paid back."""
WITHOUT_LETTER = frozenset({"E-NOLMN", "E-LMN-FUTURE"})
"""Worth a look where an HSA, FSA or HRA card paid all the same."""
MENDABLE = frozenset(
    {
        "E-COUNT",
        "E-DX",
        "E-LMN-EXPIRED",
        "E-LMN-INCOMPLETE",
        "E-LMN-PATIENT",
        "E-LMN-SIGNER",
        "E-PROVIDER",
        "E-UNPAID",
        "W-DX-VAGUE",
        "W-LMN-SELFREPORT",
    },
)


def grid(work: Work, year: int, *, basis: Basis = Basis.PAYMENT) -> Grid:
    """Work out everybody's year, in the order of their names."""
    granted = work.require(Permission.YEAR_END)
    rows, checks = [], []
    totals = annual.Totals()
    names = _names(work, None)
    drafts = _open_notes(work)
    for client, found in _years(work, granted, _Wanted(year, basis), ledgers.practice_of(work)):
        mendable = _to_check(client, names[client][0], found, drafts)
        rows.append(
            GridRow(
                client,
                names[client][0],
                len({line.visit.id for line in found.lines if line.visit and line.line.kind in billing.CARE}),
                found.totals,
                _paid(found, year_papers.SOLD),
                _paid(found, year_papers.TIPS),
                len(mendable),
            ),
        )
        totals += found.totals
        checks += mendable
    order = {client: key for client, (_, key) in names.items()}
    rows.sort(key=lambda row: order[row.client])
    checks.sort(key=lambda check: (order[check.client], check.first, check.code))
    return Grid(year, basis, tuple(rows), totals, tuple(checks))


def _open_notes(work: Work) -> frozenset[str]:
    """Name the visits whose note nobody signed yet; they are few."""
    return frozenset(work.session.scalars(select(Note.appointment).where(Note.signed_at.is_(None))))


def _to_check(client: ClientId, name: str, found: ClientYear, drafts: frozenset[str]) -> list[ToCheck]:
    """Gather what can be mended: one reason for each letter, however many lines it concerns."""
    by_reason: dict[tuple[str, str | None], list[YearLine]] = {}
    for line, code in found.exceptions:
        by_card = code in WITHOUT_LETTER and any(how in billing.HEALTH_CARDS for how in line.paid_by)
        if (code in MENDABLE or by_card) and line.line.kind in billing.CARE:
            letter = line.judgement.letter.id if line.judgement.letter else None
            by_reason.setdefault((code, letter), []).append(line)
    for line in found.lines:
        if line.visit is not None and line.visit.id in drafts and line.line.kind in billing.CARE:
            by_reason.setdefault((DRAFT_NOTE, None), []).append(line)
    refunds = [
        ToCheck(client, name, PRIOR_REFUND, None, "", back.refunded_on, back.refunded_on, 0, back.amount)
        for back in found.prior_refunds
    ]
    return refunds + [
        ToCheck(
            client,
            name,
            code,
            letter,
            lines[0].line.text,
            min(line.service_date for line in lines),
            max(line.service_date for line in lines),
            len(lines),
            Money(sum(line.client_paid.cents for line in lines)),
        )
        for (code, letter), lines in by_reason.items()
    ]


def _paid(found: ClientYear, kinds: Collection[LineKind]) -> Money:
    return Money(sum(line.client_paid.cents for line in found.lines if line.line.kind in kinds))


def _names(work: Work, clients: Collection[str] | None) -> dict[str, tuple[str, str]]:
    """Name and sorting key of clients."""
    asked = select(Client.id, Client.given_name, Client.family_name, Client.sort_key)
    if clients is not None:
        asked = asked.where(Client.id.in_(clients))
    return {row.id: (f"{row.given_name} {row.family_name}".strip(), row.sort_key) for row in work.run(asked)}


def _years(
    work: Work,
    granted: Reach,
    wanted: _Wanted,
    shared: Practice,
) -> Iterator[tuple[ClientId, ClientYear]]:
    """Work out the year of everybody with a row in it; a therapist sees the lines of own visits only."""
    # Since the beginning of a year long past nearly everything has moved.
    whole = wanted.clients or wanted.year < work.today.year - 1
    first = date(wanted.year, 1, 1)
    for client, ledger in (
        ledgers.ledgers(work, wanted.clients or None) if whole else moved.since(work, first)
    ):
        found = annual.client_year(ledger, shared, wanted.year, wanted.basis)
        if granted is Reach.OWN:
            found = _own_part(found, work.actor.staff)
        if found.lines:
            yield client, found


def _own_part(found: ClientYear, staff: str) -> ClientYear:
    lines = tuple(line for line in found.lines if line.visit is not None and line.visit.staff == staff)
    return replace(
        found,
        lines=lines,
        totals=annual.totals_of(lines, NOTHING, NOTHING),
        prior_refunds=(),
    )


def export(
    desk: Desk,
    year: int,
    folder: Path,
    *,
    basis: Basis = Basis.PAYMENT,
    clients: tuple[ClientId, ...] = (),
    mask_treatments: bool = False,
    along: Along = NOTHING_ALONG,
    progress: Progress | None = None,
) -> Made:
    """Write the year's papers of all clients, or of some, as of one moment; a stopped run changes nothing."""
    with filesets.replaced(folder) as coming:
        before = filesets.manifest_of(folder)
        if clients and before is not None and _is_of_all(before):
            raise Refusal("set_of_all", at="--to")
        rows = year_along.rows_before(folder, year_papers.INDEX) if before is not None else {}
        wanted = _Wanted(year, basis, clients, mask_treatments, before, rows, along)
        made = desk.reading(partial(write_set, folder=coming, wanted=wanted, progress=progress))
    return replace(made, folder=folder)


def kept_aside(folder: Path) -> int:
    """Count the clients whose papers a run that was stopped had finished in a folder."""
    return filesets.kept_aside(folder)


def throw_away(folder: Path) -> None:
    """Give up what a run that was stopped had finished; the set that is there stays as it is."""
    filesets.throw_away(folder)


def _is_of_all(manifest: bytes) -> bool:
    try:
        return bool(json.loads(manifest).get("scope", "all") == "all")
    except (ValueError, AttributeError):
        return False


def write_set(work: Work, *, folder: Path, wanted: _Wanted, progress: Progress | None) -> Made:
    """Write a set of papers into a folder that has nothing in it but what a stopped run had finished of it."""
    granted = work.require(Permission.YEAR_END)
    if wanted.along.letters:
        work.require(Permission.LETTER_CHANGE)
    names = _names(work, wanted.clients or None)
    unknown = next((client for client in wanted.clients if client not in names), None)
    if unknown is not None:
        raise Refusal("not_found", at="--client", id=unknown)
    shared = ledgers.practice_of(work)
    station = sheets.stationery(work, shared.policy)
    people = {client: name for client, name in _everybody(work).items() if client in names}
    writer = year_papers.Writer(
        folder, filenames.folder_names(people), station, wanted.mask_treatments, wanted.along
    )
    whole = len(names)
    years = _years(work, granted, wanted, shared)
    while some := dict(islice(years, AT_ONCE)):
        writer.add(work, some)
        if progress is not None:
            progress(min(writer.clients, whole - 1), whole)
    totals, files = writer.finish()
    manifest = {
        "year": wanted.year,
        "basis": wanted.basis.value,
        "clients": writer.clients,
        "scope": list(wanted.clients) or "all",
        "totals": totals,
        "files": files,
        "supersedes": hashlib.sha256(wanted.before).hexdigest() if wanted.before is not None else None,
        "anchor": _anchor(work),
    }
    if wanted.before is not None:
        manifest["changes"] = year_along.changes(wanted.rows_before, writer.rows, year_papers.INDEX)
    year_papers.put(
        folder / filesets.MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
    )
    digest = {"year": wanted.year, "basis": wanted.basis.value, "clients": writer.clients}
    work.note("year_end_written", "practice/practice", digest)
    if progress is not None:
        progress(whole, whole)
    return Made(folder, manifest, writer.again)


def _everybody(work: Work) -> dict[str, tuple[str, str]]:
    rows = work.run(select(Client.id, Client.family_name, Client.given_name))
    return {row.id: (row.family_name, row.given_name) for row in rows}


def _anchor(work: Work) -> dict[str, Any]:
    """Say where the trail and the numbers stood: what a truncated file could not show any more."""
    last = work.run(
        select(AuditRow.sequence, AuditRow.seal).order_by(AuditRow.sequence.desc()).limit(1)
    ).first()
    return {
        "at": work.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "trail": last.sequence if last else 0,
        "head": last.seal.hex() if last else "",
        "numbers": {f"{c.series}-{c.year}": c.last for c in work.session.scalars(select(Counter))},
    }
