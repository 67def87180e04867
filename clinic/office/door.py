"""The door: what typed text must be like before it is kept."""

from __future__ import annotations

from clinic.values import Refusal

LONGEST = 20_000
"""Characters in one field; a name or a remark is shorter, a paste of a whole file is not wanted."""


def clean(text: str, *, at: str) -> str | None:
    """Trim typed text; nothing is None, and what would break search or paper is refused at the field."""
    text = text.strip()
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise Refusal("unusable_characters", at=at)
    if len(text) > LONGEST:
        raise Refusal("too_long", at=at, longest=LONGEST)
    return text or None
