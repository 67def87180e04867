"""How a letter stands, and what may become of it: the states of `domain.md` E, told from its facts and a day."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from clinic.rules import necessity
from clinic.values import LetterKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from clinic.rules.counting import Policy
    from clinic.rules.necessity import Letter

# domain E: reminded thirty, fourteen and three days before the end, and when two visits are left or fewer.
LADDER = (30, 14, 3)
EXPIRING_DAYS = LADDER[0]
FEW_VISITS = 2


class Standing(StrEnum):
    """How a letter stands on a day."""

    REQUESTED = "requested"
    PENDING = "pending"
    INCOMPLETE = "incomplete"
    RECEIVED = "received"
    """A clearance that is on file and was not verified with the one who signed it."""
    COMING = "coming"
    ACTIVE = "active"
    EXPIRING = "expiring"
    USED_UP = "used_up"
    EXPIRED = "expired"
    DENIED = "denied"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    VOIDED = "voided"
    """A clearance that a change in the client's health took back."""


class Decision(StrEnum):
    """What a plan made of a referral or an authorisation that was asked of it."""

    REQUESTED = "requested"
    PENDING = "pending"
    APPROVED = "approved"
    PARTIAL = "partial"
    DENIED = "denied"
    CANCELLED = "cancelled"


class Event(StrEnum):
    """What may happen to a letter."""

    DAY_PASSED = "day_passed"
    VISIT_TAKEN = "visit_taken"
    VISIT_RETURNED = "visit_returned"
    COMPLETED = "completed"
    DECIDED = "decided"
    VERIFIED = "verified"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    REINSTATED = "reinstated"


class Closed(StrEnum):
    """Why nobody waits for a clinician's word any more; a clearance is voided for the last one too."""

    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"
    VOIDED_BY_CHANGE = "VOIDED_BY_CHANGE"  # the word of `domain.md`, A0


OPEN = frozenset({Standing.REQUESTED, Standing.PENDING})
SPEAKING = frozenset({Standing.COMING, Standing.ACTIVE, Standing.EXPIRING, Standing.USED_UP})
ENDED = frozenset(
    {
        Standing.EXPIRED,
        Standing.DENIED,
        Standing.CANCELLED,
        Standing.SUPERSEDED,
        Standing.REVOKED,
        Standing.VOIDED,
    }
)
"""From here on only a correction by somebody leads back."""
ALIVE = frozenset(Standing) - ENDED
_TAKEN_BACK = frozenset({Standing.REVOKED, Standing.VOIDED})

# domain E: what may happen in which state. A day passes and a visit counts whatever the state is.
OPEN_TO: Mapping[Event, frozenset[Standing]] = {
    Event.DAY_PASSED: frozenset(Standing),
    Event.VISIT_TAKEN: frozenset(Standing),
    Event.VISIT_RETURNED: frozenset(Standing),
    Event.COMPLETED: frozenset({Standing.INCOMPLETE}),
    Event.DECIDED: OPEN | {Standing.DENIED, Standing.CANCELLED},  # a refusal may be turned by an appeal
    Event.VERIFIED: frozenset({Standing.RECEIVED}),
    Event.SUPERSEDED: SPEAKING | {Standing.EXPIRED, Standing.RECEIVED, Standing.INCOMPLETE},
    Event.REVOKED: ALIVE | {Standing.EXPIRED, Standing.SUPERSEDED},
    Event.REINSTATED: _TAKEN_BACK,
}
_BY_TIME = {
    Standing.COMING: {Standing.ACTIVE, Standing.EXPIRING, Standing.USED_UP, Standing.EXPIRED},
    Standing.ACTIVE: {Standing.EXPIRING, Standing.EXPIRED},
    Standing.EXPIRING: {Standing.EXPIRED},
    Standing.USED_UP: {Standing.EXPIRED},
    Standing.RECEIVED: {Standing.EXPIRED},
}
_BY_VISIT = {
    Standing.COMING: {Standing.USED_UP},
    Standing.ACTIVE: {Standing.EXPIRING, Standing.USED_UP},
    Standing.EXPIRING: {Standing.USED_UP},
}


_RESTED = SPEAKING | {Standing.EXPIRED, Standing.RECEIVED, Standing.INCOMPLETE}
_DECIDED = _RESTED | OPEN | {Standing.DENIED, Standing.CANCELLED}
_LATER = _TAKEN_BACK | {Standing.SUPERSEDED}
_BY_RETURN = {
    Standing.USED_UP: {Standing.COMING, Standing.ACTIVE, Standing.EXPIRING},
    Standing.EXPIRING: {Standing.ACTIVE},
}
_AFTERWARDS: Mapping[Event, frozenset[Standing]] = {
    Event.COMPLETED: _RESTED,
    Event.VERIFIED: _RESTED,
    Event.DECIDED: _DECIDED,
    Event.REVOKED: _TAKEN_BACK,
    Event.REINSTATED: _DECIDED | {Standing.SUPERSEDED},
}


def leads_to(before: Standing, event: Event) -> frozenset[Standing]:
    """Name the states a letter may be in after an event; none where the event cannot happen."""
    if before not in OPEN_TO[event]:
        return frozenset()
    if event in _AFTERWARDS:
        return _AFTERWARDS[event]
    if event is Event.DAY_PASSED:
        # What takes the letter back, or follows it, from a later day on does so once that day comes.
        later = _LATER if before not in ENDED else frozenset()
        return frozenset({before, *_BY_TIME.get(before, ()), *later})
    if event is Event.SUPERSEDED:
        return frozenset({Standing.SUPERSEDED, before})  # where from a later day on, it speaks until then
    step = _BY_VISIT if event is Event.VISIT_TAKEN else _BY_RETURN
    return frozenset({before, *step.get(before, ())})


def standing(letter: Letter, left: int | None, on: date, policy: Policy) -> Standing:
    """Tell how a letter stands on a day."""
    return _taken_back(letter, on) or _asked(letter) or _spoken(letter, left, on, policy)


def _taken_back(letter: Letter, on: date) -> Standing | None:
    if letter.revoked_on is not None and letter.revoked_on <= on:
        return Standing.VOIDED if letter.revoked_for == Closed.VOIDED_BY_CHANGE else Standing.REVOKED
    followed = letter.superseded_on is not None and letter.superseded_on <= on
    return Standing.SUPERSEDED if followed else None


def _spoken(letter: Letter, left: int | None, on: date, policy: Policy) -> Standing:
    """Tell how far a letter that says something is through its days and visits."""
    lacks = letter.kind in necessity.SUPPORTING and necessity.missing(
        letter, strict_duration=policy.strict_duration
    )
    window = necessity.window(letter, policy.lmn_retro_days)
    if window is None or lacks:
        return Standing.INCOMPLETE
    if window.end < on:
        return Standing.EXPIRED
    if letter.kind is LetterKind.CLEARANCE and not letter.verified:
        return Standing.RECEIVED
    if left == 0:
        return Standing.USED_UP
    running_out = rung(window.end, left, on) is not None
    if on < window.start:
        return Standing.COMING
    return Standing.EXPIRING if running_out else Standing.ACTIVE


def _asked(letter: Letter) -> Standing | None:
    """Tell how far a referral, an authorisation or a clearance is that was asked for."""
    if letter.kind is LetterKind.CLEARANCE:
        dated = letter.signed_on is not None or letter.signed
        return None if dated else Standing.REQUESTED
    if letter.kind not in necessity.PERMITTING or not letter.decision:
        return None
    return {
        Decision.REQUESTED: Standing.REQUESTED,
        Decision.PENDING: Standing.PENDING,
        Decision.DENIED: Standing.DENIED,
        Decision.CANCELLED: Standing.CANCELLED,
    }.get(Decision(letter.decision))


_FOLLOWS = {
    Decision.REQUESTED: frozenset(Decision),
    Decision.PENDING: frozenset(Decision) - {Decision.REQUESTED},
    Decision.APPROVED: frozenset({Decision.APPROVED, Decision.CANCELLED}),
    Decision.PARTIAL: frozenset({Decision.PARTIAL, Decision.APPROVED, Decision.CANCELLED}),
    Decision.DENIED: frozenset(Decision) - {Decision.REQUESTED},
    Decision.CANCELLED: frozenset({Decision.CANCELLED, Decision.REQUESTED}),
}


def may_follow(before: Decision, after: Decision) -> bool:
    """Tell whether a plan's decision may turn into another; a refusal may, by an appeal."""
    return after in _FOLLOWS[before]


def rung(ends: date, left: int | None, on: date) -> int | None:
    """Tell on which rung of the ladder a letter is: 30, 14 or 3 days, or 0 where few visits are left."""
    days = (ends - on).days
    reached = [step for step in LADDER if days <= step]
    if reached:
        return reached[-1]
    return 0 if left is not None and left <= FEW_VISITS else None
