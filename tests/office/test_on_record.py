"""What the practice can prove afterwards: numbers without a gap, papers as first printed, and who did what."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from clinic.documents.sheets import ReceiptSheet
from clinic.office import intake, notes, papers, price_list, reversals, till
from clinic.office.charges import Charge
from clinic.office.till import Tender
from clinic.records import AuditRow, Client, Line, Paper, Screening
from clinic.storage import checks
from clinic.values import (
    AppointmentId,
    ClientId,
    LineKind,
    Method,
    Money,
    Purpose,
    Refusal,
    ScreeningKind,
    Technique,
    TreatmentId,
)
from clinic.wording.refusals import sentence
from clinic.workroom.issuing import sheet_of
from tests import practices
from tests.documents.reading import words_of

if TYPE_CHECKING:
    from clinic.office.desk import Desk
    from clinic.storage.work import Work

OWN = ClientId("c-own")
MASSAGE = Charge(LineKind.TREATMENT, "Therapeutic massage", Money(12500))
WHOLE = (Tender(Method.CARD, Money(12500)),)


def charged(desk: Desk, operation: str, **facts: Any) -> till.CheckedOut:
    task = partial(till.check_out, operation=operation, client=OWN, charges=(MASSAGE,), tenders=WHOLE)
    done: till.CheckedOut = desk.writing(partial(task, **facts))[0]
    return done


def trail(desk: Desk, action: str, about: str) -> list[Any]:
    asked = select(AuditRow.at, AuditRow.person, AuditRow.object, AuditRow.payload)
    asked = asked.where(AuditRow.action == action, AuditRow.object.startswith(about))
    return desk.reading(lambda work: list(work.run(asked.order_by(AuditRow.sequence))))


def test_d08_and_d18_what_was_charged_is_voided_and_charged_anew_never_changed(desk: Desk) -> None:
    first = charged(desk, "o-1")

    def change(work: Work) -> None:
        work.session.scalars(select(Line).where(Line.invoice == first.invoice)).one().price_cents = 100

    with pytest.raises(Refusal, match="paper_is_final") as refused:
        desk.writing(change)
    assert sentence(refused.value) == "What was issued stays as it is. Void it and issue another."
    desk.confirm()
    desk.writing(partial(reversals.void, invoice=first.invoice, reason="wrong amount"))
    second = charged(desk, "o-2", replaces=first.number)
    assert (first.number, second.number) == ("R-2026-000001", "R-2026-000002")
    sheet = desk.reading(lambda work: sheet_of(work.get(Paper, second.number), ReceiptSheet))
    assert sheet.replaces == first.number
    assert desk.reading(lambda work: work.session.get(Paper, first.number)) is not None
    assert all(finding.ok for finding in checks.of_practice(desk.vault))


def test_d09_two_receipts_of_the_same_second_have_two_numbers_in_a_row(desk: Desk) -> None:
    beside = practices.sit_down(desk.vault.path, "s-desk")
    together = Barrier(2)
    numbers: list[str] = []

    def charge(at: Desk, operation: str) -> None:
        together.wait()
        numbers.append(charged(at, operation).number)

    counters = [Thread(target=charge, args=facts) for facts in ((desk, "o-1"), (beside, "o-2"))]
    for counter in counters:
        counter.start()
    for counter in counters:
        counter.join()
    beside.close()
    assert sorted(numbers) == ["R-2026-000001", "R-2026-000002"]


def test_d11_a_reprint_is_the_page_first_printed_and_only_counts_itself(desk: Desk) -> None:
    number = charged(desk, "o-1").number
    desk.writing(partial(papers.original, number=number))

    def kept(work: Work) -> tuple[str | None, int]:
        paper = work.get(Paper, number)
        return paper.pages_hash, paper.copies

    printed, _copies = desk.reading(kept)
    assert printed
    assert desk.writing(partial(papers.copy, number=number))[0].n == 1
    assert desk.reading(kept) == (printed, 1)


def test_d16_nothing_is_issued_to_a_client_without_a_name(desk: Desk) -> None:
    def lose_the_name(work: Work) -> None:
        client = work.get(Client, OWN)
        client.given_name = client.family_name = ""

    desk.writing(lose_the_name)
    with pytest.raises(Refusal, match="patient_name_missing"):
        charged(desk, "o-1")
    assert desk.reading(lambda work: work.session.scalars(select(Paper.number)).all()) == []


def test_d07_a_superbill_without_a_letter_says_that_no_clinician_gave_a_diagnosis(desk: Desk) -> None:
    number = charged(desk, "o-1").number
    pages = desk.writing(partial(papers.superbill_of, number=number))[0]
    assert "no diagnosis from clinician" in words_of(pages)


def test_d17_the_first_receipt_of_a_year_is_number_one(desk: Desk) -> None:
    charged(desk, "o-1")
    desk.clock = lambda: datetime(2027, 1, 2, 20, tzinfo=UTC)
    assert charged(desk, "o-2").number == "R-2027-000001"


@pytest.mark.parametrize("code", ["97001", "97002"])
def test_d19_a_deleted_procedure_code_comes_on_no_price_list(desk: Desk, code: str) -> None:
    desk.confirm()
    offer = partial(
        price_list.offer,
        name="Evaluation",
        technique=Technique.SWEDISH,
        purpose=Purpose.THERAPEUTIC,
        minutes=30,
        price=Money(9000),
        reason="New",
    )
    with pytest.raises(Refusal, match="deleted_procedure"):
        desk.writing(partial(offer, cpt=code))
    massage = TreatmentId("t-60")
    kept = desk.reading(partial(price_list.treatment, treatment=massage))
    change = partial(price_list.change_treatment, treatment=massage, version=kept.version, reason="New")
    with pytest.raises(Refusal, match="deleted_procedure"):
        desk.writing(partial(change, changes={"cpt": code}))
    assert desk.reading(partial(price_list.treatment, treatment=massage)).cpt == "97124"


def test_d24_an_answer_that_changes_leaves_the_old_version_and_who_changed_it_when(desk: Desk) -> None:
    record = partial(intake.record, client=OWN, kind=ScreeningKind.FULL)
    old, _ = desk.writing(partial(record, answers={"F01": "no"}, answered_at=datetime(2026, 11, 17, 9)))
    new, _ = desk.writing(partial(record, answers={"F01": "yes"}))
    rows = trail(desk, "created", "screenings/")
    written = {row.object: json.loads(row.payload) for row in rows}
    before, after = written[f"screenings/{old}"], written[f"screenings/{new}"]
    assert (before["answers"], after["answers"]) == ({"F01": "no"}, {"F01": "yes"})
    assert after["supersedes"] == old
    assert {(row.person, row.at) for row in rows[-2:]} == {("owner", "2026-11-18T22:10:00.000000Z")}
    assert desk.reading(lambda work: work.get(Screening, old).answers) == {"F01": "no"}


def test_d29_the_front_desk_opens_no_note_and_its_try_is_on_record(full_desk: Desk) -> None:
    front = practices.sit_down(full_desk.vault.path, "s-desk")
    try:
        with pytest.raises(Refusal, match="not_allowed"):
            front.reading(partial(notes.open_visit, appointment=AppointmentId("a-1")))
    finally:
        front.close()
    (denied,) = trail(full_desk, "denied", "permission")
    assert denied.person == "s-desk"
    assert json.loads(denied.payload) == {"permission": "note_read"}
