"""The demo shows flags of every severity, and clearances at every step of the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office import sign_in
from clinic.office.demo import making
from clinic.records import ClearanceRequest, Standing
from clinic.storage import keys
from tests import practices

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_demo_has_flags_of_every_severity_and_clearances_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "FLOOR", practices.CHEAP)
    made = making.make(tmp_path / "demo", years=1, clients=60)
    first = next(line for line in made.readme.read_text("utf-8").splitlines() if "password: " in line)
    name, _, rest = first.partition(" (")
    desk = sign_in.sign_in(made.practice, name.strip("- *"), rest.partition("password: ")[2].strip())
    try:
        severities = set(desk.reading(lambda work: list(work.session.scalars(select(Standing.outcome)))))
        asked = select(ClearanceRequest.asked_on, ClearanceRequest.letter)
        steps = {
            (row.asked_on is not None, row.letter is not None)
            for row in desk.reading(lambda work: list(work.run(asked)))
        }
    finally:
        desk.close()
    assert severities >= {"S1", "S2", "S3", "S4", "S5"}
    assert steps == {(False, False), (True, False), (True, True)}
