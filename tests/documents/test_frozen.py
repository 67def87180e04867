"""A sheet is kept as one text, and its fingerprint tells every change."""

from __future__ import annotations

from dataclasses import replace

from clinic.documents.frozen import from_json, in_fours, sheet_hash, to_json
from clinic.documents.sheets import CreditNoteSheet, ReceiptSheet, StatementSheet
from tests.documents.sheets_made import a_credit_note, a_receipt, a_statement


def test_each_sheet_comes_back_as_it_was() -> None:
    assert from_json(ReceiptSheet, to_json(a_receipt())) == a_receipt()
    assert from_json(StatementSheet, to_json(a_statement())) == a_statement()
    assert from_json(CreditNoteSheet, to_json(a_credit_note())) == a_credit_note()


def test_the_text_is_canonical() -> None:
    text = to_json(a_receipt())
    assert to_json(from_json(ReceiptSheet, text)) == text
    assert '"amount":12500' in text
    assert "Nguyễn" in text


def test_every_change_changes_the_hash_but_the_code_made_from_it() -> None:
    sheet = a_receipt()
    assert sheet_hash(replace(sheet, number="R-2026-000913")) != sheet_hash(sheet)
    assert sheet_hash(replace(sheet, lines=())) != sheet_hash(sheet)
    assert sheet_hash(replace(sheet, verification="")) == sheet_hash(sheet)


def test_a_code_is_written_in_fours_however_it_came() -> None:
    assert in_fours("abcdefgh12") == "ABCD-EFGH-12"
    assert in_fours("ABCD-EFGH-12") == "ABCD-EFGH-12"
