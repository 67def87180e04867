"""What was decided on visits, and what clinicians were asked, moves with the practice and is never rewritten."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import booking, clearances, portable
from clinic.records import Decision
from clinic.rules.contraindications import Override, OverrideReason
from clinic.values import Refusal, State
from tests import practices
from tests.office.test_flags_at_booking import AT, EARLIER, HANH, PRESSURE, arrive, book, kept
from tests.office.test_portable import exported, written

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk

UNSURE = Override("CVD-10", OverrideReason.OTHER, "Measured low at home")


def decided(desk: Desk) -> None:
    """Fill a practice with a visit gone against, one held with its request given up, and one begun adapted."""
    practices.ask_fully(desk, at=EARLIER, K01=[{"name": "apixaban"}], **PRESSURE)
    book(desk, overrides=[UNSURE])
    book(desk, AT + timedelta(days=1), sites=["low_back"], products=["Jojoba oil"])
    (request,) = desk.reading(partial(clearances.of_client, client=HANH)).rows
    desk.writing(partial(clearances.ask, request=request.id, clinician={"name": "Dr. Miriam Adeyemi"}))
    desk.writing(partial(clearances.withdraw, request=request.id))
    practices.ask_fully(desk, at=EARLIER + timedelta(hours=1), K01=[{"name": "apixaban"}])
    visit = arrive(desk)
    practices.check_quickly(desk)
    desk.writing(
        partial(booking.advance, appointment=visit, to=State.IN_TREATMENT, applied=["HEM-01", "CVD-11"])
    )
    practices.ask_fully(desk, K01=[{"name": "apixaban"}], **PRESSURE)


def test_decisions_and_requests_go_out_and_come_in_the_same(
    desk: Desk, fresh_practice: Path, tmp_path: Path
) -> None:
    decided(desk)
    first = exported(desk, tmp_path)
    assert [one["overrides"] for one in first["decisions"] if one["overrides"]] == [
        [{"rule": "CVD-10", "reason": "OTHER", "text": "Measured low at home"}]
    ]
    assert [one["applied"] for one in first["decisions"] if "applied" in one] == [["HEM-01"]]
    assert [(one["rules"], one["closed_for"]) for one in first["clearance_requests"]] == [
        (["CVD-10"], "withdrawn")
    ]
    assert "null" not in (tmp_path / "out.json").read_text("utf-8")
    other = practices.sit_down(practices.copied(fresh_practice, tmp_path / "other"))
    portable.take_in(other, tmp_path / "out.json")
    again = exported(other, tmp_path)
    assert first | {"exported_at": ""} == again | {"exported_at": ""}
    other.close()


@pytest.mark.parametrize(
    ("change", "code", "at"),
    [
        ({"outcome": "S1"}, "already_signed", "/decisions/0"),
        ({"overrides": []}, "already_signed", "/decisions/0"),
        ({"decided_by": "nobody"}, "dangling_reference", "/decisions/0/decided_by"),
        ({"moment": "later"}, "not_in_list", "/decisions/0/moment"),
        ({"findings": [{"rule": "CVD-10"}]}, "missing_key", "/decisions/0/findings/0"),
    ],
)
def test_a_decision_is_never_rewritten_by_a_file(
    desk: Desk, tmp_path: Path, change: dict[str, Any], code: str, at: str
) -> None:
    practices.ask_fully(desk, **PRESSURE)
    book(desk, overrides=[UNSURE])
    document = exported(desk, tmp_path)
    changed = json.loads(json.dumps(document))
    changed["decisions"][0] |= change
    with pytest.raises(Refusal) as refusal:
        portable.take_in(desk, written(tmp_path, changed))
    assert (refusal.value.code, refusal.value.at) == (code, at)


def test_an_override_of_something_that_was_not_found_counts_for_nothing(desk: Desk, tmp_path: Path) -> None:
    practices.ask_fully(desk, **PRESSURE)
    book(desk, overrides=[UNSURE])
    document = exported(desk, tmp_path)
    document["decisions"][0] |= {"id": "other", "findings": []}
    portable.take_in(desk, written(tmp_path, document))
    assert len(kept(desk, Decision)) == 2
