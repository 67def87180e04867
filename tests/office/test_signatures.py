"""Signatures: what one issues of one's own visits is signed, and nothing is signed for anybody else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.documents import receipt, superbill
from clinic.office import portable, receipts, reversals, signatures, till
from clinic.office.charges import Charge
from clinic.records import Hand
from clinic.storage.work import Actor, Work
from clinic.values import LineKind, Money, Refusal, Role, StaffId
from tests import practices
from tests.documents.reading import words_of
from tests.office.test_till import A_TIP, CLIENT, a_visit, checked_out, paid
from tests.office.test_till import receipt as receipt_of

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk

STROKES = (((0.1, 0.2), (0.2, 0.1), (0.3, 0.2)), ((0.1, 0.3), (0.9, 0.3)))


def of_the_visit(desk: Desk) -> Charge:
    return Charge(LineKind.TREATMENT, "Therapeutic massage", Money(12500), appointment=a_visit(desk))


def test_what_one_issues_of_ones_own_visit_is_signed_with_the_moment(desk: Desk) -> None:
    assert desk.writing(partial(signatures.keep, strokes=STROKES))[0] is None
    done = checked_out(desk, of_the_visit(desk), tenders=(paid(12500),))
    sheet = receipt_of(desk, done.number)
    assert sheet.signature is not None
    assert (sheet.signature.strokes, sheet.signature.at) == (STROKES, sheet.issued_at)
    assert "Signed Nov 18, 2026" in words_of(receipt.pdf(sheet))
    assert desk.writing(signatures.forget)[0] == STROKES
    assert receipt_of(desk, done.number).signature is not None
    assert desk.writing(signatures.forget)[0] is None


def test_nobody_signs_for_another(desk: Desk) -> None:
    desk.writing(partial(signatures.keep, strokes=STROKES))
    visit = of_the_visit(desk)
    front = Actor(StaffId("s-desk"), Role.FRONT_DESK, practices.NOW)
    with Work(desk.vault, front, practices.NOW) as work:
        done = till.check_out(work, operation="o-9", client=CLIENT, charges=[visit])
        assert signatures.mine(work).treats is False
        with pytest.raises(Refusal, match="not_allowed"):
            signatures.keep(work, strokes=STROKES)
    sheet = receipt_of(desk, done.number)
    assert sheet.signature is None
    for paper in (receipt.pdf(sheet), superbill.pdf(sheet)):
        words = words_of(paper)
        assert sheet.practitioner is not None
        assert f"Signature of {sheet.practitioner.name}" in words
        assert "Signed Nov" not in words


def test_a_paper_of_no_visit_is_signed_by_nobody(desk: Desk) -> None:
    desk.writing(partial(signatures.keep, strokes=()))
    sheet = receipt_of(desk, checked_out(desk, A_TIP).number)
    assert sheet.signature is None
    assert "Signature of" not in words_of(receipt.pdf(sheet))


def test_a_credit_note_is_signed_like_the_rest(desk: Desk) -> None:
    desk.writing(partial(signatures.keep, strokes=()))
    done = checked_out(desk, of_the_visit(desk), tenders=(paid(12500),))
    (payment,) = desk.reading(partial(receipts.opened, number=done.number)).payments
    desk.confirm()
    refund = partial(reversals.refund, operation="r", payment=payment.id, amount=Money(500), reason="x")
    note = desk.writing(refund)[0]
    assert note.number.startswith("C-")
    mine = desk.reading(signatures.mine)
    assert (mine.strokes, mine.treats) == ((), True)


def test_it_is_kept_as_bytes_and_leaves_in_no_portable_file(desk: Desk, tmp_path: Path) -> None:
    assert desk.reading(signatures.mine).drawn_at is None
    desk.writing(partial(signatures.keep, strokes=STROKES))
    assert desk.writing(partial(signatures.keep, strokes=()))[0] == STROKES
    with pytest.raises(Refusal, match="too_long"):
        desk.writing(partial(signatures.keep, strokes=(((0.0, 0.0),) * 20_001,)))
    kept = desk.reading(lambda work: work.get(Hand, "owner").strokes)
    assert isinstance(kept, bytes)
    desk.confirm()
    portable.give_out(desk, tmp_path / "out.json", reason="moving house")
    assert "strokes" not in (tmp_path / "out.json").read_text("utf-8")
