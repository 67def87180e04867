"""Papers of any time, handed out on demand: what is seen is what leaves."""

from __future__ import annotations

import email
from datetime import date
from email.message import EmailMessage
from email.policy import default
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from clinic.documents.sheets import ChargeLine, Client, Letterhead, ReceiptSheet
from clinic.office import handouts, till
from clinic.office.charges import Charge
from clinic.office.handouts import Handout, Wanted
from clinic.office.till import Tender
from clinic.records import AuditRow
from clinic.rules.units import UnitRule
from clinic.storage.work import Work
from clinic.values import Basis, ClientId, LineKind, Method, Money, Refusal
from tests import practices

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk

OWN = ClientId("c-own")


def wanted(what: Handout, **more: Any) -> Wanted:
    asked = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)} | more
    return Wanted(OWN, what, **asked)


def text_of(pages: bytes) -> str:
    document = pypdfium2.PdfDocument(pages)
    try:
        return "\n".join(document[at].get_textpage().get_text_range() for at in range(len(document)))
    finally:
        document.close()


def made(desk: Desk, what: Handout, **more: Any) -> handouts.Made:
    return desk.reading(partial(handouts.make, wanted=wanted(what, **more)))


def test_all_receipts_of_a_time_stand_in_one_file(full_desk: Desk) -> None:
    one = made(full_desk, Handout.RECEIPTS)
    assert one.papers == 1
    assert "R-2026-000001" in text_of(one.pages)


def test_a_time_without_papers_is_refused(full_desk: Desk) -> None:
    for what in (Handout.RECEIPTS, Handout.SUPERBILLS, Handout.STATEMENT, Handout.CREDIT_NOTES):
        with pytest.raises(Refusal, match="no_papers"):
            made(full_desk, what, first=date(2020, 1, 1), last=date(2020, 12, 31))


def test_a_time_that_ends_before_it_begins_is_refused(full_desk: Desk) -> None:
    with pytest.raises(Refusal, match="period_backwards"):
        made(full_desk, Handout.RECEIPTS, first=date(2026, 2, 1), last=date(2026, 1, 1))


def test_the_diagnosis_stands_on_a_receipt_only_where_the_client_wants_it(full_desk: Desk) -> None:
    assert "Cervicalgia" not in text_of(made(full_desk, Handout.RECEIPTS).pages)
    assert "Cervicalgia" in text_of(made(full_desk, Handout.RECEIPTS, show_diagnosis=True).pages)
    assert "M54.2" in text_of(made(full_desk, Handout.SUPERBILLS).pages)


def test_a_statement_of_any_time_says_which(full_desk: Desk) -> None:
    whole = text_of(made(full_desk, Handout.STATEMENT).pages)
    assert "ANNUAL STATEMENT 2026" in whole
    part = text_of(made(full_desk, Handout.STATEMENT, first=date(2026, 11, 1), last=date(2026, 11, 9)).pages)
    assert "Nov 1, 2026 to Nov 9, 2026" in part.replace("\r\n", " ").replace("\n", " ")
    assert "ANNUAL" not in part


def test_a_statement_goes_by_either_clock(full_desk: Desk) -> None:
    with pytest.raises(Refusal, match="no_papers"):
        made(
            full_desk, Handout.STATEMENT, first=date(2026, 11, 5), last=date(2026, 11, 9), basis=Basis.SERVICE
        )


def test_credit_notes_are_handed_out_too(full_desk: Desk) -> None:
    assert "C-2026-000001" in text_of(made(full_desk, Handout.CREDIT_NOTES).pages)


def test_an_estimate_counts_what_is_booked(full_desk: Desk) -> None:
    told = text_of(made(full_desk, Handout.ESTIMATE).pages)
    assert "Dec 2, 2026" in told
    assert "$125.00" in told
    assert "97124, 4 units" in told


def test_nothing_booked_is_nothing_to_estimate(full_desk: Desk) -> None:
    asked = Wanted(ClientId("c-other"), Handout.ESTIMATE, date(2026, 1, 1), date(2026, 12, 31))
    with pytest.raises(Refusal, match="nothing_booked"):
        full_desk.reading(partial(handouts.make, wanted=asked))


def test_what_is_saved_is_what_was_seen_and_the_trail_knows(full_desk: Desk, tmp_path: Path) -> None:
    asked = wanted(Handout.RECEIPTS, show_diagnosis=True)
    path = tmp_path / "receipts.pdf"
    full_desk.writing(partial(handouts.hand_out, wanted=asked, path=path))
    assert path.read_bytes() == full_desk.reading(partial(handouts.make, wanted=asked)).pages
    with Work(full_desk.vault, full_desk.actor, practices.NOW, reading=True) as work:
        told = work.session.scalars(
            select(AuditRow.payload).where(AuditRow.action == "paper_handed_out")
        ).all()
    assert '"diagnosis":true' in told[-1]


def test_a_file_with_a_password_opens_with_it_alone(full_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "receipts.pdf"
    task = partial(handouts.hand_out, wanted=wanted(Handout.RECEIPTS), path=path, password="linen harbor")
    full_desk.writing(task)
    reader = PdfReader(BytesIO(path.read_bytes()))
    assert reader.is_encrypted
    assert not reader.decrypt("wrong")
    assert reader.decrypt("linen harbor")


def test_a_short_password_is_refused_and_nothing_is_written(full_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "receipts.pdf"
    with pytest.raises(Refusal, match="password_short"):
        full_desk.writing(
            partial(handouts.hand_out, wanted=wanted(Handout.RECEIPTS), path=path, password="linen")
        )
    assert not path.exists()


def test_a_draft_of_a_mail_holds_the_paper_and_no_word_about_health(full_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "receipts.eml"
    full_desk.writing(partial(handouts.hand_out, wanted=wanted(Handout.RECEIPTS), path=path))
    mail = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    assert mail["X-Unsent"] == "1"
    body = mail.get_body()
    assert body is not None
    assert "massage" not in body.get_content().replace("Massage Therapy", "").casefold().replace("fern", "")
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "receipts.pdf"
    content = attached.get_content()
    assert content == full_desk.reading(partial(handouts.make, wanted=wanted(Handout.RECEIPTS))).pages


def a_sheet(*lines: ChargeLine) -> ReceiptSheet:
    return ReceiptSheet(
        "R-2026-000001", practices.NOW, Letterhead("Fern & Harbor"), None, Client("Ann Example"), lines, ()
    )


def a_coded_line(cpt: str, minutes: int) -> ChargeLine:
    return ChargeLine(
        LineKind.TREATMENT,
        "Massage",
        Money(9000),
        service_date=date(2026, 11, 4),
        hands_on=minutes,
        cpt=cpt,
    )


@pytest.mark.parametrize(("rule", "expected"), [(UnitRule.CMS_8MIN, [1, 1]), (UnitRule.AMA_SPM, [1, 0])])
def test_units_are_counted_as_the_payer_counts(rule: UnitRule, expected: list[int]) -> None:
    """Of 20 and 7 minutes Medicare makes 27, two units; others count each code by itself."""
    found = handouts._counted([a_sheet(a_coded_line("97124", 20), a_coded_line("97140", 7))], rule)
    assert [line.units for line in found[0].lines] == expected
    assert ("W-UNITS" in handouts._warnings(found)) is (0 in expected)
    assert "W-NCCI" in handouts._warnings(found)


def test_a_code_given_twice_on_a_day_is_counted_once() -> None:
    line = a_coded_line("97124", 30)
    found = handouts._counted([a_sheet(line), a_sheet(line)], UnitRule.CMS_8MIN)
    assert [line.units for sheet in found for line in sheet.lines] == [4, 0]


def test_a_visit_that_was_paid_in_two_parts_is_billed_once(desk: Desk) -> None:
    charge = Charge(LineKind.TREATMENT, "Massage", Money(12500))
    tenders = [Tender(Method.CARD, Money(cents)) for cents in (5000, 4000, 3499)]
    first = partial(till.check_out, client=OWN, charges=[charge], tenders=tenders[:1])
    desk.writing(
        partial(till.take_deposit, operation="ahead", client=OWN, tenders=[Tender(Method.CASH, Money(1))])
    )
    desk.writing(partial(first, operation="o-1"))
    for tender in tenders[1:]:
        task = partial(till.take_payment, operation=str(tender.amount), client=OWN, tenders=[tender])
        desk.writing(task)
    made_ = made(desk, Handout.SUPERBILLS)
    assert made_.papers == 1
    assert "Later payment on R-2026-000002" in text_of(made_.pages)
    assert made(desk, Handout.RECEIPTS).papers == 4
