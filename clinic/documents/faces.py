"""The faces on the shelf: which of them can write a letter, and how wide it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import uharfbuzz as hb

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


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shape of a line: its place is in thousandths of the type size."""

    index: int
    advance: float
    right: float
    up: float
    says: str


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
            buffer = hb_buffer(figure)
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


@lru_cache(maxsize=4096)
def stand_in(letter: str) -> Face | None:
    """Find the first other face that can write the letter."""
    return next((each for each in map(face, STAND_INS) if each.index(letter)), None)


def hb_buffer(text: str) -> Any:
    """Lay a text out for shaping, each letter told apart."""
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    return buffer
