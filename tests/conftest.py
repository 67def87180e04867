"""What holds for every test: no display, no network, no file of the person who runs it."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication

# `make test` tries the same examples every time: whether a change may land is no matter of luck. `make soak` looks
# for new ones, and prints how to replay what it found. A busy machine is no failure in either.
settings.register_profile(
    "short",
    deadline=None,
    database=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", settings.get_profile("short"), derandomize=False, max_examples=2_000)
settings.load_profile("short")


@pytest.fixture(autouse=True, scope="session")
def a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the practice and the settings of the person who runs them."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CLINIC_PRACTICE", "CLINIC_USER", "CLINIC_PASSWORD"):
            patch.delenv(name, raising=False)
        for folder in ("DATA", "CONFIG", "STATE", "CACHE"):
            patch.setenv(f"XDG_{folder}_HOME", str(home / folder.lower()))
        patch.setenv("HOME", str(home))
        yield


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make of each sweep a short form for every run and a long one for `make soak`."""
    sweep = metafunc.definition.get_closest_marker("sweep")
    if sweep is not None:
        (whole,) = sweep.args
        long = pytest.param(whole, id="long", marks=pytest.mark.soak)
        metafunc.parametrize("rounds", [pytest.param(max(1, whole // 20), id="short"), long])


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Chance, test by test: the same in each short run; a long one is replayed by `--randomly-seed` of its start."""
    long = request.node.get_closest_marker("soak") is not None
    seed = request.config.getoption("randomly_seed", 0) if long else 0
    return random.Random(f"{seed} {request.node.nodeid}")


class PatientBot(QtBot):
    """Hands at a window on a machine that may have other things to do: they wait long before they give up."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 60_000) -> None:  # noqa: N802 - Qt's way
        """Wait until it is so."""
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[QtBot]:
    """Hands at a window."""
    yield PatientBot(request)
    # A kiosk refuses to be closed: its window ends with the test, and would leave its busy cursor to the next one.
    while qapp.overrideCursor() is not None:
        qapp.restoreOverrideCursor()
