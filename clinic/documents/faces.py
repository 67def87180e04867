"""The faces on the shelf: which of them can write a letter, and how its shapes stand beside each other."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import uharfbuzz as hb
from bidi import algorithm as bidi

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHELF = Path(__file__).parents[2] / "resources" / "fonts"
Weight = Literal["Regular", "SemiBold"]

# Each stands in for what those before it cannot write; Droid has by far the most letters and comes last.
STAND_INS = (
    "NotoSansArabic-Regular",
    "NotoSansHebrew-Regular",
    "NotoSansDevanagari-Regular",
    "NotoSansThai-Regular",
    "NotoSansBengali-Regular",
    "NotoSansTamil-Regular",
    "NotoSansGujarati-Regular",
    "NotoSansGurmukhi-Regular",
    "NotoSansTelugu-Regular",
    "NotoSansKannada-Regular",
    "NotoSansMalayalam-Regular",
    "NotoSansSinhala-Regular",
    "NotoSansArmenian-Regular",
    "NotoSansGeorgian-Regular",
    "NotoSansEthiopic-Regular",
    "NotoSansKhmer-Regular",
    "NotoSansLao-Regular",
    "NotoSansMyanmar-Regular",
    "NotoEmoji-Regular",
    "EffleurageHangul-Regular",
    "DroidSansFallbackFull",
)

# The letters of nearly every paper. What falls outside is embedded for the one paper that needs it.
HOUSE_LETTERS = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) + (
    "\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2212\u2192\u2122"  # dashes, quotes, dots, minus, arrow
)
FIGURES = frozenset("0123456789")

_FLAT = {"calt": False, "liga": False}
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_LAM_ALEF = "\u0644\u0627"
_BLANK = "\u200c"
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shape of a line: its place is in thousandths of the type size."""

    index: int
    advance: float
    right: float
    up: float
    says: str


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face in the order they stand on the page.

    ``house`` where every paper's own letters suffice; ``spoken`` where glyphs and letters part ways.
    """

    face: Face
    glyphs: tuple[Glyph, ...]
    house: bool
    spoken: str = ""
    embolden: bool = False

    @property
    def shown(self) -> str:
        """The operators that show the run at a type size of one."""
        parts: list[str] = []
        owed, rise = 0.0, 0.0
        for glyph in self.glyphs:
            if glyph.up != rise:
                rise = glyph.up
                parts.append(f"]TJ {rise / 1000:.3f} Ts[")
            before = owed + glyph.right
            if abs(before) >= 1:
                parts.append(f"{-before:.0f}")
                before -= round(before)
            parts.append(f"<{glyph.index:04X}>")
            owed = before - glyph.right + glyph.advance - self.face.advance(glyph.index)
        if abs(owed) >= 1:
            parts.append(f"{-owed:.0f}")
        end = "]TJ 0 Ts" if rise else "]TJ"
        return "[" + "".join(parts).replace("><", "") + end


Piece = tuple[list[tuple[str, "Face", int]], int]


@dataclass(frozen=True, slots=True)
class Line:
    """A composed line, the operators of each of its runs, and its width in thousandths of the type size."""

    runs: tuple[Run, ...]
    shown: tuple[str, ...]
    width: float


class Face:
    """One font file, opened once per process."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.raw = hb.Face(hb.Blob.from_file_path(str(SHELF / f"{name}.ttf")))
        self.font = hb.Font(self.raw)
        self.scale = 1000 / self.raw.upem
        self.own_space = name.startswith("NotoSans")

    @cached_property
    def cuttable(self) -> Any:
        """The face made ready for taking many small subsets."""
        return hb.subset_preprocess(self.raw)

    @cached_property
    def figures(self) -> dict[str, int]:
        """The figures that are all equally wide."""
        found = {}
        for figure in sorted(FIGURES):
            buffer = _buffer(figure)
            hb.shape(self.font, buffer, {"tnum": True})
            found[figure] = buffer.glyph_infos[0].codepoint
        return found

    @cached_property
    def plain_letters(self) -> dict[str, Glyph]:
        """The letters of nearly every paper as they stand alone."""
        return {letter: self.glyph(self.index(letter), letter) for letter in HOUSE_LETTERS}

    @cached_property
    def house_letters(self) -> dict[str, Glyph]:
        """The same with figures equally wide: enough for columns."""
        return self.plain_letters | {
            figure: self.glyph(index, figure) for figure, index in self.figures.items()
        }

    @cached_property
    def house_glyphs(self) -> dict[int, str]:
        """Every glyph the house's letters need, with the letter it stands for."""
        glyphs = (*self.plain_letters.values(), *self.house_letters.values())
        return {glyph.index: glyph.says for glyph in glyphs}

    @cached_property
    def letters(self) -> dict[int, str]:
        """The letter that each glyph stands for by itself."""
        return {self.index(chr(code)): chr(code) for code in self.raw.unicodes}

    def index(self, letter: str) -> int:
        """Find the letter's glyph; 0 where the face has none."""
        return self.font.get_nominal_glyph(ord(letter)) or 0

    def advance(self, index: int) -> float:
        """How wide the glyph is by itself."""
        return float(self.font.get_glyph_h_advance(index) * self.scale)

    def glyph(self, index: int, says: str) -> Glyph:
        """Take a glyph as it stands alone."""
        return Glyph(index, self.advance(index), 0, 0, says)


@cache
def face(name: str) -> Face:
    """Take a face from the shelf."""
    return Face(name)


def compose(text: str, weight: Weight = "Regular", *, columns: bool = False) -> Line:
    """Set a line of any script; ``columns`` makes figures equally wide and leaves kerning out."""
    main = face(f"Inter-{weight}")
    letters = main.house_letters
    if not all(map(letters.__contains__, text)):
        return _line(_shaped(unicodedata.normalize("NFC", text), main))
    if columns:
        return _line([Run(main, tuple(map(letters.__getitem__, text)), house=True)])
    space = (letters[" "],)
    glyphs = list(chain.from_iterable((*space, *_word(word, main)) for word in text.split(" ")))
    return _line([Run(main, tuple(glyphs[1:]), house=True)])


@lru_cache(maxsize=4096)
def _word(word: str, main: Face) -> tuple[Glyph, ...]:
    if FIGURES.isdisjoint(word):
        return tuple(_shape(word, main, leftward=False, features=_FLAT)) if word else ()
    return tuple(map(main.plain_letters.__getitem__, word))  # numbers are many, and nothing in them is kerned


def _line(runs: Iterable[Run]) -> Line:
    runs = tuple(runs)
    return Line(
        runs, tuple(run.shown for run in runs), sum(glyph.advance for run in runs for glyph in run.glyphs)
    )


def _shaped(text: str, main: Face) -> Iterator[Run]:
    cast = list(_cast(text, main))
    levels = _levels("".join(letter for letter, _ in cast))
    placed = [(letter, by, level) for (letter, by), level in zip(cast, levels, strict=True)]
    pieces = [
        (list(group), level)
        for (_, level), group in groupby(placed, key=lambda each: (each[1].name, each[2]))
    ]
    for piece, level in _as_read(pieces):
        by, leftward = piece[0][1], level % 2 == 1
        spelt = "".join(letter for letter, _, _ in piece)
        glyphs = list(_shape(spelt, by, leftward=leftward, features=_FLAT if by is main else {}))
        if by is main:
            for house, own in groupby(glyphs, key=lambda glyph: glyph.index in main.house_glyphs):
                yield Run(main, tuple(own), house=house)
        else:
            told = all(glyph.says for glyph in glyphs) and "".join(glyph.says for glyph in glyphs) == spelt
            spoken = "" if leftward or told else spelt
            yield Run(by, tuple(glyphs), house=False, spoken=spoken, embolden=main.name.endswith("SemiBold"))


def _cast(text: str, main: Face) -> Iterator[tuple[str, Face]]:
    """Give each letter the first face that can write it; marks stay with theirs, the rest is spelt out."""
    last = main
    for letter in text:
        if letter in _JOINERS:
            if last is not main and last.index(letter):
                yield letter, last
            continue
        if unicodedata.category(letter) in _UNSEEN:
            continue
        if unicodedata.combining(letter) and last.index(letter):
            yield letter, last
            continue
        if letter == " " and last.own_space:
            yield letter, last
            continue
        if main.index(letter):
            last = main
            yield letter, main
            continue
        last = _stand_in(letter) or main
        if last is main:
            yield from ((spelt, main) for spelt in f"[U+{ord(letter):04X}]")
        else:
            yield letter, last


@lru_cache(maxsize=4096)
def _stand_in(letter: str) -> Face | None:
    return next((each for each in map(face, STAND_INS) if each.index(letter)), None)


def _levels(text: str) -> list[int]:
    """How deep each letter is nested: odd runs leftward; a paper as a whole reads rightward."""
    if not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return [0] * len(text)
    story: dict[str, Any] = {"base_level": 0, "base_dir": "L", "chars": [], "runs": []}
    bidi.get_embedding_levels(text, story)
    bidi.explicit_embed_and_overrides(story)
    bidi.resolve_weak_types(story)
    bidi.resolve_neutral_types(story, False)  # noqa: FBT003 - its own word for "say nothing"
    bidi.resolve_implicit_levels(story, False)  # noqa: FBT003 - as above
    return [letter["level"] for letter in story["chars"]]


def _as_read(pieces: list[Piece]) -> list[Piece]:
    """Put pieces in the order they stand on the page: from the deepest level up, what is nested turns."""
    placed = list(pieces)
    for level in range(max((level for _, level in pieces), default=0), 0, -1):
        turned: list[Piece] = []
        for nested, group in groupby(placed, key=lambda piece: piece[1] >= level):
            together = list(group)
            turned += reversed(together) if nested else together
        placed = turned
    return placed


def _buffer(text: str) -> Any:
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    return buffer


def _shape(text: str, by: Face, *, leftward: bool, features: dict[str, bool]) -> Iterator[Glyph]:
    buffer = _buffer(text)
    buffer.direction = "rtl" if leftward else "ltr"
    hb.shape(by.font, buffer, features)
    shapes = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    starts = sorted({info.cluster for info, _ in shapes})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    for start, group in groupby(shapes, key=lambda shape: shape[0].cluster):
        together = list(group)
        said = _said([info.codepoint for info, _ in together], text[start : ends[start]], by)
        for (info, place), says in zip(together, said, strict=True):
            wide, right, up = (by.scale * each for each in (place.x_advance, place.x_offset, place.y_offset))
            if leftward and len(says) == len(_LAM_ALEF) and says[0] == _LAM_ALEF[0]:
                # Readers turn leftward text round glyph by glyph, so a joined pair is told as two glyphs.
                yield Glyph(info.codepoint, wide, right, up, says[1])
                yield Glyph(by.index(_BLANK), 0, 0, 0, says[0])
            else:
                yield Glyph(info.codepoint, wide, right, up, says)


def _said(indices: list[int], text: str, by: Face) -> list[str]:
    """Share a cluster's letters out among its glyphs: each its own, what is left to the first without."""
    if len(indices) == 1:
        return [text]
    said = []
    for index in indices:
        own = by.letters.get(index, "")
        said.append(own if own in text else "")
        text = text.replace(said[-1], "", 1)
    if text:
        said[said.index("") if "" in said else 0] += text
    return said
