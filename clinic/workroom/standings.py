"""Standings: how every visit ahead stands with the rules, worked out again when something they read has changed."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.records import Appointment, Staff, Standing, Treatment
from clinic.rules.contraindications import Severity, asks_client, left_of
from clinic.values import AHEAD, NOT_BEGUN, State
from clinic.workroom import clearing, deciding, judging

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clinic.rules.contraindications import Outcome
    from clinic.storage.work import Work

AT_ONCE = 500


def judge_again(work: Work, client: str | None = None) -> int:
    """Judge a client's visits ahead again, or everybody's, and answer how many stand otherwise than before."""
    work.flush()
    asked = select(Appointment).where(
        Appointment.at >= datetime.combine(work.today, time()), Appointment.state.in_(NOT_BEGUN)
    )
    if client is not None:
        asked = asked.where(Appointment.client == client)
    visits = work.session.scalars(asked.order_by(Appointment.at)).all()
    return sum(_judge(work, visits[n : n + AT_ONCE]) for n in range(0, len(visits), AT_ONCE))


def _judge(work: Work, visits: Iterable[Appointment]) -> int:
    visits = list(visits)
    ids = [visit.id for visit in visits]
    files = judging.on_file(work, sorted({visit.client for visit in visits}), since=work.today)
    book = judging.book_of(work)
    offers = {one.id: one for one in work.every(Treatment)}
    staff = {one.id: one for one in work.every(Staff)}
    against = deciding.gone_against(work, ids)
    before = {
        one.appointment: one
        for one in work.session.scalars(select(Standing).where(Standing.appointment.in_(ids)))
    }
    changed = 0
    for visit in visits:
        found = judging.judged(
            work,
            files[visit.client],
            book,
            at=visit.at,
            treatment=offers[visit.treatment],
            staff=staff[visit.staff],
            minutes=visit.minutes,
            sites=visit.sites or (),
            products=visit.products or (),
        )
        known = deciding.still_against(found.outcome, against.get(visit.id, {}))
        left = left_of(found.outcome, known)
        if visit.state is State.TENTATIVE and left is Severity.S3:
            # A time that is only held waits for somebody: for what runs out, or arrived with a file, too.
            wanted = clearing.wanted(found.outcome, {*known, *clearing.given_up(work, visit.id)})
            if wanted:
                clearing.open_request(work, visit.client, wanted, visit.id)
        changed += _write(work, visit, before.get(visit.id), found.outcome, left)
    return changed


def stand(work: Work, visit: Appointment, outcome: Outcome, left: Severity, *, first: bool = False) -> None:
    """Note how one visit stands, when it was just judged; ``first`` where it was only now booked."""
    before = None if first else work.session.get(Standing, visit.id)
    _write(work, visit, before, outcome, left)


def _write(
    work: Work, visit: Appointment, standing: Standing | None, outcome: Outcome, left: Severity
) -> bool:
    held = visit.state is State.TENTATIVE and (
        left >= Severity.S3 or (standing is not None and standing.held)
    )
    says = {
        "outcome": outcome.severity.name,
        "left": left.name,
        "held": held,
        "ruleset": outcome.ruleset,
        "findings": in_short(outcome),
    }
    if standing is None:
        if outcome.severity is Severity.S0 and not held:
            return False
        work.add(Standing(appointment=visit.id, client=visit.client, judged_at=work.now, **says))
        return True
    changed = {name: value for name, value in says.items() if getattr(standing, name) != value}
    for name, value in changed.items():
        setattr(standing, name, value)
    if changed:
        standing.judged_at = work.now
    return bool(changed.keys() - {"ruleset"})


def shown(work: Work, appointments: Iterable[str]) -> dict[str, tuple[str, bool]]:
    """Tell the severity that visits not yet begun show, and whether it only asks the client; none for no flag."""
    asked = (
        select(Standing.appointment, Standing.outcome, Standing.findings)
        .join(Appointment, Appointment.id == Standing.appointment)
        .where(Standing.appointment.in_(list(appointments)), Appointment.state.in_(AHEAD))
    )
    return {
        row.appointment: (row.outcome, asks(row.findings, row.outcome))
        for row in work.run(asked)
        if row.outcome != Severity.S0.name
    }


def asks(findings: Iterable[dict[str, Any]] | None, severity: str) -> bool:
    """Tell whether what is this grave only asks for answers of the client."""
    return asks_client(finding["rule"] for finding in findings or () if finding["severity"] == severity)


def in_short(outcome: Outcome) -> list[dict[str, Any]]:
    """Take from the findings what a list of visits shows of them."""
    return [
        {
            "rule": finding["rule"],
            "severity": finding["severity"],
            "desk": finding["desk_text"],
            "needs": sorted(found.needs),
        }
        for finding, found in zip(outcome.as_json()["findings"], outcome.findings, strict=True)
    ]
