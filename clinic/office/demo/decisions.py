"""The decisions of the demo: visits that went ahead although a rule spoke against them, by whom and why."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from clinic.exchange.cases import clearance_of
from clinic.exchange.catalogue import rule_book
from clinic.office.demo.notes import instant
from clinic.rules.answers import Answered
from clinic.rules.areas import expand
from clinic.rules.contraindications import (
    Case,
    Moment,
    OverrideReason,
    Request,
    Severity,
    judge,
    may_override,
)
from clinic.values import Role, ScreeningKind, State, Technique

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from clinic.office.demo.catalogue import Item
    from clinic.rules.contraindications import Finding, Outcome

LOOKED_BACK = timedelta(days=60)
SOON, THEN = timedelta(days=3), time(16, 40)
"""How long before today, or before a visit that has been, they made up their minds, and at which hour."""
AFTER_ANSWERS = timedelta(minutes=20)
EACH = 2
"""Of each role so many, one ahead and one behind where there are."""

WORDS = {
    "pressure": (OverrideReason.MEASURE_RECHECKED, "148/90 at home this morning, read out on the phone"),
    "system": (OverrideReason.CLIENT_CORRECTED_ANSWER, "Went through the open questions on the phone"),
}
SPOKEN = (OverrideReason.OTHER, "Spoke with the treating doctor; light work only, away from the area")


def decisions(document: Item, now: datetime, zone: ZoneInfo) -> list[Item]:
    """Let each role that may do so go against a flag or two; a visit ahead that was held is confirmed by it."""
    role = {person["id"]: Role(person["role"]) for person in document["staff"]}
    left = {(one, ahead): EACH // 2 for one in (Role.OWNER, Role.THERAPIST) for ahead in (True, False)}
    found: list[Item] = []
    settled: set[str] = set()
    for visit in _doubtful(document["appointments"], now):
        ahead = datetime.fromisoformat(visit["at"]) > now
        by = role[visit["staff"]]
        if visit["client"] in settled or not left.get((by, ahead)):
            continue
        judged = _judged(document, visit, now)
        if judged is None:
            continue
        outcome, decided, full = judged
        stops = [finding for finding in outcome.findings if finding.severity >= Severity.S3]
        asked_of = bool(stops) and all(may_override(finding, by) for finding in stops)
        if not asked_of or ahead is _is_system(stops):
            continue
        left[by, ahead] -= 1
        settled.add(visit["client"])
        if ahead:
            visit["state"] = State.CONFIRMED.value
        found.append(
            {
                "id": f"d-{len(found) + 1:03}",
                "appointment": visit["id"],
                "moment": Moment.BOOKING.value,
                "decided_at": instant(decided, zone),
                "decided_by": visit["staff"],
                "role": by.value,
                "outcome": outcome.severity.name,
                "decision": outcome.decision,
                "ruleset": outcome.ruleset,
                "policy": {},
                "findings": [_without_nothing(finding) for finding in outcome.as_json()["findings"]],
                "overrides": [_override(finding) for finding in stops],
                "full": full,
            }
        )
    return found


def _doubtful(appointments: Sequence[Item], now: datetime) -> Iterator[Item]:
    """Go through the visits that may have been doubted: those held again and again ahead, and those behind."""
    held = [each for each in appointments if each["state"] == State.TENTATIVE]
    seen: set[str] = set()
    for visit in held:  # the first one stays held: there is something left to ask a doctor
        if visit["client"] in seen and datetime.fromisoformat(visit["at"]) > now:
            yield visit
        seen.add(visit["client"])
    for visit in reversed(appointments):
        if visit["state"] == State.DONE and now - LOOKED_BACK < datetime.fromisoformat(visit["at"]) < now:
            yield visit


def _judged(document: Item, visit: Item, now: datetime) -> tuple[Outcome, datetime, str] | None:
    """Judge a visit as it stood when it was decided on; None where nothing was answered by then."""
    at = datetime.fromisoformat(visit["at"])
    decided = datetime.combine((min(at, now) - SOON).date(), THEN)
    told = [
        (datetime.fromisoformat(each["answered_at"]), each)
        for each in document["screenings"]
        if each["client"] == visit["client"] and each["kind"] == ScreeningKind.FULL
    ]
    told = [(when, each) for when, each in told if when + AFTER_ANSWERS <= min(at, now)]
    if not told:
        return None
    when, full = max(told, key=lambda one: one[0])
    decided = max(decided, when + AFTER_ANSWERS)
    treatment = next(each for each in document["treatments"] if each["id"] == visit["treatment"])
    client = next(each for each in document["clients"] if each["id"] == visit["client"])
    person = next(each for each in document["staff"] if each["id"] == visit["staff"])
    case = Case(
        moment=Moment.BOOKING,
        at=at,
        asked_at=decided,
        request=Request(
            Technique(treatment["technique"]), visit["minutes"], expand(visit.get("sites", ())), ()
        ),
        born=date.fromisoformat(client["born"]) if "born" in client else None,
        guardian_consent="consent_on" in client.get("guardian", {}),
        prenatal_certified=bool(person.get("prenatal_certified")),
        full=Answered(when, full["answers"]),
        quick=None,
        clearances=tuple(
            clearance_of(each)
            for each in document["letters"]
            if each["client"] == visit["client"] and each.get("rules")
        ),
    )
    return judge(case, rule_book()), decided, full["id"]


def _is_system(findings: Sequence[Finding]) -> bool:
    return all(finding.rule.startswith("SYS-") for finding in findings)


def _without_nothing(finding: Item) -> Item:
    """Leave out what a finding does not say, as a portable file does."""
    return {key: said for key, said in finding.items() if said is not None}


def _override(finding: Finding) -> Item:
    rule = rule_book().rules.get(finding.rule)
    reason, words = WORDS.get("system" if rule is None else rule.family, SPOKEN)
    return {"rule": finding.rule, "reason": reason.value, "text": words}
