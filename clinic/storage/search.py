"""Full-text search over clients, inside the encrypted file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import text

from clinic.records.people import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

_FIND = text(
    """SELECT client FROM client_search WHERE client_search MATCH :words LIMIT :limit""",
)


def words(typed: str) -> str | None:
    """Turn what was typed into a question for the index: every word begins something, in any order."""
    asked: list[str] = []
    for word in folded(typed).split():
        digits = re.sub(r"[\s().+/-]", "", word)
        pieces = [digits] if digits.isdigit() else re.findall(r"\w+", word)
        asked.extend(f'"{piece}"*' for piece in pieces)
    return f"search_text : ({' AND '.join(asked)})" if asked else None


def clients(session: Session, typed: str, limit: int) -> Sequence[str]:
    """Ids of clients whose names, phone or day of birth begin with all the words typed."""
    question = words(typed)
    if question is None:
        return ()
    return session.scalars(_FIND, {"words": question, "limit": limit}).all()
