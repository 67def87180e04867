"""Custody: verified copies, a checked restore, and every integrity check there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.rules.permissions import Permission

if TYPE_CHECKING:
    from clinic.storage.work import Work


def may_back_up(work: Work) -> None:
    """Let somebody make a copy; what they copy stays encrypted."""
    work.require(Permission.BACKUP)
    work.note("backup", "practice")


def may_verify(work: Work) -> None:
    """Let somebody run the checks; none of them shows health data."""
    work.require(Permission.VERIFY)
