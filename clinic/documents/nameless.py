"""What is left of a numbered paper once its client is erased: the number, the day and the amounts."""

from __future__ import annotations

from dataclasses import replace

from clinic.documents.frozen import from_json, to_json
from clinic.documents.sheets import ChargeLine, Client, CreditLine, CreditNoteSheet, PaymentLine, ReceiptSheet


def receipt(kept: str, said: str) -> str:
    """Make of a receipt's sheet one that names nobody; `said` stands where a name or a treatment stood."""
    sheet = from_json(ReceiptSheet, kept)
    return to_json(
        replace(
            sheet,
            client=Client(said),
            practitioner=None,
            lines=tuple(
                ChargeLine(line.kind, said, line.charge, line.discount, line.tax) for line in sheet.lines
            ),
            payments=tuple(PaymentLine(paid.paid_on, paid.method, paid.amount) for paid in sheet.payments),
            marks=(),
            place="",
            show_diagnosis=False,
            signature=None,
            next_visit=None,
        )
    )


def credit_note(kept: str, said: str) -> str:
    """Make of a credit note's sheet one that names nobody."""
    sheet = from_json(CreditNoteSheet, kept)
    return to_json(
        replace(
            sheet,
            client=Client(said),
            lines=tuple(CreditLine(line.kind, said, line.amount) for line in sheet.lines),
            reference="",
            reason="",
            practitioner=None,
            signature=None,
        )
    )
