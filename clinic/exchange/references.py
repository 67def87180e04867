"""Who is who in a file: every id once, and every mention of an id leading somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.exchange.contents import LISTS, Item, Joined, Place, under
from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

# Key of an item → the list it refers to.
_REFERENCES = {
    "clients": {"assigned_to": "staff"},
    "screenings": {"client": "clients"},
    "letters": {"client": "clients"},
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
}
# The same one step further in: list, key of a list inside its items.
_INNER_REFERENCES = {
    ("clients", "relations"): {"staff": "staff"},
    ("notes", "addenda"): {"by": "staff"},
    ("invoices", "lines"): {"appointment": "appointments", "bundle": "bundles"},
    ("payments", "allocations"): {"line": "lines"},
    ("refunds", "allocations"): {"line": "lines"},
}


def check_references(joined: Joined) -> None:
    """Refuse doubled ids, doubled numbers and codes, and ids that nothing in file or practice has."""
    _check_ids(joined)
    known: dict[str, Collection[str]] = {**joined.items, "lines": joined.lines}
    for name, keys in _REFERENCES.items():
        for at, item in joined.every(name):
            _resolve(at, item, keys, known)
    for (name, inner), keys in _INNER_REFERENCES.items():
        for at, item in joined.every(name):
            for place, part in enumerate(item.get(inner, ())):
                _resolve(under(at, inner, place), part, keys, known)


def _resolve(at: Place, item: Item, keys: Mapping[str, str], known: Mapping[str, Collection[str]]) -> None:
    for key, target in keys.items():
        if key in item and item[key] not in known[target]:
            raise Refusal("dangling_reference", at=under(at, key), list=target)


def _check_ids(joined: Joined) -> None:
    for name in LISTS:
        _once("doubled_id", ((under(at, "id"), item["id"]) for at, item in joined.every(name)))
    # Payments name lines without their invoice, so a line's id must be the only one of the practice.
    _once("doubled_id", ((under(at, "id"), line["id"]) for at, line, _ in joined.every_line()))
    # A later payment's receipt takes its number from the same series as those of the invoices.
    numbered = ("number", ("invoices", "payments")), ("number", ("refunds",)), ("code", ("gifts",))
    for key, names in numbered:
        _once(
            "doubled_number",
            ((under(at, key), item[key]) for name in names for at, item in joined.every(name) if key in item),
        )


def _once(code: str, named: Iterable[tuple[Place, str]]) -> None:
    first: dict[str, Place] = {}
    for at, name in named:
        if name in first:
            # What is kept already comes last: then the place of the file's own is the one to show.
            raise Refusal(code, at=at or first[name], other=first[name])
        first[name] = at
