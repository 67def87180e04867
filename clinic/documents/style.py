"""The house style in type: its colours, its sizes, and how a text breaks into lines."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from clinic.documents.composing import Run, compose

if TYPE_CHECKING:
    from clinic.documents.faces import Weight

_TOKENS = tomllib.loads(
    (Path(__file__).parents[2] / "resources" / "style" / "tokens.toml").read_text(encoding="utf-8")
)
_PAPER = _TOKENS["paper"]
MARGIN: float = _PAPER["margin"]
TOTAL_RULE: float = _PAPER["total_rule"]
HAIRLINE = 0.5
_INCH = 72.0
_MM = _INCH / 2.54 * 0.1
SIZES = {"letter": (8.5 * _INCH, 11 * _INCH), "a4": (210 * _MM, 297 * _MM)}


def colour(token: str) -> str:
    """Take a colour of the house, as the page speaks of it."""
    return _mixed(_code(token))


def paler(token: str, share: float) -> str:
    """Take so much of a colour of the house, and paper for the rest."""
    return _mixed(_code(token), share)


def _code(token: str) -> str:
    light = _TOKENS["light"]
    found: str = light.get(token) or light["severity"].get(token) or light["treatment"][token]
    return found


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
        return ready(text, self).width


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """A line in its style: how far it reaches, the operators that follow its place, and the runs it shows."""

    width: float
    operators: str
    runs: tuple[Run, ...]


@lru_cache(maxsize=8192)
def ready(text: str, style: Style) -> ReadyLine:
    """Set a line in a style, once for all its uses."""
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
TITLE = Style(_PAPER["title"], ACCENT, "SemiBold", air=1.0)
SECTION = Style(11, weight="SemiBold")
SUM = Style(12, weight="SemiBold")
ACCENT_STRONG = Style(_PAPER["small"], ACCENT, "SemiBold")
WORTH = Style(13, weight="SemiBold")
SUM_FIGURE = replace(SUM, columns=True)


class Faces(NamedTuple):
    """What the lines of a table are set in: plain words, what counts, and figures."""

    plain: Style
    strong: Style
    figure: Style


LARGE_FACES = Faces(BODY, STRONG, FIGURE)
SMALL_FACES = Faces(SMALL_INK, SMALL_STRONG, SMALL_FIGURE)


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
    """Break a word behind its last hyphen that still fits, or else where the line ends."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and style.width(pieces[-1] + letter) > width:
            behind = pieces[-1].rfind("-") + 1
            kept, taken = (pieces[-1][:behind], pieces[-1][behind:]) if behind else (pieces[-1], "")
            pieces[-1:] = [kept, taken]
        pieces[-1] += letter
    return pieces
