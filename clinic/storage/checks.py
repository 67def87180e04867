"""Every check there is of a practice file; none of them shows what the file says about anybody."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from clinic.storage import keyring, marks, trail
from clinic.storage.version import HEAD, version_of
from clinic.values import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic.storage.vault import Vault

FIRST_GUARDS = frozenset(
    {
        "appointments_overlap_insert",
        "appointments_overlap_update",
        "audit_no_delete",
        "audit_no_update",
        "client_search_added",
        "client_search_changed",
        "client_search_removed",
        "counters_no_delete",
        "counters_no_step_back",
        "invoices_issued",
        "invoices_no_delete",
        "lines_issued",
        "lines_no_delete",
        "notes_signed",
        "operations_no_delete",
        "operations_no_update",
        "papers_issued",
        "papers_no_delete",
        "papers_printed",
    }
)
"""The triggers every practice was given when it was made, whatever generation its file is of."""
GUARDS = FIRST_GUARDS | frozenset(
    {
        "closings_no_delete",
        "closings_no_update",
        "consents_no_delete",
        "consents_signed",
        "decisions_no_delete",
        "decisions_no_update",
        "erasing_allowed",
        "erasing_no_update",
        "last_visit_arrived",
        "last_visit_booked",
        "last_visit_changed",
        "last_visit_removed",
        "note_search_added",
        "note_search_changed",
        "note_search_removed",
        "notes_addenda_only",
        "notes_no_delete",
        "owed_changed",
        "owed_charged",
        "owed_paid",
        "owed_taken_off",
        "owed_void",
        "signed_papers_no_delete",
        "signed_papers_no_update",
    }
)
"""The triggers by which the file itself refuses; a migration that loses one is undone."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    check: str
    ok: bool
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the trail: what a truncated file can't show any more."""

    sequence: int
    seal: str


def of_file(vault: Vault, *, vouched: Head | None = None) -> tuple[Finding, ...]:
    """Check one file by itself, as it lies there; its trail from the end that a verified backup vouches for."""
    findings = []
    try:
        opened = vault.raw()
        try:
            # After a power loss a page may be half written while the log still holds it whole.
            opened.execute("PRAGMA wal_checkpoint(PASSIVE)")
            findings = [
                Finding("pages", integrity(opened)),
                Finding("seals", untouched(opened)),
                Finding("references", references(opened)),
                Finding("guards", guards(opened)),
                *_numbers(opened),
                *_attachments(opened),
            ]
        finally:
            opened.close()
        findings.append(_trail(vault, vouched))
    except dbapi2.DatabaseError:
        findings.append(Finding("pages", ok=False))
    except Trouble as trouble:
        if trouble.code != "damaged_file":
            raise
        findings.append(Finding("pages", ok=False))
    return tuple(findings)


def of_practice(vault: Vault) -> tuple[Finding, ...]:
    """Check the practice's file and what lies beside it."""
    return (*of_file(vault), _mark(vault), *_key_files(vault))


def integrity(opened: dbapi2.Connection) -> bool:
    """Tell whether the database finds its own structure whole."""
    return bool(opened.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))


def untouched(opened: dbapi2.Connection) -> bool:
    """Tell whether every encrypted page still carries its seal."""
    return opened.execute("PRAGMA cipher_integrity_check").fetchone() is None


def references(opened: dbapi2.Connection) -> bool:
    """Tell whether every record that is pointed at is there."""
    return opened.execute("PRAGMA foreign_key_check").fetchone() is None


def guards(opened: dbapi2.Connection) -> bool:
    """Tell whether the guards are all there, and no others."""
    found = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    # A file that waits to be brought up to date is whole without what later generations bring.
    return (GUARDS if version_of(opened) == HEAD else FIRST_GUARDS) <= found <= GUARDS


def head(opened: dbapi2.Connection) -> Head:
    """Read the end of the trail."""
    row = opened.execute("SELECT sequence, seal FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
    return Head(row[0], row[1].hex()) if row else Head(0, "")


def skipped(opened: dbapi2.Connection) -> Counter[str]:
    """Count the numbers that were left out on purpose, because they may stand on paper already."""
    counts: Counter[str] = Counter()
    rows = opened.execute("SELECT object, payload FROM audit WHERE action = 'numbers_skipped'")
    for counter, payload in rows:
        gap = json.loads(payload)
        counts[counter] += gap["to"] - gap["from"] + 1
    return counts


def _numbers(opened: dbapi2.Connection) -> Iterator[Finding]:
    """Every number up to the last one taken is on a paper, or was left out on purpose; none is beyond it."""
    left_out = skipped(opened)
    rows = opened.execute("""
        SELECT series, year, max(last), max(issued), max(beyond) FROM (
            SELECT series, year, last, 0 AS issued, 0 AS beyond FROM counters
            UNION ALL
            SELECT series, year, 0, count(*), max(sequence) FROM papers
            WHERE series IS NOT NULL GROUP BY series, year)
        GROUP BY series, year""")
    for series, year, last, issued, highest in rows:
        missing = max(last, highest) - issued - left_out[f"counters/{series}/{year}"]
        facts = {"series": series, "year": year, "last": last, "missing": missing}
        yield Finding("numbers", missing == 0 and highest <= last, facts)


def _attachments(opened: dbapi2.Connection) -> Iterator[Finding]:
    """Every scan, and every page printed, is the one that was kept."""
    tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, content, digest in (
        ("attachments", "content", "sha256"),
        ("papers", "pages", "pages_hash"),
        ("signed_papers", "pages", "pages_hash"),
    ):
        if table not in tables:
            continue  # a backup of an earlier generation
        rows = opened.execute(f"SELECT {content}, {digest} FROM {table} WHERE {digest} IS NOT NULL")  # noqa: S608 - fixed names
        changed = sum(hashlib.sha256(kept or b"").hexdigest() != known for kept, known in rows)
        yield Finding(table, not changed, {"changed": changed})


def _trail(vault: Vault, vouched: Head | None) -> Finding:
    with vault.connect(reading=True) as opened:
        chain = None
        if vouched and vouched.sequence:
            chain = trail.walk(opened, vault.audit_key, (vouched.sequence, bytes.fromhex(vouched.seal)))
        if (
            chain is None or chain.broken_at is not None
        ):  # after a restore, later backups vouch for another trail
            chain = trail.walk(opened, vault.audit_key)
    facts = {"rows": chain.rows, "head": chain.head.hex()}
    if chain.erased:
        facts["erased"] = chain.erased
    if chain.broken_at is not None:
        facts["broken_at"] = chain.broken_at
    return Finding("trail", chain.broken_at is None, facts)


def _mark(vault: Vault) -> Finding:
    """Check that the mark beside the file knows of nothing later: the file would be an older one."""
    mark = marks.read(vault)
    if mark is None:
        return Finding("mark", ok=False, facts={"lost": True})
    opened = vault.raw()
    try:
        return Finding("mark", head(opened).sequence >= mark.trail)
    finally:
        opened.close()


def _key_files(vault: Vault) -> Iterator[Finding]:
    for name, path in (
        ("keys", keyring.key_file(vault.path)),
        ("keys_copy", keyring.second_copy(vault.path)),
    ):
        try:
            ok = keyring.parse(path.read_bytes()).practice == vault.fingerprint
        except (OSError, Trouble):
            ok = False
        yield Finding(name, ok)
