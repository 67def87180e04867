"""Signatures: whoever treats draws theirs once, and the papers of their visits that they issue bear it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.records import Hand
from clinic.rules.permissions import Permission
from clinic.values import TREATING, Refusal
from clinic.workroom import signing
from clinic.workroom.signing import Strokes

if TYPE_CHECKING:
    from datetime import datetime

    from clinic.storage.work import Work

__all__ = ["Mine", "Strokes", "forget", "keep", "mine"]
MOST_POINTS = 20_000
"""More than the longest name needs."""


@dataclass(frozen=True, slots=True)
class Mine:
    """How the person at work signs."""

    treats: bool
    """Whether there are papers of theirs to sign."""
    strokes: Strokes | None
    """None where nothing is signed; no strokes where the name is set in type."""
    drawn_at: datetime | None


def mine(work: Work) -> Mine:
    """Show one's own signature; nobody is shown another's."""
    work.require(Permission.OWN_KEY)
    hand = work.session.get(Hand, work.actor.staff)
    treats = work.actor.role in TREATING
    if hand is None:
        return Mine(treats, None, None)
    return Mine(treats, signing.strokes_of(hand), hand.drawn_at.astimezone(work.zone))


def keep(work: Work, *, strokes: Strokes) -> Strokes | None:
    """Keep one's own signature for the papers to come, none meaning the name in type; answers what it was."""
    work.require(Permission.OWN_KEY)
    if work.actor.role not in TREATING:
        raise Refusal("not_allowed", permission=Permission.OWN_KEY.value)
    if sum(map(len, strokes)) > MOST_POINTS:
        raise Refusal("too_long", at="strokes", longest=MOST_POINTS)
    hand = work.session.get(Hand, work.actor.staff)
    before = None if hand is None else signing.strokes_of(hand)
    if hand is None:
        work.add(Hand(staff=work.actor.staff, drawn_at=work.now, strokes=signing.packed(strokes)))
    else:
        hand.drawn_at, hand.strokes = work.now, signing.packed(strokes)
    return before


def forget(work: Work) -> Strokes | None:
    """Sign nothing any more; what was signed stays signed. Answers what the signature was."""
    work.require(Permission.OWN_KEY)
    hand = work.session.get(Hand, work.actor.staff)
    if hand is None:
        return None
    before = signing.strokes_of(hand)
    work.session.delete(hand)
    return before
