"""What every paper of the house has: letterhead, people, the mark, the signature, notices and foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents.frozen import in_fours
from clinic.documents.imprint import Imprint, print_pages
from clinic.documents.style import (
    ACCENT,
    BODY,
    CAPTION,
    HAIR,
    HAIRLINE,
    NAME,
    NOTICE,
    ON_ACCENT,
    PALE,
    SMALL,
    SMALL_INK,
    SMALL_STRONG,
    STRONG,
    SUM_FIGURE,
    TINT,
    TITLE,
    Style,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from clinic.documents.page import Page
    from clinic.documents.paper import Paper
    from clinic.documents.sheets import Mark, Practitioner, Signature

_CLOSER = (
    (12, 0),
    (12, 18),
    (12, 15),
    (19, 12.5),
    (22, 11.4),
)  # by how much, and how high lines of small type stand
_WAVES = (11.0, 4.5)  # length and height of the strokes beside the practice's name


def fewest(write: Callable[[float, float], Paper]) -> Paper:
    """Write a paper; where that saves its last page, draw it closer together, then set its lines in small type."""
    best = write(0, 0)
    for tight, dense in _CLOSER:
        if len(best.pages) == 1:
            break
        closer = write(tight, dense)
        best = closer if len(closer.pages) < len(best.pages) else best
    return best


def letterhead(paper: Paper, facts: Sequence[str]) -> None:
    """Write who speaks at the left, what this is and which at the right."""
    page, practice, y = paper.page, paper.practice, paper.y - 14
    _waves(page, paper.left, y + 3)
    title = paper.title.upper()
    page.text(paper.right, y, title, TITLE, "right")
    x = paper.left + _WAVES[0] + 12
    at_right = TITLE.width(title)
    if NAME.width(practice.name) > paper.right - at_right - 20 - x:  # its second line stands beside the facts
        at_right = max(at_right, *map(SMALL.width, facts))
    for line in wrap(practice.name, NAME, paper.right - at_right - 20 - x):
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
    paper.y -= 12 if paper.dense else 18
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
    paper: Paper,
    signed: Signature | None,
    beside: tuple[str, str] | None = None,
    *,
    air: float = 70,
    by_hand: str = "",
) -> None:
    """Set the practitioner's signature with its line, and a fact at the right.

    Where nobody signed, a line for the pen of the one named stands in its place, if there is room for it.
    """
    if by_hand and paper.y - air - 26 < paper.lowest:
        by_hand = ""
    if signed is None and beside is None and not by_hand:
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
    elif by_hand:
        page.rule(paper.left, paper.y, paper.left + 190)
        page.text(paper.left, paper.y - 13.5, paper.say("Signature of {name}").format(name=by_hand), SMALL)
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


def blanks(paper: Paper, line: float, *parts: tuple[float, str, str]) -> None:
    """Set lines to be written on beside one another: a share of the width, what goes there, what we know."""
    gap = 14.0
    whole = sum(share for share, _label, _known in parts)
    x, free = paper.left, paper.width - gap * (len(parts) - 1)
    for share, label, known in parts:
        wide = free * share / whole
        if known:
            paper.page.text(x, paper.y, known, BODY)
        paper.page.rule(x, paper.y - 5, x + wide, ink=HAIR, thick=HAIRLINE)
        paper.page.text(x, paper.y - 14, label, CAPTION)
        x += wide + gap
    paper.y -= line


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


PAGED = {"es": "Página {x} de {y}"}
"""How pages are counted on what a client takes home in Spanish; all else it says comes with it."""


def footed(paper: Paper, verification: str) -> Paper:
    """Write the foot of every page, now that their number is known."""
    _ = paper.say
    for number, page in enumerate(paper.pages, start=1):
        page.rule(paper.left, paper.foot, paper.right, ink=HAIR, thick=HAIRLINE)
        y = paper.foot - 13.5
        counted = PAGED.get(paper.language) or _("Page {x} of {y}")
        page.text(paper.left, y, counted.format(x=number, y=len(paper.pages)), NOTICE)
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
