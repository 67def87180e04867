"""Every row of the decision table (`domain.md` C4): what four readers make of one line, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clinic.rules.necessity import Diagnosis, Frequency
from clinic.values import (
    AccountKind,
    LineKind,
    Method,
    PlanType,
    Purpose,
    Relation,
    State,
)
from tests.makers_money import (
    SUMMER,
    a_signer,
    an_account,
    codes,
    judged,
    relatives,
    verdicts,
)

JUNE_30 = date(2026, 6, 30)


# Each row: what is different, the four columns, the codes. An insurer is never promised for: "?" at best.
TABLE: dict[str, tuple[dict[str, Any], str, str]] = {
    "1 under a letter": ({}, "yyy?", ""),
    "2 no letter": ({"no_letter": True}, "nnnn", "E-NOLMN"),
    "3 signed after": ({"letter": {"signed_on": date(2026, 7, 2)}}, "nnnn", "E-LMN-FUTURE"),
    "4 ended": ({"letter": {"ends_on": JUNE_30}}, "nnnn", "E-LMN-EXPIRED"),
    "5 for life": (
        {"letter": {"signed_on": date(2025, 6, 30), "ends_on": None, "lifetime": True}},
        "nnnn",
        "E-LMN-EXPIRED",
    ),
    "6 no diagnosis": ({"letter": {"diagnoses": ()}}, "nnnn", "E-LMN-INCOMPLETE"),
    "6 no treatment": ({"letter": {"treatment": None}}, "nnnn", "E-LMN-INCOMPLETE"),
    "6 no signature": ({"letter": {"signed": False}}, "nnnn", "E-LMN-INCOMPLETE"),
    "6 no date": ({"letter": {"signed_on": None}}, "nnnn", "E-LMN-INCOMPLETE"),
    "6b no duration": ({"letter": {"ends_on": None}}, "yy??", "W-LMN-NODURATION"),
    "6b strict": (
        {"letter": {"ends_on": None}, "policy": {"strict_duration": True}},
        "nnnn",
        "E-LMN-INCOMPLETE W-LMN-NODURATION",
    ),
    "7 physician": ({"letter": {"signer": a_signer("DO")}}, "yyy?", ""),
    "8 nurse practitioner": ({"letter": {"signer": a_signer("NP")}}, "yy??", ""),
    "8 physician assistant": ({"letter": {"signer": a_signer("PA-C")}}, "yy??", ""),
    "8 not for this FSA": (
        {"letter": {"signer": a_signer("NP")}, "policy": {"fsa_signers": ("MD", "DO")}},
        "yyn?",
        "E-LMN-SIGNER",
    ),
    "9 chiropractor": ({"letter": {"signer": a_signer("DC")}}, "yyn?", "E-LMN-SIGNER W-LMN-SIGNER"),
    "9 chiropractor the plan takes": (
        {"letter": {"signer": a_signer("DC")}, "policy": {"fsa_signers": ("MD", "DC")}},
        "yy??",
        "W-LMN-SIGNER",
    ),
    "10 the therapist": (
        {"letter": {"signer": a_signer("CMT", name="Dana Reyes")}},
        "nnnn",
        "E-LMN-SIGNER",
    ),
    "10 the client": (
        {"letter": {"signer": a_signer(relation=Relation.SELF)}},
        "nnnn",
        "E-LMN-SIGNER E-RELATED",
    ),
    "10 a relative": (
        {"letter": {"signer": a_signer(relation=Relation.PARENT)}},
        "nnnn",
        "E-LMN-SIGNER E-RELATED",
    ),
    "11 vague": ({"letter": {"diagnoses": (Diagnosis("back pain"),)}}, "yy?n", "W-DX-VAGUE"),
    "12 relaxation": ({"visit": {"purpose": Purpose.RELAXATION}}, "nnnn", "E-PURPOSE"),
    "13 one too many": ({"letter": {"used_before": 12}}, "nnnn", "E-COUNT"),
    "14 too often": ({"letter": {"frequency": Frequency(0, "week")}}, "nnnn", "E-FREQ"),
    "15 longer": ({"visit": {"minutes": 90}}, "ppp?", "E-MINUTES"),
    "16 tip": ({"line": {"kind": LineKind.TIP}}, "nnnn", "E-ITEM-TIP"),
    "17 fee": ({"line": {"kind": LineKind.FEE}, "visit": {"state": State.NO_SHOW}}, "nnnn", "E-ITEM-FEE"),
    "18 gift sale": ({"line": {"kind": LineKind.GIFT_SALE}}, "nnnn", "E-ITEM-PRODUCT"),
    "19 paid by gift": ({"method": Method.GIFT}, "nnn?", "E-TENDER-GIFT"),
    "20 bundle sold": ({"line": {"kind": LineKind.BUNDLE_SALE}}, "nnnn", "E-NOTPROVIDED"),
    "22 no-show": ({"visit": {"state": State.NO_SHOW}}, "nnnn", "E-NOTPROVIDED"),
    "22 still to come": ({"visit": {"state": State.CONFIRMED}}, "nnnn", "E-NOTPROVIDED"),
    "23 product": ({"line": {"kind": LineKind.PRODUCT}}, "nnnn", "E-ITEM-PRODUCT"),
    "25 insurer paid all": ({"method": Method.INSURER}, "nnn?", "E-INSPAID"),
    "27 not certified": ({"therapist": {"certificate": ""}}, "yy?n", "E-PROVIDER"),
    "28 lapsed": ({"therapist": {"certified_until": JUNE_30}}, "yy?n", "E-PROVIDER"),
    "28 not yet": ({"therapist": {"certified_from": date(2026, 7, 2)}}, "yy?n", "E-PROVIDER"),
    "29 declined": ({"visit": {"state": State.DECLINED}}, "nnnn", "E-CONTRA"),
    "30 spouse": ({"person": relatives(Relation.SPOUSE)}, "yynn", "E-RELATED"),
    "30 somebody she knows": ({"person": relatives(Relation.OTHER)}, "yyy?", ""),
    "31 limited purpose": (
        {"person": {"accounts": (an_account(AccountKind.LPFSA),)}},
        "yyn?",
        "E-LPFSA",
    ),
    "31 beside a full one": (
        {"person": {"accounts": (an_account(AccountKind.LPFSA), an_account(AccountKind.FSA))}},
        "yyy?",
        "",
    ),
    "32 Original Medicare": ({"person": {"plan": PlanType.MEDICARE}}, "yyyn", "E-MEDICARE"),
    "34 HMO": ({"person": {"plan": PlanType.HMO}}, "yyyn", "E-AUTH"),
    "35 outside the plan year": (
        {"person": {"accounts": (an_account(AccountKind.FSA, year_end=JUNE_30),)}},
        "yyn?",
        "E-PLANYEAR",
    ),
    "35 before the plan year": (
        {"person": {"accounts": (an_account(AccountKind.HRA, year_start=date(2026, 7, 2)),)}},
        "yyn?",
        "E-PLANYEAR",
    ),
    "35 inside the grace period": (
        {"person": {"accounts": (an_account(AccountKind.FSA, year_end=JUNE_30, grace_until=SUMMER),)}},
        "yyy?",
        "",
    ),
    "36 before the HSA": (
        {"person": {"accounts": (an_account(AccountKind.HSA, opened=date(2026, 7, 2)),)}},
        "yny?",
        "E-HSA-DATE",
    ),
}


@pytest.mark.parametrize(("told", "expected", "reasons"), TABLE.values(), ids=TABLE)
def test_c4_the_decision_table(told: dict[str, Any], expected: str, reasons: str) -> None:
    row = judged(**told)
    assert verdicts(row) == expected
    assert codes(row) == reasons


@pytest.mark.parametrize(("told", "expected", "reasons"), TABLE.values(), ids=TABLE)
def test_the_mark_stands_where_one_of_the_clients_own_regimes_is_left(
    told: dict[str, Any], expected: str, reasons: str
) -> None:
    assert reasons is not None
    row = judged(**told)
    assert row.marked is (expected[:3] != "nnn")
    assert bool(row.eligible) is row.marked
