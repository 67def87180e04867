"""The coverage check: how a client's plan is likely to see their visits, from what is on file and was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.documents import coverage_check
from clinic.documents.coverage_check import CoverageSheet
from clinic.office import clients
from clinic.office.door import clean_all
from clinic.records import Appointment, Client, Treatment
from clinic.rules import coverage, necessity
from clinic.rules.permissions import Permission
from clinic.values import HOLDING, PlanType, Purpose, Refusal, State
from clinic.wording import coverage as words
from clinic.workroom import facts, ledgers, sheets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.rules.annual import Ledger
    from clinic.rules.coverage import Outlook
    from clinic.storage.work import Work
    from clinic.values import ClientId

ASKED = frozenset(
    {
        "basis",
        "requires_rx",
        "requires_referral",
        "requires_authorisation",
        "providers",
        "visit_limit",
        "minutes_max",
        "asked_on",
        "asked_of",
        "criteria",
    },
)
"""What is kept of a call with the insurer."""
Basis, Provider = coverage.Basis, coverage.Provider


@dataclass(frozen=True, slots=True)
class Check:
    """How it looks for a client, with what it rests on."""

    version: int
    plan: PlanType | None
    insurer: str
    member_id: str
    benefit: Mapping[str, Any]
    outlook: Outlook
    visits_this_year: int


def check(work: Work, client: ClientId) -> Check:
    """Look at a client's plan; no diagnosis is read for it, only whether papers are there."""
    work.require(Permission.LETTER_SEE)
    work.require(Permission.LETTER_SEE, client=client)
    record = work.get(Client, client)
    payer = record.payer or {}
    there = _on_file(work, client, payer)
    outlook = coverage.check(there, benefit_of(payer.get("benefit") or {}))
    return Check(
        record.version,
        there.plan,
        payer.get("name", ""),
        payer.get("member_id", ""),
        payer.get("benefit") or {},
        outlook,
        there.visits_this_year,
    )


def note(
    work: Work, client: ClientId, *, plan: PlanType | None, benefit: Mapping[str, Any], version: int
) -> dict[str, Any]:
    """Keep what the insurer said when somebody asked, and answer what was known before, for an undo."""
    work.require(Permission.CLIENT_CHANGE, client=client)
    unknown = next((name for name in benefit if name not in ASKED), None)
    if unknown is not None:
        raise Refusal("unknown_field", at=unknown)
    payer = dict(work.get(Client, client).payer or {})
    for name, value in (("plan_type", plan.value if plan else None), ("benefit", _kept(benefit))):
        payer.pop(name, None)
        if value:
            payer[name] = value
    return clients.edit(work, client, {"payer": payer or None}, version=version)


def _kept(benefit: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = clean_all(dict(benefit), at="benefit")
    return {name: value for name, value in cleaned.items() if value is not None and value != []}


def benefit_of(said: Mapping[str, Any]) -> coverage.Benefit:
    """Read what was kept of a call."""
    providers = said.get("providers")
    return coverage.Benefit(
        coverage.Basis(said["basis"]) if said.get("basis") else None,
        said.get("requires_rx"),
        said.get("requires_referral"),
        said.get("requires_authorisation"),
        frozenset(map(coverage.Provider, providers)) if providers else None,
        said.get("visit_limit"),
        said.get("minutes_max"),
        said.get("criteria", ""),
    )


def _on_file(work: Work, client: str, payer: Mapping[str, Any]) -> coverage.OnFile:
    ledger = ledgers.ledger_of(work, client)
    kinds = _speaking(work, ledger)
    first = datetime(work.today.year, 1, 1)  # noqa: DTZ001 - a time on the practice's wall
    given = select(func.count()).where(
        Appointment.client == client, Appointment.state == State.DONE, Appointment.at >= first
    )
    usual = (
        select(Treatment.purpose, Appointment.minutes)
        .join(Treatment, Treatment.id == Appointment.treatment)
        .where(Appointment.client == client, Appointment.state.in_(HOLDING))
        .order_by((Treatment.purpose == Purpose.RELAXATION), Appointment.at.desc())
        .limit(1)
    )
    row = work.run(usual).first()
    plan = payer.get("plan_type")
    return coverage.OnFile(
        PlanType(plan) if plan else None,
        row.purpose if row else Purpose.THERAPEUTIC,
        row.minutes if row else None,
        prescription=bool(kinds & necessity.SUPPORTING),
        referral=bool(kinds & necessity.PERMITTING),
        authorisation="authorisation" in {kind.value for kind in kinds},
        visits_this_year=work.session.scalar(given) or 0,
    )


def _speaking(work: Work, ledger: Ledger) -> frozenset[Any]:
    """Name the kinds of letters that speak today and lack nothing."""
    policy = facts.policy_of(work.practice.settings)
    found = set()
    for letter in ledger.letters:
        window = necessity.window(letter, policy.lmn_retro_days)
        lacks = letter.kind in necessity.SUPPORTING and necessity.missing(letter)
        asked = letter.decision not in {"", "approved", "partial"}
        if window is not None and window.covers(work.today) and not lacks and not asked:
            found.add(letter.kind)
    return frozenset(found)


def paper(work: Work, client: ClientId) -> bytes:
    """Print the check with its questions, for the client to take to the phone."""
    work.require(Permission.LETTER_SEE)
    found = check(work, client)
    policy = facts.policy_of(work.practice.settings)
    station = sheets.stationery(work, policy)
    work.note("coverage_check_printed", f"clients/{client}")
    outlook = found.outlook
    return coverage_check.pdf(
        CoverageSheet(
            work.today,
            station.letterhead,
            sheets.payee(work.get(Client, client)),
            words.plan(found.plan.value if found.plan else None),
            words.prospect(outlook.prospect.value, tuple(each.value for each in outlook.needs)),
            tuple(words.reason(each.value) for each in outlook.reasons),
            tuple(words.question(each.value) for each in outlook.questions),
            words.notice(),
            format=station.format,
        )
    )
