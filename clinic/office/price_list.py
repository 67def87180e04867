"""The price list: what is offered, how long it takes, what it costs, and the minutes kept free around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clinic.office.door import fill, same
from clinic.records import Treatment
from clinic.rules import diagnoses
from clinic.rules.permissions import Permission
from clinic.values import Money, Purpose, Refusal, Technique, TreatmentId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class TreatmentFile:
    """All that is kept of a treatment."""

    id: TreatmentId
    version: int
    name: str
    technique: Technique
    purpose: Purpose
    minutes: int
    price: Money
    buffer_before: int
    buffer_after: int
    cpt: str | None
    active: bool


def treatment(work: Work, treatment: TreatmentId) -> TreatmentFile:
    """Open what is kept of a treatment, to look at or to change."""
    work.require(Permission.PRACTICE_SEE)
    record = work.get(Treatment, treatment)
    return TreatmentFile(
        treatment,
        record.version,
        record.name,
        record.technique,
        record.purpose,
        record.minutes,
        Money(record.price_cents),
        record.buffer_before or 0,
        record.buffer_after or 0,
        record.cpt,
        record.active is not False,
    )


TREATMENT_FACTS = frozenset(
    {
        "name",
        "technique",
        "purpose",
        "minutes",
        "price_cents",
        "buffer_before",
        "buffer_after",
        "cpt",
        "active",
    },
)


# As the table has them: the longest visit is half a day.
BOUNDS = {
    "minutes": (1, 720),
    "price_cents": (0, 10_000_000),
    "buffer_before": (0, 240),
    "buffer_after": (0, 240),
}


def offer(
    work: Work,
    *,
    name: str,
    technique: Technique,
    purpose: Purpose,
    minutes: int,
    price: Money,
    reason: str,
    **facts: Any,
) -> TreatmentId:
    """Add a treatment to the list."""
    work.require(Permission.PRICES_CHANGE, reason=reason)
    treatment = Treatment(
        id=work.new_id(),
        name="",
        technique=technique,
        purpose=purpose,
        minutes=minutes,
        price_cents=price.cents,
    )
    fill(treatment, {"name": name, **facts}, TREATMENT_FACTS)
    _check_treatment(treatment)
    _check_code(treatment)
    work.add(treatment)
    work.note("reason", f"treatments/{treatment.id}", {"reason": reason})
    return TreatmentId(treatment.id)


def change_treatment(
    work: Work,
    treatment: TreatmentId,
    changes: Mapping[str, Any],
    *,
    version: int,
    reason: str,
) -> dict[str, Any]:
    """Change what a treatment is or costs from now on, and answer what it was; issued papers stay."""
    work.require(Permission.PRICES_CHANGE, reason=reason)
    record = work.get(Treatment, treatment)
    same(record, version)
    before = {name: getattr(record, name) for name in changes}
    fill(record, changes, TREATMENT_FACTS)
    _check_treatment(record)
    if "cpt" in changes:
        _check_code(record)
    work.note("reason", f"treatments/{treatment}", {"reason": reason})
    return before


def _check_code(record: Treatment) -> None:
    if diagnoses.is_deleted_cpt(record.cpt or ""):
        raise Refusal("deleted_procedure", at="cpt")


def _check_treatment(record: Treatment) -> None:
    if not record.name:
        raise Refusal("name_missing", at="name")
    for name, (least, most) in BOUNDS.items():
        if not least <= (getattr(record, name) or 0) <= most:
            raise Refusal("out_of_range", at=name, least=least, most=most)
