"""Consents: what a client agreed to and signed, what stands today, and what was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from clinic.documents import signed as signed_papers
from clinic.documents.sheets import Signature
from clinic.exchange.consents import ConsentText, consent_text, wanted
from clinic.office.door import clean
from clinic.records import Client, Consent, Letter, SignedPaper
from clinic.rules.consents import (
    IN_THE_ROOM_UNDER,
    LONGEST_RELEASE_DAYS,
    ON_THE_PREMISES_UNDER,
    ConsentKind,
    Presence,
    SignedHow,
    SignerRole,
    locked,
    presence,
    refused_signer,
    stands,
)
from clinic.rules.permissions import Permission, Reach
from clinic.values import ConsentId, LetterKind, Refusal
from clinic.workroom import facts, form_papers, keeping, sheets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.storage.work import Work
    from clinic.values import ClientId, LetterId

__all__ = [
    "ConsentKind", "ConsentRow", "ConsentText", "Consents", "Presence", "Signed", "SignedHow", "SignerRole", "give",
    "of_client", "signed_paper", "take_back_withdrawal", "text_of", "withdraw",
]  # fmt: skip

CLINICAL = frozenset({ConsentKind.BREAST, ConsentKind.RELEASE})
"""Consents whose very being there says something of a treatment; the front desk is not told of them."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as it was given: by whom, as whom, how, and the strokes of the hand where it was drawn."""

    name: str
    role: SignerRole = SignerRole.CLIENT
    method: SignedHow = SignedHow.TYPED
    strokes: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent on the chart."""

    id: ConsentId
    kind: ConsentKind
    given_on: date
    ends_on: date | None
    withdrawn_on: date | None
    signer: str
    role: SignerRole
    stands: bool
    paper: str | None
    """The signed paper, where it was signed here."""


@dataclass(frozen=True, slots=True)
class Consents:
    """What a client agreed to, what has to be asked, and who signs."""

    rows: tuple[ConsentRow, ...]
    needs_guardian: bool
    guardian: str
    presence: Presence
    referrals: tuple[tuple[str, str], ...]
    """Referrals a consent for the breast area may name: id and reference."""
    locked: frozenset[str]
    may_give: bool
    today: date


def of_client(work: Work, client: ClientId) -> Consents:
    """List what a client agreed to; everybody who books or treats may see whether, not every text."""
    granted = work.require(Permission.HEALTH_WRITE, client=client)
    person = work.get(Client, client)
    asked = select(SignedPaper.consent, SignedPaper.id).where(SignedPaper.client == client)
    papers: dict[str | None, str] = {row.consent: row.id for row in work.run(asked)}
    kept = work.session.scalars(
        select(Consent).where(Consent.client == client).order_by(Consent.given_on.desc(), Consent.id.desc())
    ).all()
    letters = _letters(work, client)
    return Consents(
        rows=tuple(
            _row(one, person, work.today, papers if granted > Reach.LIMITED else {})
            for one in kept
            if granted > Reach.LIMITED or one.kind not in CLINICAL
        ),
        needs_guardian=refused_signer(SignerRole.CLIENT, person.born, work.today) is not None,
        guardian=(person.guardian or {}).get("name", ""),
        presence=presence(person.born, work.today, **_presence_ages(work)),
        referrals=tuple(
            (str(letter.id), sheets.called(letter))
            for letter in letters
            if letter.kind is LetterKind.REFERRAL
        )
        if granted > Reach.LIMITED
        else (),
        locked=locked(map(keeping.given_of, kept), letters, work.today, person.born),
        may_give=True,
        today=work.today,
    )


def _row(one: Consent, person: Client, today: date, papers: Mapping[Any, Any]) -> ConsentRow:
    return ConsentRow(
        ConsentId(one.id), one.kind, one.given_on, one.ends_on, one.withdrawn_on, one.signer, one.role,
        stands(keeping.given_of(one), today, person.born), papers.get(one.id),
    )  # fmt: skip


def _presence_ages(work: Work) -> dict[str, int]:
    settings = work.practice.settings or {}
    return {
        "in_room": settings.get("guardian_in_room_under", IN_THE_ROOM_UNDER),
        "premises": settings.get("guardian_on_premises_under", ON_THE_PREMISES_UNDER),
    }


def _letters(work: Work, client: ClientId) -> list[Any]:
    return [
        facts.letter_of(letter)
        for letter in work.session.scalars(select(Letter).where(Letter.client == client))
    ]


def text_of(
    work: Work,
    *,
    client: ClientId,
    kind: ConsentKind,
    language: str = "en",
    details: Mapping[str, str] | None = None,
) -> ConsentText:
    """Write out what is to be signed, in the exact words; what must be filled in is asked for first."""
    work.require(Permission.HEALTH_WRITE, client=client)
    person = work.get(Client, client)
    told = dict(details or {})
    for name in wanted(kind.value):
        if not told.get(name, "").strip():
            raise Refusal("consent_incomplete", at=name)
    if kind is ConsentKind.BREAST:
        known = {letter.id for letter in _letters(work, client) if letter.kind is LetterKind.REFERRAL}
        if told.get("referral_id") not in known or not told.get("referral"):
            raise Refusal("referral_needed", at="referral")
    for_minor = refused_signer(SignerRole.CLIENT, person.born, work.today) is not None
    ages = _presence_ages(work)
    filled = {
        "practice": work.practice.name,
        "client": person.name,
        "room": str(ages["in_room"]),
        "premises": str(ages["premises"]),
        "until": str(told.get("until") or work.today + timedelta(days=LONGEST_RELEASE_DAYS)),
    }
    return consent_text(kind.value, language, {**filled, **told}, for_minor=for_minor)


def give(
    work: Work,
    *,
    client: ClientId,
    kind: ConsentKind,
    signed: Signed,
    language: str = "en",
    details: Mapping[str, str] | None = None,
) -> ConsentId:
    """Keep a consent with its signature and the page that bears it; a guardian's also opens the calendar."""
    work.require(Permission.HEALTH_WRITE, client=client)
    person = work.get(Client, client)
    name = clean(signed.name, at="signer")
    if name is None:
        raise Refusal("signature_missing", at="signer")
    refused = refused_signer(signed.role, person.born, work.today)
    if refused is not None:
        raise Refusal(refused, at="role")
    if signed.method is SignedHow.DRAWN and not any(len(stroke) > 1 for stroke in signed.strokes):
        raise Refusal("signature_missing", at="signer")
    told = {key: clean(value, at=key) or "" for key, value in (details or {}).items()}
    text = text_of(work, client=client, kind=kind, language=language, details=told)
    ends = work.today + timedelta(days=LONGEST_RELEASE_DAYS) if kind is ConsentKind.RELEASE else None
    consent = work.add(
        Consent(
            id=work.new_id(),
            client=client,
            kind=kind,
            given_on=work.today,
            ends_on=ends,
            withdrawn_on=None,
            text_version=text.version,
            language=language,
            text_sha256=text.sha256,
            details=told or None,
            signer=name,
            role=signed.role,
            method=signed.method,
            signed_at=work.now,
            witness=work.actor.staff,
        )
    )
    work.flush()
    sheet = form_papers.signed(
        work, person, text.title, language=language, at=work.wall, parts=(), paragraphs=text.paragraphs,
        signature=Signature(name, work.wall, signed.strokes), role=signed.role, text_sha256=text.sha256,
        number=consent.id,
    )  # fmt: skip
    keeping.keep_paper(
        work, client=client, consent=consent.id, name=name, role=signed.role, method=signed.method,
        strokes=signed.strokes, pages=signed_papers.pdf(sheet), text_sha256=text.sha256,
    )  # fmt: skip
    if kind is ConsentKind.TREATMENT and signed.role is SignerRole.GUARDIAN:
        guardian = dict(person.guardian or {"name": name, "relation": "guardian"})
        person.guardian = guardian | {"consent_on": work.today.isoformat()}
    return ConsentId(consent.id)


def withdraw(work: Work, consent: ConsentId) -> ConsentId:
    """Note that a consent was taken back today; what was done before stays right."""
    work.require(Permission.HEALTH_WRITE)
    record = work.get(Consent, consent)
    work.require(Permission.HEALTH_WRITE, client=record.client)
    if record.withdrawn_on is not None:
        raise Refusal("already_withdrawn")
    record.withdrawn_on = work.today
    _follow_guardian(work, record, None)
    return consent


def take_back_withdrawal(work: Work, consent: ConsentId) -> ConsentId:
    """Let a consent stand again that was withdrawn by mistake, the same day only."""
    work.require(Permission.HEALTH_WRITE)
    record = work.get(Consent, consent)
    work.require(Permission.HEALTH_WRITE, client=record.client)
    if record.withdrawn_on != work.today:
        raise Refusal("sign_anew")
    record.withdrawn_on = None
    _follow_guardian(work, record, record.given_on)
    return consent


def _follow_guardian(work: Work, record: Consent, on: date | None) -> None:
    """Let the calendar know whether a guardian's consent stands."""
    if record.kind is ConsentKind.TREATMENT and record.role is SignerRole.GUARDIAN:
        person = work.get(Client, record.client)
        guardian = {key: value for key, value in (person.guardian or {}).items() if key != "consent_on"}
        person.guardian = guardian | ({"consent_on": on.isoformat()} if on else {}) or None


def signed_paper(work: Work, paper: str) -> bytes:
    """Open the page that was signed; that it was opened goes into the trail."""
    work.require(Permission.HEALTH_READ)
    record = work.session.get(SignedPaper, paper, options=[undefer(SignedPaper.pages)])
    if record is None or record.pages is None:
        raise Refusal("not_found", kind="signed_papers", id=paper)
    work.require(Permission.HEALTH_READ, client=record.client)
    work.note("read", f"signed_papers/{paper}")
    return record.pages


def referral_details(letter: LetterId, reference: str) -> dict[str, str]:
    """Name a referral as a consent for the breast area does."""
    return {"referral_id": str(letter), "referral": reference}
