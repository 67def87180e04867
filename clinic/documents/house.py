"""The house style: letterhead, people, tables, sums, the mark, the signature and the foot of every paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents.frozen import in_fours
from clinic.documents.page import (
    ACCENT,
    ACCENT_STRONG,
    BODY,
    BODY_SOFT,
    CAPTION,
    FIGURE,
    HAIR,
    HAIRLINE,
    MARGIN,
    NAME,
    NOTICE,
    ON_ACCENT,
    PALE,
    SIZES,
    SMALL,
    SMALL_INK,
    SMALL_STRONG,
    SMALL_STRONG_FIGURE,
    STRONG,
    SUM,
    SUM_FIGURE,
    TINT,
    TITLE,
    TOTAL_RULE,
    Bookmark,
    Imprint,
    Page,
    Style,
    print_pages,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from clinic.documents.page import Align
    from clinic.documents.sheets import Format, Letterhead, Mark, Practitioner, Signature

FOOT = 57.0
ROW = 26.6
_BESIDE = 60.0  # how far small print reaches beyond its column: the line below the figures is free
TOTAL_ROW = 14.0
_WAVES = (11.0, 4.5)  # length and height of the strokes beside the practice's name


_day, _short_day = (lru_cache(maxsize=4096)(written) for written in (wording.day, wording.short_day))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, where it begins or (to the right) ends, and how its words look."""

    head: str
    at: float
    align: Align = "left"
    style: Style = BODY
    width: float = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: a text per column, and small print below the one named by ``under``; a lead row names what follows."""

    cells: tuple[str, ...]
    small: tuple[str, ...] = ()
    under: int = 1
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is set: its columns, the height of a row, and air below the small print."""

    columns: tuple[Column, ...]
    row: float = ROW


@dataclass(slots=True)
class Paper:
    """A paper in the making: its pages, where the next line goes, and the language it speaks."""

    practice: Letterhead
    title: str
    number: str
    language: str
    format: Format
    pages: list[Page] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    y: float = 0
    foot_note: int = 0
    tight: float = 0

    def __post_init__(self) -> None:
        self._open_page()

    @property
    def page(self) -> Page:
        """The page being written."""
        return self.pages[-1]

    @property
    def left(self) -> float:
        """Where lines begin."""
        return MARGIN

    @property
    def right(self) -> float:
        """Where lines end."""
        return self.page.width - MARGIN

    @property
    def width(self) -> float:
        """How long a line can be."""
        return self.right - self.left

    def say(self, sentence: str) -> str:
        """Say it in the paper's language."""
        return wording._(sentence, language=self.language)

    def count(self, one: str, many: str, n: int) -> str:
        """Say it for one or for many."""
        return wording.ngettext(one, many, n, language=self.language).format(n=n)

    def day(self, on: date) -> str:
        """Write a day."""
        return _day(on, language=self.language)

    def short_day(self, on: date) -> str:
        """Write a day of a known year."""
        return _short_day(on, language=self.language)

    def moment(self, at: datetime) -> str:
        """Write a day and a time."""
        return f"{self.day(at.date())}, {wording.clock(at)}"

    def appointment(self, at: datetime) -> str:
        """Write a day and a time as people keep them."""
        return wording.appointment(at, language=self.language)

    def _open_page(self) -> None:
        width, height = SIZES[self.format]
        self.pages.append(Page(width, height))
        self.y = height - MARGIN + self.tight

    def turn(self) -> None:
        """Go on with a new page that says whose paper it is."""
        self._open_page()
        self.y -= 6
        self.page.text(self.left, self.y, self.practice.name, SMALL_STRONG)
        self.page.text(self.right, self.y, f"{self.title} {self.number}", SMALL, "right")
        self.y -= 9
        self.page.rule(self.left, self.y, self.right)
        self.y -= 24

    @property
    def foot(self) -> float:
        """Where the foot's hairline lies."""
        return FOOT - self.tight

    @property
    def lowest(self) -> float:
        """Where the last line of a table may stand, above the foot and its note."""
        return self.foot + 14 + self.foot_note * NOTICE.leading

    def room(self, height: float) -> None:
        """Turn the page unless that much still fits."""
        if self.y - height < self.lowest:
            self.turn()

    def bookmark(self, title: str, level: int = 0) -> None:
        """Let the reader of the file jump here."""
        self.bookmarks.append(Bookmark(title, len(self.pages) - 1, level))


def letterhead(paper: Paper, facts: Sequence[str]) -> None:
    """Write who speaks at the left, what this is and which at the right."""
    page, practice, y = paper.page, paper.practice, paper.y - 14
    _waves(page, paper.left, y + 3)
    title = paper.title.upper()
    page.text(paper.right, y, title, TITLE, "right")
    x = paper.left + _WAVES[0] + 12
    for line in wrap(practice.name, NAME, paper.right - TITLE.width(title) - 20 - x):
        page.text(x, y, line, NAME)
        y -= 18
    y, other = y + 0.5, paper.y - 31.5
    dot = " · "
    reach = dot.join(part for part in (practice.phone, practice.email) if part)
    ids = paper.say("Tax ID {number}").format(number=practice.tax_id) if practice.tax_id else ""
    half = paper.width * 0.62
    for line in (", ".join(practice.address), dot.join(part for part in (reach, ids) if part)):
        if line:
            y = page.paragraph(paper.left, y, line, SMALL, half)
    for fact in facts:
        page.text(paper.right, other, fact, SMALL, "right")
        other -= SMALL.leading
    paper.y = min(y, other) - 2
    page.rule(paper.left, paper.y, paper.right)
    paper.y -= 22 - paper.tight * 0.5


def _waves(page: Page, x: float, y: float) -> None:
    """Two long strokes, the first and last of every massage."""
    length, height = _WAVES
    half = length / 2 + 2
    for down, ink in ((0.0, ACCENT), (height + 1.2, PALE)):
        base = y - down + height / 2
        page.curve(
            x,
            base,
            (
                (x + half * 0.45, base + height, x + half * 0.75, base + height * 0.6, x + half, base),
                (x + half * 1.3, base - height * 0.6, x + half * 1.6, base - height, x + 2 * half, base),
            ),
            ink=ink,
            thick=1.5,
        )


def person(practitioner: Practitioner, paper: Paper) -> tuple[str, list[str]]:
    """Name the therapist in the words of the certificate; without one nothing is said of any.

    California certifies and does not license: of titles only those of its certificates are printed.
    """
    _ = paper.say
    titles = {
        "CMT": _("Certified Massage Therapist, California"),
        "CMP": _("Certified Massage Practitioner, California"),
    }
    if not practitioner.certificate_number:
        return practitioner.name, []
    number = _("certificate no. {number}").format(number=practitioner.certificate_number)
    if practitioner.certificate_until:
        until = paper.day(practitioner.certificate_until)
        number = _("{certificate}, valid to {day}").format(certificate=number, day=until)
    title = practitioner.title
    if title not in titles:
        return practitioner.name, [f"{practitioner.certificate_body} {number}".strip()]
    return f"{practitioner.name}, {title}", [titles[title], f"{title} {number}"]


def blocks(paper: Paper, columns: Sequence[tuple[float, str, str, Sequence[str]]]) -> None:
    """Set facts side by side: at a share of the width, a label, what counts, and what belongs to it."""
    ends = [share for share, *_ in columns[1:]] + [1.0]
    lowest = paper.y
    for (share, label, strong, facts), end in zip(columns, ends, strict=True):
        x, y = paper.left + share * paper.width, paper.y
        width = (end - share) * paper.width - 12
        paper.page.text(x, y, label, CAPTION)
        y -= 13.5
        if strong:
            y = paper.page.paragraph(x, y, strong, STRONG, width) + 0.6
        for fact in facts:
            y = paper.page.paragraph(x, y, fact, SMALL if strong else BODY, width)
        lowest = min(lowest, y)
    paper.y = lowest - 14 + paper.tight * 0.6


def head(paper: Paper, table: Table) -> None:
    """Write the heads of a table's columns over their rule."""
    for column in table.columns:
        paper.page.text(_at(paper, column), paper.y, column.head, CAPTION, column.align)
    paper.y -= 8 if table.row > SMALL.leading * 2 else 6.5
    paper.page.rule(paper.left, paper.y, paper.right)


def rows(paper: Paper, table: Table, content: Sequence[Row], *, after: float = 0) -> None:
    """Write a table; where a page ends its heads are said again, and the last row stays with what comes after."""
    lead = table.row / 2 + 3.4
    paper.room(table.row * 2 + 12)
    head(paper, table)
    for row in content:
        if row.lead:
            _lead(paper, table, row)
            continue
        cells = [
            wrap(text, column.style, column.width)
            if column.width and column.style.width(text) > column.width
            else [text]
            for text, column in zip(row.cells, table.columns, strict=True)
        ]
        below = table.columns[row.under]
        small = [
            line for each in row.small for line in wrap(each, SMALL, (below.width or paper.width) + _BESIDE)
        ]
        tall = max(len(cell) for cell in cells)
        height = table.row + (tall - 1) * below.style.leading + len(small) * SMALL.leading
        if paper.y - height - (after if row is content[-1] else 0) < paper.lowest:
            paper.turn()
            head(paper, table)
        y = paper.y - lead
        for cell, column in zip(cells, table.columns, strict=True):
            for at, line in enumerate(cell):
                if line:
                    paper.page.text(
                        _at(paper, column), y - at * column.style.leading, line, column.style, column.align
                    )
        y -= (len(cells[row.under]) - 1) * below.style.leading + SMALL.leading + 0.6
        for line in small:
            paper.page.text(_at(paper, below), y, line, SMALL)
            y -= SMALL.leading
        paper.y -= height
        paper.page.rule(paper.left, paper.y, paper.right, ink=HAIR, thick=HAIRLINE)


def _lead(paper: Paper, table: Table, row: Row) -> None:
    if paper.y - 3 * table.row < paper.lowest:
        paper.turn()
        head(paper, table)
    name, told = row.cells
    y = paper.y - table.row / 2 - 5.4
    paper.page.text(paper.left, y, name, ACCENT_STRONG)
    paper.page.text(paper.left + ACCENT_STRONG.width(f"{name} "), y, told, SMALL)
    paper.y -= table.row + 3
    paper.page.rule(paper.left, paper.y, paper.right, ink=HAIR, thick=HAIRLINE)


def total_row(paper: Paper, label: str, amounts: Sequence[tuple[float, str]], *, end: float) -> None:
    """Write the sum under a table of a statement."""
    paper.y -= 12.5
    paper.page.text(paper.left + end, paper.y, label, SMALL_STRONG, "right")
    for at, amount in amounts:
        paper.page.text(paper.right + at, paper.y, amount, SMALL_STRONG_FIGURE, "right")
    paper.y -= 9


def nothing(paper: Paper, sentence: str) -> None:
    """Say that a table has no row."""
    paper.page.rule(paper.left, paper.y + 7, paper.right, ink=HAIR, thick=HAIRLINE)
    paper.y -= 7
    paper.page.text(paper.left, paper.y, sentence, SMALL)
    paper.y -= 10


def _at(paper: Paper, column: Column) -> float:
    return (paper.right if column.align == "right" else paper.left) + column.at


def sums(
    paper: Paper, parts: Sequence[tuple[str, str]], result: tuple[str, str], after: Sequence[tuple[str, str]]
) -> None:
    """Add up at the right: the parts, a rule, what counts, and what is left."""
    page, x = paper.page, paper.right - 210
    paper.room(18 * (len(parts) + len(after)) + 40)
    page = paper.page
    paper.y -= 22
    for label, amount in parts:
        page.text(x, paper.y, label, BODY_SOFT)
        page.text(paper.right, paper.y, amount, FIGURE, "right")
        paper.y -= 17
    paper.y += 5
    page.rule(x, paper.y, paper.right, thick=TOTAL_RULE)
    paper.y -= 16.5
    page.text(x, paper.y, result[0], SUM)
    page.text(paper.right, paper.y, result[1], SUM_FIGURE, "right")
    for label, amount in after:
        paper.y -= 17.5
        page.text(x, paper.y, label, BODY_SOFT)
        page.text(paper.right, paper.y, amount, FIGURE, "right")
    paper.y -= 14


def mark(paper: Paper, letter: Mark, about: str, *, tip: bool) -> None:
    """Set the quiet box: this was documented as medically necessary, by which letter, and for how much."""
    _ = paper.say
    first = _("Letter {number} of {issuer}, valid to {day}").format(
        number=letter.letter, issuer=letter.issuer, day=paper.day(letter.valid_to)
    )
    if letter.visit:
        place = _("visit {k} of {n}") if letter.visits else _("visit {k}")
        first += ", " + place.format(k=letter.visit, n=letter.visits)
    parts = [_("Signed {day}").format(day=paper.day(letter.signed_on))]
    if letter.minutes:
        parts.append(paper.count("up to {n} minute", "up to {n} minutes", letter.minutes))
    if letter.frequency:
        parts.append(often(paper, *letter.frequency))
    second = " ".join(part for part in (", ".join(parts) + ".", about) if part)
    inner = paper.width - 40 - 100
    lines = [
        *((line, BODY) for line in wrap(first, BODY, inner)),
        *((line, SMALL) for line in wrap(second, SMALL, inner)),
    ]
    height = 34 + 15.2 * len(lines)
    paper.room(height + 30)
    paper.y -= 18
    page, top = paper.page, paper.y
    page.box(paper.left, top - height, paper.width, height, TINT, radius=5)
    _tick(page, paper.left + 21.5, top - 20.5)
    page.text(
        paper.left + 40, top - 21.5, _("Documented as medically necessary"), Style(11, ACCENT, "SemiBold")
    )
    y = top - 37
    for line, style in lines:
        page.text(paper.left + 40, y, line, style)
        y -= 15.2
    right = paper.right - 13
    page.text(right, top - 19, _("Applies to"), SMALL, "right")
    page.text(right, top - 34, wording.money(letter.applies_to), SUM_FIGURE, "right")
    if tip:
        page.text(right, top - 47, _("not to the tip"), SMALL, "right")
    paper.y = top - height


def often(paper: Paper, times: int, per: str) -> str:
    """Say how often a letter allows a visit."""
    if per == "week":
        return paper.count("at most {n} visit a week", "at most {n} visits a week", times)
    return paper.count("at most {n} visit a month", "at most {n} visits a month", times)


def _tick(page: Page, x: float, y: float) -> None:
    page.box(x - 10, y - 10, 20, 20, ACCENT, radius=10)
    page.stroke(((x - 4.2, y + 0.2), (x - 1.3, y - 2.9), (x + 4.4, y + 3.2)), ink=ON_ACCENT, thick=1.5)


def signature(
    paper: Paper, signed: Signature | None, beside: tuple[str, str] | None = None, *, air: float = 70
) -> None:
    """Set the practitioner's signature with its line, and a fact at the right."""
    if signed is None and beside is None:
        return
    paper.room(air + 26)
    page = paper.page
    paper.y -= air
    if signed:
        _drawn(page, signed, paper.left + 4, paper.y + 4)
        page.rule(paper.left, paper.y, paper.left + 190)
        page.text(paper.left, paper.y - 13.5, signed.name, SMALL_STRONG)
        at = paper.say("Signed {moment}").format(moment=paper.moment(signed.at))
        page.text(paper.left, paper.y - 25, at, SMALL)
    if beside:
        page.text(paper.right, paper.y - 13.5, beside[0], SMALL, "right")
        page.text(paper.right, paper.y - 25, beside[1], SMALL_INK, "right")
    paper.y -= 32


def _drawn(page: Page, signed: Signature, x: float, y: float) -> None:
    points = [point for stroke in signed.strokes for point in stroke]
    if not points:
        page.text(x, y + 4, signed.name, Style(15))
        return
    lowest = max(down for _, down in points)
    tall = lowest - min(down for _, down in points)
    scale = min(150.0, 38 / tall if tall else 150.0)
    for stroke in signed.strokes:
        page.stroke([(x + right * scale, y + (lowest - down) * scale) for right, down in stroke], thick=1.1)


def notices(paper: Paper, sentences: Sequence[str], last: str) -> None:
    """Write the notices at the foot of the last page, and what the paper was made from."""
    lines = (*wrap(" ".join(filter(None, sentences)), NOTICE, paper.width), last)
    paper.room(NOTICE.leading * len(lines))
    foot_note(paper, paper.page, lines)


def foot_note(paper: Paper, page: Page, lines: Sequence[str]) -> None:
    """Write lines so that they end just above the foot of a page."""
    y = paper.foot + 11 + NOTICE.leading * (len(lines) - 1)
    for line in lines:
        page.text(paper.left, y, line, NOTICE)
        y -= NOTICE.leading


def complaints(paper: Paper, practitioner: Practitioner | None) -> str:
    """Say where questions and complaints go."""
    _ = paper.say
    if practitioner and practitioner.certificate_number:
        body = practitioner.certificate_body
        if body in {"", "CAMTC"}:
            body = _("the California Massage Therapy Council")
        return _(
            "Questions and complaints: this practice, or {body}, quoting the certificate number."
        ).format(body=body)
    return _("Questions and complaints: this practice.")


def fingerprint(paper: Paper, digest: str, ruleset: str) -> str:
    """Name the rules and the sheet that the paper was made from."""
    _ = paper.say
    rules = _("Rules {version}.").format(version=ruleset) if ruleset else ""
    return " ".join(part for part in (rules, _("Document hash {hash}.").format(hash=digest[:16])) if part)


def footed(paper: Paper, verification: str) -> Paper:
    """Write the foot of every page, now that their number is known."""
    _ = paper.say
    for number, page in enumerate(paper.pages, start=1):
        page.rule(paper.left, paper.foot, paper.right, ink=HAIR, thick=HAIRLINE)
        y = paper.foot - 13.5
        page.text(paper.left, y, _("Page {x} of {y}").format(x=number, y=len(paper.pages)), NOTICE)
        page.text(page.width / 2, y, paper.number, NOTICE, "middle")
        if verification:
            code = _("Verification code {code}").format(code=in_fours(verification))
            page.text(paper.right, y, code, NOTICE, "right")
    return paper


def printed(paper: Paper, *, dated: date, subject: str) -> bytes:
    """Print a finished paper into a file of its own."""
    title = f"{paper.title} {paper.number}"
    imprint = Imprint(title, paper.practice.name, subject, locale(paper.language), dated)
    return print_pages(paper.pages, paper.bookmarks, imprint)


def locale(language: str) -> str:
    """Name a language as files name it."""
    return {"es": "es-US"}.get(language, "en-US")
