"""The page: type and rules at their place, pages turned when full, and the press that prints them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import BytesIO
from math import atan2, cos, sin
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from clinic.documents.embed import embed, house_says
from clinic.documents.faces import Run, Weight, compose, face

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


_TOKENS = tomllib.loads(
    (Path(__file__).parents[2] / "resources" / "style" / "tokens.toml").read_text(encoding="utf-8")
)
_PAPER = _TOKENS["paper"]
MARGIN: float = _PAPER["margin"]
TOTAL_RULE: float = _PAPER["total_rule"]
HAIRLINE = 0.5
SIZES = {"letter": LETTER, "a4": A4}

Align = Literal["left", "right", "middle", "end"]  # right: from the right edge; end: a line ends here


def colour(token: str) -> str:
    """Take a colour of the house, as the page speaks of it."""
    return _mixed(_TOKENS["light"][token])


def _blend(token: str, share: float) -> str:
    return _mixed(_TOKENS["light"][token], share)


@lru_cache
def _mixed(code: str, share: float = 1) -> str:
    parts = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return " ".join(f"{1 - (1 - part) * share:.3f}" for part in parts)


INK, SOFT, HAIR, ACCENT = (colour(token) for token in ("ink", "soft_ink", "line", "accent"))
PALE, FAINT = _blend("accent", 0.55), _blend("line", 0.7)
TINT, SUNKEN, ON_ACCENT = (colour(token) for token in ("accent_tint", "sunken", "on_accent"))


@dataclass(frozen=True, slots=True)
class Style:
    """How words look: size in points, colour, weight, figures in columns, and air between the letters."""

    size: float
    colour: str = INK
    weight: Weight = "Regular"
    columns: bool = False
    air: float = 0

    @property
    def leading(self) -> float:
        """From one line of a paragraph to the next."""
        return self.size * 1.4

    def width(self, text: str) -> float:
        """How far a line reaches."""
        return _ready(text, self).width


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """A line in its style: how far it reaches, the operators that follow its place, and the runs it shows."""

    width: float
    operators: str
    runs: tuple[Run, ...]


@lru_cache(maxsize=8192)
def _ready(text: str, style: Style) -> ReadyLine:
    line = compose(text, style.weight, columns=style.columns)
    parts = [f"{style.air / style.size:.3f} Tc"] if style.air else []
    for run, shown in zip(line.runs, line.shown, strict=True):
        ops = f"/{resource(run.face.name, house=run.house)} 1 Tf {shown}"
        if run.embolden:
            ops = f"{style.colour} RG {style.size * 0.03:.2f} w 2 Tr {ops} 0 Tr"
        if run.spoken:
            said = run.spoken.encode("utf-16-be").hex()
            ops = f"/Span<</ActualText<FEFF{said}>>>BDC {ops} EMC"
        parts.append(ops)
    parts.append("0 Tc ET" if style.air else "ET")
    return ReadyLine(line.width * style.size / 1000 + style.air * len(text), " ".join(parts), line.runs)


def resource(name: str, *, house: bool) -> str:
    """Name the type on a page: the house's letters of a face, or those cut for this paper alone."""
    return name if house else f"{name}.own"


BODY = Style(_PAPER["body"])
BODY_SOFT = Style(_PAPER["body"], SOFT)
STRONG = Style(_PAPER["body"], weight="SemiBold")
FIGURE = Style(_PAPER["body"], columns=True)
SMALL = Style(_PAPER["small"], SOFT)
SMALL_INK = Style(_PAPER["small"])
SMALL_STRONG = Style(_PAPER["small"], weight="SemiBold")
SMALL_STRONG_FIGURE = Style(_PAPER["small"], weight="SemiBold", columns=True)
SMALL_FIGURE = Style(_PAPER["small"], columns=True)
CAPTION = Style(_PAPER["caption"], SOFT)
NOTICE = Style(_PAPER["notice"], SOFT)
NAME = Style(_PAPER["name"], weight="SemiBold")
TITLE = Style(_PAPER["title"] - 1, ACCENT, "SemiBold", air=1.0)
SECTION = Style(11, weight="SemiBold")
SUM = Style(12, weight="SemiBold")
ACCENT_STRONG = Style(_PAPER["small"], ACCENT, "SemiBold")
WORTH = Style(13, weight="SemiBold")
SUM_FIGURE = replace(SUM, columns=True)


@lru_cache(maxsize=1024)
def wrap(text: str, style: Style, width: float) -> tuple[str, ...]:
    """Break a text into lines; a word that is too long for any line is broken where it must be."""
    lines: list[list[str]] = [[]]
    reach, space = 0.0, style.width(" ")
    for word in text.split(" "):
        wide = style.width(word)
        if lines[-1] and reach + space + wide > width:
            lines.append([])
        if not lines[-1]:
            *full, word = _broken(word, style, width) if wide > width else [word]  # noqa: PLW2901 - what is left
            lines[-1:] = [*([piece] for piece in full), [word]]
            reach = style.width(word) if full else wide
        else:
            lines[-1].append(word)
            reach += space + wide
    return tuple(" ".join(line) for line in lines)


def _broken(word: str, style: Style, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and style.width(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@dataclass(slots=True)
class Page:
    """One page: what is drawn on it so far, and the height still free; y grows upwards as on the press."""

    width: float
    height: float
    drawn: list[str] = field(default_factory=list)
    lines: list[ReadyLine] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, style: Style = BODY, align: Align = "left") -> None:
        """Write a line at its baseline."""
        line = _ready(text, style)
        if align != "left":
            x -= line.width * (0.5 if align == "middle" else 1)
        self._write(line, x, y, style)

    def _write(self, line: ReadyLine, x: float, y: float, style: Style) -> None:
        self.lines.append(line)
        self.drawn.append(
            f"{style.colour} rg BT {style.size} 0 0 {style.size} {x:.2f} {y:.2f} Tm {line.operators}"
        )

    def paragraph(self, x: float, y: float, text: str, style: Style, width: float) -> float:
        """Write a text over as many lines as it takes; answer the baseline after the last."""
        for line in wrap(text, style, width):
            self.text(x, y, line, style)
            y -= style.leading
        return y

    def across(self, text: str, style: Style) -> None:
        """Write a word across the whole page, from low at the left to high at the right."""
        line = _ready(text, style)
        turn = atan2(self.height, self.width)
        along, up = cos(turn), sin(turn)
        half = line.width / 2
        x = self.width / 2 - half * along + style.size * 0.36 * up
        y = self.height / 2 - half * up - style.size * 0.36 * along
        self.drawn.append(f"q {along:.4f} {up:.4f} {-up:.4f} {along:.4f} {x:.2f} {y:.2f} cm")
        self._write(line, 0, 0, style)
        self.drawn.append("Q")

    def rule(self, x: float, y: float, to: float, *, ink: str = INK, thick: float = TOTAL_RULE) -> None:
        """Draw a level line."""
        self.drawn.append(f"{ink} RG {thick} w {x:.2f} {y:.2f} m {to:.2f} {y:.2f} l S")

    def upright(self, x: float, y: float, to: float, *, ink: str = HAIR, thick: float = TOTAL_RULE) -> None:
        """Draw an upright line."""
        self.drawn.append(f"{ink} RG {thick} w {x:.2f} {y:.2f} m {x:.2f} {to:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, ink: str, *, radius: float = 4) -> None:
        """Fill a box with round corners; y is its lower edge."""
        self.drawn.append(f"{ink} rg {_rounded(x, y, width, height, radius)} f")

    def clipped_box(self, x: float, y: float, width: float, height: float, *, to: float, ink: str) -> None:
        """Fill the left part of a box with round corners."""
        outline = _rounded(x, y, width, height, 5)
        self.drawn.append(f"q {outline} W n {ink} rg {x:.2f} {y:.2f} {to:.2f} {height:.2f} re f Q")

    def frame(
        self, x: float, y: float, width: float, height: float, *, ink: str = HAIR, radius: float = 4
    ) -> None:
        """Draw the edge of a box with round corners."""
        self.drawn.append(f"{ink} RG {TOTAL_RULE} w {_rounded(x, y, width, height, radius)} S")

    def stroke(self, points: Sequence[tuple[float, float]], *, ink: str = INK, thick: float = 1) -> None:
        """Draw a pen stroke through the points."""
        (x, y), *rest = points
        path = f"{x:.2f} {y:.2f} m " + " ".join(f"{x:.2f} {y:.2f} l" for x, y in rest or points)
        self.drawn.append(f"q {ink} RG {thick} w 1 J 1 j {path} S Q")

    def curve(self, x: float, y: float, bends: Iterable[Sequence[float]], *, ink: str, thick: float) -> None:
        """Draw a smooth line from a point through bends of three points each."""
        path = " ".join(" ".join(f"{at:.2f}" for at in bend) + " c" for bend in bends)
        self.drawn.append(f"q {ink} RG {thick} w 1 J {x:.2f} {y:.2f} m {path} S Q")


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    k = radius * 0.4477  # how near a quarter circle's handles come to its corner
    right, top = x + width, y + height
    return (
        f"{x + radius:.2f} {y:.2f} m {right - radius:.2f} {y:.2f} l "
        f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + radius:.2f} c "
        f"{right:.2f} {top - radius:.2f} l "
        f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - radius:.2f} {top:.2f} c "
        f"{x + radius:.2f} {top:.2f} l "
        f"{x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - radius:.2f} c "
        f"{x:.2f} {y + radius:.2f} l {x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + radius:.2f} {y:.2f} c h"
    )


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in the file that its reader can jump to."""

    title: str
    page: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    language: str
    dated: date


rl_config.useA85 = 0  # streams as they are: a quarter shorter, and written in a fraction of the time

# Told to reportlab as the first face of every page, or it brings one of its own that lacks half the letters.
_MAIN = "Inter-Regular"
pdfmetrics.registerFont(SimpleNamespace(fontName=_MAIN, face=face(_MAIN), _dynamicFont=1, _multiByte=0))


class _Press(Canvas):
    _doc: Any

    def date(self, day: date) -> None:
        """Let the file carry the day of its paper, not of its printing."""
        self._doc.setDateFormatter(lambda *_: day.strftime("D:%Y%m%d%H%M%S"))

    def set_type(self, pages: Iterable[Page]) -> None:
        """Cut and embed the type that the pages use."""
        used: set[str] = set()
        own: dict[str, dict[int, str]] = {}
        for run in (run for page in pages for line in page.lines for run in line.runs):
            if run.house:
                used.add(run.face.name)
            else:
                says = own.setdefault(run.face.name, {})
                for glyph in run.glyphs:
                    says[glyph.index] = says.get(glyph.index) or glyph.says
        for name in sorted(used):
            embed(self._doc, resource(name, house=True), name, house_says(name))
        for name, says in own.items():
            embed(self._doc, resource(name, house=False), name, tuple(sorted(says.items())))


def print_pages(pages: Sequence[Page], bookmarks: Iterable[Bookmark], imprint: Imprint) -> bytes:
    """Print the pages into one file: the same pages, the same bytes."""
    file = BytesIO()
    press = _Press(
        file,
        invariant=1,
        pageCompression=1,
        pdfVersion=(1, 7),
        initialFontName=_MAIN,  # type: ignore[arg-type]  # the stubs take a name for a number
        lang=imprint.language,
    )
    press.date(imprint.dated)
    press.setTitle(imprint.title)
    press.setAuthor(imprint.author)
    press.setSubject(imprint.subject)
    press.setCreator("Effleurage")
    press.setViewerPreference("DisplayDocTitle", "true")
    marked: dict[int, list[Bookmark]] = {}
    for mark in bookmarks:
        marked.setdefault(mark.page, []).append(mark)
    for number, page in enumerate(pages):
        press.setPageSize((page.width, page.height))
        for at, mark in enumerate(marked.get(number, ())):
            press.bookmarkPage(f"p{number}.{at}")
            press.addOutlineEntry(mark.title, f"p{number}.{at}", mark.level)
        press.addLiteral("\n".join(page.drawn))
        press.showPage()
    press.set_type(pages)
    press.save()
    return file.getvalue()
