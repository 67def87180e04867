"""Items of the portable file and records of the practice file, each made from the other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, DateTime, inspect

from clinic.records.base import Instant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import Enum

    from sqlalchemy.orm import Mapper

    from clinic.records import Base

Item = dict[str, Any]


def _same(value: Any) -> Any:
    return value


def _instant_in(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _instant_out(at: datetime) -> str:
    at = at.astimezone(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ" if at.microsecond else "%Y-%m-%dT%H:%M:%SZ")


def _wall_out(at: datetime) -> str:
    return at.isoformat(timespec="minutes" if not at.second else "seconds")


def _word_out(word: Enum) -> str:
    return str(word.value)


@lru_cache
def _ways(kind: type[Base]) -> dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]]:
    """How each column's value comes in and goes out."""
    mapper: Mapper[Any] = inspect(kind)
    ways: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {}
    for attribute in mapper.column_attrs:
        column = attribute.columns[0].type
        word = getattr(column, "enum_class", None)
        if word is not None:
            ways[attribute.key] = (word, _word_out)
        elif isinstance(column, Instant):
            ways[attribute.key] = (_instant_in, _instant_out)
        elif isinstance(column, DateTime):
            ways[attribute.key] = (datetime.fromisoformat, _wall_out)
        elif isinstance(column, Date):
            ways[attribute.key] = (date.fromisoformat, date.isoformat)
        else:
            ways[attribute.key] = (_same, _same)
    return ways


def row_of(kind: type[Base], item: Mapping[str, Any], **derived: Any) -> Item:
    """Make the values of a record from an item; a key that is absent is unknown, and is kept so."""
    ways = _ways(kind)
    row = {
        name: None if (value := item.get(name)) is None else way_in(value)
        for name, (way_in, _) in ways.items()
        if name != "version"
    }
    if "version" in ways:
        row["version"] = 1
    row.update(derived)
    return row


def item_of(record: Base, *without: str) -> Item:
    """Make an item from a record; what is unknown is left out."""
    item: Item = {}
    for name, (_, way_out) in _ways(type(record)).items():
        value = getattr(record, name) if name not in without and name != "version" else None
        if value is not None:
            item[name] = way_out(value)
    return item
