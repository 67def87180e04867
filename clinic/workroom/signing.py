"""Signing: the hand of whoever issues a paper, where it is a paper of a visit of theirs, and nobody else's."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

from clinic.documents.sheets import Signature
from clinic.records import Hand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clinic.storage.work import Work

Strokes = tuple[tuple[tuple[float, float], ...], ...]


def packed(strokes: Sequence[Sequence[Sequence[float]]]) -> bytes:
    """Write strokes as they are kept."""
    return zlib.compress(json.dumps(strokes).encode())


def strokes_of(hand: Hand) -> Strokes:
    """Read strokes as they are kept."""
    kept = json.loads(zlib.decompress(hand.strokes))
    return tuple(tuple((float(right), float(down)) for right, down in stroke) for stroke in kept)


def own_hand(work: Work, named: str) -> Mapping[str, Signature]:
    """Give the hand of the person at work, at this moment; a paper that another issues stays unsigned."""
    hand = work.session.get(Hand, work.actor.staff)
    return {} if hand is None else {hand.staff: Signature(named, work.wall, strokes_of(hand))}
