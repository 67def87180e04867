"""The body in words: areas, marks, positions and pressures, as screens, papers and the search say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping

SIDES = ("left", "right")


def _places() -> Mapping[str, str]:
    return {
        "head": _("head"),
        "face": _("face"),
        "scalp": _("scalp"),
        "jaw_tmj": _("jaw"),
        "neck_post": _("back of the neck"),
        "neck_ant": _("front of the neck"),
        "chest": _("chest"),
        "breast": _("breast"),
        "ribs": _("ribs"),
        "upper_back": _("upper back"),
        "mid_back": _("mid back"),
        "low_back": _("low back"),
        "sacrum": _("sacrum"),
        "abdomen": _("abdomen"),
        "groin": _("groin"),
        "upper_trap": _("upper trapezius"),
        "scapula": _("shoulder blade"),
        "shoulder": _("shoulder"),
        "axilla": _("armpit"),
        "upper_arm": _("upper arm"),
        "elbow": _("elbow"),
        "antecubital": _("crook of the elbow"),
        "forearm": _("forearm"),
        "wrist": _("wrist"),
        "hand": _("hand"),
        "kidney_area": _("kidney area"),
        "glutes": _("gluteal area"),
        "hip": _("hip"),
        "thigh_ant": _("front of the thigh"),
        "thigh_post": _("back of the thigh"),
        "adductors": _("inner thigh"),
        "itb": _("outer thigh"),
        "knee": _("knee"),
        "popliteal": _("hollow of the knee"),
        "calf": _("calf"),
        "shin": _("shin"),
        "ankle": _("ankle"),
        "foot": _("foot"),
        "toes": _("toes"),
    }


def area(name: str) -> str:
    """Name an area with its side: ``right upper trapezius``; an area unknown here is named as it is."""
    side, _rest, place = name.partition("_")
    places = _places()
    if side not in SIDES:
        return places.get(name, name.replace("_", " "))
    where = places.get(place, place.replace("_", " "))
    return (_("left {area}") if side == "left" else _("right {area}")).format(area=where)


def headed(words: str) -> str:
    """Begin words with a capital, as a line of a list does."""
    return words[:1].upper() + words[1:]


def mark(kind: str) -> str:
    """Name what a mark stands for."""
    return {
        "pain": _("Pain"),
        "tension": _("Tension"),
        "trigger_point": _("Trigger point"),
        "scar": _("Scar"),
        "numbness": _("Numbness"),
        "swelling": _("Swelling"),
        "avoid": _("Avoid"),
    }[kind]


def strength(kind: str, before: int | None, after: int | None) -> str:
    """Say a mark with its strength: ``Pain 6 to 3``."""
    said = mark(kind)
    if before is not None and after is not None:
        return _("{mark} {before} to {after}").format(mark=said, before=before, after=after)
    known = before if before is not None else after
    return said if known is None else _("{mark} {n}").format(mark=said, n=known)


def position(key: str) -> str:
    """Name how the client lay or sat."""
    return {
        "prone": _("Prone"),
        "supine": _("Supine"),
        "side_lying": _("Side-lying"),
        "seated": _("Seated"),
        "several": _("Several"),
    }[key]


def view(key: str) -> str:
    """Name the side from which the body is seen."""
    return {
        "front": _("Front"),
        "back": _("Back"),
        "left": _("Left side"),
        "right": _("Right side"),
    }[key]


def technique(key: str) -> str:
    """Name how the hands worked."""
    return {
        "SW": _("Swedish"),
        "TH": _("Therapeutic"),
        "DT": _("Deep tissue"),
        "TP": _("Trigger point"),
        "MFR": _("Myofascial"),
        "PN": _("Prenatal"),
        "MLD": _("Lymphatic"),
        "HS": _("Hot stone"),
        "SP": _("Sports"),
        "CU": _("Cupping"),
    }[key]


def pressure(key: str) -> str:
    """Say what a level of pressure feels like."""
    return {
        "P0": _("still hold"),
        "P1": _("light lotioning"),
        "P2": _("heavy lotioning"),
        "P3": _("medium"),
        "P4": _("strong"),
        "P5": _("deep"),
    }[key]


def part(key: str) -> str:
    """Name a part of a note."""
    return {"s": _("Subjective"), "o": _("Objective"), "a": _("Assessment"), "p": _("Plan")}[key]


def treated(how: str | None, firm: str | None, minutes: int | None) -> str:
    """Say what was done to an area: ``Trigger point, P4, 8 min``."""
    said = [technique(how) if how else "", firm or "", _("{n} min").format(n=minutes) if minutes else ""]
    return ", ".join(part for part in said if part)
