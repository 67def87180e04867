"""A treatment note as it is written: its parts, its marks on the body, and what can be said of it in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from clinic.rules.areas import AREAS
from clinic.values import Refusal, Technique

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

PARTS = ("s", "o", "a", "p")
"""Subjective, objective, assessment, plan."""
PRESSURES = ("P0", "P1", "P2", "P3", "P4", "P5")
LONGEST_PART, LONGEST_LINE = 100_000, 4_000
MOST_MARKS, MOST_POINTS = 200, 2_000
MOST_MINUTES = 240
STRONGEST = 10


class MarkKind(StrEnum):
    """What a mark on the body map stands for."""

    PAIN = "pain"
    TENSION = "tension"
    TRIGGER_POINT = "trigger_point"
    SCAR = "scar"
    NUMBNESS = "numbness"
    SWELLING = "swelling"


class View(StrEnum):
    """From which side the body is seen."""

    FRONT = "front"
    BACK = "back"
    LEFT = "left"
    RIGHT = "right"


class Position(StrEnum):
    """How the client lay or sat."""

    PRONE = "prone"
    SUPINE = "supine"
    SIDE_LYING = "side_lying"
    SEATED = "seated"
    SEVERAL = "several"


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something marked on the body: where it was touched, and how strong it is from 0 to 10."""

    kind: MarkKind
    area: str
    view: View
    at: Point
    intensity: int | None = None
    after: int | None = None
    """How strong it was when the hands were done."""
    stroke: tuple[Point, ...] = ()
    """The line of a mark drawn by hand."""


@dataclass(frozen=True, slots=True)
class Treated:
    """An area worked on: how, how firmly, and for how long."""

    area: str
    technique: Technique | None = None
    pressure: str | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """An oil or lotion used, with the allergens it is known to hold."""

    name: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A number taken before or after the hands: a score, or degrees of a joint."""

    tool: str
    value: float | str
    when: str
    of: str = ""
    """What exactly was measured, such as the turn of the neck to the right."""


@dataclass(frozen=True, slots=True)
class Content:
    """All that a note says."""

    s: str = ""
    o: str = ""
    a: str = ""
    p: str = ""
    marks: tuple[Mark, ...] = ()
    treated: tuple[Treated, ...] = ()
    areas: tuple[str, ...] = ()
    """Areas a note names without saying more; those of `treated` are among them once it is kept."""
    techniques: tuple[Technique, ...] = ()
    pressure: str | None = None
    """The firmest that was used."""
    minutes: int | None = None
    """Hands-on minutes; they drive the units and the share that is eligible."""
    measures: tuple[Measure, ...] = ()
    products: tuple[Product, ...] = ()
    position: Position | None = None
    reaction: str = ""
    home_advice: str = ""
    next_visit: str = ""

    @property
    def says_anything(self) -> bool:
        """Whether there is anything in it worth keeping."""
        return self != Content()


def as_kept(content: Content) -> dict[str, Any]:
    """Write a note's content in plain values; what it does not say is left out."""
    plain: dict[str, Any] = {
        "soap": {part: words for part in PARTS if (words := getattr(content, part).strip())},
        "areas": sorted({*content.areas, *(each.area for each in content.treated)}, key=_from_head_to_toe),
        "techniques": list(
            dict.fromkeys(
                [
                    *(t.value for t in content.techniques),
                    *(each.technique.value for each in content.treated if each.technique),
                ]
            )
        ),
        "pressure": firmest([content.pressure, *(each.pressure for each in content.treated)]),
        "minutes": content.minutes,
        "marks": [_plain(mark) for mark in content.marks],
        "treated": [_plain(each) for each in content.treated],
        "products": [_plain(product) for product in content.products],
        "measures": [_plain(measure) for measure in content.measures],
        "position": content.position.value if content.position else None,
        "reaction": content.reaction.strip(),
        "home_advice": content.home_advice.strip(),
        "next_visit": content.next_visit.strip(),
    }
    return {name: value for name, value in plain.items() if value or name == "soap"}


def _from_head_to_toe(area: str) -> tuple[int, str]:
    """Order areas as the list of them does; a name that came in from elsewhere stands at the end."""
    return (AREAS.index(area) if area in AREAS else len(AREAS), area)


def _plain(part: Mark | Treated | Product | Measure) -> dict[str, Any]:
    found = asdict(part)
    return {
        name: _listed(value) for name, value in found.items() if value is not None and value not in ("", ())
    }


def _listed(value: Any) -> Any:
    return [_listed(each) for each in value] if isinstance(value, tuple) else value


def content_of(plain: Mapping[str, Any]) -> Content:
    """Read a note's content back."""
    soap = plain.get("soap") or {}
    position = plain.get("position")
    return Content(
        **{part: str(soap.get(part, "")) for part in PARTS},
        marks=tuple(_mark(each) for each in plain.get("marks") or ()),
        treated=tuple(
            Treated(
                each["area"],
                Technique(each["technique"]) if each.get("technique") else None,
                each.get("pressure"),
                each.get("minutes"),
            )
            for each in plain.get("treated") or ()
        ),
        areas=tuple(plain.get("areas") or ()),
        techniques=tuple(Technique(each) for each in plain.get("techniques") or ()),
        pressure=plain.get("pressure"),
        minutes=plain.get("minutes"),
        measures=tuple(
            Measure(each["tool"], each["value"], each["when"], each.get("of", ""))
            for each in plain.get("measures") or ()
        ),
        products=tuple(
            Product(each["name"], tuple(each.get("tags", ()))) for each in plain.get("products") or ()
        ),
        position=Position(position) if position else None,
        **{name: plain.get(name) or "" for name in ("reaction", "home_advice", "next_visit")},
    )


def _mark(plain: Mapping[str, Any]) -> Mark:
    x, y = plain["at"]
    return Mark(
        MarkKind(plain["kind"]),
        plain["area"],
        View(plain["view"]),
        (x, y),
        plain.get("intensity"),
        plain.get("after"),
        tuple((x, y) for x, y in plain.get("stroke", ())),
    )


def check(content: Content) -> None:
    """Refuse what no note can say: an area that is none, a strength beyond ten, minutes beyond a day's work."""
    known = set(AREAS)
    for name in (*PARTS, "reaction", "home_advice", "next_visit"):
        words = getattr(content, name)
        longest = LONGEST_PART if name in PARTS else LONGEST_LINE
        if len(words) > longest:
            raise Refusal("too_long", at=name, longest=longest)
        if "\0" in words or any("\ud800" <= sign <= "\udfff" for sign in words):
            raise Refusal("unusable_characters", at=name)
    if len(content.marks) > MOST_MARKS or any(len(mark.stroke) > MOST_POINTS for mark in content.marks):
        raise Refusal("too_many_marks", at="marks", most=MOST_MARKS)
    marked, treated = (mark.area for mark in content.marks), (each.area for each in content.treated)
    if not known.issuperset((*content.areas, *marked, *treated)):
        raise Refusal("unknown_area", at="areas")
    strengths = (n for mark in content.marks for n in (mark.intensity, mark.after) if n is not None)
    if any(not 0 <= n <= STRONGEST for n in strengths):
        raise Refusal("out_of_range", at="intensity", least=0, most=STRONGEST)
    minutes = (content.minutes, *(each.minutes for each in content.treated))
    if any(n is not None and not 0 <= n <= MOST_MINUTES for n in minutes):
        raise Refusal("out_of_range", at="minutes", least=0, most=MOST_MINUTES)
    pressures = {content.pressure, *(each.pressure for each in content.treated)}
    if not pressures <= {None, *PRESSURES}:
        raise Refusal("out_of_range", at="pressure", least="P0", most="P5")


def firmest(pressures: Iterable[str | None]) -> str | None:
    """Tell the firmest of some pressures."""
    return max((each for each in pressures if each), default=None)


def copied(last: Content) -> Content:
    """Take over from the last note what is usually so again; what was found and measured is found anew.

    Strengths fall away, and so does what a visit did to the body: the marks themselves stay where they were.
    """
    return Content(
        s=last.s,
        o=last.o,
        a=last.a,
        p=last.p,
        marks=tuple(Mark(m.kind, m.area, m.view, m.at, None, None, m.stroke) for m in last.marks),
        treated=last.treated,
        areas=tuple(area for area in last.areas if area in AREAS),
        techniques=last.techniques,
        pressure=last.pressure,
        minutes=last.minutes,
        products=last.products,
        position=last.position,
        home_advice=last.home_advice,
    )


def days_late(visit: date, signed: datetime) -> int:
    """Say by how many days a note was signed after its visit; the same day is not late."""
    return max(0, (signed.date() - visit).days)


def clashes(products: Iterable[Product], allergies: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Name the products that hold what the client is allergic to, with the allergy each clashes with."""
    found = []
    for product in products:
        said = [word.casefold() for word in (product.name, *product.tags)]
        for allergy in allergies:
            sought = {word for word in allergy.casefold().replace(",", " ").split() if len(word) > 2}  # noqa: PLR2004
            if any(_about(word, each) for word in sought for each in said):
                found.append((product.name, allergy))
    return tuple(found)


def _about(word: str, said: str) -> bool:
    """Tell whether a word is meant: nuts and nut are the same."""
    stem = word.removesuffix("s")
    return any(part.removesuffix("s") == stem for part in said.replace("-", " ").replace(",", " ").split())
