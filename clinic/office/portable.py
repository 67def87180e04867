"""The whole practice as a portable file: taken in all or nothing, given out as it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.exchange import portable as post
from clinic.exchange.contents import LISTS, PortablePractice
from clinic.office import custody
from clinic.records import Client
from clinic.rules.permissions import Permission
from clinic.values import Refusal
from clinic.workroom import arrivals, closed
from clinic.workroom.contents import gathered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clinic.exchange.contents import Item
    from clinic.office.desk import Desk
    from clinic.storage.work import Work
    from clinic.values import Progress

DERIVED: Mapping[str, tuple[str, ...]] = {
    "invoices": ("number",),
    "payments": ("allocations", "number"),
    "refunds": ("allocations", "number"),
}
"""What the practice works out itself where a file does not say it; its absence changes nothing."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items of a list were new, changed, or the same as before."""

    added: int
    updated: int
    same: int


class _Rehearsed(Exception):  # noqa: N818 - not an error: the way out of a work that is to keep nothing
    """A dry run has seen all it wanted."""

    def __init__(self, counts: dict[str, Counts]) -> None:
        super().__init__()
        self.counts = counts


def take_in(
    desk: Desk, path: Path, *, dry_run: bool = False, progress: Progress | None = None
) -> dict[str, Counts]:
    """Read a portable file into the practice, or say what it would change; a bad file changes nothing."""
    file = post.read(path)
    if not dry_run and desk.reading(holds_anything):
        custody.back_up(desk)
    try:
        counts, _ = desk.writing(partial(import_, file=file, dry_run=dry_run, progress=progress))
    except _Rehearsed as rehearsed:
        return rehearsed.counts
    return counts


def holds_anything(work: Work) -> bool:
    """Tell whether there is anything in the practice yet that an import could change."""
    work.require(Permission.IMPORT)
    return work.session.scalar(select(Client.id).limit(1)) is not None


def import_(
    work: Work,
    file: PortablePractice,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> dict[str, Counts]:
    """Take the items of a file in: new ones are kept, known ones updated, issued and signed ones left alone."""
    work.require(Permission.IMPORT)
    there = gathered(work)
    post.check(file, there)
    news = {name: _sorted_out(name, file.of(name), there.of(name)) for name in LISTS}
    closed.check_arrivals(work.practice.settings, {name: new.added for name, new in news.items()})
    if file.practice is not None:
        shut = closed.years_in(work.practice.settings)
        arrivals.replace_practice(work, file.practice)
        closed.keep_closed(work, shut)
    arrivals.keep(
        work,
        {name: new.added for name, new in news.items()},
        {name: new.updated for name, new in news.items()},
        progress,
    )
    counts = {name: Counts(len(n.added), len(n.updated), n.same) for name, n in news.items()}
    if dry_run:
        work.flush()
        raise _Rehearsed(counts)
    return counts


@dataclass(frozen=True, slots=True)
class _News:
    """What a list of the file says that the practice does not know yet."""

    added: list[Item]
    updated: list[Item]
    same: int


def _sorted_out(name: str, items: list[Item], known: list[Item]) -> _News:
    there = {item["id"]: item for item in known}
    added, updated, same = [], [], 0
    for place, item in enumerate(items):
        before = there.get(item["id"])
        if before is None:
            added.append(item)
        elif _says_the_same(name, item, before):
            same += 1
        else:
            _refuse_final(name, item, before, f"/{name}/{place}")
            updated.append(item)
    return _News(added, updated, same)


def _says_the_same(name: str, item: Item, before: Item) -> bool:
    silent = {key for key in DERIVED.get(name, ()) if key not in item}
    known = {key: value for key, value in before.items() if key not in silent}
    return bool(post.ordered(item, name) == post.ordered(known, name))


LETTER_NOTES = frozenset(
    {
        "revoked_on",
        "revoked_for",
        "superseded_by",
        "superseded_on",
        "decision",
        "admin_approved_on",
        "verified",
        "used_before",
        "exam_on",
        "number",
    }
)
"""What the practice writes onto a signed letter afterwards; the rest is the signer's."""


def _refuse_final(name: str, item: Item, before: Item, at: str) -> None:
    """Leave alone what was issued or signed: papers, the money on them, signed notes, screenings and letters."""
    if name in {"bundles", "gifts", "payments", "refunds", "closings"}:
        raise Refusal("already_issued", at=at)
    if name == "invoices" and not _only(name, {"void"}, item, before):
        raise Refusal("already_issued", at=at)
    if name == "invoices" and "void" in before:
        raise Refusal("already_issued", at=at)
    if name == "notes" and "signed_at" in before and not _adds_only(item, before):
        raise Refusal("already_signed", at=at)
    if name == "decisions":
        raise Refusal("already_signed", at=at)
    if name == "screenings" and "signed_by" in before:
        raise Refusal("already_signed", at=at)
    if name == "consents" and not _only(name, {"withdrawn_on"}, item, before):
        raise Refusal("already_signed", at=at)
    if name == "letters" and before.get("signed") and not _only(name, LETTER_NOTES, item, before):
        raise Refusal("already_signed", at=at)


def _only(name: str, keys: set[str] | frozenset[str], item: Item, before: Item) -> bool:
    def rest(one: Item) -> Item:
        return {key: value for key, value in one.items() if key not in keys}

    return _says_the_same(name, rest(item), rest(before))


def _adds_only(item: Item, before: Item) -> bool:
    """Tell whether a signed note only gained addenda."""
    old: list[Item] = before.get("addenda", [])
    new: list[Item] = item.get("addenda", [])
    return _only("notes", {"addenda"}, item, before) and new[: len(old)] == old


def give_out(desk: Desk, path: Path, *, reason: str) -> dict[str, int]:
    """Write the whole practice as a portable file; that it left, and why, goes into the trail."""
    whole = desk.reading(partial(export, reason=reason))
    post.write(whole, path)
    return {name: len(whole.of(name)) for name in LISTS}


def export(work: Work, *, reason: str) -> PortablePractice:
    """Gather everything that travels in the portable file."""
    work.require(Permission.EXPORT_ALL, reason=reason)
    work.note("exported", "practice/practice", {"reason": reason})
    return gathered(work)
