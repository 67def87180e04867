"""The areas of the body by name, in each language the forms are written in."""

from __future__ import annotations

import clinic.wording as house

NAMES = {
    "head": ("Head", "Cabeza"),
    "face": ("Face", "Cara"),
    "scalp": ("Scalp", "Cuero cabelludo"),
    "jaw_tmj": ("Jaw", "Mandíbula"),
    "neck_post": ("Back of the neck", "Nuca"),
    "neck_ant": ("Throat", "Garganta"),
    "chest": ("Chest", "Pecho"),
    "breast": ("Breast", "Senos"),
    "ribs": ("Ribs", "Costillas"),
    "upper_back": ("Upper back", "Espalda alta"),
    "mid_back": ("Middle back", "Espalda media"),
    "low_back": ("Lower back", "Espalda baja"),
    "sacrum": ("Sacrum", "Sacro"),
    "abdomen": ("Belly", "Vientre"),
    "groin": ("Groin", "Ingle"),
    "upper_trap": ("Top of the shoulder", "Parte alta del hombro"),
    "scapula": ("Shoulder blade", "Omóplato"),
    "shoulder": ("Shoulder", "Hombro"),
    "axilla": ("Armpit", "Axila"),
    "upper_arm": ("Upper arm", "Brazo"),
    "elbow": ("Elbow", "Codo"),
    "antecubital": ("Inside of the elbow", "Pliegue del codo"),
    "forearm": ("Forearm", "Antebrazo"),
    "wrist": ("Wrist", "Muñeca"),
    "hand": ("Hand", "Mano"),
    "kidney_area": ("Flank", "Costado"),
    "glutes": ("Buttock", "Glúteo"),
    "hip": ("Hip", "Cadera"),
    "thigh_ant": ("Front of the thigh", "Muslo, delante"),
    "thigh_post": ("Back of the thigh", "Muslo, detrás"),
    "adductors": ("Inner thigh", "Muslo, por dentro"),
    "itb": ("Outer thigh", "Muslo, por fuera"),
    "knee": ("Knee", "Rodilla"),
    "popliteal": ("Back of the knee", "Corva"),
    "calf": ("Calf", "Pantorrilla"),
    "shin": ("Shin", "Espinilla"),
    "ankle": ("Ankle", "Tobillo"),
    "foot": ("Foot", "Pie"),
    "toes": ("Toes", "Dedos del pie"),
}
"""Every place once, in English and Spanish; a side is said after it."""
_SIDES = {"left": ("left", "izquierda"), "right": ("right", "derecha")}
_MASCULINE = frozenset(
    {
        "shoulder", "upper_arm", "elbow", "antecubital", "forearm", "kidney_area", "glutes", "thigh_ant",
        "thigh_post", "adductors", "itb", "ankle", "foot", "toes", "scapula",
    }
)  # fmt: skip
_PLURAL = frozenset({"toes"})
STRETCHES = (
    ("Head and neck", "Cabeza y cuello", ("head", "face", "scalp", "jaw_tmj", "neck_post", "neck_ant")),
    (
        "Shoulders and arms",
        "Hombros y brazos",
        (
            "upper_trap", "shoulder", "scapula", "axilla", "upper_arm", "elbow", "antecubital", "forearm", "wrist",
            "hand",
        ),
    ),
    (
        "Back and trunk",
        "Espalda y tronco",
        (
            "upper_back", "mid_back", "low_back", "sacrum", "chest", "breast", "ribs", "abdomen",
            "groin",
            "kidney_area",
        ),
    ),
    (
        "Hips and legs",
        "Caderas y piernas",
        (
            "glutes", "hip", "thigh_ant", "thigh_post", "adductors", "itb", "knee", "popliteal", "calf", "shin",
            "ankle", "foot", "toes",
        ),
    ),
)  # fmt: skip
"""The stretches of the body in which areas are offered, in the order in which people look for them."""


def area(name: str, *, language: str | None = None) -> str:
    """Say an area as people do: ``Knee, left``."""
    at = _at(language)
    side, _, place = name.partition("_")
    if side not in _SIDES:
        return NAMES[name][at]
    return f"{NAMES[place][at]}, {_side(side, place, at)}"


def areas(names: list[str] | tuple[str, ...], *, language: str | None = None) -> str:
    """Say several areas, one after another."""
    return "; ".join(area(name, language=language) for name in names)


def side(word: str, *, language: str | None = None) -> str:
    """Say a side on its own: ``Left``."""
    return _SIDES[word][_at(language)].capitalize()


def _side(word: str, place: str, at: int) -> str:
    said = _SIDES[word][at]
    if at and place in _MASCULINE:
        said = f"{said[:-1]}o"
    return f"{said}s" if at and place in _PLURAL else said


def _at(language: str | None) -> int:
    return 1 if (language or house.language()) == "es" else 0
