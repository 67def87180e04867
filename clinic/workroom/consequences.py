"""Consequences: whatever a piece of work changed that the rules read, visits ahead are judged again with it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from clinic.exchange.catalogue import rule_book
from clinic.records import Letter, Screening
from clinic.values import LetterKind
from clinic.workroom import clearing, standings

if TYPE_CHECKING:
    from clinic.storage.trail import Entry
    from clinic.storage.work import Work

READ = {
    "clients": frozenset({"born", "guardian"}),
    "practice": frozenset({"settings", "time_zone"}),
    "staff": frozenset({"prenatal_certified"}),
    "treatments": frozenset({"technique"}),
}
"""What of these the rules read; a change of anything else is none of theirs."""
IN_BULK = frozenset({"screenings", "letters", "clients", "appointments"})


def follow(work: Work) -> None:
    """Let the rules look again where they have to, in the same work: a change and its consequence are one."""
    work.flush()
    answers: dict[str, list[str]] = defaultdict(list)
    clients: set[str] = set()
    everybody = not _judged_by_this_edition(work)
    for entry in work.entries:
        table, _, key = entry.object.partition("/")
        if table == "screenings" and key:
            answers[_screening(work, entry, key)].append(key)
        elif table == "letters" and key and entry.action in {"created", "changed"}:
            letter = work.get(Letter, key)
            if letter.kind is LetterKind.CLEARANCE:
                clearing.answer(work, letter)
                clients.add(letter.client)
        elif entry.action == "created_many":
            everybody = everybody or table in IN_BULK
        elif entry.action == "changed" and READ.get(table, frozenset()) & json.loads(entry.payload).keys():
            if table == "clients":
                clients.add(key)
            else:
                everybody = True
    for client, new in answers.items():
        clearing.void_changed(work, client, new)
    if everybody:
        standings.judge_again(work)
        _note_edition(work)
    else:
        for client in sorted(clients | answers.keys()):
            standings.judge_again(work, client)


def _screening(work: Work, entry: Entry, key: str) -> str:
    facts: dict[str, Any] = json.loads(entry.payload)
    client = facts.get("client")
    return client if isinstance(client, str) else work.get(Screening, key).client


def _judged_by_this_edition(work: Work) -> bool:
    """Tell whether everybody was judged by this edition of the rule book; once the file says so, it stays so."""
    edition = rule_book().version
    if work.vault.judged_by != edition and work.repeated(_operation(edition), "judge_again") is not None:
        work.vault.judged_by = edition
    return work.vault.judged_by == edition


def _note_edition(work: Work) -> None:
    """Remember by which edition of the rule book everybody was judged; a newer program judges again."""
    if not _judged_by_this_edition(work):
        work.carried_out(_operation(rule_book().version), "judge_again", "")


def _operation(edition: str) -> str:
    return f"rules/{edition}"
