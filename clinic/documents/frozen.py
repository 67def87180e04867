"""How a sheet is kept: one canonical text, its fingerprint, and the way back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from clinic.documents.sheets import CreditNoteSheet, ReceiptSheet, Sheet, StatementSheet
from clinic.values import Money

if TYPE_CHECKING:
    from collections.abc import Callable

S = TypeVar("S", ReceiptSheet, StatementSheet, CreditNoteSheet)

_READ: dict[Any, Callable[[Any], Any]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    time: time.fromisoformat,
}


def to_json(sheet: Sheet) -> str:
    """Write a sheet the one way it is kept: sorted keys, no spare blanks, whole cents, ISO days."""
    return json.dumps(sheet, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_json(kind: type[S], text: str) -> S:
    """Read a kept sheet back; it equals the one that was written."""
    sheet: S = _build(kind, json.loads(text))
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


_hints = lru_cache(get_type_hints)


def _build(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if value is None or origin is Literal:
        return value
    if origin is UnionType:
        return _build(inner[0], value)
    if origin is tuple:
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_build(each, item) for each, item in zip(kinds, value, strict=True))
    if isinstance(value, dict):
        return kind(**{name: _build(_hints(kind)[name], item) for name, item in value.items()})
    return _READ.get(kind, kind)(value)
