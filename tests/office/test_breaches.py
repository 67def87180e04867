"""Breaches of data: noted, told of in what needs attention, and seen to."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.office import attention, breaches, portable
from clinic.office.attention import Why
from clinic.rules.breach import Breach
from clinic.storage.work import Actor, Work
from clinic.values import Refusal, Role, StaffId
from tests import practices

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk

TODAY = practices.NOW.date()


def waiting(desk: Desk) -> list[tuple[date | None, int]]:
    found = desk.reading(attention.items)
    return [(item.on, item.count) for item in found if item.why is Why.BREACH]


def test_a_breach_waits_until_people_were_told(desk: Desk, tmp_path: Path) -> None:
    noticed = TODAY - timedelta(days=2)
    task = partial(breaches.note, discovered=noticed, people=120, what="a laptop that was open")
    assert desk.writing(task)[0] == ()
    assert waiting(desk) == [(noticed + timedelta(days=30), 120)]
    front = Actor(StaffId("s-desk"), Role.FRONT_DESK, practices.NOW)
    with Work(desk.vault, front, practices.NOW, reading=True) as work:
        assert all(item.why is not Why.BREACH for item in attention.items(work))
    desk.confirm()
    portable.give_out(desk, tmp_path / "out.json", reason="moving house")
    assert '"breaches": [{"discovered"' in (tmp_path / "out.json").read_text("utf-8")
    noted = desk.reading(breaches.noted).noted[0].breach
    before = desk.writing(partial(breaches.tell, breach=noted))[0]
    assert waiting(desk) == []
    assert desk.reading(breaches.noted).noted[0].breach.told_on == TODAY
    with pytest.raises(Refusal, match="not_found"):
        desk.writing(partial(breaches.tell, breach=noted))
    desk.writing(partial(breaches.undo, before=before))
    assert waiting(desk) != []
    desk.writing(partial(breaches.undo, before=()))
    assert desk.reading(breaches.noted).noted == ()


def test_whether_hipaa_binds_is_the_practices_to_say(desk: Desk) -> None:
    desk.writing(partial(breaches.note, discovered=TODAY, people=1))
    desk.writing(partial(breaches.cover, covered=True))
    found = desk.reading(breaches.noted)
    assert found.covered
    assert found.noted[0].deadlines.hipaa == TODAY + timedelta(days=60)
    desk.writing(partial(breaches.cover, covered=False))
    assert desk.reading(breaches.noted).noted[0].deadlines.hipaa is None


@pytest.mark.parametrize(
    ("breach", "code"),
    [
        (Breach(TODAY + timedelta(days=1), 1), "still_ahead"),
        (Breach(TODAY, 0), "out_of_range"),
    ],
)
def test_what_cannot_be_is_not_noted(desk: Desk, breach: Breach, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        desk.writing(partial(breaches.note, discovered=breach.discovered, people=breach.people))
