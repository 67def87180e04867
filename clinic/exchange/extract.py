"""Everything about one client, taken out of a whole practice: a portable file that stands by itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from clinic.exchange.contents import LISTS, PortablePractice
from clinic.exchange.references import INNER_REFERENCES, REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clinic.exchange.contents import Item

THEIRS = frozenset({"clients", "appointments", "invoices", "lines", "payments", "bundles", "gifts", "notes"})
"""Lists whose items, once they are a client's, make what points at them the client's too."""
SHARED = frozenset({"staff", "rooms", "treatments", "clinicians", "letters"})
"""Lists of which only what a client's items name comes along."""
OF_STAFF = frozenset({"id", "name", "role", "title", "certificate"})
"""What a client may know of those who treated them."""


def of_client(whole: PortablePractice, client: str) -> PortablePractice:
    """Take out what is a client's, with the staff, rooms and treatments it names and nobody else's facts."""
    kept: defaultdict[str, set[str]] = defaultdict(set)
    kept["clients"].add(client)
    while _grow(whole, kept):
        pass
    _name(whole, kept)
    lists: dict[str, Any] = {
        name: [_own(name, item, kept) for item in whole.of(name) if item["id"] in kept[name]]
        for name in LISTS
    }
    lists["staff"] = [{k: v for k, v in one.items() if k in OF_STAFF} for one in lists["staff"]]
    return replace(whole, **lists)


def _grow(whole: PortablePractice, kept: Mapping[str, set[str]]) -> bool:
    """Add what points at something that is the client's; say whether there was anything to add."""
    before = sum(map(len, kept.values()))
    for name in LISTS:
        if name in SHARED - {"letters"} or name == "clients":
            continue
        for item in whole.of(name):
            if _is_theirs(name, item, kept):
                kept[name].add(item["id"])
    for invoice in whole.invoices:
        if invoice["id"] in kept["invoices"]:
            kept["lines"].update(line["id"] for line in invoice["lines"])
    return sum(map(len, kept.values())) > before


def _is_theirs(name: str, item: Item, kept: Mapping[str, set[str]]) -> bool:
    """Tell whether an item is the client's: by naming the client, or where it names none, by what it is part of."""
    references = REFERENCES.get(name, {})
    if "client" in references:
        return item.get("client") in kept["clients"]
    return any(target in THEIRS and item.get(key) in kept[target] for key, target in references.items())


def _name(whole: PortablePractice, kept: Mapping[str, set[str]]) -> None:
    """Let come along what is named by the client's items."""
    for name in LISTS:
        for item in whole.of(name):
            if item["id"] in kept[name]:
                for target, key in _named(name, item):
                    if target in SHARED - {"letters"}:
                        kept[target].add(key)


def _named(name: str, item: Item) -> Iterator[tuple[str, str]]:
    for key, target in REFERENCES.get(name, {}).items():
        if key in item:
            yield target, item[key]
    for (owner, inner), keys in INNER_REFERENCES.items():
        if owner == name:
            for part in item.get(inner, ()):
                yield from ((target, part[key]) for key, target in keys.items() if key in part)


def _own(name: str, item: Item, kept: Mapping[str, set[str]]) -> Item:
    """Leave out what leads to somebody else: a gift another client bought, a letter of theirs."""
    leads = REFERENCES.get(name, {})
    return {
        key: value
        for key, value in item.items()
        if key not in leads or value in kept[leads[key]] or key == "client"
    }
