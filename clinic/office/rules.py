"""The rule book in the owner's hands: what each rule asks for, and what of it is off, tighter or strict here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clinic.exchange.catalogue import rule_book
from clinic.rules.contraindications import Severity
from clinic.rules.permissions import Permission, Reach
from clinic.values import Refusal
from clinic.workroom import judging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.rules.contraindications.book import Rule
    from clinic.storage.work import Work

OFF, TIGHTER = "rules_off", "rules_tightened"
STRICT, FIRST_TRIMESTER = "strict_contraindications", "first_trimester_end_weeks"
IN_ROOM, ON_PREMISES = "guardian_in_room_under", "guardian_on_premises_under"
POLICY = (OFF, TIGHTER, STRICT, FIRST_TRIMESTER, IN_ROOM, ON_PREMISES)
AGES = range(19)
"""Years under which a guardian may be asked to be there; nobody needs one who is of age."""
WEEKS = range(10, 17)
"""Weeks of pregnancy that a first trimester may be taken to last."""
TIGHTER_TO = ("S3", "S4")
"""Severities to which the owner may raise a rule: ask first, or not on that day."""


@dataclass(frozen=True, slots=True)
class Row:
    """One rule as the owner sees it."""

    id: str
    family: str
    condition: str
    trigger: str
    clears: str
    severities: tuple[str, ...]
    """From the least to the gravest it can be."""
    founding: bool
    """Whether the strict setting raises it."""
    reviewed: bool
    guards_life: bool
    """Whether it can be an emergency: such a rule is never switched off."""
    off: bool
    tightened_to: str | None


@dataclass(frozen=True, slots=True)
class Book:
    """The rule book as this practice keeps it."""

    version: str
    rows: tuple[Row, ...]
    strict: bool
    first_trimester_ends: int | None
    """Weeks after which the first trimester ends here; None is the catalogue's own number."""
    may_change: bool
    guardian_in_room_under: int | None = None
    guardian_on_premises_under: int | None = None
    """Ages under which a guardian is in the room, or at least near; None is the catalogue's own."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the settings of the rules were, for an undo."""

    settings: Mapping[str, Any]


def book(work: Work) -> Book:
    """Open the rule book with what the owner made of it."""
    work.require(Permission.PRACTICE_SEE)
    policy = judging.policy_of(work)
    catalogue = rule_book()
    rows = tuple(
        Row(
            rule.id,
            rule.family,
            rule.condition,
            rule.trigger,
            rule.clears,
            tuple(sorted({effect.severity.name for effect in rule.bands.values()})),
            rule.founding,
            rule.reviewed,
            _guards_life(rule),
            rule.id in policy.switched_off,
            policy.tightened[rule.id].name if rule.id in policy.tightened else None,
        )
        for rule in catalogue.rules.values()
    )
    return Book(
        catalogue.version,
        rows,
        policy.strict_contraindications,
        policy.first_trimester_end_weeks,
        work.reach(Permission.RULES_CHANGE) is not Reach.NONE,
        policy.guardian_in_room_under,
        policy.guardian_on_premises_under,
    )


def switch(work: Work, rule: str, *, on: bool, reason: str) -> Before:
    """Switch a rule off or on again for this practice; one that guards a life stays on."""
    work.require(Permission.RULES_CHANGE, reason=reason)
    if not on and _guards_life(_known(rule)):
        raise Refusal("rule_guards_life", at="rule")
    _known(rule)
    off = set(_settings(work).get(OFF, ()))
    wanted = off - {rule} if on else off | {rule}
    return _change(work, {OFF: sorted(wanted) or None}, reason, rule)


def tighten(work: Work, rule: str, *, to: str | None, reason: str) -> Before:
    """Raise a rule to *ask first* or *not on that day*, or take that back; nothing is ever lowered."""
    work.require(Permission.RULES_CHANGE, reason=reason)
    known = _known(rule)
    if to is not None and to not in TIGHTER_TO:
        raise Refusal("not_tighter", at="to")
    if to is not None and Severity[to] <= max(effect.severity for effect in known.bands.values()):
        raise Refusal("not_tighter", at="to")
    tighter = {**_settings(work).get(TIGHTER, {}), rule: to}
    kept = {key: value for key, value in sorted(tighter.items()) if value is not None}
    return _change(work, {TIGHTER: kept or None}, reason, rule)


def be_strict(work: Work, *, strict: bool, reason: str) -> Before:
    """Put off, instead of adapting to, everything on the founding list."""
    work.require(Permission.RULES_CHANGE, reason=reason)
    return _change(work, {STRICT: strict or None}, reason, STRICT)


def end_first_trimester(work: Work, *, weeks: int | None, reason: str) -> Before:
    """Say after how many weeks the first trimester ends here."""
    work.require(Permission.RULES_CHANGE, reason=reason)
    if weeks is not None and weeks not in WEEKS:
        raise Refusal("out_of_range", at="weeks")
    return _change(work, {FIRST_TRIMESTER: weeks}, reason, FIRST_TRIMESTER)


def guard_minors(work: Work, *, in_room: int | None, on_premises: int | None, reason: str) -> Before:
    """Say up to which age a guardian is in the room, and up to which on the premises (`domain.md` B6)."""
    work.require(Permission.RULES_CHANGE, reason=reason)
    for name, age in (("in_room", in_room), ("on_premises", on_premises)):
        if age is not None and age not in AGES:
            raise Refusal("out_of_range", at=name)
    if in_room is not None and on_premises is not None and in_room > on_premises:
        raise Refusal("guardian_ages", at="in_room")
    return _change(work, {IN_ROOM: in_room, ON_PREMISES: on_premises}, reason, "AGE-01")


def put_back(work: Work, before: Before, *, reason: str) -> None:
    """Undo a change of the rules."""
    work.require(Permission.RULES_CHANGE, reason=reason)
    _change(work, {key: before.settings.get(key) for key in POLICY}, reason)


def _change(work: Work, wanted: Mapping[str, Any], reason: str, about: str = "") -> Before:
    """Keep the settings; whoever is booked is judged again with it, and the trail says who and why."""
    before = _settings(work)
    settings = {key: value for key, value in {**before, **wanted}.items() if value is not None}
    work.practice.settings = settings or None
    work.note("rules_changed", f"rules/{about}", {"reason": reason.strip(), **wanted})
    return Before({key: before[key] for key in POLICY if key in before})


def _settings(work: Work) -> dict[str, Any]:
    return dict(work.practice.settings or {})


def _known(rule: str) -> Rule:
    known = rule_book().rules.get(rule)
    if known is None:
        raise Refusal("not_found", kind="rules", id=rule)
    return known


def _guards_life(rule: Rule) -> bool:
    return any(effect.severity is Severity.S5 for effect in rule.bands.values())
