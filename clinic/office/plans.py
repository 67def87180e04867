"""Plans: a series of visits with what it is for, how far it has come, and what to mind around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.office import charts, note_list
from clinic.office.door import clean
from clinic.records import Appointment, Letter, Plan, Treatment
from clinic.rules import plans as rules
from clinic.rules.calendar import WEEKDAYS
from clinic.rules.outcomes import Tool
from clinic.rules.permissions import Permission, Reach
from clinic.rules.plans import Advice, Goal, GoalKind, Hint, Progress, Side
from clinic.values import HOLDING, ClientId, LetterId, Refusal, State, TreatmentId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.storage.work import Work

__all__ = [
    "WEEKDAYS",
    "Advice",
    "Facts",
    "Goal",
    "GoalKind",
    "Hint",
    "LetterChoice",
    "PlanCard",
    "Progress",
    "Side",
    "WithPt",
    "current",
    "end",
    "hints",
    "letters",
    "revive",
    "rewrite",
    "version",
    "with_pt",
    "write",
]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a plan says, as its form gives it."""

    begins_on: date
    visits: int
    times: int
    weeks: int
    minutes: int
    condition: str = ""
    goals: tuple[Goal, ...] = ()
    letter: LetterId | None = None
    treatment: TreatmentId | None = None
    review_every: int | None = None
    pt_days: tuple[str, ...] = ()
    pt_side: Side | None = None


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A client's plan with its progress."""

    id: str
    version: int
    facts: Facts
    letter: str
    treatment: str
    progress: Progress
    hints: tuple[Hint, ...]
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class LetterChoice:
    """A letter a plan may stand under, with the condition as it gives it."""

    id: LetterId
    reference: str
    condition: str
    visits: int | None
    """How many it gives in all."""


@dataclass(frozen=True, slots=True)
class WithPt:
    """What physical therapy on a visit's day means; to whom it may say no more, only which goes first."""

    side: Side | None
    advice: tuple[Advice, ...]
    whole: bool


def current(work: Work, client: ClientId) -> PlanCard | None:
    """Give the plan a client follows now, with how far it has come."""
    work.require(Permission.NOTE_READ, client=client)
    plan = _current(work, client)
    return None if plan is None else _card(work, plan)


def _current(work: Work, client: str) -> Plan | None:
    return work.session.scalar(
        select(Plan)
        .where(Plan.client == client, Plan.ended_on.is_(None))
        .order_by(Plan.begins_on.desc(), Plan.id.desc())
        .limit(1)
    )


def letters(work: Work, client: ClientId) -> tuple[LetterChoice, ...]:
    """List the letters a plan may stand under, with the condition in the words of each."""
    work.require(Permission.LETTER_SEE, client=client)
    return tuple(
        LetterChoice(card.id, card.reference, ", ".join(card.diagnoses), card.visits)
        for card in charts.letters(work, client)
        if card.diagnoses
    )


def hints(work: Work, client: ClientId, facts: Facts) -> tuple[Hint, ...]:
    """Weigh a plan that is being written; nothing is held up by it."""
    work.require(Permission.NOTE_WRITE, client=client)
    return rules.hints(_series(work, client, facts))


def write(work: Work, client: ClientId, facts: Facts) -> str:
    """Keep a new plan; the one that stood before ends with it."""
    work.require(Permission.NOTE_WRITE, client=client)
    _check(work, client, facts)
    before = _current(work, client)
    if before is not None:
        before.ended_on = work.today
    plan = Plan(id=work.new_id(), client=client, written_by=work.actor.staff, **_columns(facts))
    work.add(plan)
    work.flush()
    return plan.id


def rewrite(work: Work, plan: str, facts: Facts, *, version: int) -> Facts:
    """Change a plan, and answer what it said before, for an undo."""
    work.require(Permission.NOTE_WRITE)
    record = _own(work, plan)
    _check(work, ClientId(record.client), facts)
    if record.version != version:
        raise Refusal("changed_meanwhile")
    before = _facts(record)
    for name, value in _columns(facts).items():
        if getattr(record, name) != value:
            setattr(record, name, value)
    return before


def version(work: Work, plan: str) -> int:
    """Tell at which version a plan is, for an undo that comes after other changes."""
    work.require(Permission.NOTE_WRITE)
    return _own(work, plan).version


def end(work: Work, plan: str) -> None:
    """End a plan: it stays on file, and nothing counts on it any more."""
    work.require(Permission.NOTE_WRITE)
    _own(work, plan).ended_on = work.today


def revive(work: Work, plan: str) -> None:
    """Take back the end of a plan."""
    work.require(Permission.NOTE_WRITE)
    _own(work, plan).ended_on = None


def with_pt(work: Work, client: ClientId, at: datetime, minutes: int) -> WithPt | None:
    """Tell what physical therapy on the day of a visit means for it; None where there is none that day."""
    work.require(Permission.CALENDAR_SEE, client=client)
    plan = _current(work, client)
    if plan is None or not rules.on_pt_day(at.date(), plan.pt_days or ()):
        return None
    side = Side(plan.pt_side) if plan.pt_side else None
    whole = work.reach(Permission.NOTE_READ) is not Reach.NONE
    return WithPt(side, rules.advice(side or Side.AFTER, minutes) if whole else (), whole)


def _own(work: Work, plan: str) -> Plan:
    record = work.get(Plan, plan)
    work.require(Permission.NOTE_WRITE, client=record.client)
    return record


def _check(work: Work, client: ClientId, facts: Facts) -> None:
    for name, least, most in (("visits", 1, 200), ("times", 1, 7), ("weeks", 1, 26), ("minutes", 5, 240)):
        if not least <= getattr(facts, name) <= most:
            raise Refusal("out_of_range", at=name, least=least, most=most)
    if facts.review_every is not None and not 1 <= facts.review_every <= facts.visits:
        raise Refusal("out_of_range", at="review_every", least=1, most=facts.visits)
    if not set(facts.pt_days) <= set(WEEKDAYS):
        raise Refusal("unknown_field", at="pt_days")
    if facts.letter is not None and work.get(Letter, facts.letter).client != client:
        raise Refusal("other_client", at="letter")
    if facts.treatment is not None:
        work.get(Treatment, facts.treatment)


def _columns(facts: Facts) -> dict[str, Any]:
    return {
        "letter": facts.letter,
        "treatment": facts.treatment,
        "condition": clean(facts.condition, at="text"),
        "goals": [_goal(goal) for goal in facts.goals],
        "begins_on": facts.begins_on,
        "visits": facts.visits,
        "times": facts.times,
        "weeks": facts.weeks,
        "minutes": facts.minutes,
        "review_every": facts.review_every,
        "pt_days": [day for day in WEEKDAYS if day in facts.pt_days] or None,
        "pt_side": facts.pt_side.value if facts.pt_side else None,
    }


def _goal(goal: Goal) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": goal.kind.value, "text": clean(goal.text, at="text"), "tool": goal.tool}
    found["target"] = goal.target
    return {name: value for name, value in found.items() if value not in (None, "")}


def _facts(plan: Plan) -> Facts:
    return Facts(
        plan.begins_on,
        plan.visits,
        plan.times,
        plan.weeks,
        plan.minutes,
        plan.condition or "",
        tuple(
            Goal(GoalKind(g["kind"]), g.get("text", ""), g.get("tool", ""), g.get("target"))
            for g in plan.goals
        ),
        LetterId(plan.letter) if plan.letter else None,
        TreatmentId(plan.treatment) if plan.treatment else None,
        plan.review_every,
        tuple(plan.pt_days or ()),
        Side(plan.pt_side) if plan.pt_side else None,
    )


def _series(work: Work, client: ClientId, facts: Facts) -> rules.Series:
    treatment = work.get(Treatment, facts.treatment) if facts.treatment else None
    given = None
    if facts.letter is not None and work.reach(Permission.LETTER_SEE) is not Reach.NONE:
        given = next((each.visits for each in letters(work, client) if each.id == facts.letter), None)
    return rules.Series(
        begins_on=facts.begins_on,
        visits=facts.visits,
        times=facts.times,
        weeks=facts.weeks,
        minutes=facts.minutes,
        technique=treatment.technique if treatment else None,
        review_every=facts.review_every,
        goals=facts.goals,
        condition=facts.condition,
        letter=facts.letter is not None,
        letter_visits=given,
    )


def _card(work: Work, plan: Plan) -> PlanCard:
    facts = _facts(plan)
    client = ClientId(plan.client)
    asked = (
        select(Appointment.id, Appointment.state)
        .where(
            Appointment.client == plan.client,
            Appointment.at >= datetime.combine(plan.begins_on, datetime.min.time()),
            Appointment.state.in_(HOLDING),
        )
        .order_by(Appointment.at)
    )
    if plan.treatment is not None:
        asked = asked.where(Appointment.treatment == plan.treatment)
    visits = work.run(asked).all()
    done = [visit.id for visit in visits if visit.state is State.DONE]
    series = _series(work, client, facts)
    counted = rules.progress(series, len(done), len(visits) - len(done), _measured(work, client, done))
    letter = work.get(Letter, plan.letter) if plan.letter else None
    return PlanCard(
        plan.id,
        plan.version,
        facts,
        (letter.number or letter.id) if letter else "",
        work.get(Treatment, plan.treatment).name if plan.treatment else "",
        counted,
        rules.hints(series),
        plan.ended_on,
    )


def _measured(work: Work, client: ClientId, done: Sequence[str]) -> list[int]:
    """Give the visits of the series, counted from one, at which more than today's pain was measured."""
    place = {visit: n for n, visit in enumerate(done, 1)}
    return [
        place[note.appointment]
        for note in note_list.of_client(work, client)
        if note.appointment in place and any(m.tool != Tool.NRS for m in note.content.measures)
    ]
