"""The other clinicians: who signs letters, refers, and is written to, each kept once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.office.door import clean_all
from clinic.records import Clinician, Letter
from clinic.records.people import folded
from clinic.rules import diagnoses as coding
from clinic.rules.permissions import Permission, Reach
from clinic.values import ClinicianId, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.storage.work import Work

FACTS = frozenset(
    {"name", "credential", "licence", "npi", "practice", "phone", "fax", "email", "address"},
)
SIGNS = ("name", "credential", "licence", "npi")
"""What of a clinician stands under a letter."""


@dataclass(frozen=True, slots=True)
class Known:
    """A clinician as the directory shows them; one who only signed a letter so far has no id yet."""

    id: ClinicianId | None
    version: int
    name: str
    credential: str = ""
    licence: str = ""
    npi: str = ""
    practice: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    address: Mapping[str, Any] | None = None

    @property
    def called(self) -> str:
        """Name and credential, as under a letter."""
        return ", ".join(part for part in (self.name, self.credential) if part)


def directory(work: Work, *, typed: str = "", limit: int = 200) -> tuple[Known, ...]:
    """List the clinicians whose name or practice holds every word typed, those kept here before those met."""
    granted = work.require(Permission.LETTER_SEE)
    kept = [_known(record) for record in work.session.scalars(select(Clinician))]
    if granted >= Reach.OWN:
        kept += _met(work, {_person(each.name) for each in kept}, own=granted is Reach.OWN)
    words = folded(typed).split()
    found = [
        each
        for each in kept
        if all(word in folded(f"{each.called} {each.practice} {each.npi}") for word in words)
    ]
    return tuple(sorted(found, key=lambda each: (each.id is None, folded(each.name)))[:limit])


def _known(record: Clinician) -> Known:
    facts = {name: getattr(record, name) or "" for name in FACTS if name != "address"}
    return Known(ClinicianId(record.id), record.version, address=record.address, **facts)


def _person(name: str) -> str:
    """Take a name as people mean it, with the title or without."""
    return " ".join(word for word in folded(name).replace(".", " ").split() if word not in {"dr", "doctor"})


def _met(work: Work, known: set[str], *, own: bool) -> list[Known]:
    """Name those who signed a letter on file and stand in no directory yet."""
    asked = select(Letter.signer, Letter.client).where(Letter.signer.is_not(None))
    if own:
        from clinic.records import Client  # noqa: PLC0415 - only where one's own clients are meant

        asked = asked.join(Client, Client.id == Letter.client).where(work.own_clients())
    met: dict[str, Known] = {}
    for row in work.run(asked.order_by(Letter.id.desc())):
        person = _person(row.signer.get("name", ""))
        if person and person not in known and not row.signer.get("relation"):
            facts = {name: row.signer.get(name, "") for name in SIGNS}
            met.setdefault(person, Known(None, 0, **facts))
    return list(met.values())


def keep(work: Work, facts: Mapping[str, Any], *, again: ClinicianId | None = None) -> ClinicianId:
    """Take a clinician into the directory; one put back is who they were."""
    work.require(Permission.LETTER_SEE)
    record = Clinician(id=again or work.new_id(), name="")
    _fill(record, facts)
    work.add(record)
    work.flush()
    return ClinicianId(record.id)


def edit(work: Work, clinician: ClinicianId, changes: Mapping[str, Any], *, version: int) -> dict[str, Any]:
    """Correct a clinician's details, and answer what they were, for an undo."""
    work.require(Permission.LETTER_SEE)
    record = work.get(Clinician, clinician)
    if record.version != version:
        raise Refusal("changed_meanwhile", at="version", mine=version, theirs=record.version)
    before = {name: getattr(record, name) for name in changes if name in FACTS}
    _fill(record, changes)
    return before


def details(work: Work, clinician: ClinicianId) -> Known:
    """Open what is kept of a clinician."""
    work.require(Permission.LETTER_SEE)
    return _known(work.get(Clinician, clinician))


def _fill(record: Clinician, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        if name not in FACTS:
            raise Refusal("unknown_field", at=name)
        setattr(record, name, clean_all(value, at=name) or None)
    if not record.name:
        raise Refusal("name_missing", at="name")
    if record.npi and not coding.is_npi(record.npi):
        raise Refusal("wrong_npi", at="npi")
