"""The owner's changes of the rule book: with password and reason, on record, and judged again at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from clinic.office import rules
from clinic.records import AuditRow, Decision, Standing
from clinic.values import Refusal, State
from tests import practices
from tests.office.test_flags_at_booking import AT, EARLIER, PRESSURE, SURGERY, book, kept, sit

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.desk import Desk

__all__ = ["sit"]

WHY = "our own physician reviews these"


def change(desk: Desk, task: Any, **facts: Any) -> rules.Before:
    desk.confirm()
    before: rules.Before = desk.writing(partial(task, reason=WHY, **facts))[0]
    return before


def test_the_book_lists_every_rule_and_who_may_change_it(sit: Callable[..., Desk]) -> None:
    book_ = sit().reading(rules.book)
    assert len(book_.rows) == 138
    assert book_.may_change
    assert not sit("s-therapist").reading(rules.book).may_change
    (stroke,) = (row for row in book_.rows if row.id == "CVD-16")
    assert (stroke.guards_life, stroke.severities[-1], stroke.off) == (True, "S5", False)


def test_a_rule_switched_off_is_silent_and_stands_on_the_decision(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, **PRESSURE)
    first = book(desk)
    before = change(desk, rules.switch, rule="CVD-10", on=False)
    (standing,) = kept(desk, Standing)
    assert (first.state, standing.left) == (State.TENTATIVE, "S0")
    later = book(desk, AT.replace(hour=14))
    assert later.state is State.CONFIRMED
    policy = next(row.policy for row in kept(desk, Decision) if row.appointment == later.appointment)
    assert policy == {"switched_off": ["CVD-10"], "silenced": ["CVD-10"]}
    payloads = desk.reading(
        lambda work: list(
            work.session.scalars(select(AuditRow.payload).where(AuditRow.action == "rules_changed"))
        )
    )
    assert WHY in payloads[0]
    desk.confirm()
    desk.writing(partial(rules.put_back, before=before, reason="undone"))
    assert {row.left for row in kept(desk, Standing)} == {"S3"}


def test_what_guards_a_life_stays_on(sit: Callable[..., Desk]) -> None:
    with pytest.raises(Refusal, match="rule_guards_life"):
        change(sit(), rules.switch, rule="CVD-15", on=False)
    with pytest.raises(Refusal, match="not_found"):
        change(sit(), rules.switch, rule="XXX-99", on=True)


def test_a_rule_is_raised_and_never_lowered(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, D05=[{"what": "raynaud"}])
    assert book(desk).flags["outcome"] == "S1"
    change(desk, rules.tighten, rule="CVD-23", to="S3")
    assert kept(desk, Standing)[0].left == "S3"
    with pytest.raises(Refusal, match="not_tighter"):
        change(desk, rules.tighten, rule="CVD-23", to="S1")
    with pytest.raises(Refusal, match="not_tighter"):
        change(desk, rules.tighten, rule="MSK-03a", to="S4")
    change(desk, rules.tighten, rule="CVD-23", to=None)
    assert kept(desk, Standing)[0].left == "S1"


def test_strict_puts_off_what_is_on_the_founding_list(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, **PRESSURE)
    book(desk)
    change(desk, rules.be_strict, strict=True)
    assert kept(desk, Standing)[0].left == "S4"
    assert desk.reading(rules.book).strict
    change(desk, rules.be_strict, strict=False)
    assert kept(desk, Standing)[0].left == "S3"


def test_the_first_trimester_has_its_bounds(sit: Callable[..., Desk]) -> None:
    desk = sit()
    change(desk, rules.end_first_trimester, weeks=12)
    assert desk.reading(rules.book).first_trimester_ends == 12
    with pytest.raises(Refusal, match="out_of_range"):
        change(desk, rules.end_first_trimester, weeks=40)


def test_up_to_which_age_a_guardian_is_there_is_the_practices_own(sit: Callable[..., Desk]) -> None:
    desk = sit()
    before = change(desk, rules.guard_minors, in_room=14, on_premises=16)
    book_now = desk.reading(rules.book)
    assert (book_now.guardian_in_room_under, book_now.guardian_on_premises_under) == (14, 16)
    for wrong in ({"in_room": 19, "on_premises": None}, {"in_room": None, "on_premises": -1}):
        with pytest.raises(Refusal, match="out_of_range"):
            change(desk, rules.guard_minors, **wrong)
    with pytest.raises(Refusal, match="guardian_ages"):
        change(desk, rules.guard_minors, in_room=15, on_premises=14)
    desk.writing(partial(rules.put_back, before=before, reason="a mistake"))
    assert desk.reading(rules.book).guardian_in_room_under is None


def test_a_change_wants_the_password_and_a_reason(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, **SURGERY)
    with pytest.raises(Refusal, match="reason_missing"):
        desk.writing(partial(rules.be_strict, strict=True, reason=" "))
    with pytest.raises(Refusal, match="not_allowed"):
        sit("s-therapist").writing(partial(rules.be_strict, strict=True, reason=WHY))
