"""Statements: a client's year, gathered as the paper will print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.documents.sheets import Figures, LetterInFull, StatementLine, StatementSheet
from clinic.rules import billing, necessity
from clinic.values import NOTHING, Money
from clinic.wording.letters import kind
from clinic.workroom.sheets import RULESET, diagnoses, frequency, issuer, payee, reference

if TYPE_CHECKING:
    from datetime import date

    from clinic.records import Client
    from clinic.rules.annual import ClientYear, YearLine
    from clinic.rules.counting import Policy
    from clinic.workroom.sheets import Stationery

PAPERS_SPEAK = "en"
"""What is frozen as words must suit the sheet, whatever the window speaks."""


def statement_sheet(client: Client, year: ClientYear, station: Stationery, issued_on: date) -> StatementSheet:
    """Freeze a client's year: A under a letter, B other massage, C not included and why."""
    under, other, left_out = [], [], []
    for line in year.lines:
        care = line.line.kind in billing.CARE
        if line.marked:
            under.append(_statement_line(line, own=line.own, account=line.account))
            rest = line.client_paid - line.eligible
            if rest:
                other.append(_statement_line(line, own=rest, account=NOTHING))
        elif care:
            other.append(_statement_line(line, own=line.client_paid, account=NOTHING))
        else:
            left_out.append(_statement_line(line, own=line.client_paid, account=NOTHING))
    totals = year.totals
    therapists = dict.fromkeys(line.visit.staff for line in year.lines if line.visit is not None)
    letters = {
        line.judgement.letter.id: line.judgement.letter
        for line in year.lines
        if line.judgement.letter is not None
    }
    return StatementSheet(
        number=f"S-{year.year}-{client.id}",
        issued_on=issued_on,
        year=year.year,
        basis=year.basis,
        practice=station.letterhead,
        practitioners=tuple(station.practitioners[t] for t in therapists if t in station.practitioners),
        client=payee(client),
        figures=Figures(
            totals.client_paid,
            totals.marked_personal,
            totals.marked_hsa_fsa,
            totals.not_marked,
            totals.prepaid_open,
            totals.refunds_prior_year,
        ),
        letters=tuple(
            told
            for letter in letters.values()
            if (told := _in_full(letter, year, station.policy)) is not None
        ),
        under_letter=tuple(under),
        other_massage=tuple(other),
        not_included=tuple(left_out),
        ruleset=RULESET,
        format=station.format,
    )


def _statement_line(line: YearLine, *, own: Money, account: Money) -> StatementLine:
    letter = line.judgement.letter
    return StatementLine(
        kind=line.line.kind,
        text=line.line.text,
        receipt=line.line.receipt,
        own=own,
        account=account,
        service_date=line.service_date,
        paid_on=line.paid_on,
        minutes=line.visit.minutes if line.visit else None,
        methods=line.paid_by,
        letter=reference(letter) if letter else "",
        visit=line.judgement.visit,
        visits=letter.max_visits if letter else None,
        codes=line.judgement.codes,
    )


def _in_full(letter: necessity.Letter, year: ClientYear, policy: Policy) -> LetterInFull | None:
    window = necessity.window(letter, policy.lmn_retro_days)
    if window is None or letter.signed_on is None:
        return None
    numbers = [
        line.judgement.visit
        for line in year.lines
        if line.judgement.letter is letter and line.judgement.visit is not None
    ]
    return LetterInFull(
        letter=reference(letter),
        kind=kind(letter.kind, language=PAPERS_SPEAK),
        issuer=issuer(letter),
        signed_on=letter.signed_on,
        valid_from=window.start,
        valid_to=window.end,
        treatment=letter.treatment or "",
        minutes=letter.minutes,
        visits=letter.max_visits,
        used=max(numbers, default=None),
        frequency=frequency(letter),
        diagnoses=diagnoses(letter),
    )
