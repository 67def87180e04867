"""The notes of the demo: what was found and done at each visit, and how it got better."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from clinic.office.demo import maps
from clinic.office.demo.catalogue import Item, listed
from clinic.rules.notes import PARTS
from clinic.values import State

if TYPE_CHECKING:
    from random import Random
    from zoneinfo import ZoneInfo

    from clinic.office.demo.people import Client, Visit

WRITTEN = 0.97
FORGOTTEN = 0.001
"""Notes that are never signed; of the last days' there are more."""
FRESH = timedelta(days=3)
FRESH_UNSIGNED = 0.08
AMENDED = 0.015
MEASURED_EVERY = 4
PRESSURES = {
    "SW": "P3",
    "TH": "P3",
    "DT": "P4",
    "TP": "P4",
    "MFR": "P3",
    "PN": "P2",
    "MLD": "P1",
    "HS": "P3",
    "SP": "P4",
    "CU": "P4",
}
MEASURES = {"NDI": (44, 2, 6), "ODI": (46, 2, 8), "PSFS": (3, -1, 9), "ROM": (48, -3, 80)}
"""Of each measure: where it begins, how much it falls at a time, and where it stays."""


def notes(
    clients: list[Client], now: datetime, zone: ZoneInfo, dice: Random, mapping: Random
) -> list[Item]:
    """Write up nearly every visit that took place, with its body map."""
    written = []
    for client in clients:
        done = [visit for visit in client.visits if visit.state is State.DONE]
        sites = maps.sites_of(client.complaint, mapping)
        for nth, visit in enumerate(done):
            if dice.random() < WRITTEN:
                note = _note(visit, nth, now, zone, dice)
                note["areas"] = sites
                maps.add_map(note, visit, nth, mapping)
                written.append(note)
    written.sort(key=lambda note: note["id"])
    return written


def _note(visit: Visit, nth: int, now: datetime, zone: ZoneInfo, dice: Random) -> Item:
    note: Item = {
        "id": f"n-{visit.id[2:]}",
        "appointment": visit.id,
        "written_by": visit.staff,
    }
    fresh = now - visit.ends < FRESH
    if dice.random() >= (FRESH_UNSIGNED if fresh else FORGOTTEN):
        signed_at = min(visit.ends + timedelta(minutes=dice.randint(2, 40)), max(now, visit.ends))
        note["signed_at"] = instant(signed_at, zone)
    note["soap"] = {part: _said(part, visit.client.complaint["where"], dice) for part in PARTS}
    note["areas"] = visit.client.complaint["sites"]
    note["techniques"] = [visit.treatment.technique]
    note["pressure"] = PRESSURES[visit.treatment.technique]
    note["measures"] = _measures(visit, nth, dice)
    if "signed_at" in note and not fresh and dice.random() < AMENDED:
        text = dice.choice(listed("notes")["addendum"]["say"])
        note["addenda"] = [
            {"at": instant(visit.ends + timedelta(days=1), zone), "by": visit.staff, "text": text}
        ]
    return note


def instant(wall: datetime, zone: ZoneInfo) -> str:
    """Write a wall time as the instant it was."""
    return wall.replace(tzinfo=zone).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _said(part: str, where: str, dice: Random) -> str:
    groups = listed("notes")[part]
    return _sentences(part, where, tuple(dice.randrange(len(group["say"])) for group in groups))


@lru_cache(maxsize=65536)
def _sentences(part: str, where: str, chosen: tuple[int, ...]) -> str:
    groups = listed("notes")[part]
    return " ".join(group["say"][n] for group, n in zip(groups, chosen, strict=True)).format(where=where)


def _measures(visit: Visit, nth: int, dice: Random) -> list[dict[str, Any]]:
    before = max(2, 7 - nth // 3 + dice.randint(-1, 1))
    after = max(0, before - dice.randint(1, 3))
    measures: list[dict[str, Any]] = [
        {"tool": "NRS", "value": before, "when": "before"},
        {"tool": "NRS", "value": after, "when": "after"},
    ]
    if nth % MEASURED_EVERY == 0:
        tool = visit.client.complaint["measure"]
        begins, falls, stays = MEASURES[tool]
        value = begins - falls * (nth // MEASURED_EVERY)
        value = max(value, stays) if falls > 0 else min(value, stays)
        measures.append({"tool": tool, "value": value, "when": "before"})
    return measures
