"""Full-text search over clients and notes, inside the encrypted file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from clinic.records.people import folded
from clinic.rules import spelling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

_FIND = text(
    """SELECT client FROM client_search WHERE client_search MATCH :words LIMIT :limit""",
)


_NEAR = text(
    """SELECT client, search_text FROM client_search WHERE client_search MATCH :words LIMIT :limit""",
)
NEAR = 400
"""How many who bear a name like the one typed are weighed."""
_WORDS = text(
    """SELECT term FROM client_search_words WHERE term >= :begins AND term < :beyond AND col = 'search_text'""",
)
_BIRTHDAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def words(typed: str) -> str | None:
    """Turn what was typed into a question for the index: every word begins something, in any order."""
    asked: list[str] = []
    for word in folded(typed).split():
        if born := _BIRTHDAY.fullmatch(word):  # written month first, kept year first
            asked.append(f'"{born[3]}{int(born[1]):02}{int(born[2]):02}"')
            continue
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


def nearly(session: Session, typed: str, limit: int) -> Sequence[str]:
    """Ids of clients whose names are like what was typed, where a finger slipped; fewest slips first.

    What was typed is compared with every name there is that begins much the same, once, whoever bears it.
    """
    asked = re.findall(r"[^\W\d_]+", folded(typed))
    if not any(spelling.slips_allowed(word) for word in asked):
        return ()
    near: dict[str, str | None] = {}
    for letters in (3, 2):
        near = {word: _like(session, word, letters) for word in asked}
        if all(near.values()):
            break
    told = [names for names in near.values() if names]
    if not told:
        return ()
    question = {"words": f"search_text : ({' AND '.join(told)})", "limit": NEAR}
    found = [
        (slips, row.client)
        for row in session.execute(_NEAR, question)
        if (slips := spelling.alike(" ".join(asked), row.search_text)) is not None
    ]
    return [client for _, client in sorted(found)[:limit]]


def _like(session: Session, word: str, letters: int) -> str | None:
    """Ask for whoever bears a name like a word, among those that begin much the same; None where there is none."""
    allowed = spelling.slips_allowed(word)
    if not allowed:
        return f'"{word}"*'
    names = {
        name
        for begins in spelling.beginnings(word, letters)
        for name in session.scalars(
            _WORDS, {"begins": begins, "beyond": f"{begins}\N{REPLACEMENT CHARACTER}"}
        )
        if spelling.slips(word, name) <= allowed
    }
    return f"({' OR '.join(map(_quoted, sorted(names)))})" if names else None


BEGINS, ENDS = "\x02", "\x03"
"""Signs around a word that was found; no text that is kept holds them."""
_FIND_NOTES = text(
    f"""SELECT note, snippet(note_search, 0, '{BEGINS}', '{ENDS}', '…', 12) AS words FROM note_search
    WHERE note_search MATCH :words AND (:writer IS NULL OR writer = :writer)
    ORDER BY rowid DESC LIMIT :limit""",  # noqa: S608 - signs of this file
)


def notes(
    session: Session, typed: str, limit: int, *, writer: str | None = None, among: Sequence[str] | None = None
) -> Sequence[Row[Any]]:
    """Ids of notes that hold words beginning so, the newest first, each with the words around them.

    ``among`` names the notes that may be meant; the index is asked for those alone, which keeps a common word quick.
    """
    asked = [f'"{piece}"*' for word in folded(typed).split() for piece in re.findall(r"\w+", word)]
    if not asked or among == []:
        return ()
    parts = [f"words : ({' AND '.join(asked)})"]
    if writer is not None:
        parts.append(f"writer : {_quoted(writer)}")
    if among is not None:
        parts.append(f"note : ({' OR '.join(map(_quoted, among))})")
    facts = {"words": " AND ".join(parts), "limit": limit, "writer": writer}
    found = session.execute(_FIND_NOTES, facts).all()
    return found if among is None else [row for row in found if row.note in set(among)]


def _quoted(key: str) -> str:
    return '"' + key.replace('"', '""') + '"'
