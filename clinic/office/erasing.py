"""Erasing a client whose time is over: what would go and what stays, what speaks against it, and the deed itself."""

from __future__ import annotations

import zlib
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from clinic.documents import nameless
from clinic.office import charges, charts, custody, gifts
from clinic.records import Appointment, Bundle, Client, Gift, Invoice, Line, PaperKind
from clinic.records.people import folded, search_text, sort_key
from clinic.rules import keeping
from clinic.rules.keeping import Bar, Filed
from clinic.rules.permissions import Permission
from clinic.storage import backup, erasing, retention, trail
from clinic.storage.erasing import NOBODY
from clinic.values import HOLDING, NOTHING, ClientId, Refusal, Topic, Trouble
from clinic.wording import _
from clinic.workroom import ledgers, retaining

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy import Connection

    from clinic.office.desk import Desk
    from clinic.storage.work import Work
    from clinic.values import Progress


class Ground(StrEnum):
    """Why a file is erased; of a closed list, so that no word about the client stays behind with the deed."""

    TIME_OVER = "time_over"
    ASKED = "client_asked"


@dataclass(frozen=True, slots=True)
class Ripe:
    """A file whose time is over."""

    client: ClientId
    name: str
    until: date
    hold: str


@dataclass(frozen=True, slots=True)
class OldCopy:
    """A backup that holds a file still, and when it is thinned out; nothing where nobody thins."""

    taken_on: date
    leaves_on: date | None
    elsewhere: bool
    """It lies in the second place, where nothing is ever removed."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What erasing a file would do, and what speaks against it."""

    client: ClientId
    name: str
    filed: Filed
    bars: tuple[Bar, ...]
    goes: Mapping[str, int]
    """How many records go, by table."""
    stays: Mapping[str, int]
    """How many stay for the books, without a name."""
    copies: tuple[OldCopy, ...]
    """Backups that would hold the file all the same, the newest first."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What came of it."""

    records: int
    copies: tuple[OldCopy, ...]


def due(work: Work) -> tuple[Ripe, ...]:
    """Name the clients whose time is over, the longest over first; a file on hold says why it stays."""
    work.require(Permission.PRACTICE_CHANGE)
    over = retaining.over(work)
    asked = select(Client.id, Client.given_name, Client.family_name, Client.hold)
    people = {row.id: row for row in work.run(asked) if row.id in over}
    return tuple(
        Ripe(
            client,
            f"{people[client].given_name} {people[client].family_name}".strip(),
            until,
            (people[client].hold or {}).get("reason", ""),
        )
        for client, until in over.items()
    )


def preview(work: Work, client: ClientId) -> Preview:
    """Look at what would go and what would stay, before anything does."""
    work.require(Permission.PRACTICE_CHANGE)
    record = _file(work, client)
    held = erasing.held(_connection(work), erasing.files_of(_connection(work), client))
    filed = _filed(work, client, held)
    return Preview(
        client,
        record.name,
        filed,
        keeping.bars(filed),
        {name: len(keys) for name, keys in held.goes.items()},
        {name: len(keys) for name, keys in held.stays.items()},
        _copies(work),
    )


def erase_file(
    desk: Desk, client: ClientId, *, ground: Ground, named: str, progress: Progress | None = None
) -> Erased:
    """Back the practice up, then erase a client's file for good, and let no page of the disk keep what it said."""
    desk.reading(partial(let_erase, client=client, ground=ground, named=named))
    custody.back_up(desk)
    if progress is not None:
        progress(1, 2)  # stopped here, nothing was erased; from here on there is no way back
    records, _topics = desk.writing(partial(erase, client=client, ground=ground, named=named))
    with suppress(Trouble):  # where somebody else has the file open, the next opening sees to it
        erasing.tidy(desk.vault)
    return Erased(records, desk.reading(older_copies))


def let_erase(work: Work, client: ClientId, *, ground: Ground, named: str) -> tuple[str, ...]:
    """Go on only with the password, a ground, and the name of a client whom nothing keeps any more."""
    work.require(Permission.ERASE, client=client, reason=ground)
    record = _file(work, client)
    if not is_name(named, record.name):
        raise Refusal("name_differs", at="named")
    files = erasing.files_of(_connection(work), client)
    if bars := keeping.bars(_filed(work, client, erasing.held(_connection(work), files))):
        raise Refusal("file_is_kept", at="client", bars=[bar.value for bar in bars])
    return files


def erase(work: Work, client: ClientId, *, ground: Ground, named: str) -> int:
    """Take a client out of the file; what the books need stays under nobody's name. It can't be undone."""
    work.require(Permission.ERASE, client=client, reason=ground)
    files = let_erase(work, client, ground=ground, named=named)
    if work.session.get(Client, NOBODY) is None:
        nobody = Client(id=NOBODY, given_name="", family_name=said(), archived_on=work.today)
        nobody.sort_key, nobody.search_text = sort_key("", said()), search_text("", said(), None, None, None)
        work.add(nobody)
    _share_without(work, files)
    work.flush()
    gone = erasing.erase(_connection(work), files, work.today, said=said(), redrawn=_redrawn)
    work.session.expunge_all()
    work.topics.update(Topic)
    work.note(trail.ERASED, f"clients/{client}", gone | {"ground": ground.value})
    return sum(gone["records"].values())


def older_copies(work: Work) -> tuple[OldCopy, ...]:
    """Tell which backups were there are, and when each is thinned out, the newest first."""
    work.require(Permission.PRACTICE_CHANGE)
    return _copies(work)


def is_name(typed: str, name: str) -> bool:
    """Tell whether somebody typed this name, with or without its accents."""
    return folded(typed) == folded(name)


def said() -> str:
    """Say what stands where a name or a treatment stood."""
    return _("Erased")


def _file(work: Work, client: ClientId) -> Client:
    if client == NOBODY:
        raise Refusal("not_found", kind="clients", id=client)
    return work.get(Client, client)


def _connection(work: Work) -> Connection:
    return work.session.connection()


def _share_without(work: Work, files: tuple[str, ...]) -> None:
    """Let prepaid visits that were shared be shared with nobody, as those who used them are nobody now."""
    for bundle in work.session.scalars(select(Bundle).where(Bundle.shared_with.is_not(None))):
        named = [one["client"] for one in bundle.shared_with or ()]
        left = dict.fromkeys(NOBODY if one in files else one for one in named)
        if bundle.client in {*files, NOBODY}:
            left.pop(NOBODY, None)
        if list(left) != named:
            bundle.shared_with = [{"client": one} for one in left] or None


def _filed(work: Work, client: ClientId, held: erasing.Held) -> Filed:
    """See how a file stands, with those of the same person that were put away."""
    files = held.goes["clients"]
    balances = [charts.balance_of(ledger) for _client, ledger in ledgers.ledgers(work, files)]
    bought = select(Gift).join(Line, Line.id == Gift.line).join(Invoice, Invoice.id == Line.invoice)
    bought = bought.where(Invoice.client.in_(files), Invoice.void_on.is_(None))
    ahead = select(func.count()).select_from(Appointment)
    ahead = ahead.where(
        Appointment.client.in_(files), Appointment.state.in_(HOLDING), Appointment.at >= work.wall
    )
    return Filed(
        retaining.kept_until(work, client),
        work.today,
        hold=any(work.get(Client, one).hold for one in files),
        ahead=work.session.scalar(ahead) or 0,
        owed=sum((owed for owed, _credit in balances), NOTHING),
        credit=sum((credit for _owed, credit in balances), NOTHING),
        bundles=len(charges.bundles_left(work, Bundle.client.in_(files))),
        gifts=sum((gifts.left_on(work, gift) for gift in work.session.scalars(bought)), NOTHING),
        lent=sum(map(len, held.lent.values())),
    )


def _redrawn(kind: PaperKind, sheet: bytes) -> bytes:
    redraw = nameless.credit_note if kind is PaperKind.CREDIT_NOTE else nameless.receipt
    return zlib.compress(redraw(zlib.decompress(sheet).decode(), said()).encode())


def _copies(work: Work) -> tuple[OldCopy, ...]:
    practice = work.vault.fingerprint
    own = backup.copies(backup.own_folder(work.vault.path), practice)
    named = (work.practice.preferences or {}).get(custody.SECOND_PLACE)
    second = backup.copies(Path(named), practice) if named else ()
    leaves = retention.leaving(own, work.now)

    def on(at: datetime) -> date:
        return at.astimezone(work.zone).date()

    found = [
        *(
            OldCopy(on(copy.taken_at), on(leaves[copy]) if copy in leaves else None, elsewhere=False)
            for copy in own
        ),
        *(OldCopy(on(copy.taken_at), None, elsewhere=True) for copy in second),
    ]
    return tuple(sorted(found, key=lambda copy: copy.taken_on, reverse=True))
