"""The door: what typed text must be like before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from clinic.records.base import Base, Versioned

LABEL, TEXT = 300, 4_000
"""Characters in a name or a number, and in a remark: as many as the portable file takes."""
REMARKS = frozenset({"reason", "text", "treatment"})
"""Fields in which somebody writes more than a name."""


def clean(text: str, *, at: str) -> str | None:
    """Trim typed text; nothing is None, and what would break search or paper is refused at the field."""
    text = text.strip()
    if not usable(text):
        raise Refusal("unusable_characters", at=at)
    longest = TEXT if at.rpartition("/")[2] in REMARKS else LABEL
    if len(text) > longest:
        raise Refusal("too_long", at=at, longest=longest)
    return text or None


def clean_all(value: Any, *, at: str) -> Any:
    """Trim typed text wherever it stands in what is kept, as in an address; a part left empty is left out."""
    if type(value) is str:
        return clean(value, at=at)
    if isinstance(value, dict):
        parts = {name: clean_all(part, at=f"{at}/{name}") for name, part in value.items()}
        return {name: part for name, part in parts.items() if part is not None}
    if isinstance(value, (list, tuple)):
        return [part for part in (clean_all(each, at=at) for each in value) if part is not None]
    return value


def same(record: Versioned, version: int) -> None:
    """Refuse to change what somebody else changed since it was looked at."""
    if record.version != version:
        raise Refusal("changed_meanwhile", at="version", mine=version, theirs=record.version)


def fill(record: Base, changes: Mapping[str, Any], known: Collection[str]) -> None:
    """Put typed values into a record; a field it has not, or that is not for typing, is refused."""
    for name, value in changes.items():
        if name not in known:
            raise Refusal("unknown_field", at=name)
        setattr(record, name, clean_all(value, at=name))


def usable(text: str) -> bool:
    """Tell whether every sign of a text can be kept: no NUL, and no half of a character."""
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)
