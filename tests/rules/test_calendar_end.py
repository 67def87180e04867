"""When paying for a visit closes it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clinic.rules import calendar
from clinic.values import State

BEGUN = datetime(2026, 11, 18, 14, 0)
CAME = {State.ARRIVED, State.IN_TREATMENT}


@pytest.mark.parametrize("state", State)
def test_only_who_came_and_has_begun_is_done_by_paying(state: State) -> None:
    assert calendar.ends_when_paid(state, BEGUN, BEGUN) is (state in CAME)
    assert not calendar.ends_when_paid(state, BEGUN, BEGUN - timedelta(minutes=1))
