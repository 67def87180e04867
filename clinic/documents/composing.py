"""Setting a line of any script: each letter in a face that has it, shaped, and in the order it is read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

import uharfbuzz as hb
from bidi import algorithm as bidi

from clinic.documents.faces import FIGURES, Face, Glyph, Weight, face, hb_buffer, stand_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FLAT = {"calt": False, "liga": False}
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_LAM_ALEF = "\u0644\u0627"
_BLANK = "\u200b"
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"


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
            if letter.isspace():
                yield " ", main
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
        last = stand_in(letter) or main
        if last is main:
            yield from ((spelt, main) for spelt in f"[U+{ord(letter):04X}]")
        else:
            yield letter, last


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
    # A joiner has no direction, and is left out of the story: it stays with the letter before it.
    told = (letter["level"] for letter in story["chars"])
    level = 0
    return [level := level if unicodedata.bidirectional(letter) == "BN" else next(told) for letter in text]


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


def _shape(text: str, by: Face, *, leftward: bool, features: dict[str, bool]) -> Iterator[Glyph]:
    buffer = hb_buffer(text)
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
