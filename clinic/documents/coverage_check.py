"""The coverage check on paper: for the client to take to the phone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house
from clinic.documents.paper import Paper
from clinic.documents.style import ACCENT, BODY, HAIR, HAIRLINE, SECTION, SMALL, TINT, Style, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clinic.documents.sheets import Client, Format, Letterhead

ANSWER = 34.0
"""Room under a question for the answer."""


@dataclass(frozen=True, slots=True)
class CoverageSheet:
    """A coverage check, in words."""

    made_on: date
    practice: Letterhead
    client: Client
    plan: str
    headline: str
    reasons: tuple[str, ...]
    questions: tuple[str, ...]
    notice: str
    language: str = "en"
    format: Format = "letter"


def pdf(sheet: CoverageSheet) -> bytes:
    """Print a coverage check."""
    paper = house.fewest(partial(_written, sheet))
    return house.printed(paper, dated=sheet.made_on, subject=paper.title)


def _written(sheet: CoverageSheet, tight: float, _dense: float) -> Paper:
    title = wording._("Coverage check", language=sheet.language)
    paper = Paper(sheet.practice, title, "", sheet.language, sheet.format, tight=tight)
    _ = paper.say
    paper.bookmark(title)
    house.letterhead(paper, [paper.day(sheet.made_on)])
    client = sheet.client
    member = [_("Member {number}").format(number=client.member_id)] if client.member_id else []
    house.blocks(
        paper,
        [
            (0.0, _("Client"), client.name, []),
            (0.4, _("Health plan"), client.insurer or "—", [sheet.plan, *member]),
        ],
    )
    _box(paper, sheet.headline, sheet.reasons)
    if sheet.questions:
        paper.y -= 26
        paper.page.text(paper.left, paper.y, _("Questions for the insurer"), SECTION)
        paper.y -= 22
        for number, question in enumerate(sheet.questions, start=1):
            _ask(paper, number, question)
        _asked_of(paper)
    house.notices(paper, [sheet.notice], house.complaints(paper, None))
    return house.footed(paper, "")


def _box(paper: Paper, headline: str, reasons: Sequence[str]) -> None:
    inner = paper.width - 36
    lines = [line for reason in reasons for line in wrap(reason, BODY, inner)]
    high = 40 + BODY.leading * len(lines) + (6 if lines else 0)
    paper.page.box(paper.left, paper.y - high, paper.width, high, TINT, radius=5)
    paper.page.text(paper.left + 18, paper.y - 24, headline, Style(14, ACCENT, "SemiBold"))
    y = paper.y - 44
    for line in lines:
        paper.page.text(paper.left + 18, y, line, BODY)
        y -= BODY.leading
    paper.y -= high


def _ask(paper: Paper, number: int, question: str) -> None:
    paper.room(ANSWER + BODY.leading)
    paper.page.text(paper.left, paper.y, f"{number}.", SMALL)
    paper.y = paper.page.paragraph(paper.left + 18, paper.y, question, BODY, paper.width - 18)
    paper.y -= ANSWER - BODY.leading - paper.tight * 0.75
    paper.page.rule(paper.left + 18, paper.y + 6, paper.right, ink=HAIR, thick=HAIRLINE)
    paper.y -= 10


def _asked_of(paper: Paper) -> None:
    _ = paper.say
    paper.room(50)
    paper.y -= 18
    third = (paper.width - 28) / 3
    for at, label in enumerate((_("Asked on"), _("Spoke with"), _("Reference of the call"))):
        x = paper.left + at * (third + 14)
        paper.page.rule(x, paper.y, x + third, ink=HAIR, thick=HAIRLINE)
        paper.page.text(x, paper.y - 10, label, SMALL)
    paper.y -= 16
