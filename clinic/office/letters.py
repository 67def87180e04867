"""Letters: put on file, completed, revoked, with their scans kept inside the practice file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.exchange import codes
from clinic.office.door import clean, clean_all
from clinic.records import Appointment, Attachment, Client, Letter, Note
from clinic.rules import diagnoses as coding
from clinic.rules import lettering, necessity
from clinic.rules.permissions import Permission
from clinic.values import ClientId, LetterId, LetterKind, Refusal, State
from clinic.workroom import requesting
from clinic.workroom.facts import letter_of, policy_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from clinic.storage.work import Work

Decision = lettering.Decision
"""What a plan made of a referral or an authorisation."""
FACTS = frozenset(
    {
        "number",
        "units",
        "signed_on",
        "starts_on",
        "ends_on",
        "lifetime",
        "patient_name",
        "signer",
        "signed",
        "diagnoses",
        "treatment",
        "techniques",
        "minutes",
        "max_visits",
        "used_before",
        "frequency",
        "necessity_statement",
        "source",
        "verified",
        "exam_on",
        "admin_approved_on",
        "decision",
        "rules",
        "techniques_allowed",
        "pressure_cap",
        "areas_excluded",
    },
)
LATELY = 5
"""How many notes are looked at for the side of the body that is treated."""
LARGEST_SCAN = 20 * 1024 * 1024
"""Bytes of one scan; twenty pages in colour are less."""
SIGNATURES: Mapping[bytes, str] = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
"""How the kinds of scan we keep begin; a file's name proves nothing."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan on file, without its pages."""

    id: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Details:
    """What a letter says, by the names of its facts, and what is kept with it."""

    id: LetterId
    client: ClientId
    version: int
    kind: LetterKind
    facts: Mapping[str, Any]
    revoked_on: date | None
    revoked_for: str
    superseded_by: LetterId | None
    scans: tuple[Scan, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """What a letter must say and what it should, and which of it is not there yet."""

    missing: tuple[str, ...]
    wanting: tuple[str, ...]
    other_side: tuple[str, ...] = ()
    """Diagnoses that name one side of the body where the last notes speak of the other alone."""


@dataclass(frozen=True, slots=True)
class DiagnosisCode:
    """A diagnosis as a letter may name it, with its words."""

    code: str
    label: str


def diagnosis_search(
    work: Work, typed: str, *, signed_on: date | None = None, limit: int = 12
) -> tuple[DiagnosisCode, ...]:
    """Suggest codes while somebody types a diagnosis: those that were billable when the letter was signed."""
    work.require(Permission.LETTER_CHANGE)
    found = codes.search(typed, signed_on or work.today, limit)
    return tuple(DiagnosisCode(code.code, code.label) for code in found)


def details(work: Work, letter: LetterId) -> Details:
    """Open a letter to be completed or corrected; that it was looked at goes into the trail."""
    work.require(Permission.LETTER_CHANGE)
    record = _own(work, letter)
    work.note("read", f"letters/{letter}")
    return Details(
        letter,
        ClientId(record.client),
        record.version,
        record.kind,
        {name: getattr(record, name) for name in FACTS},
        record.revoked_on,
        record.revoked_for or "",
        LetterId(record.superseded_by) if record.superseded_by else None,
        scans(work, letter),
    )


def completeness(
    work: Work, kind: LetterKind, facts: Mapping[str, Any], *, client: ClientId | None = None
) -> Completeness:
    """Weigh a letter that is still being written down, so that nobody puts half of one on file unaware."""
    work.require(Permission.LETTER_CHANGE, client=client)
    said = {name: fact for name, fact in facts.items() if name in FACTS}
    letter = letter_of(Letter(id="", client="", kind=kind, **({"signed": False} | said)))
    if kind not in necessity.SUPPORTING:
        return Completeness((), ())
    strict = policy_of(work.practice.settings).strict_duration
    areas = _treated(work, client) if client is not None else frozenset()
    other = tuple(d.text for d in letter.diagnoses if coding.is_other_side(d.text, areas))
    return Completeness(necessity.missing(letter, strict_duration=strict), necessity.wanting(letter), other)


def _treated(work: Work, client: ClientId) -> frozenset[str]:
    """Name the areas that the last notes speak of."""
    asked = (
        select(Note.areas)
        .join(Appointment, Appointment.id == Note.appointment)
        .where(Appointment.client == client, Note.areas.is_not(None))
        .order_by(Appointment.at.desc())
        .limit(LATELY)
    )
    return frozenset(area for areas in work.session.scalars(asked) for area in areas or ())


def add(work: Work, *, client: ClientId, kind: LetterKind, **facts: Any) -> LetterId:
    """Put a letter on file; what it lacks can follow, and it counts for nothing until it is complete."""
    work.require(Permission.LETTER_CHANGE, client=client)
    work.get(Client, client)
    letter = Letter(id=work.new_id(), client=client, kind=kind, signed=False)
    _fill(work, letter, facts)
    work.add(letter)
    requesting.answered(work, letter)
    work.flush()  # so that its scan can be kept within the same work
    return LetterId(letter.id)


def edit(work: Work, letter: LetterId, changes: Mapping[str, Any], *, version: int) -> dict[str, Any]:
    """Complete or correct a letter, and answer what it said, for an undo; papers issued under it stay."""
    work.require(Permission.LETTER_CHANGE)
    record = _own(work, letter)
    if record.version != version:
        raise Refusal("changed_meanwhile", at="version", mine=version, theirs=record.version)
    before = {name: getattr(record, name) for name in changes}
    _fill(work, record, changes)
    return before


def version_of(work: Work, letter: LetterId) -> int:
    """Tell which version of a letter is on file now, changes of this work included."""
    work.require(Permission.LETTER_CHANGE)
    record = _own(work, letter)
    work.flush()
    return record.version


def revoke(work: Work, letter: LetterId, *, reason: str) -> None:
    """Note that the letter no longer speaks for visits from today on, and why; the reason stays as it is."""
    work.require(Permission.LETTER_CHANGE)
    record = _own(work, letter)
    if record.revoked_on is not None:
        raise Refusal("already_revoked", at="revoked_on")
    said = clean(reason, at="reason")
    if said is None:
        raise Refusal("reason_missing", at="reason")
    record.revoked_on, record.revoked_for = work.today, said


def reinstate(work: Work, letter: LetterId) -> None:
    """Undo a revocation; the trail keeps that there was one, and why."""
    work.require(Permission.LETTER_CHANGE)
    record = _own(work, letter)
    record.revoked_on = record.revoked_for = None


def supersede(work: Work, letter: LetterId, *, by: LetterId) -> date:
    """Let a later letter speak in this one's place, and answer from which day on.

    Visits that took place under this one stay under it: the later letter begins after the last of them.
    """
    work.require(Permission.LETTER_CHANGE)
    record, later = _own(work, letter), _own(work, by)
    if record.id == later.id or record.client != later.client or record.kind != later.kind:
        raise Refusal("letter_cannot", at="superseded_by")
    _refuse_unless(work, record, lettering.Event.SUPERSEDED)
    window = necessity.window(letter_of(later), policy_of(work.practice.settings).lmn_retro_days)
    if window is None:
        raise Refusal("letter_cannot", at="signed_on")
    last = work.session.scalar(
        select(func.max(Appointment.at)).where(
            Appointment.client == record.client, Appointment.state == State.DONE
        )
    )
    after = last.date() + timedelta(days=1) if last else window.start
    record.superseded_by, record.superseded_on = later.id, max(window.start, after)
    return record.superseded_on


def stand_alone(work: Work, letter: LetterId) -> None:
    """Undo that another letter speaks in this one's place."""
    work.require(Permission.LETTER_CHANGE)
    record = _own(work, letter)
    record.superseded_by = record.superseded_on = None


def _refuse_unless(work: Work, record: Letter, event: lettering.Event) -> None:
    """Refuse what cannot happen to a letter that stands as this one does."""
    policy = policy_of(work.practice.settings)
    now = lettering.standing(letter_of(record), None, work.today, policy)
    if not lettering.leads_to(now, event):
        raise Refusal("letter_cannot", at=event.value)


def media_type(content: bytes) -> str | None:
    """Tell what kind of scan this is by how it begins; None for what is no scan we keep."""
    return next((kind for begin, kind in SIGNATURES.items() if content.startswith(begin)), None)


def attach(work: Work, letter: LetterId, content: bytes) -> Scan:
    """Keep a scan with its letter; what it is is told by its content, not by its name."""
    work.require(Permission.LETTER_CHANGE)
    record = _own(work, letter)
    kind = media_type(content)
    if kind is None:
        raise Refusal("not_a_scan", at="scan")
    if len(content) > LARGEST_SCAN:
        raise Refusal("scan_too_large", at="scan", largest=LARGEST_SCAN)
    digest = hashlib.sha256(content).hexdigest()
    known = select(Attachment).where(Attachment.letter == record.id, Attachment.sha256 == digest)
    scan = work.session.scalars(known).first() or work.add(
        Attachment(
            id=work.new_id(),
            letter=record.id,
            media_type=kind,
            sha256=digest,
            size=len(content),
            added_at=work.now,
            content=content,
        ),
    )
    work.flush()  # so that it is listed within the same work
    return Scan(scan.id, scan.media_type, scan.size)


def scans(work: Work, letter: LetterId) -> tuple[Scan, ...]:
    """List the scans kept with a letter."""
    work.require(Permission.LETTER_SEE)
    work.require(Permission.LETTER_SEE, client=work.get(Letter, letter).client)
    found = work.session.scalars(
        select(Attachment).where(Attachment.letter == letter).order_by(Attachment.added_at, Attachment.id),
    )
    return tuple(Scan(scan.id, scan.media_type, scan.size) for scan in found)


def scan(work: Work, attachment: str) -> bytes:
    """Open one scan; that it was looked at goes into the trail."""
    work.require(Permission.LETTER_CHANGE)
    record = work.get(Attachment, attachment)
    work.require(Permission.LETTER_CHANGE, client=work.get(Letter, record.letter).client)
    work.note("read", f"attachments/{attachment}")
    return record.content


def _own(work: Work, letter: LetterId) -> Letter:
    record = work.get(Letter, letter)
    work.require(Permission.LETTER_CHANGE, client=record.client)
    return record


def _fill(work: Work, letter: Letter, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if name not in FACTS:
            raise Refusal("unknown_field", at=name)
        if name == "decision":
            _check_decision(letter, value)
        setattr(letter, name, clean_all(value, at=name))
    _check_codes(letter)
    retro_days = policy_of(work.practice.settings).lmn_retro_days
    if necessity.ends_too_early(letter.signed_on, letter.starts_on, letter.ends_on, retro_days):
        raise Refusal("letter_ends_first", at="ends_on")


def _check_decision(letter: Letter, decision: Mapping[str, Any] | None) -> None:
    """Keep decisions to what a plan decides on, and to what may follow the one noted before."""
    if decision is None:
        return
    if letter.kind not in necessity.PERMITTING:
        raise Refusal("letter_cannot", at="decision")
    before = (letter.decision or {}).get("state")
    if before and not lettering.may_follow(lettering.Decision(before), lettering.Decision(decision["state"])):
        raise Refusal("letter_cannot", at="decision")


def _check_codes(letter: Letter) -> None:
    """Keep out codes that were not billable when the letter was signed, and pairs that can't both be true."""
    named = [d["icd10"] for d in letter.diagnoses or () if d.get("icd10")]
    for place, code in enumerate(named):
        known = codes.look_up(code)
        if known is None:
            raise Refusal("unknown_diagnosis_code", at="diagnoses", place=place)
        if not coding.is_billable(known, letter.signed_on):
            raise Refusal("diagnosis_not_billable", at="diagnoses", place=place)
    if coding.excluded_pair(named, codes.look_up) is not None:
        raise Refusal("excluded_diagnoses", at="diagnoses")
    npi = (letter.signer or {}).get("npi")
    if npi and not coding.is_npi(npi):
        raise Refusal("wrong_npi", at="signer")
