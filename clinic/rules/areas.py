"""The map of the body: one list of areas for screening, flags, notes and the drawn figure."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MIDDLE = (
    "head", "face", "scalp", "jaw_tmj", "neck_post", "neck_ant", "chest", "breast", "ribs", "upper_back",
    "mid_back", "low_back", "sacrum", "abdomen", "groin",
)  # fmt: skip
"""Areas named without a side."""

PAIRED = (
    "upper_trap", "scapula", "shoulder", "axilla", "upper_arm", "elbow", "antecubital", "forearm", "wrist",
    "hand", "kidney_area", "glutes", "hip", "thigh_ant", "thigh_post", "adductors", "itb", "knee",
    "popliteal", "calf", "shin", "ankle", "foot", "toes",
)  # fmt: skip
"""Areas that exist left and right; named without a side they mean both."""

SIDES = ("left", "right")
AREAS = (*MIDDLE, *(f"{side}_{area}" for area in PAIRED for side in SIDES))
"""Every place on the body, once."""

ENDANGERED = frozenset(
    {"neck_ant", "groin"}
    | {f"{side}_{area}" for side in SIDES for area in ("axilla", "antecubital", "kidney_area", "popliteal")}
)
"""Where vessels, nerves or organs lie close under the hand: light or no work, for everybody."""

LOCKED = frozenset({"breast"})
"""Never worked without the client's written consent and a referral (California)."""

_ARM = ("shoulder", "upper_arm", "elbow", "antecubital", "forearm", "wrist", "hand")
_LEG = (
    "hip", "thigh_ant", "thigh_post", "adductors", "itb", "knee", "popliteal", "calf", "shin", "ankle",
    "foot", "toes",
)  # fmt: skip

# From the trunk outward; what stands together lies at the same height.
_CHAINS = (
    (("scapula", "upper_trap"), ("shoulder", "axilla"), ("upper_arm",), ("elbow", "antecubital"),
     ("forearm",), ("wrist",), ("hand",)),
    (("hip", "glutes"), ("thigh_ant", "thigh_post", "adductors", "itb"), ("knee", "popliteal"),
     ("calf", "shin"), ("ankle",), ("foot",), ("toes",)),
)  # fmt: skip


def expand(areas: Iterable[str]) -> frozenset[str]:
    """Every area meant by these words: a group's name, an area, or a paired area without its side."""
    found: set[str] = set()
    for area in areas:
        if area in _KNOWN:
            found.add(area)
        elif area in GROUPS:
            found |= GROUPS[area]
        elif area in PAIRED:
            found |= {f"{side}_{area}" for side in SIDES}
        else:
            raise ValueError(area)
    return frozenset(found)


def parts(area: str) -> tuple[str, str]:
    """Side and place of an area; the side of a middle area is empty."""
    side, _, place = area.partition("_")
    return (side, place) if side in SIDES else ("", area)


def whole_limb(areas: Iterable[str]) -> frozenset[str]:
    """Give the limbs these areas belong to; an area of the trunk stands for itself alone."""
    found: set[str] = set()
    for area in expand(areas):
        side, place = parts(area)
        limb = next((limb for limb in (_ARM, _LEG) if place in limb), ())
        found |= {area, *(f"{side}_{each}" for each in limb)}
    return frozenset(found)


def and_outward(areas: Iterable[str]) -> frozenset[str]:
    """Give these areas and all that lies further out on the same limb."""
    found: set[str] = set()
    for area in expand(areas):
        side, place = parts(area)
        found.add(area)
        for chain in _CHAINS:
            start = next((at for at, links in enumerate(chain) if place in links), len(chain))
            found |= {f"{side}_{each}" for links in chain[start:] for each in links}
    return frozenset(found)


def with_joints(areas: Iterable[str]) -> frozenset[str]:
    """Give these areas with their neighbours above and below on the limb."""
    found: set[str] = set()
    for area in expand(areas):
        side, place = parts(area)
        found.add(area)
        for chain in _CHAINS:
            for at, links in enumerate(chain):
                if place in links:
                    near = chain[max(at - 1, 0) : at + 2]
                    found |= {f"{side}_{each}" for links in near for each in links}
    return frozenset(found)


def drained_by(nodes: Iterable[str]) -> frozenset[str]:
    """Give the limb and the quarter of the trunk whose lymph passes these nodes."""
    found: set[str] = set()
    for area in expand(nodes):
        side, place = parts(area)
        sides = (side,) if side else SIDES
        if place in _LOWER:
            found |= {"low_back", "abdomen", "groin"}
            found |= {f"{each}_{part}" for each in sides for part in (*_LEG, "glutes")}
        elif place in _HEAD:
            found |= {"head", "face", "scalp", "jaw_tmj", "neck_ant", "neck_post"}
        else:
            found |= {"chest", "breast", "ribs", "upper_back"}
            found |= {
                f"{each}_{part}" for each in sides for part in (*_ARM, "axilla", "scapula", "upper_trap")
            }
        found.add(area)
    return frozenset(found)


_KNOWN = frozenset(AREAS)
_LOWER = frozenset({"groin", "abdomen", "low_back", "sacrum", "glutes", "kidney_area", *_LEG})
_HEAD = frozenset({"head", "face", "scalp", "jaw_tmj", "neck_ant", "neck_post"})


def _both(*areas: str) -> frozenset[str]:
    return frozenset(f"{side}_{area}" for area in areas for side in SIDES)


GROUPS = MappingProxyType(
    {
        "arms": _both(*_ARM),
        "legs": _both(*_LEG),
        "feet": _both("foot", "toes"),
        "neck": frozenset({"neck_post", "neck_ant"}),
        "face_all": frozenset({"face", "jaw_tmj"}),
        "spine": frozenset({"neck_post", "upper_back", "mid_back", "low_back", "sacrum"}),
        "spine_and_ribs": frozenset({"neck_post", "upper_back", "mid_back", "low_back", "sacrum", "ribs"}),
        "belly": frozenset({"abdomen"}),
        "belly_and_low_back": frozenset({"abdomen", "low_back", "sacrum"}),
        "trunk": frozenset(
            {"chest", "breast", "ribs", "upper_back", "mid_back", "low_back", "sacrum", "abdomen"}
        )
        | _both("scapula", "kidney_area"),
        "calves": _both("calf"),
        "calves_and_adductors": _both("calf", "popliteal", "adductors"),
        "flanks": _both("kidney_area") | {"ribs"},
        "everywhere": _KNOWN,
    }
)
"""Names for stretches of the body that rules speak of."""
