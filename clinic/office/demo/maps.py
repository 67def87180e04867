"""The body maps of the demo: marks where a complaint sits, fading from visit to visit, and what was done there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.exchange.body import drawn
from clinic.exchange.products import known
from clinic.office.demo.catalogue import Item
from clinic.rules.areas import AREAS, PAIRED
from clinic.rules.notes import Position, View

if TYPE_CHECKING:
    from random import Random

    from clinic.office.demo.people import Visit

VIEWS = (View.BACK, View.FRONT, View.LEFT, View.RIGHT)
KINDS = ("pain", "tension", "trigger_point", "tension")
SOMETIMES, RARELY = 0.35, 0.06
RARE = ("scar", "numbness", "swelling")
OILS = ("jojoba oil, unscented", "hypoallergenic lotion", "grapeseed oil", "sunflower oil")
ADVICE = (
    "Warm pack for ten minutes before bed.",
    "A short walk after every two hours of sitting.",
    "The two stretches shown, once in the morning.",
    "Water within reach, no hard training tomorrow.",
)
NEXT = ("In two weeks, the same hour.", "In three weeks, measures first.", "Next week, shorter.")
REACTIONS = ("Sore until the next evening, then well.", "None.", "A little light-headed on getting up; sat a while.")


def sites_of(complaint: Item, dice: Random) -> list[str]:
    """Take the areas of a complaint, a paired one on the side that bothers."""
    found = []
    for site in complaint["sites"]:
        if site in PAIRED:
            found.append(f"{dice.choice(('left', 'right'))}_{site}")
        elif site in AREAS:
            found.append(site)
    return list(dict.fromkeys(found))


def add_map(note: Item, visit: Visit, nth: int, dice: Random) -> None:
    """Draw a visit's marks, and say area by area how the hands worked."""
    sites = [site for site in note["areas"] if site in AREAS]
    before = next((m["value"] for m in note["measures"] if m["tool"] == "NRS"), 4)
    after = next((m["value"] for m in note["measures"] if m["when"] == "after"), 2)
    marks = [_mark(site, n, before - n, after - n, dice) for n, site in enumerate(sites[:4])]
    if sites and dice.random() < RARELY:
        place = _place(dice.choice(AREAS))
        if place is not None:
            marks.append({"kind": dice.choice(RARE), **place})
    note["marks"] = [mark for mark in marks if mark]
    given = visit.minutes_given or visit.treatment.minutes - 5
    each = max(5, given // max(1, len(sites)))
    note["treated"] = [
        {
            "area": site,
            "technique": visit.treatment.technique,
            "pressure": note["pressure"] if not n else dice.choice(("P2", "P3", note["pressure"])),
            "minutes": each,
        }
        for n, site in enumerate(sites)
    ]
    note["position"] = dice.choice([position.value for position in Position])
    oil = known()[dice.choice(OILS)]
    note["products"] = [{"name": oil.name, "tags": list(oil.tags)} if oil.tags else {"name": oil.name}]
    if dice.random() < SOMETIMES:
        note["home_advice"] = dice.choice(ADVICE)
    if dice.random() < SOMETIMES:
        note["next_visit"] = dice.choice(NEXT)
    if nth and dice.random() < SOMETIMES / 2:
        note["reaction"] = dice.choice(REACTIONS)


def _mark(site: str, n: int, before: int, after: int, dice: Random) -> Item:
    place = _place(site)
    if place is None:
        return {}
    kind = KINDS[n % len(KINDS)]
    mark: Item = {"kind": kind, **place}
    x, y = mark["at"]
    mark["at"] = [round(x + dice.uniform(-0.012, 0.012), 4), round(y + dice.uniform(-0.008, 0.008), 4)]
    if kind != "tension":
        mark["intensity"] = max(1, before)
        mark["after"] = max(0, min(after, before))
    return mark


def _place(site: str) -> Item | None:
    """Say where an area is seen best."""
    for view in VIEWS:
        at = drawn()[view].place_of(site)
        if at is not None:
            return {"area": site, "view": view.value, "at": [round(at[0], 4), round(at[1], 4)]}
    return None
