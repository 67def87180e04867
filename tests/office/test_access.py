"""Everything about one client given out in one action, and how long it is kept."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from clinic.exchange import portable as post
from clinic.office import access, portable
from clinic.records import AuditRow
from clinic.values import ClientId, Refusal
from tests import practices
from tests.documents.reading import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk

OWN = ClientId("c-own")


def given(desk: Desk, folder: Path, client: ClientId = OWN) -> access.GivenOut:
    desk.confirm()
    return access.give_out(desk, client, folder, reason="the client asked")


def test_the_file_holds_all_of_one_client_and_nobody_else(full_desk: Desk, tmp_path: Path) -> None:
    out = given(full_desk, tmp_path)
    text = out.file.read_text("utf-8")
    document = json.loads(text)
    assert [one["id"] for one in document["clients"]] == ["c-own"]
    assert "Marchetti" not in text
    assert {one["id"] for one in document["appointments"]} == {"a-1", "a-3"}
    for name in ("letters", "screenings", "notes", "invoices", "bundles", "gifts", "payments", "refunds"):
        assert len(document[name]) == 1, name
    assert "s-therapist" in {one["id"] for one in document["staff"]}
    assert all(set(one) <= {"id", "name", "role", "title", "certificate"} for one in document["staff"])
    assert out.file.name.startswith("client-file-2026-11-18")


def test_the_file_stands_by_itself_and_can_be_taken_in_elsewhere(full_desk: Desk, tmp_path: Path) -> None:
    out = given(full_desk, tmp_path)
    (tmp_path / "elsewhere").mkdir()
    elsewhere = practices.sit_down(practices.make(tmp_path / "elsewhere"))
    file = post.read(out.file)
    post.check(file)
    counts = portable.take_in(elsewhere, out.file, dry_run=True)
    assert counts["invoices"].added == 1
    elsewhere.close()


def test_the_pages_can_be_read(full_desk: Desk, tmp_path: Path) -> None:
    words = words_of(given(full_desk, tmp_path).paper.read_bytes())
    for said in (
        "Hạnh Nguyễn",
        "Treatment notes",
        "stiff",
        "Cervicalgia",
        "R-2026-000001",
        "the client asked",
    ):
        assert said in words
    assert "Marchetti" not in words


def test_it_needs_the_password_and_a_reason_and_is_on_record(full_desk: Desk, tmp_path: Path) -> None:
    full_desk.actor = type(full_desk.actor)(full_desk.actor.staff, full_desk.actor.role)
    with pytest.raises(Refusal, match="password_again"):
        access.give_out(full_desk, OWN, tmp_path, reason="x")
    given(full_desk, tmp_path)
    actions = full_desk.reading(lambda work: work.session.scalars(select(AuditRow.action)).all())
    assert "client_given_out" in actions


def test_a_file_is_kept_until_its_day_and_on_hold_beyond(full_desk: Desk) -> None:
    full_desk.confirm()
    found = full_desk.reading(partial(access.kept, client=OWN))
    assert (found.until, found.over) == (date(2033, 11, 10), False)  # money was paid back last
    full_desk.clock = lambda: practices.NOW + timedelta(days=8 * 365)
    full_desk.confirm()
    assert full_desk.reading(partial(access.kept, client=OWN)).over
    full_desk.writing(partial(access.put_on_hold, client=OWN, reason="a claim is open"))
    assert not full_desk.reading(partial(access.kept, client=OWN)).over
    assert full_desk.reading(partial(access.kept, client=OWN)).hold == "a claim is open"
    full_desk.writing(partial(access.lift_hold, client=OWN, reason="the claim is settled"))
    assert full_desk.reading(partial(access.kept, client=OWN)).hold == ""
