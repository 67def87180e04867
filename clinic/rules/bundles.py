"""Bundles: how visits paid for in advance are paid one by one, as they are delivered."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from clinic.values import NOTHING, BundleId, ClientId, LineId, Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from clinic.rules.billing import LateRefund, Piece
    from clinic.values import PaymentId


@dataclass(frozen=True, slots=True)
class Use:
    """A visit taken from a bundle."""

    line: LineId
    delivered_on: date


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle with its price and the visits taken from it, whoever took them."""

    id: BundleId
    client: ClientId
    sale: LineId
    price: Money
    visits: int
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Funding:
    """How the money on a bundle went to its visits."""

    worth: Mapping[LineId, Money]
    """What each visit taken is worth; the last of the bundle has the remaining cents."""
    pieces: Mapping[LineId, tuple[Piece, ...]]


UNUSED = Funding({}, {})


def fund(bundle: Bundle, paid: Iterable[Piece], paid_back: Iterable[LateRefund] = ()) -> Funding:
    """Let the money on a bundle's sale pay its visits in the order they were delivered.

    Each part counts on the later of the two days, the delivery's and the payment's (`domain.md` C6). Money paid
    back in a later year is gone for the visits delivered from then on; those before keep what they had.
    """
    uses = sorted(bundle.uses, key=lambda use: (use.delivered_on, use.line))
    shares = bundle.price.split(bundle.visits)
    worth = {use.line: shares[n] if n < len(shares) else NOTHING for n, use in enumerate(uses)}
    purse = sorted(paid, key=lambda piece: (piece.paid_on, piece.payment))
    left = [piece.amount for piece in purse]
    returns = sorted(paid_back, key=lambda refund: refund.refunded_on)
    pieces: dict[LineId, list[Piece]] = defaultdict(list)
    for use in uses:
        while returns and returns[0].refunded_on <= use.delivered_on:
            gone = returns.pop(0)
            for n, piece in enumerate(purse):
                if piece.payment == gone.payment:
                    left[n] = max(NOTHING, left[n] - gone.amount)
        due = worth[use.line]
        for n, piece in enumerate(purse):
            part = min(due, left[n])
            if part > NOTHING:
                counts_on = max(piece.paid_on, use.delivered_on)
                pieces[use.line].append(replace(piece, counts_on=counts_on, amount=part))
                left[n] -= part
                due -= part
    return Funding(worth, {line: tuple(parts) for line, parts in pieces.items()})


def still_open(
    paid: Iterable[Piece],
    paid_back: Iterable[LateRefund],
    funding: Funding,
    on: date,
) -> Money:
    """Tell how much of a bundle's money was the client's still, at the end of a day.

    What was paid back of visits already delivered leaves what other payments hold untouched.
    """
    left: Counter[PaymentId] = Counter()
    for piece in paid:
        if piece.by_client and piece.paid_on <= on:
            left[piece.payment] += piece.amount.cents
    for refund in paid_back:
        if refund.refunded_on <= on:
            left[refund.payment] -= refund.amount.cents
    for piece in chain.from_iterable(funding.pieces.values()):
        if piece.counts_on <= on:
            left[piece.payment] -= piece.amount.cents
    return Money((+left).total())
