"""Accounts: what the practice's accountant calls what the journal books on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office.door import clean
from clinic.rules.permissions import Permission
from clinic.values import Refusal
from clinic.wording import reports as words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.storage.work import Work

LONGEST = 60


def names(work: Work) -> dict[str, str]:
    """Tell what every account is called, in the order they are booked on."""
    work.require(Permission.PRACTICE_SEE)
    given: dict[str, str] = (work.practice.settings or {}).get("accounts", {})
    return words.accounts() | given


def rename(work: Work, given: Mapping[str, str | None]) -> dict[str, str]:
    """Call accounts as the accountant does, nothing meaning our own name; answers what they were called."""
    work.require(Permission.PRACTICE_CHANGE)
    ours, before, settings = words.accounts(), names(work), work.practice.settings or {}
    kept = dict(settings.get("accounts", {}))
    for account, typed in given.items():
        if account not in ours:
            raise Refusal("not_found", at=account)
        name = clean(typed or "", at=account) or ""
        if len(name) > LONGEST:
            raise Refusal("too_long", at=account, longest=LONGEST)
        kept.pop(account, None)
        if name and name != ours[account]:
            kept[account] = name
    others = {key: value for key, value in settings.items() if key != "accounts"}
    work.practice.settings = {**others, "accounts": kept} if kept else others
    return {account: before[account] for account in given}
