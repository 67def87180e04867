"""The map of the body: sides, limbs, neighbours."""

from __future__ import annotations

import pytest

from clinic.rules.areas import (
    AREAS,
    ENDANGERED,
    GROUPS,
    LOCKED,
    MIDDLE,
    and_outward,
    drained_by,
    expand,
    parts,
    whole_limb,
    with_joints,
)


def test_every_area_stands_once_and_paired_ones_have_a_side() -> None:
    assert len(AREAS) == len(set(AREAS)) == 15 + 2 * 24
    assert parts("left_knee") == ("left", "knee")
    assert parts("low_back") == ("", "low_back")


def test_endangered_and_locked_places_are_on_the_map() -> None:
    assert set(AREAS) >= ENDANGERED
    assert set(AREAS) >= LOCKED
    assert {"neck_ant", "left_axilla", "right_popliteal"} <= ENDANGERED
    assert {"breast"} == LOCKED


def test_without_a_side_both_are_meant() -> None:
    assert expand(["knee", "face"]) == {"left_knee", "right_knee", "face"}


def test_a_group_means_all_its_areas() -> None:
    assert expand(["neck"]) == {"neck_ant", "neck_post"}
    assert all(set(AREAS) >= areas for areas in GROUPS.values())


def test_an_unknown_area_is_no_area() -> None:
    with pytest.raises(ValueError, match="left_elsewhere"):
        expand(["left_elsewhere"])


def test_a_limb_is_taken_whole() -> None:
    arm = whole_limb(["left_forearm"])
    assert {"left_shoulder", "left_hand"} <= arm
    assert not any(area.startswith("right_") for area in arm)
    assert whole_limb(["abdomen"]) == {"abdomen"}


def test_outward_goes_to_the_end_of_the_limb() -> None:
    assert and_outward(["left_calf"]) == {"left_calf", "left_shin", "left_ankle", "left_foot", "left_toes"}
    assert and_outward(["chest"]) == {"chest"}


def test_a_break_takes_the_joints_beside_it_along() -> None:
    assert {"left_elbow", "left_wrist", "left_forearm"} <= with_joints(["left_forearm"])
    assert "left_hand" not in with_joints(["left_forearm"])
    assert {"left_hip", "left_thigh_ant"} <= with_joints(["left_hip"])
    assert with_joints(["ribs"]) == {"ribs"}


def test_lymph_nodes_stand_for_the_quarter_they_drain() -> None:
    assert {"left_hand", "left_axilla", "chest"} <= drained_by(["left_axilla"])
    assert "right_hand" not in drained_by(["left_axilla"])
    assert {"left_foot", "right_foot", "abdomen"} <= drained_by(["groin"])
    assert {"face", "scalp"} <= drained_by(["neck_ant"])
    assert {"left_hand", "right_hand"} <= drained_by(["breast"])
    assert set(MIDDLE) - drained_by(["left_axilla"])
