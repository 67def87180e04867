"""The lists of a portable practice that stand beside clients, visits and money: the flow of the day, hours, plans."""

from __future__ import annotations

from typing import Any

BENEFIT = {
    "basis": "REHAB",
    "requires_rx": True,
    "requires_authorisation": False,
    "providers": ["PT", "MT"],
    "visit_limit": 20,
    "minutes_max": 60,
    "asked_on": "2026-01-08",
    "asked_of": "member line",
    "criteria": "functional impairment",
}
BESIDE: dict[str, Any] = {
    "clinicians": [
        {
            "id": "d1",
            "name": "Dr. Miriam Adeyemi",
            "credential": "MD",
            "licence": "A-20417",
            "npi": "1234567893",
            "practice": "Alameda Family Medicine",
            "phone": "(510) 555-0140",
            "fax": "(510) 555-0141",
            "email": "desk@alamedafamily.example",
            "address": {"street": "40 Shore Avenue", "city": "Alameda", "region": "CA", "postal": "94501"},
        },
    ],
    "requests": [
        {
            "id": "rq1",
            "client": "c1",
            "kind": "renewal",
            "clinician": "d1",
            "letter": "l1",
            "made_on": "2026-11-02",
            "sent_on": "2026-11-03",
            "sent_by": "fax",
            "received_on": "2026-11-12",
            "answer": "l1",
            "withdrawn_on": "2026-11-13",
            "said": {
                "kind": "renewal",
                "made_on": "2026-11-02",
                "practice": {"name": "Fern & Harbor", "address": ["218 Juniper Row"]},
                "therapist": {"name": "Maren Okafor", "certificate_until": None},
                "client": {"name": "Hạnh Nguyễn"},
                "to": {"name": "Dr. Miriam Adeyemi"},
                "letter": {"reference": "L-1", "visits": 12, "used": 7},
                "visits": None,
                "measures": [
                    {
                        "tool": "NRS",
                        "first_on": "2026-07-20",
                        "first": "7",
                        "last_on": "2026-11-01",
                        "last": "5",
                        "times": 4,
                    },
                ],
                "treatment": "therapeutic massage",
                "cpt": "97124",
                "words": "",
                "language": "en",
                "format": "letter",
            },
        },
    ],
    "steps": [
        {"id": "s1", "appointment": "a1", "state": "arrived", "at": "2026-01-05T17:58:00Z", "by": "desk"}
    ],
    "attempts": [
        {
            "id": "k1",
            "client": "c1",
            "appointment": "a1",
            "outcome": "left_message",
            "at": "2026-01-04T18:00:00Z",
            "by": "desk",
        }
    ],
    "closings": [
        {
            "id": "d1",
            "day": "2026-01-05",
            "closed_at": "2026-01-06T03:05:00Z",
            "closed_by": "owner",
            "drawer_cents": 15000,
            "expected_cents": 27000,
            "counted_cents": 26500,
            "remark": "Five short",
            "figures": {
                "first": "R-2026-000001",
                "last": "R-2026-000001",
                "issued": 1,
                "voids": [],
                "gaps": 0,
                "taken": [{"method": "cash", "payments": 1, "amount_cents": 12000}],
                "tips_cents": 0,
                "backed_up_at": "2026-01-06T03:04:00Z",
                "trail": 41,
                "seal": "ab12",
            },
        }
    ],
    "blocks": [
        {
            "id": "k1",
            "staff": "owner",
            "begins": "2026-02-02T12:30",
            "ends": "2026-02-02T13:30",
            "rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE",
            "left_out": ["2026-02-09"],
            "kind": "break",
            "reason": "lunch",
        },
        {"id": "k2", "room": "blue", "begins": "2027-01-01T00:00", "kind": "repair"},
    ],
    "waiting": [
        {
            "id": "w1",
            "client": "c2",
            "treatment": "th60",
            "minutes": 60,
            "staff": "owner",
            "days": ["mon", "fri"],
            "earliest": "14:00",
            "latest": "19:00",
            "first_on": "2026-02-01",
            "last_on": "2026-06-30",
            "urgency": "pain",
            "remark": "shoulder",
            "since": "2026-01-30T18:00:00Z",
            "appointment": "a2",
            "closed_on": "2026-02-01",
        }
    ],
    "plans": [
        {"id": "s1", "client": "c1", "written_by": "owner", "letter": "l1", "treatment": "th60"}
        | {"condition": "Low back pain", "begins_on": "2026-02-02", "ended_on": "2026-06-01"}
        | {"goals": [{"kind": "function", "text": "sit an hour", "tool": "ODI", "target": 20}]}
        | {"visits": 6, "times": 1, "weeks": 2, "minutes": 60, "review_every": 3}
        | {"pt_days": ["mon", "thu"], "pt_side": "after"}
    ],
    "consents": [
        {"id": "k1", "client": "c1", "kind": "release", "given_on": "2026-01-10", "ends_on": "2027-01-10"}
        | {
            "withdrawn_on": "2026-03-01",
            "text_version": "2026-11.1",
            "language": "es",
            "text_sha256": "ab" * 32,
        }
        | {"details": {"what": "Dates of visits", "to_whom": "Dr. Ibis", "why": "care"}}
        | {"signer": "Robin Wren", "role": "client", "method": "drawn", "witness": "owner"}
        | {"signed_at": "2026-01-10T17:40:00Z"}
    ],
    "decisions": [
        {"id": "v1", "appointment": "a1", "moment": "check_in", "decided_at": "2026-02-02T18:01:00Z"}
        | {
            "decided_by": "owner",
            "role": "owner",
            "outcome": "S3",
            "decision": "hold",
            "ruleset": "2026-11.1",
        }
        | {
            "policy": {
                "strict_contraindications": True,
                "first_trimester_end_weeks": 12,
                "guardian_in_room_under": 15,
                "tightened": {"CVD-13": "S3"},
                "switched_off": ["CVD-10"],
                "silenced": ["CVD-10"],
            },
            "findings": [
                {
                    "rule": "CVD-13",
                    "severity": "S3",
                    "kind": "MOD",
                    "techniques_denied": ["HS"],
                    "pressure_cap": "P3",
                    "sites_avoided": ["neck_ant"],
                    "therapist_text": "Rise slowly.",
                    "desk_text": "Ask the therapist.",
                    "client_text": "Take your time.",
                    "clears_by": "NEVER",
                    "source": "[22]",
                }
            ],
            "overrides": [{"rule": "CVD-13", "reason": "OTHER", "text": "Sat for two minutes"}],
            "applied": ["CVD-11"],
        }
        | {"full": "s1", "quick": "s2"}
    ],
    "clearance_requests": [
        {"id": "w1", "client": "c1", "appointment": "a1", "rules": ["CVD-10"], "opened_on": "2026-01-20"}
        | {"opened_by": "owner", "asked_on": "2026-01-21", "letter": "l1", "closed_on": "2026-01-28"}
        | {
            "closed_for": "verified",
            "clinician": {
                "name": "Dr. Miriam Adeyemi",
                "credential": "MD",
                "practice": "Alameda Family Medicine",
                "phone": "(510) 555-0140",
                "fax": "(510) 555-0141",
            },
        }
    ],
    "phrases": [{"id": "f1", "staff": "owner", "part": "s", "text": "Slept through the night."}],
}
