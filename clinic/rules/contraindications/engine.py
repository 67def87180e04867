"""Judging a visit: every rule is read, its findings are weighed, and together they give one answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from clinic.rules.answers import Answered, Question, misfits
from clinic.rules.areas import ENDANGERED
from clinic.rules.screening import Standing, birthday, screening_ends, still_open
from clinic.values import Technique

from .families import READINGS
from .outcome import Fault, Finding, Outcome, latest
from .visit import Visit, prepare
from .vocabulary import Hit, Moment, Pressure, Referral, Severity
from .weighing import clear, compose, tighten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from .book import Effect, Rule, RuleBook
    from .case import Case

_OF_AGE = 18


def judge(case: Case, catalogue: RuleBook) -> Outcome:
    """Say what the rules make of this visit on its own day; whatever can't be read holds the booking."""
    return judge_read(case, catalogue)[0]


def judge_read(case: Case, catalogue: RuleBook) -> tuple[Outcome, Visit]:
    """Judge a visit, and give it as the rules have read it, for whoever says what stands behind a finding."""
    case, faults = _readable(case, catalogue)
    visit = prepare(case, catalogue)
    reading = _Reading(visit, catalogue)
    reading.faults += [*faults, *_unmatched(catalogue)]
    for rule_id in READINGS:
        if rule_id in catalogue.rules:
            reading.read(catalogue.rules[rule_id])
    reading.findings += list(_system_findings(reading))
    return _together(reading), visit


def screening_ends_on(case: Case, catalogue: RuleBook) -> date | None:
    """Give the last day for which the full screening on file speaks, as it stands on the day of the case."""
    case, _ = _readable(case, catalogue)
    reading = _Reading(prepare(case, catalogue), catalogue)
    for rule_id in READINGS:
        if rule_id in catalogue.rules:
            reading.read(catalogue.rules[rule_id])
    return None if case.full is None else _full_ends(reading, case.full.at.date())


class _Reading:
    """The rule book being read over one visit."""

    def __init__(self, visit: Visit, book: RuleBook) -> None:
        self.visit, self.book = visit, book
        self.findings: list[Finding] = []
        self.silent: list[Hit] = []
        self.faults: list[Fault] = []
        self.silenced: list[str] = []

    def read(self, rule: Rule) -> None:
        """Read one rule; one that throws is a fault, and a fault holds the booking."""
        try:
            hits = list(READINGS[rule.id](self.visit, rule.numbers))
            finding = compose(rule, hits, self.visit) if hits else None
        except Exception as fault:  # noqa: BLE001 - whatever a rule throws, the booking is held and the fault logged
            self.faults.append(Fault(rule.id, type(fault).__name__))
            return
        self.silent += [hit for hit in hits if hit.silent]
        if finding is None:
            return
        if rule.id in self.book.policy.switched_off:
            self.silenced.append(rule.id)
            return
        self.findings.append(clear(tighten(finding, rule, self.book), rule, self.visit))


def _readable(case: Case, book: RuleBook) -> tuple[Case, list[Fault]]:
    """Leave out answers that don't fit their question: they count as not given, and the booking is held."""
    faults: list[Fault] = []
    full = _fitting(case.full, book.full, "full", faults)
    quick = _fitting(case.quick, book.quick, "quick", faults)
    earlier = tuple(each for one in case.earlier if (each := _fitting(one, book.quick, "quick", faults)))
    return (replace(case, full=full, quick=quick, earlier=earlier) if faults else case), faults


def _fitting(
    answered: Answered | None, questions: Mapping[str, Question], form: str, faults: list[Fault]
) -> Answered | None:
    if answered is None:
        return None
    kept: dict[str, Any] = {}
    for question, answer in answered.answers.items():
        wrong = misfits(answer, questions[question].shape) if question in questions else ("",)
        if wrong:
            faults += [
                Fault(question, f"{form} answer of the wrong shape at /{question}{at}") for at in wrong
            ]
        else:
            kept[question] = answer
    return Answered(answered.at, kept)


def _unmatched(book: RuleBook) -> Iterator[Fault]:
    if book.rules.keys() == READINGS.keys():
        return
    for rule_id in sorted(book.rules.keys() ^ READINGS.keys()):
        yield Fault(rule_id, "nothing reads it" if rule_id in book.rules else "missing from the catalogue")


def _system_findings(reading: _Reading) -> Iterator[Finding]:
    visit, book = reading.visit, reading.book
    if reading.faults:
        about = ", ".join(sorted({fault.rule for fault in reading.faults}))
        yield _system("SYS-FAULT", book.system["SYS-FAULT"], about=about)
    if visit.case.full is None:
        yield _system("SYS-INCOMPLETE", book.system["SYS-INCOMPLETE/all"], needs=["FULL_SCREENING"])
    else:
        unanswered = sorted(
            {*still_open(visit.answers, book.full, born=visit.case.born), *_unknown_medicine(visit)}
        )
        if unanswered:
            needs = [f"ANSWER_{question}" for question in unanswered]
            yield _system(
                "SYS-INCOMPLETE", book.system["SYS-INCOMPLETE"], needs=needs, about=", ".join(unanswered)
            )
    full, quick = _full_is_stale(reading), _quick_is_missing(visit)
    if full or quick:
        needs = [*["FULL_SCREENING"] * full, *["QUICK_CHECK"] * quick]
        effect = book.system["SYS-STALE" if full else "SYS-STALE/quick"]
        yield _system("SYS-STALE", effect, needs=needs)


def _system(rule: str, effect: Effect, *, needs: Iterable[str] = (), about: str = "") -> Finding:
    return Finding(
        rule=rule,
        severity=effect.severity,
        found=effect.severity,
        kind=effect.kind,
        clears_by=effect.clears_by,
        effect=effect,
        needs=frozenset(needs),
        referral=effect.referral,
        about=about,
    )


def _unknown_medicine(visit: Visit) -> Iterator[str]:
    if any(each.classes is None and not each.stopped_before(visit.day) for each in visit.taking):
        yield "K01"


def _quick_is_missing(visit: Visit) -> bool:
    return visit.case.moment is Moment.CHECK_IN and visit.answers.quick_at is None


def _full_is_stale(reading: _Reading) -> bool:
    """Whether the full screening does not speak for this day: run out, yet to come, or overtaken by a quick check."""
    visit = reading.visit
    if visit.case.full is None:
        return False
    answered = visit.case.full.at.date()
    if answered > visit.day:
        return True
    if visit.answers.yes("Q2", "any") and visit.answers.of("Q2").get("text") and answered < visit.day:
        return True
    return visit.day > _full_ends(reading, answered)


def _full_ends(reading: _Reading, answered: date) -> date:
    """Give the last day of the full screening, by how often this client is to be asked again."""
    visit, born = reading.visit, reading.visit.case.born
    standing = Standing(
        chronic=any(finding.chronic for finding in reading.findings),
        cleared=any(finding.cleared for finding in reading.findings),
        minor=visit.age is not None and visit.age < _OF_AGE,
        came_of_age=birthday(born, _OF_AGE) if born else None,
        due=visit.due,
        pregnant=visit.pregnant,
    )
    return screening_ends(answered, standing, reading.book.intervals)


def _together(reading: _Reading) -> Outcome:
    visit, book = reading.visit, reading.book
    findings = tuple(sorted(reading.findings, key=lambda each: (-each.severity, each.rule)))
    severity = max((each.severity for each in findings), default=Severity.S0)
    cap: Pressure | None = min((each.cap for each in findings if each.cap is not None), default=None)
    denied = frozenset[Technique]().union(*(each.denied for each in findings))
    allowed = tuple(
        technique
        for technique, manner in book.techniques.items()
        if severity < Severity.S4 and technique not in denied and (cap is None or manner.least <= cap)
    )
    sites = [*(each.sites for each in findings), *(each.sites for each in reading.silent)]
    needs = [*(each.needs for each in findings), *(each.needs for each in reading.silent)]
    return Outcome(
        severity=severity,
        moment=visit.case.moment,
        findings=findings,
        technique_change_required=severity <= Severity.S2 and visit.case.request.technique not in allowed,
        techniques_allowed=allowed,
        pressure_cap=cap,
        sites_avoided=ENDANGERED.union(visit.case.locked, *sites),
        earliest_ok=latest(*(each.earliest for each in findings)),
        minutes_cap=min((each.minutes for each in findings if each.minutes is not None), default=None),
        positions=tuple(sorted({each for finding in findings for each in finding.positions})),
        products_blocked=tuple(sorted({each for finding in findings for each in finding.products})),
        needs=tuple(sorted({each for some in needs for each in some})),
        referral=max((each.referral for each in findings), default=Referral.NONE),
        ruleset=book.version,
        faults=tuple(reading.faults),
        silenced=tuple(reading.silenced),
    )
