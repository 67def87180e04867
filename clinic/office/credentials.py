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


def renew_policy(work: Work, staff: StaffId, until: date, kind: str = "") -> Before:
    """Write down until when the insurance that ends last, of a kind where one is named, is valid now."""
    work.require(Permission.PRACTICE_CHANGE)
    person = work.get(Staff, staff)
    before = _before(person)
    held = sorted(person.policies or (), key=lambda policy: policy["expires"])
    own = [policy for policy in held if not kind or policy.get("type", "") == kind]
    if not own or until.isoformat() <= own[-1]["expires"]:
        raise Refusal("not_later", at="until")
    last = own[-1]
    others = [policy for policy in held if policy is not last]
    person.policies = [*others, {**last, "expires": until.isoformat()}]
    return before


def renew_registration(work: Work, city: str, until: date) -> list[dict[str, Any]]:
    """Write down until when the registration with a city is valid now, and answer what was kept before."""
    work.require(Permission.PRACTICE_CHANGE)
    before = list(work.practice.registrations or ())
    at = next((n for n, each in enumerate(before) if each.get("city") == city), None)
    if at is None or until.isoformat() <= before[at].get("expires", ""):
        raise Refusal("not_later", at="until")
    renewed = {**before[at], "expires": until.isoformat()}
    work.practice.registrations = [*before[:at], renewed, *before[at + 1 :]]
    return before


def put_back(work: Work, before: Before) -> None:
    """Undo a renewal."""
    work.require(Permission.PRACTICE_CHANGE)
    person = work.get(Staff, before.staff)
    person.certificate, person.policies = before.certificate, before.policies


def _before(person: Staff) -> Before:
    return Before(StaffId(person.id), person.certificate, person.policies)
