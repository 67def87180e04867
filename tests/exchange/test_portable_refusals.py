"""Every reason of the contract to refuse a portable file, with the place it names."""

from __future__ import annotations

from typing import Any

import pytest

from clinic.exchange import portable
from clinic.values import Refusal
from tests.exchange.made import REMOVED, Document, a_file, a_practice, refused, taken_in

A_VISIT = {
    "id": "a4",
    "client": "c2",
    "staff": "desk",
    "treatment": "th60",
    "at": "2026-02-02T14:00",
    "minutes": 60,
    "state": "confirmed",
}
A_REFUND = {"id": "r2", "payment": "p4", "refunded_on": "2026-02-06", "amount_cents": 5000}
OF_ANNS_VISIT = {
    "id": "x6",
    "kind": "treatment",
    "appointment": "a1",
    "text": "Massage",
    "price_cents": 980,
}


def again(cents: int, method: str = "card") -> Document:
    """Pay once more on a line of $100 on which $60 stand."""
    parts = [{"line": "x1", "amount_cents": cents}]
    when = {"paid_on": "2026-02-06", "amount_cents": cents}
    return {"id": "p4", "client": "c1", "method": method, "allocations": parts} | when


FACTS: dict[str, list[tuple[dict[str, Any], str, str | None]]] = {
    "the file as such": [
        ({"/format": "clinic"}, "unknown_format", "/format"),
        ({"/format": REMOVED}, "unknown_format", "/format"),
        ({"/version": 2}, "newer_version", "/version"),
        ({"/version": "1"}, "not_in_list", "/version"),
        ({"/version": True}, "not_in_list", "/version"),
        ({"/version": REMOVED}, "missing_key", ""),
    ],
    "keys and types": [
        ({"/pets": []}, "unknown_key", "/pets"),
        ({"/clients/0/shoe size": 40}, "unknown_key", "/clients/0/shoe size"),
        ({"/clients/0/a~1": 40}, "unknown_key", "/clients/0/a~01"),
        ({"/invoices/0/lines/1/colour": "red"}, "unknown_key", "/invoices/0/lines/1/colour"),
        ({"/screenings/0/answers/Z99": "yes"}, "unknown_key", "/screenings/0/answers/Z99"),
        ({"/screenings/1/answers/C01": {"feverish": "no"}}, "unknown_key", "/screenings/1/answers/C01"),
        ({"/letters/0/rules": ["CVD-10"]}, "unknown_key", "/letters/0/rules"),
        ({"/letters/1/rules": REMOVED}, "missing_key", "/letters/1"),
        ({"/clients/1/given_name": REMOVED}, "missing_key", "/clients/1"),
        ({"/clients/1/given_name": None}, "wrong_type", "/clients/1/given_name"),
        ({"/clients/1/given_name": ""}, "text_missing", "/clients/1/given_name"),
        ({"/clients/1/family_name": "x" * 10_000}, "text_too_long", "/clients/1/family_name"),
        ({"/clients/1/id": 7}, "wrong_type", "/clients/1/id"),
        ({"/clients/1/id": ""}, "text_missing", "/clients/1/id"),
        ({"/clients": {}}, "wrong_type", "/clients"),
        ({"/letters/0/signed": "yes"}, "wrong_type", "/letters/0/signed"),
        ({"/letters/0/frequency/per": "fortnight"}, "not_in_list", "/letters/0/frequency/per"),
        ({"/appointments/0/state": "unknown"}, "not_in_list", "/appointments/0/state"),
        ({"/appointments/0/minutes": 0}, "out_of_range", "/appointments/0/minutes"),
        ({"/appointments/0/minutes": 45.0}, "fractional_number", "/appointments/0/minutes"),
        ({"/appointments/0/minutes": 10**40}, "out_of_range", "/appointments/0/minutes"),
        ({"/screenings/0/answers/C01": {"feverish": "perhaps"}}, "not_in_list", None),
        ({"/invoices/2/lines": []}, "list_too_short", "/invoices/2/lines"),
        ({"/treatments/0/cpt": "massage"}, "malformed", "/treatments/0/cpt"),
    ],
    "ids and references": [
        ({"/clients/1/id": "c1"}, "doubled_id", "/clients/1/id"),
        ({"/invoices/2/lines/0/id": "x1"}, "doubled_id", "/invoices/2/lines/0/id"),
        ({"/invoices/1/number": "R-2026-000001"}, "doubled_number", "/invoices/1/number"),
        ({"/payments/1/number": "R-2026-000001"}, "doubled_number", "/payments/1/number"),
        (
            {"/gifts/-": {"id": "g2", "line": "x4", "code": "GIFT-1", "amount_cents": 100}},
            "doubled_number",
            "/gifts/1/code",
        ),
        ({"/clients/0/assigned_to": "x"}, "dangling_reference", "/clients/0/assigned_to"),
        ({"/clients/0/relations/0/staff": "x"}, "dangling_reference", "/clients/0/relations/0/staff"),
        ({"/screenings/0/client": "x"}, "dangling_reference", "/screenings/0/client"),
        ({"/letters/0/client": "x"}, "dangling_reference", "/letters/0/client"),
        ({"/appointments/0/client": "x"}, "dangling_reference", "/appointments/0/client"),
        ({"/appointments/0/staff": "x"}, "dangling_reference", "/appointments/0/staff"),
        ({"/appointments/0/room": "x"}, "dangling_reference", "/appointments/0/room"),
        ({"/appointments/0/treatment": "x"}, "dangling_reference", "/appointments/0/treatment"),
        ({"/appointments/0/letter": "x"}, "dangling_reference", "/appointments/0/letter"),
        ({"/notes/0/appointment": "x"}, "dangling_reference", "/notes/0/appointment"),
        ({"/notes/0/written_by": "x"}, "dangling_reference", "/notes/0/written_by"),
        ({"/notes/0/addenda/0/by": "x"}, "dangling_reference", "/notes/0/addenda/0/by"),
        ({"/invoices/0/client": "x"}, "dangling_reference", "/invoices/0/client"),
        (
            {"/invoices/0/lines/0/appointment": "x"},
            "dangling_reference",
            "/invoices/0/lines/0/appointment",
        ),
        ({"/invoices/1/lines/2/bundle": "x"}, "dangling_reference", "/invoices/1/lines/2/bundle"),
        ({"/bundles/0/client": "x"}, "dangling_reference", "/bundles/0/client"),
        ({"/bundles/0/line": "x"}, "dangling_reference", "/bundles/0/line"),
        ({"/bundles/0/treatment": "x"}, "dangling_reference", "/bundles/0/treatment"),
        ({"/gifts/0/line": "x"}, "dangling_reference", "/gifts/0/line"),
        ({"/payments/0/client": "x"}, "dangling_reference", "/payments/0/client"),
        ({"/payments/2/gift": "x"}, "dangling_reference", "/payments/2/gift"),
        ({"/payments/0/allocations/1/line": "x"}, "dangling_reference", "/payments/0/allocations/1/line"),
        ({"/refunds/0/payment": "x"}, "dangling_reference", "/refunds/0/payment"),
        ({"/refunds/0/allocations/0/line": "x"}, "dangling_reference", "/refunds/0/allocations/0/line"),
    ],
    "days and times": [
        ({"/clients/0/born": "1985-02-29"}, "impossible_date", "/clients/0/born"),
        ({"/clients/0/born": "0001-01-01"}, "impossible_date", "/clients/0/born"),
        ({"/clients/0/born": "29.2.1984"}, "impossible_date", "/clients/0/born"),
        (
            {"/letters/0/signed_on": "2026-05-02", "/letters/0/ends_on": "2026-05-01"},
            "letter_ends_first",
            "/letters/0/ends_on",
        ),
        ({"/appointments/0/at": "2026-02-30T10:00"}, "impossible_date", "/appointments/0/at"),
        ({"/appointments/0/at": "2026-02-02T24:00"}, "impossible_date", "/appointments/0/at"),
        ({"/appointments/0/at": "2026-02-02T10:00Z"}, "impossible_date", "/appointments/0/at"),
        ({"/appointments/2/at": "2026-03-08T02:30"}, "skipped_time", "/appointments/2/at"),
        ({"/screenings/0/answered_at": "2026-03-08T02:30"}, "skipped_time", "/screenings/0/answered_at"),
        (
            {"/screenings/0/answers/C01/antipyretic_at": "2026-03-08T02:00"},
            "skipped_time",
            "/screenings/0/answers/C01/antipyretic_at",
        ),
        (
            {"/screenings/0/answers/K01/0/last": "2026-02-31"},
            "impossible_date",
            "/screenings/0/answers/K01/0/last",
        ),
        ({"/notes/0/signed_at": "2026-02-02T20:00"}, "impossible_date", "/notes/0/signed_at"),
        ({"/notes/0/addenda/0/at": "2026-02-31T20:00Z"}, "impossible_date", "/notes/0/addenda/0/at"),
        ({"/exported_at": "2026-13-01T00:00:00Z"}, "impossible_date", "/exported_at"),
        ({"/practice/time_zone": "Middle/Earth"}, "unknown_time_zone", "/practice/time_zone"),
        ({"/practice/time_zone": "../etc/passwd"}, "unknown_time_zone", "/practice/time_zone"),
        ({"/practice/time_zone": "America"}, "unknown_time_zone", "/practice/time_zone"),
        ({"/practice": REMOVED}, "missing_key", "/practice"),
        ({"/practice/hours/mon/1/1": "12:59"}, "impossible_hours", "/practice/hours/mon/1"),
        ({"/practice/hours/mon/1/0": "11:59"}, "impossible_hours", "/practice/hours/mon/1"),
        ({"/staff/0/hours/tue/0/0": "25:00"}, "malformed", "/staff/0/hours/tue/0/0"),
        ({"/staff/0/hours/tue/0/0": "16:00"}, "impossible_hours", "/staff/0/hours/tue/0"),
    ],
    "overlaps": [
        ({"/appointments/1/at": "2026-02-02T10:30"}, "overlap", "/appointments/1"),
        # 60 minutes, 10 to tidy up and 5 to prepare: 11:14 is a minute too early
        ({"/appointments/1/at": "2026-02-02T11:14"}, "overlap", "/appointments/1"),
        ({"/appointments/1/at": "2026-02-02T08:46"}, "overlap", "/appointments/1"),
        ({"/appointments/-": A_VISIT | {"staff": "owner", "at": "2026-02-02T10:00"}}, "overlap", None),
        ({"/appointments/-": A_VISIT | {"room": "blue", "at": "2026-02-02T10:00"}}, "overlap", None),
    ],
    "money": [
        ({"/treatments/0/price_cents": -1}, "negative_amount", "/treatments/0/price_cents"),
        ({"/treatments/0/price_cents": 99.5}, "fractional_number", "/treatments/0/price_cents"),
        ({"/treatments/0/price_cents": 120.0}, "fractional_number", "/treatments/0/price_cents"),
        ({"/treatments/0/price_cents": "120"}, "wrong_type", "/treatments/0/price_cents"),
        ({"/payments/0/amount_cents": 0}, "negative_amount", "/payments/0/amount_cents"),
        (
            {"/invoices/0/lines/0/discount_cents": 12001},
            "discount_beyond_price",
            "/invoices/0/lines/0/discount_cents",
        ),
        (
            {"/payments/0/amount_cents": 11999},
            "allocated_beyond_amount",
            "/payments/0/allocations/1/amount_cents",
        ),
        ({"/payments/0/allocations/1/line": "x6"}, "other_client", "/payments/0/allocations/1/line"),
        ({"/payments/0/allocations/1/line": "x5"}, "bundle_use_is_paid", "/payments/0/allocations/1/line"),
        ({"/refunds/0/amount_cents": 12001}, "refund_beyond_payment", "/refunds/0/amount_cents"),
        (
            {"/refunds/0/amount_cents": 3999},
            "allocated_beyond_amount",
            "/refunds/0/allocations/0/amount_cents",
        ),
        (
            {"/refunds/0/amount_cents": 10001, "/refunds/0/allocations/0/amount_cents": 10001},
            "refund_beyond_line",
            "/refunds/0/allocations/0/amount_cents",
        ),
        (
            {
                "/refunds/-": {
                    "id": "r2",
                    "payment": "p1",
                    "refunded_on": "2026-03-02",
                    "amount_cents": 8001,
                }
            },
            "refund_beyond_payment",
            "/refunds/1/amount_cents",
        ),
        ({"/refunds/0/refunded_on": "2026-02-01"}, "refund_before_payment", "/refunds/0/refunded_on"),
        (
            {"/invoices/2/lines/0": OF_ANNS_VISIT},
            "other_client",
            "/invoices/2/lines/0/appointment",
        ),
        (
            {"/payments/0/allocations": [{"line": "x2", "amount_cents": 2001}], "/refunds": []},
            "allocated_beyond_line",
            "/payments/0/allocations/0/amount_cents",
        ),
        ({"/payments/-": again(4001)}, "allocated_beyond_line", "/payments/3/allocations/0/amount_cents"),
        (
            {"/payments/-": again(10_001, "insurer")},
            "allocated_beyond_line",
            "/payments/3/allocations/0/amount_cents",
        ),
        ({"/bundles/0/line": "x4"}, "not_a_bundle_sale", "/bundles/0/line"),
        (
            {
                "/bundles/-": {
                    "id": "b2",
                    "client": "c1",
                    "line": "x3",
                    "treatment": "th60",
                    "visits": 1,
                    "price_cents": 42500,
                }
            },
            "bundle_sold_twice",
            "/bundles/1/line",
        ),
        ({"/bundles/0/client": "c2"}, "other_client", "/bundles/0/line"),
        ({"/invoices/1/lines/2/bundle": REMOVED}, "missing_key", "/invoices/1/lines/2"),
        (
            {"/invoices/2/lines/0/kind": "bundle_use", "/invoices/2/lines/0/bundle": "b1"},
            "other_client",
            "/invoices/2/lines/0/bundle",
        ),
        ({"/invoices/3/void": REMOVED}, "bundle_used_up", "/invoices/3/lines/0/bundle"),
        ({"/gifts/0/line": "x2"}, "not_a_gift_sale", "/gifts/0/line"),
        ({"/gifts/0/paid_out": [{"on": "2026-11-18", "cents": 5001}]}, "gift_spent", None),
        ({"/payments/2/method": "cash"}, "not_a_gift_payment", "/payments/2/gift"),
        ({"/payments/2/amount_cents": 5001}, "gift_spent", "/payments/2/amount_cents"),
    ],
    "letters": [
        ({"/practice/npi": "1234567890"}, "wrong_npi", "/practice/npi"),
        ({"/staff/0/npi": "123456789"}, "wrong_npi", "/staff/0/npi"),
        ({"/letters/0/signer/npi": "1234567894"}, "wrong_npi", "/letters/0/signer/npi"),
        ({"/treatments/0/cpt": "97001"}, "deleted_procedure", "/treatments/0/cpt"),
        (
            {"/letters/0/diagnoses/1/icd10": "M54.5"},
            "diagnosis_not_billable",
            "/letters/0/diagnoses/1/icd10",
        ),
        (
            {"/letters/0/signed_on": "2021-09-30"},
            "diagnosis_not_billable",
            "/letters/0/diagnoses/0/icd10",
        ),
        ({"/letters/0/diagnoses/1/icd10": "M54"}, "diagnosis_not_billable", "/letters/0/diagnoses/1/icd10"),
        (
            {"/letters/0/diagnoses/1/icd10": "W00.ZZZ"},
            "unknown_diagnosis_code",
            "/letters/0/diagnoses/1/icd10",
        ),
        (
            {"/letters/0/diagnoses/1/icd10": "M54.41"},
            "excluded_diagnoses",
            "/letters/0/diagnoses/1/icd10",
        ),
        (
            {"/letters/0/diagnoses/1/icd10": "S39.012A"},
            "excluded_diagnoses",
            "/letters/0/diagnoses/1/icd10",
        ),
    ],
}


def test_the_practice_all_others_are_made_from_is_taken_in() -> None:
    taken_in(a_practice())


@pytest.mark.parametrize(("change", "code", "at"), [fact for facts in FACTS.values() for fact in facts])
def test_a_faulty_file_is_refused_and_the_place_is_named(
    change: dict[str, Any], code: str, at: str | None
) -> None:
    found, where = refused(a_file(a_practice(change)))
    assert found == code
    assert where == at or (at is None and where is not None)


@pytest.mark.parametrize(
    "change",
    [
        {"/appointments/1/at": "2026-02-02T11:15"},
        {"/appointments/1/state": "cancelled", "/appointments/1/at": "2026-02-02T10:00"},
        {"/appointments/1/state": "no_show", "/appointments/1/at": "2026-02-02T10:00"},
        {"/appointments/-": A_VISIT | {"room": "green", "at": "2026-02-02T10:00"}},
        {"/appointments/0/at": "2026-11-01T01:30"},
        {"/appointments/0/at": "2026-02-02T03:00"},
        {"/letters/0/signed_on": REMOVED},
        {"/letters/0/diagnoses/0/icd10": "M54.5", "/letters/0/signed_on": "2021-09-30"},
        {"/letters/0/client": "c2"},
        {"/refunds/0/amount_cents": 12000},
        {"/payments/-": again(4000)},
        {"/payments/-": again(10_000, "insurer")},
        {"/payments/-": again(5000), "/refunds/-": A_REFUND},
        {"/payments/-": again(5000), "/invoices/0/void": {"on": "2026-02-02", "reason": "typed twice"}},
        {"/refunds/0/allocations": REMOVED},
        {"/payments/2/gift": REMOVED},
        {"/payments/0/allocations": [], "/refunds/0/allocations": []},
        {"/payments/1/amount_cents": 99_999_999},
        {"/exported_at": REMOVED},
        {"/practice/id": "practice"},
    ],
)
def test_what_no_rule_forbids_is_taken_in(change: dict[str, Any]) -> None:
    taken_in(a_practice(change))


def test_of_two_equal_hours_the_earlier_is_meant() -> None:
    """On 1 November 01:00 to 02:00 came twice: a visit at 02:00 leaves two hours after one at 01:00."""
    late = {"at": "2026-11-01T02:00", "minutes": 60, "staff": "owner", "room": "blue"}
    taken_in(
        a_practice(
            {
                "/appointments/0/at": "2026-11-01T01:00",
                "/appointments/0/minutes": 105,
                "/appointments/-": A_VISIT | late,
            }
        )
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b'{"format": "clinic-practice"', "not_json"),
        (b"[]", "unknown_format"),
        (b"7", "unknown_format"),
        (b"null", "unknown_format"),
        (b"\xef\xbb\xbf{}", "byte_order_mark"),
        (b'\xff\xfe{\x00"', "not_utf8"),
        (b'{"format": "\xe9"}', "not_utf8"),
        (b'{"a": "\x00"}', "not_json"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 100_000, "too_deep"),
        (b'{"version": ' + b"9" * 100_000 + b"}", "number_too_long"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, code: str) -> None:
    assert refused(data)[0] == code


def test_a_broken_document_names_the_row_and_column() -> None:
    with pytest.raises(Refusal) as refusal:
        portable.parse(b'{"format": "clinic-practice",\n"version": one}')
    assert refusal.value.facts == {"row": 2, "column": 12}


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        (r'"rooms": [{"id": "r\u0000", "name": "Blue"}]', "nul_in_text", "/rooms/0/id"),
        (r'"rooms": [{"id": "r", "name": "\ud83d"}]', "half_a_character", "/rooms/0/name"),
        (r'"rooms": [{"id": "r", "na\udc00me": ""}]', "half_a_character", "/rooms/0/na�me"),
        (r'"rooms": [{"id": "r", "id": "s", "name": "Blue"}]', "doubled_key", "/rooms/0"),
        ('"rooms": [], "rooms": []', "doubled_key", ""),
        ('"practice": {"name": NaN, "time_zone": "UTC"}', "not_a_number", "/practice/name"),
        ('"practice": {"name": -Infinity}', "not_a_number", "/practice/name"),
        ('"practice": {"name": 1e999}', "not_a_number", "/practice/name"),
        ('"rooms": [{"id": 1e3, "name": "Blue"}]', "fractional_number", "/rooms/0/id"),
        ('"rooms": ' + "[" * 700 + "]" * 700, "too_deep", None),
        (
            '"screenings": [{"id": "s", "client": "c", "kind": "full", "answered_at": "2026-01-01T10:00",'
            '"answers": {"A07": ' + "[" * 400 + "]" * 400 + "}}]",
            None,
            None,
        ),
    ],
)
def test_json_that_says_too_much_is_refused(text: str, code: str | None, at: str | None) -> None:
    data = f'{{"format": "clinic-practice", "version": 1, {text}}}'.encode()
    found, where = refused(data)
    assert code is None or found == code
    assert at is None or where == at


def test_a_pair_of_halves_is_one_character_and_welcome() -> None:
    room = r'"rooms": [{"id": "r", "name": "\ud83d\ude00"}]'
    data = f'{{"format": "clinic-practice", "version": 1, {room}}}'.encode()
    assert portable.parse(data).rooms[0]["name"] == "😀"


def test_no_refusal_repeats_what_stands_in_the_file() -> None:
    with pytest.raises(Refusal) as refusal:
        taken_in(a_practice({"/letters/0/diagnoses/1/icd10": "M54.41"}))
    assert "M54" not in f"{refusal.value} {refusal.value.facts}"
    assert refusal.value.facts == {"other": "/letters/0/diagnoses/0/icd10"}
