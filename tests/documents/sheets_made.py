"""Sheets that are valid by default, about invented people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from math import sin
from typing import Any

from clinic.documents.sheets import (
    ChargeLine,
    Client,
    CreditLine,
    CreditNoteSheet,
    Diagnosis,
    Figures,
    Letterhead,
    LetterInFull,
    Mark,
    PaymentLine,
    Practitioner,
    ReceiptSheet,
    Signature,
    StatementLine,
    StatementSheet,
)
from clinic.values import NOTHING, Basis, LineKind, Method, Money

PRACTICE = Letterhead(
    "Fern & Harbor Massage Therapy",
    ("218 Juniper Row, Suite 3", "Alameda, CA 94501"),
    "(510) 555-0142",
    "desk@fernharbor.example",
    "00-0417726",
    "1234567893",
)
MAREN = Practitioner("Maren Okafor", "CMT", "CAMTC", "00417", date(2027, 8, 31), "1234567893")
HANH = Client(
    "Nguyễn Thị Hạnh",
    born=date(1984, 3, 9),
    address=("14 Alder Court", "Alameda, CA 94501"),
    insurer="Bayline Health PPO",
    member_id="BH-2210-77",
    relationship="self",
)
NECK = Diagnosis("Cervicalgia", "M54.2")


def a_signature() -> Signature:
    """Loops that grow smaller, as a name does that is written every hour."""
    turns = [at / 12 for at in range(230)]
    stroke = tuple(
        (
            round(turn / 20 + 0.035 * sin(2.1 * turn), 4),
            round(0.1 * sin(2.1 * turn + 1.9) * (1 - turn / 24) - 0.05 * sin(turn / 3), 4),
        )
        for turn in turns
    )
    flourish = ((0.05, 0.16), (0.45, 0.12), (0.98, 0.15))
    return Signature(
        "Maren Okafor, CMT", datetime.combine(date(2026, 11, 18), time(17, 11)), (stroke, flourish)
    )


def a_mark(**changes: Any) -> Mark:
    mark = Mark(
        "L-2026-014",
        "Dr. Miriam Adeyemi, MD",
        date(2026, 7, 16),
        date(2026, 7, 16),
        date(2027, 1, 8),
        Money(12500),
        7,
        12,
        60,
        (1, "week"),
        "1234567893",
        (NECK,),
    )
    return replace(mark, **changes)


def a_treatment(**changes: Any) -> ChargeLine:
    line = ChargeLine(
        LineKind.TREATMENT,
        "Therapeutic massage, 60 minutes",
        Money(12500),
        service_date=date(2026, 11, 18),
        begins=time(16),
        ends=time(17),
        hands_on=55,
        cpt="97124",
        units=4,
        pointer="A",
    )
    return replace(line, **changes)


def a_tip(cents: int = 2000) -> ChargeLine:
    return ChargeLine(LineKind.TIP, "Tip", Money(cents))


def a_payment(cents: int = 12500, **changes: Any) -> PaymentLine:
    paid = PaymentLine(
        date(2026, 11, 18), Method.HSA_CARD, Money(cents), "ending 4417", "Therapeutic massage, Nov 18"
    )
    return replace(paid, **changes)


def a_receipt(**changes: Any) -> ReceiptSheet:
    sheet = ReceiptSheet(
        "R-2026-000912",
        datetime.combine(date(2026, 11, 18), time(17, 12)),
        PRACTICE,
        MAREN,
        HANH,
        (a_treatment(), a_tip()),
        (a_payment(), a_payment(2000, method=Method.CASH, reference="", toward="Tip")),
        (a_mark(),),
        signature=a_signature(),
        next_visit=datetime.combine(date(2026, 12, 2), time(16)),
        ruleset="2026-03",
        verification="7K4MQ2RD91XEA5TB",
    )
    return replace(sheet, **changes)


def a_row(**changes: Any) -> StatementLine:
    row = StatementLine(
        LineKind.TREATMENT,
        "Therapeutic massage, 60 min",
        "R-2026-000401",
        own=Money(12500),
        service_date=date(2026, 5, 6),
        paid_on=date(2026, 5, 6),
        minutes=60,
        methods=(Method.CARD,),
    )
    return replace(row, **changes)


def a_letter(**changes: Any) -> LetterInFull:
    letter = LetterInFull(
        "L-2026-003",
        "Letter of medical necessity",
        "Dr. Miriam Adeyemi, MD",
        date(2026, 4, 27),
        date(2026, 4, 27),
        date(2026, 7, 11),
        "Massage therapy",
        60,
        4,
        4,
        (1, "week"),
        (NECK,),
    )
    return replace(letter, **changes)


def a_statement(**changes: Any) -> StatementSheet:
    second = a_letter(
        letter="L-2026-014",
        signed_on=date(2026, 7, 16),
        valid_from=date(2026, 7, 16),
        valid_to=date(2027, 1, 8),
        visits=12,
        used=9,
    )
    under = [
        a_row(
            letter="L-2026-003",
            visit=k,
            visits=4,
            service_date=day,
            paid_on=day,
            receipt=f"R-2026-{400 + k:06}",
        )
        for k, day in enumerate(
            (date(2026, 5, 6), date(2026, 5, 20), date(2026, 6, 3), date(2026, 6, 17)), start=1
        )
    ]
    days = [date(2026, 7, 22), date(2026, 8, 12), date(2026, 9, 2), date(2026, 9, 23), date(2026, 10, 14)]
    days += [date(2026, 11, 4), date(2026, 11, 18), date(2026, 12, 2), date(2026, 12, 16)]
    for k, day in enumerate(days, start=1):
        hsa = k in {4, 6, 7, 8, 9}
        under.append(
            a_row(
                letter="L-2026-014",
                visit=k,
                visits=12,
                service_date=day,
                paid_on=day,
                receipt=f"R-2026-{500 + k:06}",
                own=NOTHING if hsa else Money(12500),
                account=Money(12500) if hsa else NOTHING,
                methods=(Method.HSA_CARD if hsa else Method.CARD,),
            )
        )
    other = (
        a_row(
            text="Relaxation massage, 60 min", own=Money(11000), codes=("E-PURPOSE",), receipt="R-2026-000262"
        ),
        a_row(codes=("E-COUNT",), receipt="R-2026-000553"),
        a_row(
            text="Hot stone massage, 75 min", own=Money(14000), codes=("E-PURPOSE",), receipt="R-2026-000733"
        ),
    )
    tips = [
        a_row(
            kind=LineKind.TIP,
            text="Tip",
            own=Money(2000),
            codes=("E-ITEM-TIP",),
            receipt=f"R-2026-{600 + k:06}",
        )
        for k in range(8)
    ]
    rest = (
        a_row(kind=LineKind.FEE, text="Late cancellation fee", own=Money(4000), codes=("E-ITEM-FEE",)),
        a_row(
            kind=LineKind.PRODUCT,
            text="Massage oil, unscented, 8 oz",
            own=Money(2400),
            service_date=None,
            codes=("E-ITEM-PRODUCT",),
        ),
        a_row(service_date=date(2026, 12, 30), paid_on=date(2027, 1, 4), codes=("E-UNPAID",), counted=False),
    )
    sheet = StatementSheet(
        "S-2026-000041",
        date(2027, 1, 12),
        2026,
        Basis.PAYMENT,
        PRACTICE,
        (MAREN,),
        HANH,
        Figures(Money(222400), Money(100000), Money(62500), Money(59900), Money(25000), Money(4000)),
        (a_letter(), second),
        tuple(under),
        other,
        (*tips, *rest),
        ruleset="2026-03",
        verification="H3TV8WNE40PCZZ2A",
    )
    return replace(sheet, **changes)


def a_credit_note(**changes: Any) -> CreditNoteSheet:
    sheet = CreditNoteSheet(
        "C-2026-000007",
        datetime.combine(date(2026, 11, 20), time(9, 30)),
        "R-2026-000912",
        date(2026, 11, 18),
        PRACTICE,
        HANH,
        (
            CreditLine(
                LineKind.TREATMENT,
                "Therapeutic massage, 60 minutes",
                Money(4000),
                date(2026, 11, 18),
                Money(4000),
            ),
        ),
        date(2026, 11, 20),
        Method.HSA_CARD,
        "ending 4417",
        "Visit ended early",
        practitioner=MAREN,
        signature=a_signature(),
        verification="7K4MQ2RD91XEA5TB",
    )
    return replace(sheet, **changes)
