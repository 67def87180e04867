"""The papers and tables of a year's end, written client by client so that memory stays flat."""

from __future__ import annotations

import hashlib
import io
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.documents import bundle, stamps, statement
from clinic.documents.frozen import to_json
from clinic.documents.sheets import ReceiptSheet, StatementSheet
from clinic.exchange import kept
from clinic.exchange.files import disk_faults, written_aside
from clinic.exchange.sheets import Cell, write_sheet
from clinic.records import Client, Paper
from clinic.rules import billing
from clinic.rules.annual import Totals
from clinic.values import ClientId, LineKind, Money, Regime
from clinic.wording import _
from clinic.wording.reasons import meaning
from clinic.workroom import year_along
from clinic.workroom.issuing import sheet_of
from clinic.workroom.statements import statement_sheet
from clinic.workroom.year_along import NOTHING_ALONG, Along

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Row

    from clinic.rules.annual import ClientYear, YearLine
    from clinic.storage.work import Work
    from clinic.workroom.sheets import Stationery

SOLD = frozenset({LineKind.FEE, LineKind.PRODUCT, LineKind.GIFT_SALE})
TIPS = frozenset({LineKind.TIP})

LINES = (
    "client_id",
    "client",
    "receipt",
    "line",
    "kind",
    "service_date",
    "paid_on",
    "description",
    "minutes",
    "therapist",
    "certificate",
    "charge",
    "discount",
    "insurer_paid",
    "client_paid",
    "paid_by",
    "eligible",
    "marked",
    "tax",
    "hsa",
    "fsa",
    "ins",
    "letter",
    "visit",
    "visits_prescribed",
    "codes",
)
INDEX = (
    "client_id",
    "client",
    "lines",
    "client_paid",
    "marked_personal",
    "marked_hsa_fsa",
    "not_marked",
    "prepaid_open",
    "refunds_prior_year",
    "letters",
    "exceptions",
)
MAKES = 1
"""Goes up with every change of how the papers look: what an earlier program had finished is then made anew."""
PASSWORDS = ("client_id", "client", "password")
EXCEPTIONS = ("client_id", "client", "line", "service_date", "code", "message")
MONEY = INDEX[3:9]


def put(path: Path, content: bytes) -> None:
    """Write a file of the set."""
    with written_aside(path) as file:
        file.write(content)


def _figures(totals: Totals) -> tuple[Money, ...]:
    return (
        totals.client_paid,
        totals.marked_personal,
        totals.marked_hsa_fsa,
        totals.not_marked,
        totals.prepaid_open,
        totals.refunds_prior_year,
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the index keeps of a client until everybody is written."""

    key: tuple[str, str]
    row: Sequence[Cell]
    folder: str
    exceptions: tuple[Sequence[Cell], ...]
    files: Sequence[kept.Fingerprint]


@dataclass(slots=True)
class Writer:
    """Writes one client after the other, and the tables of all at the end, in the order of names.

    A client's papers that a run before this one had finished, and that would come out the same, are not made again.
    """

    folder: Path
    folders: Mapping[str, str]
    station: Stationery
    mask_treatments: bool
    along: Along = NOTHING_ALONG
    again: int = field(init=False, default=0)
    """How many clients' papers were there already."""
    _kept: kept.Kept = field(init=False)
    _passwords: list[Sequence[Cell]] = field(init=False, default_factory=list)
    _totals: Totals = field(init=False, default_factory=Totals)
    _entries: list[_Entry] = field(init=False, default_factory=list)
    _scans: dict[str, bytes] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._kept = kept.Kept(self.folder)

    @property
    def clients(self) -> int:
        """How many clients the set holds."""
        return len(self._entries)

    def add(self, work: Work, years: Mapping[ClientId, ClientYear]) -> None:
        """Write the papers of a few clients, whose records and receipts are fetched together."""
        filed = _receipts(work, years.values())
        self._scans = self._letters(work, years)
        for client in work.session.scalars(select(Client).where(Client.id.in_(years))):
            found = years[ClientId(client.id)]
            issued = sorted(
                {receipt for key in _issued_for(found) for receipt in filed.get(key, ())},
                key=lambda receipt: (receipt.issued_at, receipt.number),
            )
            self._client(client, found, issued, work.today)

    def _client(self, client: Client, found: ClientYear, issued: Sequence[Row[Any]], today: date) -> None:
        """Write a client's papers, unless they lie there as they would be made now."""
        sheet = statement_sheet(client, found, self.station, today)
        if self.along.mileage:
            sheet = replace(sheet, mileage=year_along.mileage_of(found))
        sheet = _masked(sheet) if self.mask_treatments else sheet
        name = self.folders[client.id]
        lines = io.BytesIO()
        write_sheet(lines, LINES, (self._line(client, line) for line in found.lines))
        scans = [self._scans[one] for one in sorted(found.letters) if self._scans.get(one)]
        made_of = self._made_of(client, (to_json(sheet).encode(), lines.getvalue(), *scans), issued)
        finished = self._kept.finished(name, made_of)
        if finished is None:
            papers = self._papers(sheet, issued, scans)
            finished = self._put_papers(client, found.year, papers, lines.getvalue(), made_of)
            self._kept.note(name, finished)
        else:
            self.again += 1
        if finished.password:
            self._passwords.append((client.id, client.name, finished.password))
        exceptions = tuple(
            (client.id, client.name, line.line.id, line.service_date, code, meaning(code))
            for line, code in found.exceptions
        )
        row: Sequence[Cell] = (
            client.id,
            client.name,
            len(found.lines),
            *_figures(found.totals),
            len(found.letters),
            len(exceptions),
        )
        self._totals += found.totals
        self._entries.append(_Entry((client.sort_key, client.id), row, name, exceptions, finished.files))

    def _made_of(self, client: Client, parts: Sequence[bytes], issued: Sequence[Row[Any]]) -> str:
        """Tell apart what a client's papers are made of: any of it changed, and they are made anew."""
        asked = (
            MAKES,
            self.along,
            self.mask_treatments,
            client.name,
            client.email,
            self.station.letterhead.name,
        )
        digest = hashlib.sha256(repr(asked).encode())
        for part in (*parts, *(receipt.sheet for receipt in issued)):
            digest.update(hashlib.sha256(part).digest())
        return digest.hexdigest()

    def _papers(
        self, sheet: StatementSheet, issued: Sequence[Row[Any]], scans: Sequence[bytes]
    ) -> list[tuple[str, bytes]]:
        """Make a client's statement and receipts, with the scans of the letters that go along."""
        papers = [("annual-statement.pdf", statement.pdf(sheet))]
        if not self.mask_treatments:
            receipts = [sheet_of(receipt, ReceiptSheet) for receipt in issued]
            papers.append(("receipts.pdf", bundle.bundle_of_receipts(receipts)))
            if scans:
                papers.append((year_along.LETTERS, stamps.one_after_another(scans)))
        return papers

    def _letters(self, work: Work, years: Mapping[ClientId, ClientYear]) -> dict[str, bytes]:
        """Fetch the scans of the letters of those who agreed that they go along."""
        if not self.along.letters or self.mask_treatments:
            return {}
        agreed = set(
            work.session.scalars(
                select(Client.id).where(Client.id.in_(years), Client.letters_along.is_(True))
            )
        )
        wanted = {letter for client, found in years.items() if client in agreed for letter in found.letters}
        return year_along.scans_of(work, wanted, self.station.format)

    def _put_papers(
        self, client: Client, year: int, papers: Sequence[tuple[str, bytes]], lines: bytes, made_of: str
    ) -> kept.Finished:
        """Write a client's papers, under the password of their own and into a draft where asked for."""
        password = year_along.new_password() if self.along.passwords else ""
        files = [(name, year_along.locked(pages, password)) for name, pages in papers]
        if self.along.drafts:
            practice = self.station.letterhead.name
            draft = year_along.mail(practice, client.email or "", year, files, has_password=bool(password))
            files.append((year_along.DRAFT, draft))
        files.insert(2, ("lines.csv", lines))
        name = self.folders[client.id]
        with disk_faults():
            (self.folder / name).mkdir()
        for file, content in files:
            put(self.folder / name / file, content)
        prints = tuple(kept.printed(f"{name}/{file}", content) for file, content in files)
        return kept.Finished(made_of, prints, password)

    @property
    def rows(self) -> Mapping[str, Sequence[Cell]]:
        """The rows of the index, by client."""
        return {entry.key[1]: entry.row for entry in self._entries}

    def finish(self) -> tuple[dict[str, str], list[dict[str, Any]]]:
        """Write the tables of all, and answer the set's totals and its files with their fingerprints."""
        entries = sorted(self._entries, key=lambda entry: entry.key)
        with written_aside(self.folder / "index.csv") as file:
            write_sheet(file, INDEX, (entry.row for entry in entries))
        with written_aside(self.folder / "exceptions.csv") as file:
            write_sheet(file, EXCEPTIONS, (row for entry in entries for row in entry.exceptions))
        with written_aside(self.folder / "lines.csv") as file:
            write_sheet(file, LINES, ())
            for entry in entries:
                with (self.folder / entry.folder / "lines.csv").open("rb") as lines:
                    lines.readline()
                    file.write(lines.read())
        if self._passwords:
            with written_aside(self.folder / year_along.PASSWORDS) as file:
                write_sheet(file, PASSWORDS, self._passwords)
        self._kept.only({entry.folder for entry in entries})
        totals = dict(zip(MONEY, map(str, _figures(self._totals)), strict=True))
        tables = [
            "index.csv",
            "lines.csv",
            "exceptions.csv",
            *([year_along.PASSWORDS] * bool(self._passwords)),
        ]
        with disk_faults():
            files = [kept.fingerprint(self.folder, table) for table in tables]
        return totals, files + [each for entry in entries for each in entry.files]

    def _line(self, client: Client, line: YearLine) -> Sequence[Cell]:
        care = line.visit if line.line.kind in billing.CARE else None
        letter, verdicts = line.judgement.letter, line.judgement.verdicts
        numbered = line.judgement.visit is not None and letter is not None
        return (
            client.id,
            client.name,
            line.line.receipt,
            line.line.id,
            line.line.kind.value,
            line.service_date,
            line.paid_on,
            _plain_kind(line.line.kind) if self.mask_treatments else line.line.text,
            care.minutes if care else None,
            line.therapist.name if line.therapist else None,
            line.therapist.certificate if line.therapist else None,
            line.charge,
            line.line.discount,
            line.insurer_paid,
            line.client_paid,
            " ".join(method.value for method in line.paid_by),
            line.eligible,
            line.marked,
            *(verdicts[regime].value for regime in Regime),
            letter.id if letter else None,
            line.judgement.visit if numbered else None,
            letter.max_visits if numbered and letter else None,
            " ".join(line.judgement.codes),
        )


def _receipts(work: Work, years: Collection[ClientYear]) -> Mapping[str, Sequence[Row[Any]]]:
    """Fetch the frozen receipts that the years' lines stand on, by the invoice or payment they were issued for."""
    keys = {key for found in years for key in _issued_for(found)}
    asked = select(Paper.number, Paper.issued_at, Paper.invoice, Paper.payment, Paper.sheet)
    filed: dict[str, list[Row[Any]]] = defaultdict(list)
    for receipt in work.run(asked.where(Paper.invoice.in_(keys) | Paper.payment.in_(keys))):
        filed[receipt.invoice or receipt.payment].append(receipt)
    return filed


def _issued_for(found: ClientYear) -> set[str]:
    """Name the invoices and payments behind a year's lines."""
    invoices = {line.line.invoice for line in found.lines}
    return invoices | {piece.payment for line in found.lines for piece in line.pieces}


def _plain_kind(kind: LineKind) -> str:
    return _("Visit") if kind in billing.CARE else _("Other")


def _masked(sheet: StatementSheet) -> StatementSheet:
    """Leave out what a bookkeeper need not know: which treatments they were."""
    return replace(
        sheet,
        letters=(),
        under_letter=tuple(replace(line, text=_plain_kind(line.kind)) for line in sheet.under_letter),
        other_massage=tuple(replace(line, text=_plain_kind(line.kind)) for line in sheet.other_massage),
    )
