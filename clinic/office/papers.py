"""Papers once issued: printed for the first time, copied, checked; never changed."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.documents import credit_note, imprint, receipt, stamps, superbill
from clinic.documents.sheets import CreditNoteSheet, ReceiptSheet
from clinic.exchange.files import written_whole
from clinic.records import Invoice, Paper, PaperKind, Payment, Refund
from clinic.rules.permissions import Permission
from clinic.values import Refusal
from clinic.workroom import sheets
from clinic.workroom.issuing import code_of, sheet_of

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a paper, and which one it is."""

    pages: bytes
    n: int


def get_ready() -> None:
    """Start the press while a visit is being charged: its receipt is wanted a moment later."""
    imprint.start()


def original(work: Work, *, number: str) -> bytes:
    """Print a paper; the first time its bytes are made, and from then on they are those."""
    work.require(Permission.MONEY_TAKE)
    paper = _paper(work, number)
    work.require(Permission.MONEY_TAKE, client=_client_of(work, paper))
    return _pages(work, paper)


def copy(work: Work, *, number: str) -> Copy:
    """Print a copy: the original's pages with COPY and its number stamped on them."""
    work.require(Permission.MONEY_SEE)
    paper = _paper(work, number)
    work.require(Permission.MONEY_SEE, client=_client_of(work, paper))
    pages = _pages(work, paper)
    paper.copies += 1
    return Copy(stamps.stamp_copy(pages, paper.copies), paper.copies)


def preview(work: Work, *, number: str) -> bytes:
    """Show a paper in the window, as it is or will be printed, without counting a copy."""
    work.require(Permission.MONEY_SEE)
    paper = _paper(work, number)
    work.require(Permission.MONEY_SEE, client=_client_of(work, paper))
    return _as_it_stands(work, paper, paper.pages or _drawn(paper))


def specimen(work: Work) -> bytes:
    """Show how the practice's papers look now, on a receipt for nobody."""
    work.require(Permission.PRACTICE_SEE)
    return receipt.pdf(sheets.specimen(work))


def superbill_of(work: Work, *, number: str) -> bytes:
    """Print the superbill of a receipt, for the client to hand in; it shows the diagnosis the letter gives."""
    work.require(Permission.MONEY_TAKE)
    paper = _paper(work, number)
    work.require(Permission.MONEY_TAKE, client=_client_of(work, paper))
    if paper.kind is PaperKind.CREDIT_NOTE:
        raise Refusal("receipt_unknown", at="number")
    sheets.let_diagnosis(work, _client_of(work, paper))
    work.note("superbill_printed", f"papers/{paper.number}")
    return superbill.pdf(sheet_of(paper, ReceiptSheet))


def verify(work: Work, *, number: str, code: str) -> bool:
    """Tell whether a code printed on a paper is the one this practice put there."""
    work.require(Permission.MONEY_SEE)
    paper = _paper(work, number)
    expected = code_of(work, paper.number, paper.sheet_hash)
    said = "".join(sign for sign in code.upper() if sign.isalnum())
    return hmac.compare_digest(expected.encode(), said.encode())


def put(path: Path, pages: bytes) -> None:
    """Write pages to a file, whole or not at all."""
    with written_whole(path) as file:
        file.write(pages)


def _paper(work: Work, number: str) -> Paper:
    paper = work.session.get(Paper, number)
    if paper is None:
        raise Refusal("receipt_unknown", at="number")
    return paper


def _pages(work: Work, paper: Paper) -> bytes:
    """Take the kept pages, making them now if this is the first printing; what was voided since is marked so."""
    if paper.pages is None:
        paper.pages, paper.printed_at = _drawn(paper), work.now
        paper.pages_hash = hashlib.sha256(paper.pages).hexdigest()
    return _as_it_stands(work, paper, paper.pages)


def _drawn(paper: Paper) -> bytes:
    if paper.kind is PaperKind.CREDIT_NOTE:
        return credit_note.pdf(sheet_of(paper, CreditNoteSheet))
    return receipt.pdf(sheet_of(paper, ReceiptSheet))


def _as_it_stands(work: Work, paper: Paper, pages: bytes) -> bytes:
    """Mark the pages of a receipt that was voided; the kept original stays as it is."""
    invoice = work.session.get(Invoice, paper.invoice) if paper.invoice else None
    if invoice is None or invoice.void_on is None:
        return pages
    return stamps.mark_void(pages, invoice.void_on, invoice.void_reason or "")


def _client_of(work: Work, paper: Paper) -> str:
    """Find whose paper it is."""
    if paper.invoice:
        return work.get(Invoice, paper.invoice).client
    if paper.payment:
        return work.get(Payment, paper.payment).client
    refund = work.get(Refund, paper.refund or "")
    return work.get(Payment, refund.payment).client
