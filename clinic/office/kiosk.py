"""The kiosk: a client fills in the form on the practice's computer, page by page, and signs it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.documents import signed as signed_papers
from clinic.documents.sheets import Signature
from clinic.exchange.answering import check_answers
from clinic.exchange.forms import questionnaire
from clinic.office import consents, intake
from clinic.office.consents import Signed
from clinic.records import Client, Consent, IntakeDraft, Screening
from clinic.rules.consents import ConsentKind, SignerRole, refused_signer, standing
from clinic.rules.permissions import Permission, Reach
from clinic.rules.screening import age_on
from clinic.storage.trail import canonical
from clinic.values import Refusal, ScreeningId, ScreeningKind
from clinic.workroom import form_papers, keeping

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from clinic.exchange.consents import ConsentText
    from clinic.storage.work import Work
    from clinic.values import ClientId

__all__ = ["Begun", "Signed", "begin", "finish", "keep_page"]

LANGUAGES = ("en", "es")
OFFERED = (ConsentKind.TREATMENT, ConsentKind.MESSAGES, ConsentKind.PHOTO)
"""What is asked on the kiosk; the rest is asked by a person, for one occasion."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A consent to be read on the kiosk, in each language."""

    kind: ConsentKind
    texts: Mapping[str, ConsentText]
    required: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """What the kiosk shows of somebody; earlier answers only where whoever handed it over may read them."""

    client: ClientId
    name: str
    """As they like to be called."""
    full_name: str
    guardian: str
    """Who signs for a minor; empty where the client signs."""
    minor: bool
    last_on: date | None
    before: Mapping[str, Any] | None
    """The answers of last time, or None where they stay hidden."""
    kept: Mapping[str, Mapping[str, Any] | None]
    """Pages kept already in this draft; None where what was filled in stays hidden, or nothing had changed."""
    unchanged: frozenset[str]
    consents: tuple[Offered, ...]
    now: datetime


def begin(work: Work, *, client: ClientId) -> Begun:
    """Hand the form to a client, filled in as last time where the person at the counter may see that."""
    granted = work.require(Permission.HEALTH_WRITE, client=client)
    person = work.get(Client, client)
    last = _last(work, client)
    readable = granted > Reach.LIMITED
    draft = _draft(work, client)
    pages = _content(draft)
    if readable and last is not None:
        work.note("read", f"clients/{client}", {"what": "kiosk"})
    minor = person.born is not None and age_on(person.born, work.today) < 18  # noqa: PLR2004 - of age
    return Begun(
        client=client,
        name=person.preferred_name or person.given_name or person.name,
        full_name=person.name,
        guardian=(person.guardian or {}).get("name", "") if minor else "",
        minor=minor,
        last_on=last.answered_at.date() if last else None,
        before=last.answers if last and readable else None,
        kept={page: told if readable and told is not None else None for page, told in pages.items()},
        unchanged=frozenset(page for page, told in pages.items() if told is None),
        consents=_offered(work, client, person),
        now=work.wall,
    )


def _offered(work: Work, client: ClientId, person: Client) -> tuple[Offered, ...]:
    given = [
        keeping.given_of(one) for one in work.session.scalars(select(Consent).where(Consent.client == client))
    ]
    return tuple(
        Offered(
            kind,
            {
                language: consents.text_of(work, client=client, kind=kind, language=language)
                for language in LANGUAGES
            },
            kind is ConsentKind.TREATMENT,
        )
        for kind in OFFERED
        if standing(given, kind, work.today, person.born) is None
    )


def _last(work: Work, client: ClientId) -> Screening | None:
    asked = select(Screening).where(
        Screening.client == client,
        Screening.kind == ScreeningKind.FULL,
        Screening.answered_at <= work.wall,
    )
    return work.session.scalar(asked.order_by(Screening.answered_at.desc(), Screening.id.desc()).limit(1))


def _draft(work: Work, client: ClientId) -> IntakeDraft | None:
    return next(iter(_drafts(work, client)), None)


def _drafts(work: Work, client: ClientId) -> Sequence[IntakeDraft]:
    """Give the forms begun, the newest first; two files made one may have one each."""
    asked = select(IntakeDraft).where(IntakeDraft.client == client, IntakeDraft.kind == ScreeningKind.FULL)
    return work.session.scalars(asked.order_by(IntakeDraft.saved_at.desc(), IntakeDraft.id.desc())).all()


def _content(draft: IntakeDraft | None) -> dict[str, dict[str, Any] | None]:
    found: dict[str, dict[str, Any] | None] = json.loads(draft.content) if draft else {}
    return found


def keep_page(
    work: Work, *, client: ClientId, page: str, answers: Mapping[str, Any] | None
) -> tuple[str, ...]:
    """Keep one page as it is filled in, or that nothing on it has changed; answer which pages are kept now."""
    work.require(Permission.HEALTH_WRITE, client=client)
    asked = {each.id: {q.id for q in each.questions} for each in questionnaire().pages["full"]}
    if page not in asked:
        raise Refusal("not_found", kind="pages", id=page)
    if answers is None and _last(work, client) is None:
        raise Refusal("nothing_answered", at=page)
    if answers is not None:
        check_answers(ScreeningKind.FULL, answers)
        if not answers.keys() <= asked[page]:
            raise Refusal("unknown_key", at=page)
    draft = _draft(work, client)
    pages = _content(draft) | {page: None if answers is None else dict(answers)}
    content = json.dumps(pages, ensure_ascii=False).encode()
    if draft is None:
        work.add(
            IntakeDraft(
                id=work.new_id(), client=client, kind=ScreeningKind.FULL, begun_by=work.actor.staff,
                saved_at=work.now, content=content,
            )
        )  # fmt: skip
    else:
        draft.content, draft.saved_at = content, work.now
    return tuple(pages)


def finish(
    work: Work,
    *,
    client: ClientId,
    signed: Signed,
    language: str = "en",
    agreed: Collection[ConsentKind] = (),
) -> ScreeningId:
    """Sign the form: it becomes a version of the history, with its page in the record, and the draft is gone."""
    work.require(Permission.HEALTH_WRITE, client=client)
    person = work.get(Client, client)
    refused = refused_signer(signed.role, person.born, work.today)
    if refused is not None:
        raise Refusal(refused, at="role")
    if not signed.name.strip():
        raise Refusal("signature_missing", at="signer")
    draft, last = _draft(work, client), _last(work, client)
    pages = _content(draft)
    missing = [page.id for page in questionnaire().pages["full"] if page.id not in pages]
    if draft is None or missing:
        raise Refusal("pages_missing", at=next(iter(missing), None))
    answers = _merged(pages, last.answers if last else {})
    answers["M01"] = {"true_and_complete": True, "signature": signed.name.strip()}
    unchanged = {page for page, told in pages.items() if told is None}
    screening = intake.record(
        work,
        client=client,
        kind=ScreeningKind.FULL,
        answers=answers,
        signed_by=signed.name,
        unchanged=unchanged,
    )
    _keep_signed(
        work, person, screening, answers, last.answers if last else None, unchanged, signed, language
    )
    for kind in OFFERED:
        if kind in agreed:
            consents.give(work, client=client, kind=kind, signed=signed, language=language)
    for each in _drafts(work, client):
        work.session.delete(each)
    return screening


def _merged(pages: Mapping[str, Mapping[str, Any] | None], before: Mapping[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for page in questionnaire().pages["full"]:
        told = pages[page.id]
        for question in page.questions:
            answer = before.get(question.id) if told is None else told.get(question.id)
            if answer is not None:
                answers[question.id] = answer
    return answers


def _keep_signed(  # noqa: PLR0917 - all that stands on the page
    work: Work,
    person: Client,
    screening: ScreeningId,
    answers: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    unchanged: Collection[str],
    signed: Signed,
    language: str,
) -> None:
    digest = hashlib.sha256(canonical(answers).encode()).hexdigest()
    declared = next(q.part for q in questionnaire().asked("full") if q.id == "M01")
    sheet = form_papers.signed(
        work,
        person,
        questionnaire().words["form_title"][language],
        language=language,
        at=work.wall,
        parts=form_papers.told_parts("full", answers, before, unchanged, language),
        paragraphs=(declared.parts[0].text[language],),
        signature=Signature(signed.name.strip(), work.wall, signed.strokes),
        role=signed.role,
        text_sha256=digest,
        number=screening,
    )
    keeping.keep_paper(
        work, client=person.id, screening=screening, name=signed.name.strip(), role=signed.role,
        method=signed.method, strokes=signed.strokes, pages=signed_papers.pdf(sheet), text_sha256=digest,
    )  # fmt: skip


def signer_of(begun: Begun) -> SignerRole:
    """Say as whom the person in front of the kiosk signs."""
    return SignerRole.GUARDIAN if begun.minor else SignerRole.CLIENT
