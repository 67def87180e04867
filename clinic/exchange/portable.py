"""The portable practice file: read, checked and written."""

from __future__ import annotations

import json
import stat
from functools import cache
from typing import TYPE_CHECKING, Any

from clinic.exchange import jsontext
from clinic.exchange.contents import LISTS, Joined, PortablePractice
from clinic.exchange.diary import check_times
from clinic.exchange.files import written_whole
from clinic.exchange.ledger import check_money
from clinic.exchange.papers import check_papers
from clinic.exchange.references import check_references
from clinic.exchange.shape import check_shape, schema
from clinic.values import Refusal

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "clinic-practice"
VERSION = 1
LARGEST = 1 << 30
"""More than a thousand years of a busy clinic; what is larger is no practice."""

_SCHEMA = "practice-1.json"
_NOTHING = PortablePractice()


def read_bytes(path: Path) -> bytes:
    """Read a file that somebody brought; one that can't be read is bad input."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise Refusal("not_a_file")
        if about.st_size > LARGEST:
            raise Refusal("file_too_large", most=LARGEST)
        return path.read_bytes()
    except FileNotFoundError:
        raise Refusal("no_such_file") from None
    except (OSError, ValueError):
        raise Refusal("unreadable_file") from None


def read(path: Path) -> PortablePractice:
    """Read a file and make sure of its shape; `check` then looks at what its items say of each other."""
    return parse(read_bytes(path))


def parse(data: bytes) -> PortablePractice:
    """Take a file's bytes apart."""
    document = jsontext.parse(data)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Refusal("unknown_format", at="/format")
    version = document.get("version")
    if isinstance(version, int) and version > VERSION:
        raise Refusal("newer_version", at="/version", known=VERSION)
    check_shape(document, _SCHEMA)
    for gift in document.get("gifts", ()):
        _gather_rests(gift)
    return PortablePractice(
        **{key: value for key, value in document.items() if key not in {"format", "version"}}
    )


def _gather_rests(gift: dict[str, Any]) -> None:
    """Take a gift's one rest, as earlier files have it, for the first of several."""
    if "paid_out_on" in gift:
        one = {"on": gift.pop("paid_out_on"), "cents": gift.pop("paid_out_cents")}
        gift["paid_out"] = [one, *gift.get("paid_out", ())]


def check(file: PortablePractice, there: PortablePractice = _NOTHING) -> None:
    """Refuse a file that contradicts itself or what the practice already keeps, naming the place.

    `there` needs only what the file can touch; its items with an id of the file count as replaced. In a
    fault between two items already kept, or of one broken by the file's change of another, `at` is None.
    """
    joined = Joined(file, there)
    check_references(joined)
    check_times(joined)
    check_money(joined)
    check_papers(joined)


def write(practice: PortablePractice, path: Path) -> None:
    """Write a practice, a line per item and keys in the schema's order: equal practices are equal bytes."""
    with written_whole(path) as file:
        file.write(f'{{\n"format": "{FORMAT}",\n"version": {VERSION}'.encode())
        if practice.exported_at is not None:
            file.write(f',\n"exported_at": {_text(practice.exported_at)}'.encode())
        if practice.practice is not None:
            file.write(f',\n"practice": {_text(ordered(practice.practice, "practice"))}'.encode())
        for name in LISTS:
            lines = ",\n".join(_text(ordered(item, name)) for item in practice.of(name))
            file.write(f',\n"{name}": [\n{lines}\n]'.encode())
        file.write(b"\n}\n")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def ordered(item: Any, name: str) -> Any:
    """Put the keys of an item of a list, and of all it holds, into the order of the schema."""
    return _arrange(item, _order(name))


Order = dict[str, Any]
"""Keys in their order, each with the order of what it holds; no keys: as the alphabet has it."""


def _arrange(value: Any, order: Order) -> Any:
    if isinstance(value, list):
        return [_arrange(one, order) for one in value] if value and not isinstance(value[0], str) else value
    if not isinstance(value, dict):
        return value
    keys = [key for key in order if key in value]
    keys += sorted(key for key in value if key not in order)
    return {key: _arrange(value[key], order.get(key, {})) for key in keys}


@cache
def _order(name: str) -> Order:
    node = schema(_SCHEMA)["properties"][name]
    return _order_of(node)


def _order_of(node: Any) -> Order:
    reference = node.get("$ref", "")
    if reference.startswith("#/$defs/"):
        return _order_of(schema(_SCHEMA)["$defs"][reference.rpartition("/")[2]])
    if node.get("type") == "array":
        return _order_of(node["items"])
    return {key: _order_of(inner) for key, inner in node.get("properties", {}).items()}
