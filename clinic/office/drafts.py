"""Drafts: the words of a reminder for one client, as an email, a text message and an entry for their calendar."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinic import wording
from clinic.exchange import ical, mail
from clinic.exchange.files import disk_faults, written_whole
from clinic.office import reminders
from clinic.office.door import clean
from clinic.records import Appointment, Client, Staff
from clinic.rules import calendar, reminding
from clinic.rules.permissions import Permission
from clinic.values import AppointmentId, ClientId, Outcome, Refusal
from clinic.wording import reminders as words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clinic.office.desk import Desk
    from clinic.office.reminders import Recorded
    from clinic.storage.work import Work
    from clinic.values import Progress, StaffId

VISIT, AGAIN = "visit", "again"
PARTS = ("subject", "mail", "text")
EVENT = "visit.ics"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a draft is for, and about which visit; no visit means coming again."""

    client: ClientId
    appointment: AppointmentId | None = None
    staff: StaffId | None = None
    """With whom, where there is no visit that says it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that nobody sent yet; what the client left no address for is empty."""

    wanted: Wanted
    subject: str
    body: str
    text: str
    mailto: str
    sms: str
    phone: str
    eml: bytes
    event: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """What was written into a folder, and the attempts that were kept for it."""

    mails: int
    texts: int
    recorded: tuple[Recorded, ...]


def templates(work: Work) -> dict[str, dict[str, str]]:
    """Give the words of reminders, the practice's own where it wrote some."""
    work.require(Permission.PRACTICE_SEE)
    own = (work.practice.settings or {}).get("templates", {})
    return {kind: {**usual, **own.get(kind, {})} for kind, usual in words.templates().items()}


def change_templates(work: Work, kind: str, changes: Mapping[str, str]) -> dict[str, Any] | None:
    """Write one's own words, without a word about health; an empty part goes back to the usual words."""
    work.require(Permission.PRACTICE_CHANGE)
    if kind not in {VISIT, AGAIN} or not set(changes) <= set(PARTS):
        raise Refusal("unknown_field", at=kind)
    settings: dict[str, Any] = dict(work.practice.settings or {})
    before: dict[str, Any] | None = settings.get("templates")
    usual = words.templates()[kind]
    own = dict((before or {}).get(kind, {}))
    for part, typed in changes.items():
        # A text has many lines and may be long; a subject is a line.
        said = clean(typed, at="subject" if part == "subject" else "text")
        reminding.check_words(said or "", at=part)
        own.pop(part, None)
        if said and said != usual[part]:
            own[part] = said
    told = {**(before or {}), kind: own}
    kept = {key: parts for key, parts in told.items() if parts}
    _keep_templates(work, kept)
    return before


def put_templates_back(work: Work, before: dict[str, Any] | None) -> None:
    """Undo a change of the words."""
    work.require(Permission.PRACTICE_CHANGE)
    _keep_templates(work, before or {})


def _keep_templates(work: Work, kept: dict[str, Any]) -> None:
    settings = {name: value for name, value in (work.practice.settings or {}).items() if name != "templates"}
    work.practice.settings = settings | ({"templates": kept} if kept else {})


def draft(work: Work, wanted: Wanted) -> Draft:
    """Write a reminder for one client; whoever asked not to be contacted gets none."""
    work.require(Permission.CALENDAR_SEE)
    client = work.get(Client, wanted.client)
    if wanted.appointment is None:
        work.require(Permission.CLIENT_SEE, client=client.id)
    if client.do_not_contact:
        raise Refusal("do_not_contact", at="client")
    visit = None
    if wanted.appointment is not None:
        visit = work.get(Appointment, wanted.appointment)
        work.require(Permission.CALENDAR_SEE, staff=visit.staff)
    said = templates(work)[VISIT if visit else AGAIN]
    facts = _facts(work, client, visit, wanted.staff)
    subject, body, text = (reminding.filled(said[part], facts) for part in PARTS)
    to, phone = client.email or "", client.phone or ""
    event = _event(work, visit) if visit else b""
    enclosed = (mail.Enclosed(EVENT, ical.KIND, event),) if visit else ()
    return Draft(
        wanted,
        subject,
        body,
        text,
        mail.mailto(to=to, subject=subject, body=body) if to else "",
        mail.sms(phone=phone, body=text) if phone else "",
        phone,
        mail.eml(to=to, subject=subject, body=body, enclosed=enclosed) if to else b"",
        event,
    )


def _facts(work: Work, client: Client, visit: Appointment | None, staff: str | None) -> dict[str, str]:
    practice = work.practice
    therapist = work.get(Staff, visit.staff if visit else staff or work.actor.staff)
    facts = {
        "name": client.preferred_name or client.given_name or client.family_name,
        "practice": practice.name,
        "phone": practice.phone or practice.name,
        "therapist": therapist.name.split()[0],
    }
    if visit is None:
        return facts | {"when": "", "day": "", "time": ""}
    return facts | {
        "when": wording.appointment(visit.at),
        "day": wording.day(visit.at.date()),
        "time": wording.clock(visit.at),
    }


def _event(work: Work, visit: Appointment) -> bytes:
    """Make an entry for the client's own calendar: where and when, and nothing of what is done there."""
    begins = calendar.instant(visit.at, work.zone)
    span = calendar.wall_span(visit.at, visit.minutes)
    address = work.practice.address or {}
    place = ", ".join(address[part] for part in ("street", "city", "region", "postal") if part in address)
    event = ical.Event(
        uid=uid(visit.id, work.vault.fingerprint),
        sequence=visit.version - 1,
        begins=begins,
        ends=begins + (span.end - span.start),
        title=work.practice.name,
        place=place,
    )
    return ical.written((event,), name=work.practice.name, at=work.now)


def uid(visit: str, practice: str) -> str:
    """Name a visit for calendars: always the same, and nobody else's."""
    return f"{visit}@{practice}.effleurage"


def write_all(
    desk: Desk, folder: Path, wanted: Sequence[Wanted], progress: Progress | None = None
) -> Written:
    """Write an email for everybody who has an address, and a list of text messages for the others."""
    drafts = []
    for done, each in enumerate(wanted):
        drafts.append(desk.reading(partial(draft, wanted=each)))
        if progress is not None:
            progress(done + 1, 2 * len(wanted))
    mails = [each for each in drafts if each.eml]
    texts = [each for each in drafts if not each.eml and each.sms]
    with disk_faults():
        folder.mkdir(parents=True, exist_ok=True)
        for number, letter in enumerate(mails, 1):
            with written_whole(folder / f"reminder-{number:03}.eml") as file:
                file.write(letter.eml)
            if progress is not None:
                progress(len(wanted) + number, 2 * len(wanted))
        if texts:
            with written_whole(folder / "text-messages.txt") as file:
                file.write("\n".join(f"{each.phone}\n{each.text}\n" for each in texts).encode())
    reached = tuple(each.wanted for each in (*mails, *texts))
    recorded, _ = desk.writing(partial(record_written, wanted=reached))
    if progress is not None:
        progress(2 * len(wanted), 2 * len(wanted))
    return Written(len(mails), len(texts), recorded)


def record_written(work: Work, wanted: Sequence[Wanted]) -> tuple[Recorded, ...]:
    """Keep that these clients were written to."""
    work.require(Permission.CALENDAR_CHANGE)
    return tuple(
        reminders.record(work, outcome=Outcome.WROTE, client=each.client, appointment=each.appointment)
        for each in wanted
    )


def take_back(work: Work, recorded: Sequence[Recorded]) -> None:
    """Undo the attempts; what was written or sent stays so."""
    work.require(Permission.CALENDAR_CHANGE)
    for each in recorded:
        reminders.take_back(work, each)


def save(content: bytes, path: str) -> None:
    """Write what somebody asked for at the place they chose."""
    with written_whole(Path(path)) as file:
        file.write(content)
