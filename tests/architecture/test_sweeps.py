"""A sweep is run in a short form each time, and in its long form by `make soak`."""

from __future__ import annotations

import random

import pytest


@pytest.mark.sweep(60)
def test_a_sweep_has_a_short_and_a_long_form(rounds: int, request: pytest.FixtureRequest) -> None:
    assert rounds == (60 if request.node.get_closest_marker("soak") else 3)


@pytest.mark.sweep(5)
def test_the_short_form_of_a_small_sweep_still_runs_once(rounds: int) -> None:
    assert rounds in {1, 5}


@pytest.mark.sweep(20)
def test_the_dice_of_a_run_can_be_thrown_again(
    rounds: int, dice: random.Random, request: pytest.FixtureRequest
) -> None:
    seed = 0 if rounds == 1 else request.config.getoption("randomly_seed", 0)
    again = random.Random(f"{seed} {request.node.nodeid}")
    assert [dice.random() for _ in range(3)] == [again.random() for _ in range(3)]
