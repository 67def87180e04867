"""A year on paper: three sections, six figures, the letters in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from clinic import wording
from clinic.documents import statement
from clinic.values import NOTHING, Basis, Money
from tests.documents.reading import bookmarks_of, opened, words_of
from tests.documents.sheets_made import MAREN, a_letter, a_row, a_statement


def test_the_six_figures_of_the_index_are_printed_to_the_cent() -> None:
    sheet = a_statement()
    words = words_of(statement.pdf(sheet))
    for label, amount in (
        ("Paid by the client", sheet.figures.client_paid),
        ("Marked, paid with own money", sheet.figures.marked_personal),
        ("Marked, paid with HSA, FSA or HRA", sheet.figures.marked_hsa_fsa),
        ("Not marked", sheet.figures.not_marked),
        ("Prepaid, not yet used", sheet.figures.prepaid_open),
        ("Refunds of earlier years' payments", sheet.figures.refunds_prior_year),
    ):
        assert f"{label} {wording.money(amount)}" in words


def test_section_a_lists_each_letter_and_its_visits() -> None:
    words = words_of(statement.pdf(a_statement()))
    assert "Letter L-2026-014 of Dr. Miriam Adeyemi, MD, signed Jul 16, 2026, valid to Jan 8, 2027" in words
    assert "Nov 18 Nov 18 Therapeutic massage, 60 min 60 7 of 12 R-2026-000507 HSA card 125.00" in words
    assert "Total A, 13 visits 1,000.00 625.00" in words


def test_sections_b_and_c_say_why() -> None:
    words = words_of(statement.pdf(a_statement()))
    assert "Relaxation massage, 60 min R-2026-000262 booked for relaxation 110.00" in words
    assert "all visits of the letter were used" in words
    assert "Total B, 3 visits 375.00" in words
    assert "8 visits Tips on 8 receipts a tip is not a treatment 160.00" in words


def test_what_concerns_the_insurer_alone_is_no_reason_why_a_line_is_not_under_a_letter() -> None:
    relaxing = a_row(text="Relaxation massage", codes=("E-AUTH", "E-MEDICARE", "E-PROVIDER", "E-PURPOSE"))
    words = words_of(statement.pdf(replace(a_statement(), other_massage=(relaxing,))))
    assert "R-2026-000401 booked for relaxation 125.00" in words


def test_what_was_paid_in_another_year_stands_in_brackets_and_is_not_added() -> None:
    words = words_of(statement.pdf(a_statement()))
    assert (
        "Dec 30 Jan 4, 2027 Therapeutic massage, 60 min R-2026-000401 paid in 2027, see that year (125.00)"
        in words
    )
    assert "Total C, without amounts in brackets 224.00" in words


def test_the_basis_stands_in_the_header() -> None:
    assert "Amounts paid in 2026 by date of payment" in words_of(statement.pdf(a_statement()))
    assert "Visits given in 2026 by date of service" in words_of(
        statement.pdf(a_statement(basis=Basis.SERVICE))
    )


def test_an_ordinary_year_is_one_page_and_one_for_the_letters() -> None:
    pdf = statement.pdf(a_statement())
    assert len(opened(pdf).pages) == 2
    assert "All notices and the letters in full are on page 2." in words_of(pdf)


def test_the_letters_are_told_in_full_without_the_diagnosis() -> None:
    words = words_of(statement.pdf(a_statement()))
    assert "Visits 9 of 12 used Diagnosis on file, not shown" in words
    assert "Cervicalgia" not in words
    assert "M54.2 Cervicalgia" in words_of(statement.pdf(a_statement(show_diagnosis=True)))


def test_a_long_year_runs_over_several_pages_and_no_total_stands_alone() -> None:
    rows = tuple(
        a_row(
            letter="L-2026-003",
            visit=k,
            visits=99,
            service_date=date(2026, 1 + k // 9, 1 + k % 28),
            receipt=f"R-{k}",
        )
        for k in range(1, 96)
    )
    pdf = statement.pdf(a_statement(letters=(a_letter(visits=99),), under_letter=rows))
    words = words_of(pdf)
    assert len(opened(pdf).pages) >= 4
    assert all(f" {k} of 99 R-{k} " in words for k in range(1, 96))
    assert "R-95 Card 125.00 Total A, 95 visits" in words


def test_an_empty_year_says_so() -> None:
    sheet = a_statement(letters=(), under_letter=(), other_massage=(), not_included=())
    words = words_of(statement.pdf(sheet))
    assert "No visit of this year was documented under a letter." in words
    assert "Nothing was left out." in words


def test_no_tax_or_deduction_is_ever_computed() -> None:
    words = words_of(statement.pdf(a_statement())).lower()
    for promise in ("deductible", "agi", "7.5"):
        assert promise not in words


def test_all_therapists_are_named() -> None:
    other = replace(MAREN, name="Ada Lindqvist", certificate_number="00981")
    words = words_of(statement.pdf(a_statement(practitioners=(MAREN, other))))
    assert "Therapists Maren Okafor, CMT" in words
    assert "Ada Lindqvist, CMT CMT certificate no. 00981" in words


def test_a_part_beyond_the_letter_is_a_row_of_b() -> None:
    part = a_row(own=Money(4000), account=NOTHING, codes=("E-MINUTES",))
    assert "minutes beyond the letter 40.00" in words_of(statement.pdf(a_statement(other_massage=(part,))))


def test_the_bookmarks_lead_to_the_sections() -> None:
    assert bookmarks_of(statement.pdf(a_statement())) == ["Annual statement 2026 S-2026-000041"]


def test_a_statement_names_the_one_it_replaces() -> None:
    words = words_of(statement.pdf(a_statement(supersedes="S-2026-000012", practitioners=())))
    assert "Replaces S-2026-000012" in words
    assert "Questions and complaints: this practice. " in words


def test_a_letter_is_told_as_far_as_it_goes() -> None:
    bare = a_letter(treatment="", minutes=None, frequency=None, visits=None, used=3, diagnoses=())
    words = words_of(statement.pdf(a_statement(letters=(bare,))))
    assert "Valid Apr 27, 2026 to Jul 11, 2026 Visits 3 used Notices" in words
    assert "Letter L-2026-014 Jul 22" in words
