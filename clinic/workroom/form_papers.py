"""Putting the papers of the intake together: the blank form, and what was answered and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinic.documents.form_sheets import (
    BlankSheet,
    FormLine,
    FormPart,
    FormQuestion,
    SignedSheet,
    Told,
    ToldPart,
)
from clinic.exchange.forms import questionnaire
from clinic.rules.forms import PartKind, changes, is_asked
from clinic.workroom import facts, saying, sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from clinic.documents.sheets import Signature
    from clinic.records import Client
    from clinic.rules.consents import SignerRole
    from clinic.rules.forms import Asked, Page, Part
    from clinic.storage.work import Work

ON_PAPER = ("dose", "last", "started", "stopped")
"""What of a medicine is asked on paper; the rest is asked by the therapist."""


def labels(language: str) -> dict[str, str]:
    """Take every word the forms say of themselves."""
    return {name: text[language] for name, text in questionnaire().words.items()}


def blank(work: Work, form: str, language: str, client: Client | None) -> BlankSheet:
    """Lay out the form to be filled in by hand, for somebody or for anybody."""
    words = labels(language)
    station = sheets.stationery(work, facts.policy_of(work.practice.settings))
    book = questionnaire()
    declared = next(q.part for q in book.asked("full") if q.id == "M01")
    parts = tuple(_blank_part(page, language) for page in book.pages[form])
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
        parts=parts,
        declaration=next(part.text[language] for part in declared.parts if part.kind is PartKind.FLAG),
    )


def _blank_part(page: Page, language: str) -> FormPart:
    asked = (question for question in page.questions if question.id != "M01")
    return FormPart(page.title[language], tuple(_blank_question(each, language) for each in asked))


def _blank_question(asked: Asked, language: str) -> FormQuestion:
    part = asked.part
    lines = _group_lines(part, language) if part.kind is PartKind.GROUP else _lines(part, language, bare=True)
    must = asked.critical or bool(asked.critical_when)
    return FormQuestion(part.text[language], part.hint.get(language, ""), must, tuple(lines))


def _group_lines(group: Part, language: str) -> Iterator[FormLine]:
    for part in group.parts:
        if part.when is not None and part.when.never:
            continue
        if part.kind is PartKind.GROUP:
            names = tuple(each.text[language] for each in part.parts)
            yield FormLine(
                "write", f"{part.text[language]} ({', '.join(names)})", further=part.when is not None
            )
        else:
            yield from _lines(part, language)


def _lines(part: Part, language: str, *, bare: bool = False) -> Iterator[FormLine]:
    text, further = "" if bare else part.text[language], part.when is not None
    unit = part.unit.get(language, "")
    match part.kind:
        case PartKind.YES_NO:
            said = tuple(saying.word(each, language) for each in ("yes", "no", "unsure"))
            yield FormLine("yes_no", text, said, further)
        case PartKind.ONE:
            yield FormLine("boxes", text, tuple(c.text[language] for c in part.choices), further)
        case PartKind.MANY:
            said = (*(c.text[language] for c in part.choices), saying.word("no_to_this", language))
            yield FormLine("boxes", text, said, further)
        case PartKind.SCALE:
            yield FormLine("scale", text, (), further)
        case PartKind.THINGS:
            yield from _things(part, language)
        case PartKind.MEDICINES:
            yield FormLine("boxes", "", (saying.word("takes_nothing", language),))
            columns = ("name", *ON_PAPER)
            named = {each.key: each.text[language] for each in part.parts}
            yield FormLine("table", "", tuple(named[key] for key in columns))
        case PartKind.READINGS:
            words = (saying.word("systolic", language), saying.word("diastolic", language))
            yield FormLine(
                "write", f"{text} ({' / '.join(words)}, {saying.word('day', language)})", (), further
            )
        case PartKind.FLAG:
            yield FormLine("tick", text)
        case _:
            yield FormLine("write", f"{text} ({unit})" if unit else text, (), further)


def _things(part: Part, language: str) -> Iterator[FormLine]:
    """Tick what applies, then write what is asked of it: what most of the things are asked comes first."""
    listed = tuple(thing.text[language] for thing in part.things if thing.word)
    yield FormLine("boxes", "", (*listed, saying.word("no_to_this", language)))
    counted: dict[str, int] = {}
    for thing in part.things:
        for each in thing.parts:
            if each.key != "what" and each.kind is not PartKind.FLAG:
                counted[each.text[language]] = counted.get(each.text[language], 0) + 1
    usual = sorted(counted, key=lambda text: -counted[text])[:3]
    first = f"{saying.word('if_yes', language)}: {saying.word('what', language).lower()}"
    yield FormLine("table", "", (first, *usual))


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
