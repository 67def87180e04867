"""What a receipt says, and what it keeps to itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from clinic.documents import receipt, superbill
from clinic.documents.sheets import Client, Practitioner
from clinic.values import LineKind, Method, Money
from tests.documents.reading import bookmarks_of, fonts_of, opened, words_of
from tests.documents.sheets_made import (
    HANH,
    MAREN,
    PRACTICE,
    a_mark,
    a_payment,
    a_receipt,
    a_signature,
    a_tip,
    a_treatment,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.documents.sheets import ReceiptSheet


def test_every_field_of_d1_is_there() -> None:
    words = words_of(receipt.pdf(a_receipt()))
    for field in (
        "Fern & Harbor Massage Therapy",
        "218 Juniper Row, Suite 3, Alameda, CA 94501",
        "(510) 555-0142 · desk@fernharbor.example",
        "Tax ID 00-0417726",
        "R-2026-000912 Issued Nov 18, 2026, 5:12 pm Original",
        "Nguyễn Thị Hạnh",
        "Maren Okafor, CMT Certified Massage Therapist, California CMT certificate no. 00417, valid to Aug 31, 2027",
        "Office, at the address above",
        "Therapeutic massage, 60 minutes",
        "4:00 to 5:00 pm · code 97124, 4 units",
        "HSA card ending 4417 Therapeutic massage, Nov 18 $125.00",
        "Tip, listed separately $20.00",
        "Balance due $0.00",
        "Letter L-2026-014 of Dr. Miriam Adeyemi, MD, valid to Jan 8, 2027, visit 7 of 12",
        "Signed Jul 16, 2026, up to 60 minutes, at most 1 visit a week.",
        "Signed Nov 18, 2026, 5:11 pm",
        "Page 1 of 1",
        "Verification code 7K4M-Q2RD-91XE-A5TB",
    ):
        assert field in words


def test_the_service_date_and_the_paid_date_stand_apart() -> None:
    words = words_of(receipt.pdf(a_receipt(payments=(a_payment(paid_on=date(2027, 1, 4)),))))
    assert "Nov 18, 2026 Therapeutic massage" in words
    assert "Jan 4, 2027 HSA card" in words


def test_the_mark_speaks_for_its_amount_and_not_for_the_tip() -> None:
    assert "Applies to $125.00 not to the tip" in words_of(receipt.pdf(a_receipt()))
    without_tip = a_receipt(lines=(a_treatment(),), payments=(a_payment(),))
    assert "not to the tip" not in words_of(receipt.pdf(without_tip))


def test_c06_without_a_letter_the_paper_says_so_and_bears_no_mark() -> None:
    words = words_of(receipt.pdf(a_receipt(lines=(a_treatment(codes=("E-NOLMN",)),), marks=())))
    assert "no letter of medical necessity on file for this date" in words
    assert "Documented as medically necessary" not in words


def test_d13_without_a_certificate_nothing_is_claimed() -> None:
    words = words_of(receipt.pdf(a_receipt(practitioner=Practitioner("Maren Okafor", "LMT"), signature=None)))
    assert "Maren Okafor" in words
    for claim in ("ertified", "icensed", "LMT", "CMT", "certificate"):
        assert claim not in words


def test_a_title_that_california_does_not_give_is_never_printed() -> None:
    sheet = a_receipt(practitioner=replace(MAREN, title="LMT"), signature=None)
    words = words_of(receipt.pdf(sheet))
    assert "CAMTC certificate no. 00417" in words
    assert "LMT" not in words


def test_d15_the_diagnosis_is_hidden_unless_the_client_chose_to_show_it() -> None:
    hidden, shown = (words_of(receipt.pdf(a_receipt(show_diagnosis=show))) for show in (False, True))
    assert "Diagnosis on file, not shown." in hidden
    assert "Cervicalgia" not in hidden
    assert "M54.2" not in hidden
    assert "Diagnosis from the letter: M54.2 Cervicalgia." in shown
    assert "codes were supplied by the referring clinician" in shown


def test_what_the_insurer_paid_and_what_is_left_stand_in_the_sums() -> None:
    sheet = a_receipt(
        lines=(a_treatment(charge=Money(15000), discount=Money(1000)),),
        payments=(a_payment(9000, method=Method.INSURER), a_payment(2000)),
    )
    words = words_of(receipt.pdf(sheet))
    assert (
        "Treatment $140.00 Paid by the insurer \N{MINUS SIGN}$90.00 Paid by the client $20.00 Balance due $30.00"
        in words
    )


def test_a_sum_per_kind_and_the_tax_by_itself() -> None:
    oil = a_treatment(kind=LineKind.PRODUCT, text="Massage oil", charge=Money(2400), tax=Money(252))
    words = words_of(receipt.pdf(a_receipt(lines=(a_treatment(), oil, a_tip()))))
    assert "Treatment $125.00 Products $24.00 Tip, listed separately $20.00 Sales tax $2.52" in words
    assert "Balance due $26.52" in words


def test_who_pays_is_named_where_it_is_another() -> None:
    assert "Paid by Lê Văn An" in words_of(receipt.pdf(a_receipt(client=replace(HANH, payer="Lê Văn An"))))


def test_a_later_payment_names_the_first_receipt_and_a_new_one_the_void() -> None:
    words = words_of(receipt.pdf(a_receipt(first_receipt="R-2026-000900", replaces="R-2026-000911")))
    assert "Later payment on R-2026-000900" in words
    assert "Replaces R-2026-000911, void" in words


def test_two_letters_are_two_marks() -> None:
    words = words_of(receipt.pdf(a_receipt(marks=(a_mark(), a_mark(letter="L-2026-003", visit=None)))))
    assert words.count("Applies to") == 2
    assert "Letter L-2026-003 of Dr. Miriam Adeyemi, MD, valid to Jan 8, 2027 Signed" in words


def test_no_promise_is_made() -> None:
    words = words_of(receipt.pdf(a_receipt())).lower()
    assert "not a promise of payment" in words
    for promise in ("deductible", "covered by insurance", "licensed", "cure", "eligible"):
        assert promise not in words


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_an_ordinary_receipt_is_one_page(paper: str) -> None:
    assert len(opened(receipt.pdf(a_receipt(format=paper))).pages) == 1


A_DOZEN = (
    *(a_treatment(service_date=date(2026, month, 18)) for month in range(1, 11)),
    a_treatment(
        kind=LineKind.PRODUCT, text="Massage oil", tax=Money(252), begins=None, hands_on=None, cpt=""
    ),
    a_treatment(kind=LineKind.FEE, text="Late cancellation", begins=None, hands_on=None, cpt=""),
)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_dozen_lines_are_one_page_that_still_says_everything(paper: str) -> None:
    paid = (*(a_payment(toward=f"Massage, month {month}") for month in range(1, 11)), a_payment(2000))
    pdf = receipt.pdf(a_receipt(lines=(*A_DOZEN, a_tip()), payments=paid, format=paper))
    words = words_of(pdf)
    assert len(opened(pdf).pages) == 1
    assert words.count("4:00 to 5:00 pm · code 97124, 4 units 55 min $125.00") == 10
    assert "HSA card ending 4417 Massage, month 1 $125.00; Massage, month 2 $125.00; " in words
    assert "Therapeutic massage, Nov 18 $20.00 $1,270.00" in words
    assert "Documented as medically necessary" in words


LONG_NAME = (
    "Alexandrina Wilhelmina Theodora von Hohenstaufen-Rosenkranz-Featherstonehaugh de la Santísima Trinidad"
)


@pytest.mark.parametrize("made", [receipt.pdf, superbill.pdf])
def test_names_of_whole_lineages_are_drawn_closer_and_stay_on_one_page(
    made: Callable[[ReceiptSheet], bytes],
) -> None:
    client = replace(HANH, name=LONG_NAME, payer=LONG_NAME)
    pages = made(a_receipt(client=client, practitioner=replace(MAREN, name=LONG_NAME)))
    assert len(opened(pages).pages) == 1
    assert "Featherston ehaugh" not in words_of(pages)  # it is broken behind a hyphen of its own


def test_a_practice_with_a_long_name_does_not_write_over_the_facts_beside_it() -> None:
    name = "The Very Long Named Integrative Therapeutic Massage & Bodywork Collective of Alameda County"
    document = pypdfium2.PdfDocument(receipt.pdf(a_receipt(practice=replace(PRACTICE, name=name))))
    text = document[0].get_textpage()
    boxes = [text.get_rect(at) for at in range(text.count_rects())]
    spots = [(text.get_text_bounded(*box), box) for box in boxes]
    (issued,) = (box for words, box in spots if words.startswith("Issued"))
    beside = [
        box for words, box in spots if "Bodywork" in words or "Collective" in words or "County" in words
    ]
    assert beside
    assert all(box[2] < issued[0] for box in beside)
    document.close()


def test_many_lines_turn_the_page_and_say_the_heads_again() -> None:
    pdf = receipt.pdf(a_receipt(lines=tuple(a_treatment() for _ in range(60))))
    pages = len(opened(pdf).pages)
    words = words_of(pdf)
    assert pages > 1
    assert words.count("Therapeutic massage, 60 minutes") == 60
    assert f"Page {pages} of {pages}" in words
    assert words.count("Hands-on") == pages


def test_the_file_says_what_it_is() -> None:
    reader = opened(receipt.pdf(a_receipt()))
    facts = reader.metadata
    assert facts is not None
    assert (facts.title, facts.author) == ("Receipt R-2026-000912", "Fern & Harbor Massage Therapy")
    assert str(reader.root_object["/Lang"]) == "en-US"
    assert bookmarks_of(receipt.pdf(a_receipt())) == ["Receipt R-2026-000912"]


def test_the_same_sheet_gives_the_same_bytes() -> None:
    first = receipt.pdf(a_receipt())
    receipt.pdf(a_receipt(client=Client("山田 太郎")))
    assert receipt.pdf(a_receipt()) == first


def test_only_shipped_type_is_in_the_file() -> None:
    assert fonts_of(receipt.pdf(a_receipt())) == {"Inter-Regular", "Inter-SemiBold"}


def test_a_typed_signature_is_written_out() -> None:
    typed = replace(a_signature(), strokes=())
    assert words_of(receipt.pdf(a_receipt(signature=typed))).count("Maren Okafor, CMT") == 3


def test_too_much_paid_is_credit() -> None:
    words = words_of(receipt.pdf(a_receipt(lines=(a_treatment(),), payments=(a_payment(13000),))))
    assert "Paid $130.00 Credit $5.00" in words


def test_a_letter_by_the_month_without_number_of_visits() -> None:
    words = words_of(
        receipt.pdf(a_receipt(marks=(a_mark(visits=None, frequency=(4, "month"), diagnoses=()),)))
    )
    assert "visit 7 Signed Jul 16, 2026, up to 60 minutes, at most 4 visits a month. Applies" in words


def test_an_unpaid_receipt_does_not_say_who_paid() -> None:
    words = words_of(receipt.pdf(a_receipt(lines=(a_treatment(),), payments=(), marks=(), next_visit=None)))
    assert "Paid by" not in words
    assert "Balance due $125.00" in words


def test_a_visit_across_noon_says_both_halves_of_the_day() -> None:
    line = a_treatment(begins=time(11, 30), ends=time(12, 30), cpt="")
    assert "11:30 am to 12:30 pm" in words_of(receipt.pdf(a_receipt(lines=(line,))))


def test_only_a_tip_is_a_receipt_too() -> None:
    sheet = a_receipt(lines=(a_tip(),), payments=(a_payment(2000, method=None, toward="Tip"),), marks=())
    assert "Tip, listed separately $20.00 Paid $20.00" in words_of(receipt.pdf(sheet))
