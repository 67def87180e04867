"""The clearance request: what a client told, what is planned, and the lines in which only the clinician answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.documents import house
from clinic.documents.paper import Paper
from clinic.documents.style import (
    BODY,
    CAPTION,
    HAIR,
    HAIRLINE,
    NOTICE,
    SECTION,
    SMALL_STRONG,
    Style,
    wrap,
)

if TYPE_CHECKING:
    from datetime import date

    from clinic.documents.request_sheet import Addressee
    from clinic.documents.sheets import Client, Format, Letterhead, Practitioner

LINE = 29.0
FORM = 330.0
"""How high the form is: it is sent back alone, so it is never broken."""
BOX = 9.0


@dataclass(frozen=True, slots=True)
class Question:
    """One thing the clinician is asked about: what the client told, and when."""

    condition: str
    told_on: date | None


@dataclass(frozen=True, slots=True)
class ClearanceSheet:
    """Everything a clearance request says."""

    made_on: date
    practice: Letterhead
    therapist: Practitioner
    client: Client
    to: Addressee
    questions: tuple[Question, ...]
    treatment: str
    minutes: int
    techniques: tuple[str, ...]
    """Names of the techniques that the clinician may allow one by one."""
    first_visit: date | None
    language: str = "en"
    format: Format = "letter"


def pdf(sheet: ClearanceSheet) -> bytes:
    """Print a clearance request; the answer is left open, and nothing is signed by us."""
    paper = Paper(sheet.practice, "", "", sheet.language, sheet.format)
    _ = paper.say
    named = _("Request for clearance")
    paper = Paper(sheet.practice, named, "", sheet.language, sheet.format)
    paper.bookmark(named)
    house.letterhead(paper, [paper.day(sheet.made_on)])
    _people(paper, sheet)
    _letter(paper, sheet)
    _form(paper, sheet)
    _small_print(paper)
    return house.printed(house.footed(paper, ""), dated=sheet.made_on, subject=named)


def _people(paper: Paper, sheet: ClearanceSheet) -> None:
    _ = paper.say
    to = sheet.to
    reach = [_("Phone {number}").format(number=to.phone)] if to.phone else []
    reach += [_("Fax {number}").format(number=to.fax)] if to.fax else []
    practice = [to.practice] if to.practice else []
    born = [_("Born {day}").format(day=paper.day(sheet.client.born))] if sheet.client.born else []
    name, facts = house.person(sheet.therapist, paper)
    house.blocks(
        paper,
        [
            (0.0, _("To"), to.called or "______________________", [*practice, *to.address, *reach]),
            (0.36, _("About"), sheet.client.name, born),
            (0.66, _("From"), name, facts),
        ],
    )


def _letter(paper: Paper, sheet: ClearanceSheet) -> None:
    _ = paper.say
    name = sheet.client.name
    _paragraph(paper, _("Dear {name},").format(name=sheet.to.name) if sheet.to.name else _("Dear colleague,"))
    planned = _("{name} wishes to come to us for {treatment}, {minutes} minutes a visit.").format(
        name=name, treatment=sheet.treatment, minutes=sheet.minutes
    )
    if sheet.first_visit is not None:
        planned += " " + _("A time is held for {day}; it is not confirmed.").format(
            day=paper.day(sheet.first_visit)
        )
    _paragraph(paper, planned)
    _paragraph(paper, _("In our health questions the client told us of the following:"))
    for question in sheet.questions:
        told = (
            _("{condition} (told on {day})").format(
                condition=question.condition, day=paper.day(question.told_on)
            )
            if question.told_on
            else question.condition
        )
        paper.page.text(paper.left + 4, paper.y, "\u2022", BODY)
        paper.y = paper.page.paragraph(paper.left + 16, paper.y, told, BODY, paper.width - 16) - 5
    paper.y -= 6
    _paragraph(
        paper,
        _(
            "This is what the client said, not a finding of ours. Our rules ask for your word before we lay hands "
            "on. Please tell us below whether massage is safe now, and within which limits."
        ),
    )
    _paragraph(paper, _("With kind regards,"))
    paper.y -= 16
    paper.page.rule(paper.left, paper.y, paper.left + 190, ink=HAIR, thick=HAIRLINE)
    name, _facts = house.person(sheet.therapist, paper)
    paper.page.text(paper.left, paper.y - 12.5, name, SMALL_STRONG)
    paper.y -= 34


def _form(paper: Paper, sheet: ClearanceSheet) -> None:
    _ = paper.say
    if paper.y - FORM < paper.lowest:
        paper.turn()
    else:
        paper.page.rule(paper.left, paper.y + 8, paper.right)
        paper.y -= 12
    paper.page.text(paper.left, paper.y, _("Answer: to be filled in by the clinician"), SECTION)
    paper.y -= 24
    born = paper.day(sheet.client.born) if sheet.client.born else ""
    house.blanks(
        paper, LINE, (2, _("Patient"), sheet.client.name), (1, _("Born"), born), (1, _("Seen on"), "")
    )
    paper.y -= 6
    for answer in (
        _("Massage may be given without limits."),
        _("Massage may be given within the limits below."),
        _("No massage at present."),
    ):
        _box(paper, paper.left, answer)
        paper.y -= 17
    paper.y -= 8
    paper.page.text(paper.left, paper.y, _("Techniques allowed"), CAPTION)
    paper.y -= 15
    column = paper.width / 4
    for at, name in enumerate(sheet.techniques):
        _box(paper, paper.left + column * (at % 4), name)
        if at % 4 == 3 or at == len(sheet.techniques) - 1:  # noqa: PLR2004 - four to a line
            paper.y -= 17
    paper.y -= 8
    paper.page.text(paper.left, paper.y, _("Pressure at most"), CAPTION)
    paper.y -= 15
    for at, words in enumerate((_("still hold"), _("light"), _("medium"), _("strong"))):
        _box(paper, paper.left + column * at, words)
    paper.y -= 30
    house.blanks(paper, LINE, (3, _("Areas to leave out"), ""), (1, _("Valid from"), ""), (1, _("Until"), ""))
    house.blanks(
        paper, LINE, (2, _("Name in print"), ""), (1, _("Credential"), ""), (1, _("License number"), "")
    )
    house.blanks(
        paper, LINE, (1, _("Phone, where we may ask back"), ""), (2, _("Signature"), ""), (1, _("Day"), "")
    )


def _box(paper: Paper, x: float, words: str) -> None:
    paper.page.frame(x, paper.y - 1.5, BOX, BOX, radius=1.5)
    paper.page.text(x + BOX + 6, paper.y, words, BODY)


def _paragraph(paper: Paper, text: str, style: Style = BODY) -> None:
    paper.room(style.leading * 2)
    paper.y = paper.page.paragraph(paper.left, paper.y, text, style, paper.width) - style.leading * 0.55


def _small_print(paper: Paper) -> None:
    _ = paper.say
    said = (
        _(
            "Confidential: about the health of the person named above. If it reached you by mistake, please call us."
        ),
        _("Nothing on this page was signed or diagnosed by us."),
    )
    lines = [line for one in said for line in wrap(one, NOTICE, paper.width)]
    house.foot_note(paper, paper.page, lines)
