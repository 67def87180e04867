"""Requesting: what a letter to a clinician says, gathered from the records at the moment it is made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic import wording
from clinic.documents import frozen
from clinic.documents.request_sheet import Addressee, LetterTold, MeasureTold, RequestSheet, VisitsTold
from clinic.documents.sheets import Practitioner
from clinic.records import Appointment, Client, Clinician, Letter, Note, Request, Treatment
from clinic.rules import annual, counting, necessity
from clinic.rules import requests as rules
from clinic.rules.permissions import Permission
from clinic.values import AHEAD, HOLDING, Purpose, Refusal, RequestKind, State
from clinic.wording import _
from clinic.workroom import facts, ledgers, sheets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from clinic.rules.annual import Ledger
    from clinic.storage.work import Work

TELLS = frozenset({RequestKind.RENEWAL, RequestKind.PROGRESS, RequestKind.THANKS})
"""Requests that say what took place so far."""
TRENDS = frozenset({RequestKind.RENEWAL, RequestKind.PROGRESS})
NEEDS_LETTER = frozenset({RequestKind.RENEWAL})


def sheet(
    work: Work, client: str, kind: RequestKind, *, letter: str | None, clinician: str | None, words: str
) -> RequestSheet:
    """Gather a request; no diagnosis is written into it, not even one that a letter on file gives."""
    person = work.get(Client, client)
    if kind in NEEDS_LETTER and letter is None:
        raise Refusal("letter_missing", at="letter")
    ledger = ledgers.ledger_of(work, client)
    policy = facts.policy_of(work.practice.settings)
    station = sheets.stationery(work, policy)
    treatment, cpt = _treatment(work, client)
    return RequestSheet(
        kind=kind.value,
        made_on=work.today,
        practice=station.letterhead,
        therapist=_therapist(work, ledger, station.practitioners),
        client=sheets.payee(person),
        to=_addressee(work, letter, clinician),
        letter=_letter(work, ledger, letter) if letter else None,
        visits=_visits(ledger, work.today) if kind in TELLS else None,
        measures=_measures(work, client) if kind in TRENDS else (),
        treatment=treatment,
        cpt=cpt,
        words=words,
        format=station.format,
    )


def said(record: Request) -> RequestSheet:
    """Read back what a request says."""
    return frozen.from_json(RequestSheet, json.dumps(record.said))


def check_said(item: Mapping[str, Any]) -> None:
    """Refuse a request from a file that could not be printed as it claims to have been."""
    try:
        sheet_ = frozen.from_json(RequestSheet, json.dumps(item["said"]))
        fits = sheet_.kind == item["kind"] and sheet_.language in wording.LANGUAGES
    except (KeyError, TypeError, ValueError, AttributeError):
        fits = False
    if not fits:
        raise Refusal("malformed", at="/requests")


def answered(work: Work, letter: Letter) -> None:
    """Close the requests that a letter just put on file answers."""
    asked = select(Request).where(
        Request.client == letter.client, Request.received_on.is_(None), Request.withdrawn_on.is_(None)
    )
    for record in work.session.scalars(asked):
        if rules.answers(letter.kind, record.kind) and letter.id != record.letter:
            record.received_on, record.answer = work.today, letter.id


def _therapist(work: Work, ledger: Ledger, known: Mapping[str, Practitioner]) -> Practitioner:
    """Choose who writes: the one acting where they treat, else the therapist of the last visit."""
    own = known.get(work.actor.staff)
    if own is not None and own.certificate_number:
        return own
    treated = [visit.staff for visit in sorted(ledger.visits, key=lambda v: v.at) if visit.staff in known]
    return known[treated[-1]] if treated else (own or Practitioner(""))


def _addressee(work: Work, letter: str | None, clinician: str | None) -> Addressee:
    if clinician is not None:
        known = work.get(Clinician, clinician)
        return Addressee(
            known.name,
            known.credential or "",
            known.practice or "",
            sheets.postal(known.address),
            known.phone or "",
            known.fax or "",
        )
    signer = (work.get(Letter, letter).signer or {}) if letter else {}
    return Addressee(signer.get("name", ""), signer.get("credential", ""))


def _letter(work: Work, ledger: Ledger, key: str) -> LetterTold:
    letter = next((each for each in ledger.letters if each.id == key), None)
    if letter is None or letter.client != ledger.person.patient.id:
        raise Refusal("not_found", kind="letters", id=key)
    policy = facts.policy_of(work.practice.settings)
    names = {therapist.name for therapist in facts.therapists_of(work).values()}
    supporting = annual.supporting(ledger.letters)
    stands = counting.stand(ledger.visits, supporting, ledger.person.patient, names, policy)
    window = necessity.window(letter, policy.lmn_retro_days)
    return LetterTold(
        sheets.reference(letter),
        sheets.issuer(letter),
        letter.signed_on,
        window.end if window else None,
        letter.max_visits,
        counting.usage(letter, ledger.visits, stands).used,
    )


def _visits(ledger: Ledger, today: date) -> VisitsTold:
    care = [visit for visit in ledger.visits if visit.purpose is not Purpose.RELAXATION]
    given = sorted(visit.day for visit in care if visit.state is State.DONE)
    booked = sum(visit.state in AHEAD and visit.day >= today for visit in care)
    return VisitsTold(len(given), given[0] if given else None, given[-1] if given else None, booked)


def _measures(work: Work, client: str) -> tuple[MeasureTold, ...]:
    """Tell the first and the last of each measure, as they stand before the treatment of signed notes."""
    work.require(Permission.NOTE_READ, client=client)
    asked = (
        select(Appointment.at, Note.measures)
        .join(Note, Note.appointment == Appointment.id)
        .where(Appointment.client == client, Note.signed_at.is_not(None), Note.measures.is_not(None))
        .order_by(Appointment.at)
    )
    series: dict[str, list[tuple[date, str]]] = {}
    for row in work.run(asked):
        seen = set()
        for measure in row.measures:
            if measure["when"] == "before" and measure["tool"] not in seen:
                seen.add(measure["tool"])
                series.setdefault(measure["tool"], []).append((row.at.date(), _written(measure["value"])))
    return tuple(
        MeasureTold(tool, *points[0], *points[-1], len(points))
        for tool, points in series.items()
        if len(points) > 1
    )


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _treatment(work: Work, client: str) -> tuple[str, str]:
    """Name what the client comes for: the treatment of the last or next visit that is not for relaxation."""
    asked = (
        select(Treatment.name, Treatment.cpt)
        .join(Appointment, Appointment.treatment == Treatment.id)
        .where(
            Appointment.client == client,
            Appointment.state.in_(HOLDING),
            Treatment.purpose != Purpose.RELAXATION,
        )
        .group_by(Treatment.id)
        .order_by(func.max(Appointment.at).desc())
        .limit(1)
    )
    row = work.run(asked).first()
    if row is None:
        return _("massage therapy"), ""
    return row.name[:1].lower() + row.name[1:], row.cpt or ""
