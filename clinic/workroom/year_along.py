"""What goes along with a year's papers where it was asked for, and what changed since the set before."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.documents import stamps
from clinic.documents.sheets import Mileage
from clinic.exchange import drafts
from clinic.exchange.tax_years import tax_years
from clinic.records import Attachment
from clinic.storage.passwords import six_words
from clinic.wording import _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from clinic.documents.sheets import Format
    from clinic.exchange.sheets import Cell
    from clinic.rules.annual import ClientYear
    from clinic.storage.work import Work

WORDS = 4
"""Words of a password that is read out over the phone."""
LETTERS, DRAFT, PASSWORDS = "letters.pdf", "draft.eml", "passwords.csv"


@dataclass(frozen=True, slots=True)
class Along:
    """What was asked for besides the papers."""

    letters: bool = False
    """Scans of the letters, for clients who agreed."""
    mileage: bool = False
    passwords: bool = False
    """A password of its own for each client's papers (AES-256)."""
    drafts: bool = False
    """A mail for each client, to be opened and sent."""


NOTHING_ALONG = Along()


def new_password() -> str:
    """Make up a password that can be told over the phone."""
    return " ".join(six_words().split()[:WORDS])


def locked(pages: bytes, password: str) -> bytes:
    """Put a client's password on pages, where there is one."""
    return stamps.with_password(pages, password) if password else pages


def scans_of(work: Work, letters: Collection[str], size: Format) -> dict[str, bytes]:
    """Make one file of the scans of each of these letters' clients' letters, by letter."""
    if not letters:
        return {}
    from clinic.documents import scans  # noqa: PLC0415 - heavy, and few papers have scans along

    asked = (
        select(Attachment.letter, Attachment.media_type, Attachment.content)
        .where(Attachment.letter.in_(letters))
        .order_by(Attachment.letter, Attachment.added_at, Attachment.id)
    )
    by_letter: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for row in work.run(asked):
        by_letter[row.letter].append((row.media_type, row.content))
    return {letter: scans.one_file(found, size=size) for letter, found in by_letter.items()}


def mileage_of(found: ClientYear) -> Mileage | None:
    """Count the visits of a year that a way to care can be counted for; nothing where the rate is not known."""
    rate = tax_years().get(found.year)
    visits = len({line.visit.id for line in found.lines if line.marked and line.visit is not None})
    if rate is None or not visits:
        return None
    return Mileage(visits, rate.mile_tenths, rate.source)


def mail(
    practice: str, email: str, year: int, papers: Sequence[tuple[str, bytes]], *, has_password: bool
) -> bytes:
    """Word the mail that brings a client the papers of a year; it names nothing but the year."""
    lines = [_("Hello,"), "", _("Attached are your papers for {year}.").format(year=year)]
    if has_password:
        lines.append(_("They open with the password we tell you by phone."))
    subject = _("Your papers for {year} from {practice}").format(year=year, practice=practice)
    return drafts.draft(email, subject, "\n".join([*lines, "", practice, ""]), papers)


def rows_before(folder: Path, columns: Sequence[str]) -> dict[str, dict[str, str]]:
    """Read the index of the set that is there; one that cannot be read says nothing."""
    try:
        with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if set(columns) <= set(row)]
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}
    return {row["client_id"]: row for row in rows}


def changes(
    before: Mapping[str, Mapping[str, str]], now: Mapping[str, Sequence[Cell]], columns: Sequence[str]
) -> list[dict[str, Any]]:
    """Say for whom a set says something else than the one before, and what."""
    found: list[dict[str, Any]] = []
    for client in sorted({*before, *now}):
        if client not in now:
            found.append({"client_id": client, "what": "gone"})
        elif client not in before:
            found.append({"client_id": client, "what": "new"})
        else:
            cells = dict(zip(columns, map(str, now[client]), strict=True))
            other = {
                name: [before[client][name], cells[name]]
                for name in columns[2:]
                if before[client][name] != cells[name]
            }
            if other:
                found.append({"client_id": client, "what": "changed", "columns": other})
    return found
