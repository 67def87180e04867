"""Full-text search over clients, inside the encrypted file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import text

from clinic.records.people import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

# A renamed client's old name must not linger in the index: secure-delete rewrites it.
# The index holds its own rows, found by the client's id, because VACUUM may renumber the rows of `clients`.
SCHEMA: tuple[str, ...] = (
    """CREATE VIRTUAL TABLE client_search USING fts5(
        search_text, client, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5')""",
    "INSERT INTO client_search (client_search, rank) VALUES ('secure-delete', 1)",
    """CREATE TRIGGER client_search_added AFTER INSERT ON clients BEGIN
        INSERT INTO client_search (search_text, client) VALUES (new.search_text, new.id);
    END""",
    """CREATE TRIGGER client_search_changed AFTER UPDATE OF search_text ON clients
    WHEN old.search_text <> new.search_text BEGIN
        DELETE FROM client_search WHERE rowid IN (
            SELECT rowid FROM client_search
            WHERE client_search MATCH 'client : "' || replace(old.id, '"', '""') || '"' AND client = old.id);
        INSERT INTO client_search (search_text, client) VALUES (new.search_text, new.id);
    END""",
    """CREATE TRIGGER client_search_removed AFTER DELETE ON clients BEGIN
        DELETE FROM client_search WHERE rowid IN (
            SELECT rowid FROM client_search
            WHERE client_search MATCH 'client : "' || replace(old.id, '"', '""') || '"' AND client = old.id);
    END""",
)

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
