"""How a sheet is kept: one canonical text, its fingerprint, and the way back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import is_dataclass, replace
from datetime import date, datetime, time
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from clinic.documents.request_sheet import RequestSheet
from clinic.documents.sheets import CreditNoteSheet, ReceiptSheet, Sheet, StatementSheet
from clinic.values import Money

if TYPE_CHECKING:
    from collections.abc import Callable

S = TypeVar("S", ReceiptSheet, StatementSheet, CreditNoteSheet, RequestSheet)

_READ: dict[Any, Callable[[Any], Any]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    time: time.fromisoformat,
    Money: Money,
}


def to_json(sheet: Sheet | RequestSheet) -> str:
    """Write a sheet the one way it is kept: sorted keys, no spare blanks, whole cents, ISO days."""
    return json.dumps(sheet, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_json(kind: type[S], text: str) -> S:
    """Read a kept sheet back; it equals the one that was written."""
    made: Any = kind
    sheet: S = _reader(made)(json.loads(text))
    return sheet


def sheet_hash(sheet: Sheet) -> str:
    """Fingerprint what the paper says; the verification code is made from it and so left out of it."""
    return hashlib.sha256(to_json(replace(sheet, verification="")).encode()).hexdigest()


def in_fours(code: str) -> str:
    """Write a verification code as people read it aloud: ``ABCD-EFGH-…``."""
    bare = code.replace("-", "").replace(" ", "").upper()
    return "-".join(bare[at : at + 4] for at in range(0, len(bare), 4))


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return value.cents
    if isinstance(value, (date, time)):
        return value.isoformat()
    return {name: getattr(value, name) for name in value.__slots__}


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Work out once how values of a kind are read back: a year's end reads thousands of sheets."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        known = _reader(inner[0])
        return lambda value: None if value is None else known(value)
    if origin is tuple and inner[-1] is Ellipsis:
        each = _reader(inner[0])
        return lambda values: tuple(map(each, values))
    if origin is tuple:
        readers = tuple(map(_reader, inner))
        return lambda values: tuple(read(value) for read, value in zip(readers, values, strict=True))
    make: Callable[..., Any] = kind
    if is_dataclass(kind) and kind not in _READ:
        fields = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
        return lambda values: make(**{name: fields[name](value) for name, value in values.items()})
    return str if origin is Literal else _READ.get(kind, kind)
