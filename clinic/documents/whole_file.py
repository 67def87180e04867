"""Everything on file about one client, on paper: list by list, item by item, in words one can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clinic import wording
from clinic.documents import house
from clinic.documents.paper import Paper
from clinic.documents.style import HAIR, HAIRLINE, SECTION, SMALL, SMALL_INK, SMALL_STRONG, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from clinic.documents.sheets import Client, Format, Letterhead

LABEL = 130.0


@dataclass(frozen=True, slots=True)
class Part:
    """One list: its heading, and its items as headed facts."""

    heading: str
    items: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A client's whole file."""

    made_on: date
    practice: Letterhead
    client: Client
    reason: str
    parts: tuple[Part, ...]
    language: str = "en"
    format: Format = "letter"


def pdf(sheet: WholeFile) -> bytes:
    """Print a client's whole file."""
    title = wording._("Everything on file", language=sheet.language)
    paper = Paper(sheet.practice, title, "", sheet.language, sheet.format)
    _ = paper.say
    house.letterhead(paper, [paper.day(sheet.made_on)])
    contents = [f"{part.heading}: {len(part.items)}" for part in sheet.parts]
    house.blocks(
        paper,
        [
            (0.0, _("Client"), sheet.client.name, list(sheet.client.address)),
            (0.36, _("Given out for"), "", [sheet.reason]),
            (0.7, _("Contents"), "", contents),
        ],
    )
    for part in sheet.parts:
        _part(paper, part)
    confidential = _("Confidential. Scans and signatures stay with the practice and are copied on request.")
    house.notices(paper, [confidential], house.complaints(paper, None))
    return house.printed(house.footed(paper, ""), dated=sheet.made_on, subject=title)


def _part(paper: Paper, part: Part) -> None:
    paper.room(80)
    paper.y -= 14
    paper.bookmark(part.heading)
    paper.page.text(paper.left, paper.y, part.heading, SECTION)
    paper.y -= 7
    paper.page.rule(paper.left, paper.y, paper.right)
    paper.y -= 14
    for headed, facts in part.items:
        _item(paper, headed, facts)


def _item(paper: Paper, headed: str, facts: Sequence[tuple[str, str]]) -> None:
    paper.room(SMALL.leading * 3)
    for line in wrap(headed, SMALL_STRONG, paper.width):
        paper.page.text(paper.left, paper.y, line, SMALL_STRONG)
        paper.y -= SMALL.leading
    for label, value in facts:
        for at, line in enumerate(wrap(value, SMALL_INK, paper.width - LABEL)):
            paper.room(SMALL.leading)
            if at == 0:
                paper.page.text(paper.left, paper.y, label, SMALL)
            paper.page.text(paper.left + LABEL, paper.y, line, SMALL_INK)
            paper.y -= SMALL.leading
    paper.page.rule(paper.left, paper.y + 4, paper.right, ink=HAIR, thick=HAIRLINE)
    paper.y -= 8


def facts_of(item: Mapping[str, Any], without: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Write an item of the portable file as facts, what is inside it named by its way."""
    for key, value in item.items():
        if key not in without:
            yield from _flat(_spoken(key), value)


def _flat(label: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{label}, {_spoken(key)}", inner)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for at, inner in enumerate(value, start=1):
            yield from _flat(f"{label} {at}", inner)
    elif isinstance(value, list):
        yield label, ", ".join(map(str, value)) or "-"
    elif isinstance(value, bool):
        yield label, wording._("yes") if value else wording._("no")
    elif label.endswith(" cents"):
        yield label.removesuffix(" cents"), f"{value / 100:,.2f}"
    else:
        yield label, str(value)


def _spoken(key: str) -> str:
    return key.replace("_", " ")
