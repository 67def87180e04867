"""What was put on a receipt in the making, as words that are kept while the window is locked."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from clinic.office.charges import BundleOffer, Charge, OpenBundle
from clinic.values import AppointmentId, BundleId, LineKind, Money, TreatmentId

if TYPE_CHECKING:
    from collections.abc import Sequence

AMOUNTS = ("price", "discount", "tax")


class Kept(NamedTuple):
    """What somebody had put on the receipt."""

    extra: tuple[Charge, ...]
    bundle: OpenBundle | None
    off: tuple[int, str]
    """What was taken off the treatment's price, in cents, and why."""
    tip: tuple[str, str]
    """The share chosen, and the amount typed."""


def told(
    extra: Sequence[Charge], bundle: OpenBundle | None, off: tuple[int, str], tip: tuple[str, str]
) -> str:
    """Tell it in words."""
    kept = {"extra": [_told(each) for each in extra], "bundle": bundle and asdict(bundle)}
    return json.dumps(kept | {"off": off, "tip": tip}, sort_keys=True)


def read(words: str) -> Kept:
    """Read it back."""
    kept = json.loads(words)
    bundle = kept["bundle"]
    if bundle is not None:
        ids = {"id": BundleId(bundle["id"]), "treatment": TreatmentId(bundle["treatment"])}
        bundle = OpenBundle(**(bundle | ids))
    return Kept(tuple(map(_read, kept["extra"])), bundle, tuple(kept["off"]), tuple(kept["tip"]))


def _told(charge: Charge) -> dict[str, Any]:
    facts = asdict(charge) | {name: getattr(charge, name).cents for name in AMOUNTS}
    return facts | {"kind": charge.kind.value}


def _read(facts: dict[str, Any]) -> Charge:
    sells, appointment, bundle = facts["sells"], facts["appointment"], facts["bundle"]
    made = {
        "kind": LineKind(facts["kind"]),
        "appointment": AppointmentId(appointment) if appointment else None,
        "bundle": BundleId(bundle) if bundle else None,
        "sells": BundleOffer(**sells) if sells else None,
    }
    return Charge(**(facts | made | {name: Money(facts[name]) for name in AMOUNTS}))
