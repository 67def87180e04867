"""Who is who in a file: every id once, and every mention of an id leading somewhere."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from clinic.exchange.contents import LISTS, Item, Joined, Place, under
from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

# Key of an item → the list it refers to.
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "clients": {"assigned_to": "staff"},
    "screenings": {"client": "clients", "supersedes": "screenings"},
    "letters": {"client": "clients", "superseded_by": "letters"},
    "requests": {
        "client": "clients",
        "clinician": "clinicians",
        "letter": "letters",
        "answer": "letters",
    },
    "appointments": {
        "client": "clients",
        "staff": "staff",
        "room": "rooms",
        "treatment": "treatments",
        "letter": "letters",
    },
    "notes": {"appointment": "appointments", "written_by": "staff"},
    "invoices": {"client": "clients"},
    "bundles": {"client": "clients", "line": "lines", "treatment": "treatments"},
    "gifts": {"line": "lines"},
    "payments": {"client": "clients", "gift": "gifts"},
    "refunds": {"payment": "payments"},
    "steps": {"appointment": "appointments", "by": "staff"},
    "attempts": {"client": "clients", "appointment": "appointments", "by": "staff"},
    "closings": {"closed_by": "staff"},
    "blocks": {"staff": "staff", "room": "rooms"},
    "waiting": {
        "client": "clients",
        "treatment": "treatments",
        "staff": "staff",
        "appointment": "appointments",
    },
    "plans": {"client": "clients", "written_by": "staff", "letter": "letters", "treatment": "treatments"},
    "phrases": {"staff": "staff"},
    "consents": {"client": "clients", "witness": "staff"},
    "decisions": {
        "appointment": "appointments",
        "decided_by": "staff",
        "full": "screenings",
        "quick": "screenings",
    },
    "clearance_requests": {
        "client": "clients",
        "appointment": "appointments",
        "opened_by": "staff",
        "letter": "letters",
    },
}
# The same one step further in: list, key of a list inside its items.
INNER_REFERENCES = {
    ("clients", "relations"): {"staff": "staff"},
    ("notes", "addenda"): {"by": "staff"},
    ("invoices", "lines"): {"appointment": "appointments", "bundle": "bundles"},
    ("bundles", "shared_with"): {"client": "clients"},
    ("payments", "allocations"): {"line": "lines"},
    ("refunds", "allocations"): {"line": "lines"},
}


def check_references(joined: Joined) -> None:
    """Refuse doubled ids, doubled numbers and codes, and ids that nothing in file or practice has."""
    _check_ids(joined)
    known: dict[str, Collection[str]] = {**joined.items, "lines": joined.lines}
    for name, keys in REFERENCES.items():
        for at, item in joined.every(name):
            _resolve(at, item, keys, known)
    for (name, inner), keys in INNER_REFERENCES.items():
        for at, item in joined.every(name):
            for place, part in enumerate(item.get(inner, ())):
                _resolve(at, part, keys, known, (inner, place))


def _resolve(
    at: Place,
    item: Item,
    keys: Mapping[str, str],
    known: Mapping[str, Collection[str]],
    inside: tuple[str | int, ...] = (),
) -> None:
    for key, target in keys.items():
        if key in item and item[key] not in known[target]:
            raise Refusal("dangling_reference", at=under(at, *inside, key), list=target)


def _check_ids(joined: Joined) -> None:
    for name in LISTS:
        _once("doubled_id", "id", joined.every(name))
    # Payments name lines without their invoice, so a line's id must be the only one of the practice.
    _once("doubled_id", "id", ((at, line) for at, line, _ in joined.every_line()))
    # A later payment's receipt takes its number from the same series as those of the invoices.
    _once("doubled_number", "number", chain(joined.every("invoices"), joined.every("payments")))
    _once("doubled_number", "number", joined.every("refunds"))
    _once("doubled_number", "code", joined.every("gifts"))


def _once(code: str, key: str, items: Iterable[tuple[Place, Item]]) -> None:
    first: dict[str, Place] = {}
    for at, item in items:
        if key not in item:
            continue
        if item[key] in first:
            raise Refusal(code, at=under(at, key), other=under(first[item[key]], key))
        first[item[key]] = at
