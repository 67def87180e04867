"""Flags: what the rule book says of a visit, from what is on file or from a case brought along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinic.exchange.cases import read_case
from clinic.exchange.catalogue import rule_book
from clinic.exchange.portable import read_bytes
from clinic.office import wishes
from clinic.records import Client, Staff, Treatment
from clinic.rules import calendar
from clinic.rules.contraindications import Moment, desk_needs, judge
from clinic.rules.permissions import Permission, Reach
from clinic.workroom import judging, looking

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from pathlib import Path

    from clinic.rules.contraindications import Outcome
    from clinic.storage.work import Work
    from clinic.values import ClientId, StaffId, TreatmentId

CLINICAL = ("rule", "therapist_text", "client_text", "source")
"""What of a finding names the condition; the desk is told what to do and not why."""


def of_case(file: Path) -> dict[str, Any]:
    """Judge a case that needs no practice."""
    return judge(read_case(read_bytes(file)), rule_book()).as_json()


def of_visit(
    work: Work,
    *,
    client: ClientId,
    treatment: TreatmentId,
    at: datetime,
    staff: StaffId | None = None,
    sites: Collection[str] = (),
    products: Sequence[str] = (),
    moment: Moment = Moment.BOOKING,
) -> dict[str, Any]:
    """Judge a visit by what is on file; who may not see a condition is told what to do about it."""
    granted = work.require(Permission.FLAGS_SEE, client=client)
    calendar.instant(at, work.zone)
    found = judging.of_one(
        work,
        work.get(Client, client).id,
        at=at,
        treatment=work.get(Treatment, treatment),
        staff=None if staff is None else work.get(Staff, staff),
        sites=wishes.areas(sites, at="site"),
        products=wishes.goods(products, at="product"),
        moment=moment,
    )
    whole = granted is not Reach.LIMITED
    if whole:
        looking.note(work, client)
    return answer_to(found.outcome, whole=whole)


def answer_to(outcome: Outcome, *, whole: bool) -> dict[str, Any]:
    """Write the rules' answer as the contract has it, for a reader who may see the condition or may not."""
    answer = outcome.as_json()
    if whole:
        return answer
    findings = [finding | dict.fromkeys(CLINICAL, "") for finding in answer["findings"]]
    return answer | {"findings": findings, "needs": list(desk_needs(answer["needs"]))}
