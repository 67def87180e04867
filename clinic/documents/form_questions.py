"""The questions of the form as rows on paper, drawn from the one definition the screens are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.documents import form_rows
from clinic.documents.form_rows import LINE, QUIET, SET_IN, Row
from clinic.rules.forms import PartKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clinic.rules.body import Figure
    from clinic.rules.forms import Asked, Part

ON_PAPER = ("name", "dose", "last", "started", "stopped")
"""What of a medicine is asked on paper; the rest is asked by the therapist."""
MEDICINES = 4
"""Empty rows of the list that is longest with most people."""
MOST = 12
"""Words to choose one from; of more than that one is written, and sorted in by the therapist."""
USUAL = 3
"""Details of a list that get a column; the others are named under the table."""
WIDE = frozenset({PartKind.THINGS, PartKind.MEDICINES})


@dataclass(frozen=True, slots=True)
class Print:
    """In which words the form is printed, and the figures to mark."""

    language: str
    labels: Mapping[str, str]
    figures: tuple[Figure, ...]
    brief: bool = False
    """Whether the lists are short, for who is asked since the last visit only."""

    def say(self, text: Mapping[str, str]) -> str:
        """Say a text of the form."""
        return text.get(self.language, "")

    @property
    def answers(self) -> tuple[str, ...]:
        """The three answers to a question of yes or no."""
        return tuple(self.labels[each] for each in ("yes", "no", "unsure"))

    @property
    def bodies(self) -> tuple[tuple[Figure, str], ...]:
        """The figures to mark, each with the word for its side."""
        return tuple((each, self.labels[f"figure_{each.view.value}"]) for each in self.figures)


def is_wide(asked: Asked) -> bool:
    """Whether a question takes the whole width: a list with what is asked of its entries."""
    return asked.part.kind in WIDE


def rows(asked: Asked, width: float, by: Print) -> Iterator[Row]:
    """Lay out a question with its answers."""
    parts = [each for each in asked.part.parts if each.when is None or not each.when.never]
    grouped = asked.part.kind is PartKind.GROUP
    ticks = any(each.kind is PartKind.YES_NO for each in parts) if grouped else False
    mark = "\N{NO-BREAK SPACE}*" if asked.critical or asked.critical_when else ""
    yield form_rows.head(by.say(asked.part.text) + mark, width, by.answers if ticks else ())
    hint = by.say(asked.part.hint)
    if hint and not (by.brief and asked.part.kind is PartKind.MEDICINES):
        yield form_rows.sentence(hint, QUIET, width, under=3)
    for part in parts if grouped else (asked.part,):
        yield from _part(part, width, by, bare=not grouped)


def again(asked: Asked, width: float, by: Print) -> Row | None:
    """Say what it is that goes on in another column, and which answer each box is."""
    if asked.part.kind is not PartKind.GROUP:
        return None
    ticks = any(each.kind is PartKind.YES_NO for each in asked.part.parts)
    going_on = f"{by.say(asked.part.text)} \N{HORIZONTAL ELLIPSIS}"
    return form_rows.head(going_on, width, by.answers if ticks else (), QUIET)


def _part(part: Part, width: float, by: Print, *, bare: bool) -> Iterator[Row]:
    text, inset = "" if bare else by.say(part.text), SET_IN if part.when is not None else 0.0
    unit = by.say(part.unit)
    none = by.labels["no_to_this"]
    match part.kind:
        case PartKind.YES_NO:
            yield form_rows.yes_no(text, width, by.answers, inset)
        case PartKind.ONE if len(part.choices) <= MOST:
            yield from form_rows.boxes(text, [by.say(each.text) for each in part.choices], width, inset)
        case PartKind.MANY:
            yield from form_rows.boxes(
                text, [*(by.say(each.text) for each in part.choices), none], width, inset
            )
        case PartKind.SCALE:
            yield form_rows.scale(text, width)
        case PartKind.THINGS | PartKind.MEDICINES:
            yield from _list(part, width, by)
        case PartKind.GROUP if any(each.choices for each in part.parts):
            yield form_rows.sentence(text, LINE, width)
            for each in part.parts:
                yield from _part(each, width, by, bare=False)
        case PartKind.GROUP:
            yield form_rows.write(
                f"{text} ({', '.join(by.say(each.text) for each in part.parts)})", width, inset
            )
        case PartKind.READINGS:
            words = f"{by.labels['systolic']} / {by.labels['diastolic']}, {by.labels['day'].lower()}"
            yield form_rows.write(f"{text} ({words})", width, inset)
        case PartKind.FLAG:
            yield form_rows.tick(text, width)
        case PartKind.SITES if part.key == "sites" and part.needed and not bare and inset == 0:
            yield form_rows.write(text, width, inset)
            yield form_rows.bodies(by.bodies, width)
        case _:
            yield form_rows.write(f"{text} ({unit})" if unit else text, width, inset)


def _list(part: Part, width: float, by: Print) -> Iterator[Row]:
    """Tick what applies, then write what is asked of it."""
    if part.kind is PartKind.MEDICINES:
        columns = {each.key: by.say(each.text) for each in part.parts}
        yield from form_rows.boxes("", [by.labels["takes_nothing"]], width, 0)
        yield from form_rows.table(
            [columns[key] for key in ON_PAPER], [], width, lines=2 if by.brief else MEDICINES
        )
        return
    listed = [by.say(each.text) for each in part.things if each.word or len(part.things) > 1]
    yield from form_rows.boxes("", [*listed, by.labels["no_to_this"]], width, 0)
    yield from form_rows.table(*_heads_of(part, by), width, lines=1 if by.brief else form_rows.LINES)


def _heads_of(part: Part, by: Print) -> tuple[list[str], list[str]]:
    """Name the columns under a list: what most of its things are asked; and what else is asked of some."""
    counted: dict[str, int] = {}
    for thing in part.things:
        for each in thing.parts:
            if each.key != "what":
                counted[by.say(each.text)] = counted.get(by.say(each.text), 0) + 1
    usual = sorted(counted, key=lambda text: -counted[text])
    first = f"{by.labels['if_yes']}: {by.labels['what'].lower()}"
    return [first, *usual[:USUAL]], usual[USUAL:]
