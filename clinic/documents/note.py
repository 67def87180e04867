"""The treatment note on paper: what was said, found and done, with the body map and measures through time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import body_map, house
from clinic.documents.paper import Paper
from clinic.documents.style import (
    BODY,
    CAPTION,
    FIGURE,
    HAIR,
    HAIRLINE,
    SECTION,
    SMALL,
    SMALL_INK,
    STRONG,
    Style,
    wrap,
)
from clinic.rules.notes import PARTS, View
from clinic.wording import body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from clinic.documents.sheets import Format, Letterhead, Practitioner
    from clinic.rules.body import Figure
    from clinic.rules.notes import Content

MAP_HIGH, SIDE = 232.0, 12.0
DRAFT = Style(96, HAIR, "SemiBold")
EXTRAS = ("reaction", "home_advice", "next_visit")


@dataclass(frozen=True, slots=True)
class Way:
    """A measure through time, in words and as a line."""

    name: str
    unit: str
    before: str
    after: str
    values: tuple[float, ...]
    said: str


@dataclass(frozen=True, slots=True)
class NoteSheet:
    """All that a note says on paper."""

    practice: Letterhead
    number: str
    client: str
    born: date | None
    allergies: tuple[str, ...]
    at: datetime
    minutes: int
    treatment: str
    practitioner: Practitioner
    letter: str
    content: Content
    lines: tuple[str, ...]
    """The marks and areas in words, in the order of their numbers."""
    figures: Mapping[View, Figure]
    avoid: frozenset[str]
    """Areas that the flags of the visit left out."""
    ways: tuple[Way, ...]
    addenda: tuple[tuple[datetime, str, str], ...]
    signed_at: datetime | None
    days_late: int
    printed_at: datetime
    language: str = "en"
    format: Format = "letter"


def pdf(sheet: NoteSheet) -> bytes:
    """Print a treatment note; one that is not signed says so across the page."""
    paper = Paper(
        sheet.practice,
        wording._("Treatment note", language=sheet.language),
        sheet.number,
        sheet.language,
        sheet.format,
    )
    _ = paper.say
    signed = (
        _("Signed {moment}").format(moment=paper.moment(sheet.signed_at)) if sheet.signed_at else _("Draft")
    )
    printed = _("Printed {moment}").format(moment=paper.moment(sheet.printed_at))
    house.letterhead(paper, [paper.day(sheet.at.date()), signed, printed])
    paper.bookmark(_("Note of {day}").format(day=paper.day(sheet.at.date())))
    _who(paper, sheet)
    for key in PARTS:
        _part(paper, body.part(key), getattr(sheet.content, key))
    for key, name in zip(EXTRAS, (_("Reaction"), _("Home advice"), _("Next visit")), strict=True):
        if getattr(sheet.content, key):
            _part(paper, name, getattr(sheet.content, key))
    if sheet.content.marks or sheet.lines:
        _map(paper, sheet)
    _session(paper, sheet.content)
    _measures(paper, sheet.ways)
    _addenda(paper, sheet.addenda)
    _signed(paper, sheet)
    if sheet.signed_at is None:
        for page in paper.pages:
            written = len(page.drawn)
            page.across(_("Draft"), DRAFT)
            page.drawn[:] = page.drawn[written:] + page.drawn[:written]  # under the words, not over them
    return house.printed(
        house.footed(paper, ""), dated=sheet.at.date(), subject=_("Treatment note of a visit")
    )


def _who(paper: Paper, sheet: NoteSheet) -> None:
    _ = paper.say
    name, facts = house.person(sheet.practitioner, paper)
    person = [_("Born {day}").format(day=paper.day(sheet.born))] if sheet.born else []
    if sheet.allergies:
        person.append(_("Allergies: {what}").format(what=", ".join(sheet.allergies)))
    visit = [_("{treatment}, {n} min").format(treatment=sheet.treatment, n=sheet.minutes)]
    if sheet.letter:
        visit.append(_("Under letter {letter}").format(letter=sheet.letter))
    house.blocks(
        paper,
        [
            (0.0, _("Client"), sheet.client, person),
            (0.36, _("Visit"), paper.appointment(sheet.at), visit),
            (0.68, _("Therapist"), name, facts),
        ],
    )


def _heading(paper: Paper, words: str, room: float = 40) -> None:
    paper.room(room)
    paper.page.text(paper.left, paper.y, words, SECTION)
    paper.y -= 15


def _part(paper: Paper, name: str, words: str) -> None:
    if not words.strip():
        return
    _heading(paper, name)
    for line in words.strip().split("\n"):
        for piece in _wrapped(line, paper.width):
            paper.room(BODY.leading)
            paper.page.text(paper.left, paper.y, piece, BODY)
            paper.y -= BODY.leading
    paper.y -= 8


def _wrapped(line: str, width: float) -> Sequence[str]:
    return wrap(line, BODY, width) if line else ("",)


def _map(paper: Paper, sheet: NoteSheet) -> None:
    """Draw the two figures that show the marks, with the marks in words beside them."""
    _ = paper.say
    _heading(paper, _("Body map"), MAP_HIGH + 40)
    seen = {mark.view for mark in sheet.content.marks}
    pairs = [(View.FRONT, View.BACK)] if not seen or seen & {View.FRONT, View.BACK} else []
    if seen & {View.LEFT, View.RIGHT}:
        pairs.append((View.LEFT, View.RIGHT))
    numbered = list(enumerate(sheet.content.marks, 1))
    for place, pair in enumerate(pairs):
        if place:
            paper.room(MAP_HIGH + 24)
        top = paper.y + 4
        x = paper.left
        for view in pair:
            figure = sheet.figures[view]
            wide = figure.width * MAP_HIGH / figure.height
            own = [(n, mark) for n, mark in numbered if mark.view is view]
            body_map.draw(paper.page, figure, own, at=(x, top), high=MAP_HIGH, avoid=sheet.avoid)
            paper.page.text(x + wide / 2, top - MAP_HIGH - 11, body.view(view.value), CAPTION, "middle")
            x += wide + SIDE
        if not place:
            _lines(paper, sheet.lines, x + 10, top - 8)
        paper.y = top - MAP_HIGH - 30
    if sheet.avoid:
        names = ", ".join(sorted(body.area(area) for area in sheet.avoid))
        said = _("Hatched, to be left out: {areas}").format(areas=names)
        paper.y = paper.page.paragraph(paper.left, paper.y + 8, said, SMALL_INK, paper.right - paper.left) - 8


def _lines(paper: Paper, lines: Sequence[str], x: float, y: float) -> None:
    """Say every mark in words: who can't see the figure reads the same."""
    for n, line in enumerate(lines, 1):
        paper.page.text(x, y, f"{n}", SMALL)
        y = paper.page.paragraph(x + 14, y, line, SMALL_INK, paper.right - x - 14) - 2
        paper.page.rule(x, y + 8, paper.right, ink=HAIR, thick=HAIRLINE)
        y -= 4


def _session(paper: Paper, content: Content) -> None:
    _ = paper.say
    facts = [
        (_("Pressure, highest used"), content.pressure or ""),
        (_("Hands-on minutes"), str(content.minutes) if content.minutes else ""),
        (_("Position"), body.position(content.position.value) if content.position else ""),
        (_("Products"), ", ".join(product.name for product in content.products)),
    ]
    told = [(name, value) for name, value in facts if value]
    if told:
        paper.room(40)
        house.blocks(paper, [(n / len(told), name, value, ()) for n, (name, value) in enumerate(told)])


def _measures(paper: Paper, ways: Sequence[Way]) -> None:
    if not ways:
        return
    _ = paper.say
    _heading(paper, _("Measures"), 60)
    page = paper.page
    for words, x in ((_("Before"), 200), (_("After"), 245), (_("Since the first visit"), 262)):
        page.text(paper.left + x, paper.y, words, CAPTION, "left" if x > 250 else "right")  # noqa: PLR2004 - the last column
    paper.y -= 6
    page.rule(paper.left, paper.y, paper.right, ink=HAIR, thick=HAIRLINE)
    for way in ways:
        said = wrap(way.said, SMALL, paper.width - 336)
        paper.room(24 + SMALL.leading * (len(said) - 1))
        page = paper.page
        paper.y -= 15
        page.text(paper.left, paper.y, way.name, STRONG)
        page.text(paper.left + STRONG.width(f"{way.name} ") + 3, paper.y, way.unit, SMALL)
        page.text(paper.left + 200, paper.y, way.before, FIGURE, "right")
        page.text(paper.left + 245, paper.y, way.after, FIGURE, "right")
        if way.values:
            body_map.trend(page, way.values, at=(paper.left + 264, paper.y - 3), size=(58, 12))
        for at, line in enumerate(said):
            page.text(paper.left + 336, paper.y - at * SMALL.leading, line, SMALL)
        paper.y -= 7 + SMALL.leading * (len(said) - 1)
        page.rule(paper.left, paper.y, paper.right, ink=HAIR, thick=HAIRLINE)
    paper.y -= 18


def _addenda(paper: Paper, addenda: Sequence[tuple[datetime, str, str]]) -> None:
    _ = paper.say
    for at, by, words in addenda:
        _part(paper, _("Addendum, {at}, {by}").format(at=paper.moment(at), by=by), words)


def _signed(paper: Paper, sheet: NoteSheet) -> None:
    if sheet.signed_at is None:
        return
    _ = paper.say
    paper.room(40)
    paper.y -= 10
    paper.page.rule(paper.left, paper.y, paper.left + 190)
    paper.page.text(paper.left, paper.y - 13.5, sheet.practitioner.name, STRONG)
    signed = _("Signed in the program, {moment}").format(moment=paper.moment(sheet.signed_at))
    paper.page.text(paper.left, paper.y - 26, signed, SMALL)
    if sheet.days_late:
        late = paper.count(
            "Late entry: {n} day after the visit", "Late entry: {n} days after the visit", sheet.days_late
        )
        paper.page.text(paper.left, paper.y - 37, late, SMALL)
    paper.y -= 44
