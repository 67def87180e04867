"""Deciding: what the rules say of a visit meets what a person says, and both are kept as they stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.records import Decision
from clinic.rules.contraindications import Severity, left_of, needs_password, overridden
from clinic.storage.work import CONFIRMED_FOR
from clinic.values import Refusal, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from clinic.rules.contraindications import Outcome, Override, Policy
    from clinic.storage.work import Work
    from clinic.workroom.judging import Judged


def settle(
    work: Work, judged: Judged, overrides: Sequence[Override], known: Collection[str] = ()
) -> Severity:
    """Take off what somebody may go against, or went against before, and say how grave the visit still is."""
    against = overridden(judged.outcome, overrides, work.actor.role)
    if any(needs_password(finding) for finding in against):
        given = work.actor.confirmed_at
        if given is None or work.now - given > CONFIRMED_FOR:
            raise Refusal("password_again", at="override")
    return left_of(judged.outcome, {finding.rule for finding in against} | set(known))


def refuse(work: Work, judged: Judged, left: Severity, client: str) -> None:
    """Turn down what can't be: an emergency, and what has to wait; that it was asked for stays in the trail."""
    if left < Severity.S4:
        return
    payload = {"outcome": judged.outcome.severity.name, "rules": _rules(judged.outcome)}
    work.note("turned_down", f"clients/{client}", payload | {"ruleset": judged.outcome.ruleset}, insist=True)
    if left is Severity.S5:
        raise Refusal("rules_emergency", at="at", referral=judged.outcome.referral.name)
    raise Refusal("rules_refuse", at="at", first=judged.outcome.earliest_ok)


def _rules(outcome: Outcome) -> list[str]:
    return [finding.rule for finding in outcome.findings]


def keep(
    work: Work,
    appointment: str,
    judged: Judged,
    overrides: Sequence[Override],
    applied: Sequence[str] = (),
) -> None:
    """Keep a decision: what was found, by which rules and changes of the owner's, who went against it or adapted."""
    outcome = judged.outcome
    work.add(
        Decision(
            id=work.new_id(),
            appointment=appointment,
            moment=outcome.moment.value,
            decided_at=work.now,
            decided_by=work.actor.staff,
            role=Role(work.actor.role),
            outcome=outcome.severity.name,
            decision=outcome.decision,
            ruleset=outcome.ruleset,
            policy=in_force(judged.policy, outcome),
            findings=outcome.as_json()["findings"],
            overrides=[
                {"rule": each.rule, "reason": each.reason.value, "text": each.text} for each in overrides
            ],
            applied=list(applied) or None,
            full=judged.full,
            quick=judged.quick,
        )
    )


def in_force(policy: Policy, outcome: Outcome) -> dict[str, Any]:
    """Name the owner's changes of the rules that were in force, and the rules that would have spoken."""
    changes: dict[str, Any] = {}
    if policy.strict_contraindications:
        changes["strict_contraindications"] = True
    if policy.first_trimester_end_weeks is not None:
        changes["first_trimester_end_weeks"] = policy.first_trimester_end_weeks
    for name in ("guardian_in_room_under", "guardian_on_premises_under"):
        if getattr(policy, name) is not None:
            changes[name] = getattr(policy, name)
    if policy.tightened:
        changes["tightened"] = {rule: severity.name for rule, severity in policy.tightened.items()}
    if policy.switched_off:
        changes["switched_off"] = sorted(policy.switched_off)
    if outcome.silenced:
        changes["silenced"] = sorted(outcome.silenced)
    return changes


def deserves_record(outcome: Outcome, overrides: Sequence[Override]) -> bool:
    """Tell whether a decision is one to keep: from S2 on, against a rule, or where a rule was switched off."""
    return outcome.severity >= Severity.S2 or bool(overrides) or bool(outcome.silenced)


def gone_against(
    work: Work, appointments: Iterable[str], *, until: Severity = Severity.S4
) -> Mapping[str, Mapping[str, Severity]]:
    """Tell which rules were gone against at visits, and how grave each was then, up to a severity."""
    asked = select(Decision.appointment, Decision.findings, Decision.overrides).where(
        Decision.appointment.in_(list(appointments))
    )
    found: dict[str, dict[str, Severity]] = {}
    for row in work.run(asked.order_by(Decision.decided_at, Decision.id)):
        grave = {finding["rule"]: Severity[finding["severity"]] for finding in row.findings}
        for override in row.overrides:
            severity = grave.get(
                override["rule"]
            )  # a file may bring an override of something it did not find
            if severity is not None and severity <= until:
                found.setdefault(row.appointment, {})[override["rule"]] = severity
    return found


def applied_before(work: Work, appointment: str, quick: str | None) -> set[str]:
    """Name the modifications that were ticked already for a visit, on the same check of the day."""
    asked = select(Decision.applied).where(Decision.appointment == appointment, Decision.quick == quick)
    return {rule for row in work.run(asked) for rule in row.applied or ()}


def still_against(outcome: Outcome, before: Mapping[str, Severity]) -> Collection[str]:
    """Pick the rules that were gone against when they were no less grave than they are now."""
    return {f.rule for f in outcome.findings if f.rule in before and f.severity <= before[f.rule]}
