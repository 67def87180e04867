"""Credentials: a certificate or an insurance that runs out is renewed by its new last day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clinic.records import Staff
from clinic.rules.permissions import Permission
from clinic.values import Refusal, StaffId

if TYPE_CHECKING:
    from datetime import date

    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class Before:
    """What a colleague's credentials were, for an undo."""

    staff: StaffId
    certificate: dict[str, Any] | None
    policies: list[dict[str, Any]] | None


def renew_certificate(work: Work, staff: StaffId, until: date) -> Before:
    """Write down until when a certificate is valid now."""
    work.require(Permission.PRACTICE_CHANGE)
    person = work.get(Staff, staff)
    before = _before(person)
    if person.certificate is None or until.isoformat() <= person.certificate.get("expires", ""):
        raise Refusal("not_later", at="until")
    person.certificate = {**person.certificate, "expires": until.isoformat()}
    return before


def renew_policy(work: Work, staff: StaffId, until: date) -> Before:
    """Write down until when the insurance that ends last is valid now."""
    work.require(Permission.PRACTICE_CHANGE)
    person = work.get(Staff, staff)
    before = _before(person)
    held = sorted(person.policies or (), key=lambda policy: policy["expires"])
    if not held or until.isoformat() <= held[-1]["expires"]:
        raise Refusal("not_later", at="until")
    person.policies = [*held[:-1], {**held[-1], "expires": until.isoformat()}]
    return before


def put_back(work: Work, before: Before) -> None:
    """Undo a renewal."""
    work.require(Permission.PRACTICE_CHANGE)
    person = work.get(Staff, before.staff)
    person.certificate, person.policies = before.certificate, before.policies


def _before(person: Staff) -> Before:
    return Before(StaffId(person.id), person.certificate, person.policies)
