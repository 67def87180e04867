"""Superbill, credit note, bundle, and what is stamped on a paper later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PasswordType, PdfReader

from clinic.documents import bundle, credit_note, receipt, stamps, superbill
from tests.documents.reading import bookmarks_of, opened, words_of
from tests.documents.sheets_made import HANH, a_credit_note, a_mark, a_receipt, a_treatment


def test_a_superbill_has_what_an_insurer_asks_for() -> None:
    pdf = superbill.pdf(a_receipt())
    words = words_of(pdf)
    assert len(opened(pdf).pages) == 1
    for field in (
        "SUPERBILL",
        "Born Mar 9, 1984",
        "14 Alder Court",
        "Bayline Health PPO Member BH-2210-77 Relationship to the insured: self",
        "NPI 1234567893, taxonomy 225700000X",
        "Practice NPI 1234567893",
        "Place of service 11",
        "A Cervicalgia M54.2 Dr. Miriam Adeyemi, MD, L-2026-014, NPI 1234567893",
        "97124 A 4 $0.00 $125.00",
        "4:00 to 5:00 pm, 55 minutes hands-on",
    ):
        assert field in words


def test_d07_without_a_clinician_there_is_no_diagnosis() -> None:
    assert "no diagnosis from clinician" in words_of(superbill.pdf(a_receipt(marks=())))


def test_a_modifier_stands_with_its_code() -> None:
    words = words_of(superbill.pdf(a_receipt(lines=(a_treatment(cpt="97140", modifier="59"),))))
    assert "97140-59" in words


def test_one_diagnosis_of_two_letters_is_listed_once() -> None:
    sheet = a_receipt(marks=(a_mark(), a_mark(letter="L-2026-020")))
    assert words_of(superbill.pdf(sheet)).count("M54.2") == 1


def test_a_credit_note_names_its_receipt_and_lowers_the_mark() -> None:
    words = words_of(credit_note.pdf(a_credit_note()))
    assert "On receipt R-2026-000912 Issued Nov 18, 2026" in words
    assert "Refunded $40.00 Marked amount is less by $40.00" in words
    assert "Visit ended early" in words
    assert "Prior-year adjustment" not in words


def test_a_refund_of_an_earlier_year_says_so() -> None:
    assert "Prior-year adjustment" in words_of(credit_note.pdf(a_credit_note(prior_year=True)))


def test_d11_a_copy_is_the_same_pages_with_its_number() -> None:
    original = receipt.pdf(a_receipt())
    copy = stamps.stamp_copy(original, 3)
    assert "COPY 3" in words_of(copy)
    assert words_of(copy).replace("COPY 3", "").split() == words_of(original).split()
    assert copy == stamps.stamp_copy(original, 3)
    assert bookmarks_of(copy) == bookmarks_of(original)


def test_a_void_receipt_says_when_why_and_what_came_instead() -> None:
    void = stamps.mark_void(receipt.pdf(a_receipt()), date(2026, 11, 20), "Wrong amount", "R-2026-000913")
    words = words_of(void)
    assert words.count("VOID") == 2
    assert "Nov 20, 2026 · Wrong amount · replaced by R-2026-000913" in words
    assert "$145.00" in words


def test_a_password_is_the_only_way_in() -> None:
    locked = stamps.with_password(receipt.pdf(a_receipt()), "three small birds")
    reader = PdfReader(BytesIO(locked))
    assert reader.is_encrypted
    assert reader.decrypt("wrong") is PasswordType.NOT_DECRYPTED
    assert reader.decrypt("three small birds") is not PasswordType.NOT_DECRYPTED
    assert b"/AESV3" in locked
    assert "R-2026-000912" in reader.pages[0].extract_text()


def test_a_bundle_has_each_receipt_with_its_bookmark_and_its_own_pages() -> None:
    sheets = [a_receipt(number=f"R-2026-{n:06}") for n in range(1, 6)]
    pdf = bundle.bundle_of_receipts(sheets)
    assert bookmarks_of(pdf) == [f"Receipt {sheet.number}" for sheet in sheets]
    assert words_of(pdf).count("Page 1 of 1") == 5
    facts = opened(pdf).metadata
    assert facts is not None
    assert facts.title == "Receipts of Nguyễn Thị Hạnh"


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_each_paper_comes_in_both_sizes(paper: str) -> None:
    size = {"letter": (612, 792), "a4": (595, 842)}[paper]
    for pdf in (superbill.pdf(a_receipt(format=paper)), credit_note.pdf(a_credit_note(format=paper))):
        box = opened(pdf).pages[0].mediabox
        assert (round(box.width), round(box.height)) == size


def test_who_pays_is_on_the_superbill() -> None:
    assert "Paid by Lê Văn An" in words_of(superbill.pdf(a_receipt(client=replace(HANH, payer="Lê Văn An"))))
