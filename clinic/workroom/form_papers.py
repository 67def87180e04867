"""Putting the papers of the intake together: the blank form, and what was answered and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinic.documents.form_sheets import BlankSheet, SignedSheet, Told, ToldPart
from clinic.exchange.body import drawn
from clinic.exchange.forms import questionnaire
from clinic.rules.forms import PartKind, changes, is_asked
from clinic.rules.notes import View
from clinic.workroom import facts, saying, sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from clinic.documents.sheets import Signature
    from clinic.records import Client
    from clinic.rules.consents import SignerRole
    from clinic.storage.work import Work


def labels(language: str) -> dict[str, str]:
    """Take every word the forms say of themselves."""
    return {name: text[language] for name, text in questionnaire().words.items()}


def blank(work: Work, form: str, language: str, client: Client | None) -> BlankSheet:
    """Lay out the form to be filled in by hand, for somebody or for anybody."""
    words = labels(language)
    station = sheets.stationery(work, facts.policy_of(work.practice.settings))
    book = questionnaire()
    declared = next(q.part for q in book.asked("full") if q.id == "M01")
    return BlankSheet(
        practice=station.letterhead,
        title=words["form_title" if form == "full" else "quick_title"],
        language=language,
        format=station.format,
        version=book.version,
        on=work.today,
        labels=words,
        client=client.name if client else "",
        born=client.born if client else None,
        pages=book.pages[form],
        figures=tuple(drawn()[view] for view in (View.FRONT, View.BACK)),
        declaration=next(part.text[language] for part in declared.parts if part.kind is PartKind.FLAG),
        brief=form == "quick",
    )


def told_parts(
    form: str,
    answers: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    unchanged: Collection[str],
    language: str,
) -> tuple[ToldPart, ...]:
    """Say a form as it was answered, page by page, and what is otherwise than last time."""
    changed = {change.question for change in changes(before, answers)} if before is not None else set()
    book = questionnaire()
    pages = (*book.pages[form], *(book.pages["staff"] if "OBS" in answers else ()))
    return tuple(
        ToldPart(
            page.title[language],
            saying.word("unchanged_mark", language) if page.id in unchanged else "",
            tuple(
                Told(
                    saying.question(asked, language),
                    saying.answer(asked, answers.get(asked.id), language),
                    asked.id in changed,
                )
                for asked in page.questions
                if is_asked(asked, answers) and asked.id != "M01"
            ),
        )
        for page in pages
    )


def signed(
    work: Work,
    client: Client,
    title: str,
    *,
    language: str,
    at: datetime,
    parts: tuple[ToldPart, ...],
    paragraphs: tuple[str, ...],
    signature: Signature,
    role: SignerRole,
    text_sha256: str,
    number: str,
) -> SignedSheet:
    """Lay out what somebody signed."""
    words = labels(language)
    station = sheets.stationery(work, facts.policy_of(work.practice.settings))
    return SignedSheet(
        practice=station.letterhead,
        title=title,
        number=number,
        language=language,
        format=station.format,
        labels=words,
        client=client.name,
        born=client.born,
        at=at,
        parts=parts,
        paragraphs=paragraphs,
        signature=signature,
        signed_as=words[f"as_{role.value}"],
        text_sha256=text_sha256,
    )
