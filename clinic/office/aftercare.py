"""After-care: the sheet a client takes home or is sent, with the treatment told in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.documents import aftercare
from clinic.documents.aftercare import AftercareSheet
from clinic.exchange import aftercare as book
from clinic.exchange import drafts
from clinic.records import Appointment, Client, Treatment
from clinic.rules.permissions import Permission
from clinic.values import HOLDING, ClientId, Refusal, Technique
from clinic.workroom import facts, sheets

if TYPE_CHECKING:
    from clinic.storage.work import Work

LANGUAGES = book.LANGUAGES


def sheet(work: Work, client: ClientId, *, language: str = "en") -> bytes:
    """Print the sheet for what a client comes for; it carries no name and nothing of their health."""
    work.require(Permission.CALENDAR_SEE)
    work.require(Permission.CALENDAR_SEE, client=client)
    _known(language)
    treatment, technique = _treatment(work, client)
    advice = book.advice(technique, language)
    station = sheets.stationery(work, facts.policy_of(work.practice.settings))
    return aftercare.pdf(
        AftercareSheet(
            work.today,
            station.letterhead,
            advice.title,
            treatment,
            advice.described,
            advice.technique,
            advice.parts,
            advice.foot,
            language,
            station.format,
        )
    )


def draft(work: Work, client: ClientId, *, language: str = "en") -> bytes:
    """Write a mail with the sheet attached, for the person's own mail program to open and send."""
    work.require(Permission.CALENDAR_SEE)
    pages = sheet(work, client, language=language)
    record = work.get(Client, client)
    if record.do_not_contact:
        raise Refusal("do_not_contact", at="email")
    if not record.email:
        raise Refusal("no_address", at="email")
    advice = book.advice(_treatment(work, client)[1], language)
    work.note("aftercare_drafted", f"clients/{client}")
    body = f"{advice.mail}\n{work.practice.name}\n"
    return drafts.draft(record.email, advice.subject, body, [("after-care.pdf", pages)])


def _known(language: str) -> None:
    if language not in LANGUAGES:
        raise Refusal("unknown_field", at="language")


def _treatment(work: Work, client: str) -> tuple[str, Technique]:
    """Name what a client was given last, or comes for next."""
    asked = (
        select(Treatment.name, Treatment.technique)
        .join(Appointment, Appointment.treatment == Treatment.id)
        .where(Appointment.client == client, Appointment.state.in_(HOLDING))
        .order_by((Appointment.at > work.wall), Appointment.at.desc())
        .limit(1)
    )
    row = work.run(asked).first()
    return (row.name, row.technique) if row else ("", Technique.THERAPEUTIC)
