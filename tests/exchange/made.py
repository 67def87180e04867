"""A portable practice of invented people, valid until a test changes it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from clinic.exchange import portable
from clinic.values import Refusal
from tests.exchange.made_beside import BENEFIT, BESIDE

Document = dict[str, Any]

REMOVED = object()

_WHOLE: Document = {
    "format": "clinic-practice",
    "version": 1,
    "exported_at": "2026-11-23T18:00:00Z",
    "practice": {
        "name": "Harbour Hands",
        "address": {"street": "1 Pier Road", "city": "Oakland", "region": "CA", "postal": "94607"},
        "hours": {"mon": [["09:00", "12:00"], ["13:00", "19:00"]], "sun": []},
        "phone": "555-0100",
        "email": "desk@harbour.example",
        "time_zone": "America/Los_Angeles",
        "tax_id": "12-3456789",
        "npi": "1234567893",
        "settings": {
            "lmn_retro_days": 0,
            "fsa_signers": ["MD", "DO"],
            "strict_duration": False,
            "missed": {"notice_hours": 24, "late_cancel": {"percent": 50}, "no_show": {"amount_cents": 6000}},
            "templates": {"visit": {"subject": "Your visit", "mail": "On {when}.", "text": "{when}"}},
        },
        "special_days": [{"on": "2026-11-26", "hours": [], "why": "Thanksgiving"}],
        "registrations": [
            {
                "city": "Oakland",
                "number": "MR-114",
                "issued": "2026-01-01",
                "expires": "2026-12-31",
                "keep_years": 2,
                "fields": ["day", "time", "client", "therapist", "service"],
            }
        ],
    },
    "staff": [
        {
            "id": "owner",
            "name": "Olive Tern",
            "role": "owner",
            "title": "CMT",
            "certificate": {
                "body": "CAMTC",
                "number": "12345",
                "issued": "2024-01-01",
                "expires": "2028-01-01",
                "checked_on": "2026-01-07",
                "checked_by": "Olive Tern",
            },
            "npi": "1234567893",
            "prenatal_certified": True,
            "policies": [
                {
                    "type": "liability",
                    "insurer": "Gull Mutual",
                    "number": "P-1",
                    "effective": "2026-01-01",
                    "expires": "2026-12-31",
                    "limits": "2,000,000 / 6,000,000",
                    "form": "occurrence",
                    "covers": "hot stone, cupping",
                }
            ],
            "hours": {"tue": [["10:00", "16:00"]]},
            "special_days": [{"on": "2026-12-24", "hours": [["10:00", "12:00"]]}],
            "lymphatic_certified": False,
            "limits": {"visits": 5, "minutes": 300, "deep": 3},
            "gender": "female",
            "left_on": "2030-01-01",
            "education": [{"on": "2026-03-14", "hours": 6.5, "title": "Lymph", "provider": "Tide School"}],
        },
        {"id": "desk", "name": "Dee Plover", "role": "front_desk"},
    ],
    "rooms": [{"id": "blue", "name": "Blue room"}, {"id": "green", "name": "Green room"}],
    "treatments": [
        {
            "id": "th60",
            "name": "Therapeutic massage",
            "technique": "TH",
            "purpose": "THERAPEUTIC",
            "minutes": 60,
            "price_cents": 12000,
            "buffer_before": 5,
            "buffer_after": 10,
            "cpt": "97124",
            "active": True,
        }
    ],
    "clients": [
        {
            "id": "c1",
            "given_name": "Robin",
            "family_name": "Wren",
            "preferred_name": "Rob",
            "born": "1984-02-29",
            "guardian": {"name": "Ada Wren", "relation": "mother", "phone": "555-0101"},
            "emergency": {"name": "Jay Wren"},
            "payer": {
                "name": "Heron Health",
                "plan_type": "PPO",
                "member_id": "H1",
                "benefit": BENEFIT,
            },
            "accounts": [{"kind": "HSA", "opened": "2025-07-01"}],
            "relations": [{"staff": "owner", "relation": "other"}],
            "allergies": ["nut"],
            "wishes": "Firm pressure, no music",
            "do_not_contact": True,
            "prefers_gender": "female",
            "assigned_to": "owner",
            "household": "wren",
            "hold": {"reason": "a claim is open", "since": "2026-02-01"},
        },
        {"id": "c2", "given_name": "Kit", "family_name": ""},
    ],
    "screenings": [
        {
            "id": "s1",
            "client": "c1",
            "kind": "full",
            "answered_at": "2026-01-10T09:30",
            "answers": {
                "C01": {"feverish": "no", "temp_c": 37.0, "antipyretic_at": "2026-01-09T20:00"},
                "K01": [{"name": "ibuprofen", "last": "2026-01-08"}],
            },
            "signed_by": "Robin Wren",
        },
        {
            "id": "s2",
            "client": "c1",
            "kind": "quick",
            "answered_at": "2026-02-02T09:55",
            "answers": {"Q2": {"any": "no"}},
        },
        {"id": "s3", "client": "c1", "kind": "full", "answered_at": "2026-02-02T09:50"}
        | {"answers": {"F01": "no"}, "supersedes": "s1", "unchanged": ["heart", "reason"]},
    ],
    "letters": [
        {
            "id": "l1",
            "client": "c1",
            "kind": "lmn",
            "signed_on": "2026-01-05",
            "patient_name": "Robin Wren",
            "signer": {"name": "Dr. Ibis", "credential": "MD", "npi": "1234567893"},
            "signed": True,
            "diagnoses": [
                {"text": "Low back pain", "icd10": "M54.50"},
                {"text": "Neck pain", "icd10": "M54.2"},
                {"text": "stiff after the accident"},
            ],
            "treatment": "massage therapy",
            "techniques": ["TH"],
            "minutes": 60,
            "max_visits": 12,
            "frequency": {"times": 1, "per": "week"},
            "necessity_statement": True,
            "source": "clinician",
            "verified": {"by": "desk", "on": "2026-01-06"},
            "revoked_on": "2027-01-02",
            "revoked_for": "taken back by the clinician",
            "superseded_by": "l3",
            "superseded_on": "2027-01-03",
        },
        {
            "id": "l2",
            "client": "c1",
            "kind": "clearance",
            "signed": True,
            "rules": ["CVD-10"],
            "techniques_allowed": ["SW"],
            "pressure_cap": "P2",
            "areas_excluded": ["left_knee"],
        },
        {
            "id": "l3",
            "client": "c1",
            "kind": "authorisation",
            "units": 8,
            "starts_on": "2026-06-01",
            "signed": False,
            "decision": {
                "state": "denied",
                "asked_on": "2026-05-02",
                "decided_on": "2026-05-09",
                "reason": "no referral",
                "appeal_by": "2026-11-09",
            },
        },
    ],
    "appointments": [
        {
            "id": "a1",
            "client": "c1",
            "staff": "owner",
            "room": "blue",
            "treatment": "th60",
            "at": "2026-02-02T10:00",
            "minutes": 60,
            "state": "done",
            "letter": "l1",
            "diagnosis": "M54.50",
            "minutes_given": 55,
            "fee_waived": "First time",
            "sites": ["low_back", "left_hip"],
            "products": ["Jojoba oil"],
        },
        {
            "id": "a2",
            "client": "c2",
            "staff": "owner",
            "room": "blue",
            "treatment": "th60",
            "at": "2026-02-02T11:15",
            "minutes": 60,
            "state": "confirmed",
            "series": "a2",
        },
        {
            "id": "a3",
            "client": "c2",
            "staff": "desk",
            "treatment": "th60",
            "at": "2026-03-02T10:00",
            "minutes": 60,
            "state": "cancelled",
            "reason": "snow",
        },
    ],
    "notes": [
        {
            "id": "n1",
            "appointment": "a1",
            "written_by": "owner",
            "signed_at": "2026-02-02T20:00:00Z",
            "soap": {"s": "stiff", "o": "tight", "a": "better", "p": "weekly"},
            "areas": ["low_back"],
            "techniques": ["TH"],
            "pressure": "P3",
            "measures": [
                {"tool": "NRS", "value": 6.0, "when": "before"},
                {"tool": "ROM", "value": 52, "when": "after", "of": "neck_turn_right"},
            ],
            "addenda": [{"at": "2026-02-03T08:00:00Z", "by": "owner", "text": "called, fine"}],
            "marks": [
                {
                    "kind": "pain",
                    "area": "low_back",
                    "view": "back",
                    "at": [0.5, 0.42],
                    "intensity": 6,
                    "after": 3,
                    "stroke": [[0.48, 0.42], [0.52, 0.43]],
                },
            ],
            "treated": [{"area": "low_back", "technique": "TH", "pressure": "P3", "minutes": 20}],
            "products": [{"name": "Jojoba oil", "tags": ["jojoba"]}],
            "position": "prone",
            "reaction": "none",
            "home_advice": "warmth",
            "next_visit": "in a week",
        }
    ],
    "invoices": [
        {
            "id": "i1",
            "client": "c1",
            "issued_on": "2026-02-02",
            "lines": [
                {
                    "id": "x1",
                    "kind": "treatment",
                    "appointment": "a1",
                    "text": "Therapeutic massage, 60 min",
                    "price_cents": 12000,
                    "discount_cents": 2000,
                },
                {"id": "x2", "kind": "tip", "text": "Tip", "price_cents": 2000},
            ],
            "number": "R-2026-000001",
        },
        {
            "id": "i2",
            "client": "c1",
            "issued_on": "2026-02-03",
            "lines": [
                {"id": "x3", "kind": "bundle_sale", "text": "Six visits", "price_cents": 42500},
                {"id": "x4", "kind": "gift_sale", "text": "Gift", "price_cents": 5000},
                {"id": "x5", "kind": "bundle_use", "bundle": "b1", "text": "1 of 1", "price_cents": 0},
            ],
            "number": "R-2026-000002",
        },
        {
            "id": "i3",
            "client": "c2",
            "issued_on": "2026-02-04",
            "lines": [{"id": "x6", "kind": "product", "text": "Oil", "price_cents": 900, "tax_cents": 80}],
        },
        {
            "id": "i4",
            "client": "c1",
            "issued_on": "2026-02-05",
            "lines": [{"id": "x7", "kind": "bundle_use", "bundle": "b1", "text": "1 of 1", "price_cents": 0}],
            "void": {"on": "2026-02-05", "reason": "typed twice"},
        },
    ],
    "bundles": [
        {"id": "b1", "client": "c1", "line": "x3", "treatment": "th60", "visits": 1, "price_cents": 42500}
    ],
    "gifts": [{"id": "g1", "line": "x4", "code": "GIFT-1", "amount_cents": 5000}],
    "payments": [
        {
            "id": "p1",
            "client": "c1",
            "paid_on": "2026-02-02",
            "method": "hsa_card",
            "amount_cents": 12000,
            "allocations": [
                {"line": "x1", "amount_cents": 10000},
                {"line": "x2", "amount_cents": 2000},
            ],
        },
        {
            "id": "p2",
            "client": "c1",
            "paid_on": "2026-02-03",
            "method": "check",
            "amount_cents": 47500,
            "number": "R-2026-000003",
            "reference": "check 17",
        },
        {
            "id": "p3",
            "client": "c2",
            "paid_on": "2026-02-04",
            "method": "gift",
            "gift": "g1",
            "amount_cents": 980,
        },
    ],
    "refunds": [
        {
            "id": "r1",
            "payment": "p1",
            "refunded_on": "2026-03-01",
            "amount_cents": 4000,
            "allocations": [{"line": "x1", "amount_cents": 4000}],
            "number": "C-2026-000001",
        }
    ],
} | BESIDE


def a_practice(changes: dict[str, Any] | None = None) -> Document:
    """Make a valid document and change it by pointer; a last part ``-`` appends."""
    document = copy.deepcopy(_WHOLE)
    for at, value in (changes or {}).items():
        *way, last = at.strip("/").split("/")
        held: Any = document
        for part in way:
            held = held[int(part)] if isinstance(held, list) else held.setdefault(part, {})
        if last == "-":
            held.append(value)
        elif value is REMOVED:
            del held[last]
        else:
            held[int(last) if isinstance(held, list) else last] = value
    return document


def a_file(document: Document) -> bytes:
    return json.dumps(document).encode()


def taken_in(document: Document) -> None:
    portable.check(portable.parse(a_file(document)))


def refused(data: bytes) -> tuple[str, str | None]:
    """Say why and where a file is turned away."""
    with pytest.raises(Refusal) as refusal:
        portable.check(portable.parse(data))
    return refusal.value.code, refusal.value.at
