"""Areas of the body are called what people call them, in both languages."""

from __future__ import annotations

import pytest

from clinic.rules.areas import AREAS, ENDANGERED, LOCKED, MIDDLE, PAIRED, expand
from clinic.wording.areas import NAMES, STRETCHES, area, areas, side


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_area_has_a_name_of_its_own(language: str) -> None:
    said = [area(each, language=language) for each in AREAS]
    assert len(set(said)) == len(AREAS)


def test_every_place_is_offered_once() -> None:
    offered = [place for _, _, places in STRETCHES for place in places]
    assert sorted(offered) == sorted((*MIDDLE, *PAIRED)) == sorted(NAMES)


@pytest.mark.parametrize(
    ("name", "english", "spanish"),
    [
        ("low_back", "Lower back", "Espalda baja"),
        ("left_knee", "Knee, left", "Rodilla, izquierda"),
        ("right_shoulder", "Shoulder, right", "Hombro, derecho"),
        ("left_toes", "Toes, left", "Dedos del pie, izquierdos"),
    ],
)
def test_a_side_is_said_after_the_place(name: str, english: str, spanish: str) -> None:
    assert area(name) == english
    assert area(name, language="es") == spanish


def test_several_areas_are_said_one_after_another() -> None:
    assert areas(["neck_ant", "left_hand"]) == "Throat; Hand, left"
    assert side("right", language="es") == "Derecha"


def test_what_lies_open_under_the_hand_is_part_of_the_one_list() -> None:
    assert expand(ENDANGERED | LOCKED) == ENDANGERED | LOCKED
    assert {
        "neck_ant",
        "groin",
        "left_axilla",
        "right_popliteal",
        "left_antecubital",
        "right_kidney_area",
    } <= ENDANGERED
