"""Type in the file: the letters a paper uses, cut from their face and explained to the reader of the PDF."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFObject

from clinic.documents.faces import face

_LEFT_OUT = [  # a PDF has words of its own for what these tables say
    int.from_bytes(tag, "big")
    for tag in b"GSUB GPOS GDEF OS/2 post name cmap STAT gasp meta vhea vmtx kern".split()
]
_CUT = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE

_SILENT = "\u200b"  # a glyph whose letter another glyph has told

Says = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """What is taken from a face: its name with a tag, its outlines, their widths and what each glyph says."""

    name: str
    outlines: bytes
    widths: bytes
    says: bytes
    measures: bytes


class Ready(PDFObject):
    """Part of a file whose bytes are known."""

    __RefOnly__ = 1

    def __init__(self, written: bytes) -> None:
        self.written = written

    def format(self, _document: Any) -> bytes:
        """Give the bytes."""
        return self.written


def stream(content: bytes, more: bytes = b"", *, level: int = 9) -> bytes:
    """Write a compressed stream."""
    packed = zlib.compress(content, level)
    return b"<</Filter/FlateDecode/Length %d%b>>\nstream\n%b\nendstream" % (len(packed), more, packed)


def embed(document: Any, resource: str, name: str, says: Says) -> None:
    """Put glyphs of a face into the file, under the name by which its pages call them."""
    cut = _house_cut(name) if says is house_says(name) else _own_cut(name, says)

    def add(written: bytes) -> bytes:
        placed: bytes = document.Reference(Ready(written)).format(document)
        return placed

    called = cut.name.encode()
    descriptor = add(
        b"<</Type/FontDescriptor/FontName/%b%b/FontFile2 %b>>" % (called, cut.measures, add(cut.outlines))
    )
    descendant = add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b/FontDescriptor %b/W[%b]/DW 0/CIDToGIDMap/Identity"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
        % (called, descriptor, cut.widths)
    )
    font = Ready(
        b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts[%b]/ToUnicode %b>>"
        % (called, descendant, add(cut.says))
    )
    document.idToObject["BasicFonts"].dict[resource] = document.Reference(font)


@lru_cache
def house_says(name: str) -> Says:
    """Tell what the glyphs of the house's letters say in this face."""
    return tuple(sorted(face(name).house_glyphs.items()))


@lru_cache
def _house_cut(name: str) -> Cut:
    return _cut(name, house_says(name), level=9)


@lru_cache(maxsize=32)
def _own_cut(name: str, says: Says) -> Cut:
    return _cut(
        name, says, level=1
    )  # for one paper only: mostly the gaps between a few letters, quickly packed


def _cut(name: str, says: Says, *, level: int) -> Cut:
    source = face(name)
    wanted = hb.SubsetInput()
    for index, _ in says:
        wanted.glyph_set.add(index)
    wanted.flags = _CUT
    for table in _LEFT_OUT:
        wanted.drop_table_tag_set.add(table)
    outlines = bytes(wanted.subset(source.cuttable).blob.data)
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(repr(says).encode()).digest()[:6])
    extents = source.font.get_font_extents("ltr")
    up, down = round(extents.ascender * source.scale), round(extents.descender * source.scale)
    measures = (
        f"/Flags 4/ItalicAngle 0/Ascent {up}/Descent {down}/CapHeight 728/StemV 80"
        f"/FontBBox[-1000 {down} 2600 {up}]"
    )
    widths = "".join(f"{index}[{source.advance(index):.0f}]" for index, _ in says)
    return Cut(
        f"{tag}+{name}",
        stream(outlines, b"/Length1 %d" % len(outlines), level=level),
        widths.encode(),
        stream(_to_unicode(says), level=level),
        measures.encode(),
    )


def _to_unicode(says: Says) -> bytes:
    pairs = [f"<{index:04X}><{(text or _SILENT).encode('utf-16-be').hex()}>" for index, text in says]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
        "1 begincodespacerange<0000><FFFF>endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict/CMap defineresource pop end end"
    ).encode()
