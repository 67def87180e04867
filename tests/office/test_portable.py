"""Tests of taking a practice in and giving it out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import portable
from clinic.values import Refusal
from tests import practices

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk


def written(folder: Path, document: dict[str, Any]) -> Path:
    path = folder / "file.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def exported(desk: Desk, folder: Path) -> dict[str, Any]:
    desk.confirm()
    portable.give_out(desk, folder / "out.json", reason="a test")
    document: dict[str, Any] = json.loads((folder / "out.json").read_text("utf-8"))
    return document


def test_what_goes_out_comes_in_the_same(full_desk: Desk, desk: Desk, tmp_path: Path) -> None:
    first = exported(full_desk, tmp_path)
    portable.take_in(desk, tmp_path / "out.json")
    second = exported(desk, tmp_path)
    assert first | {"exported_at": ""} == second | {"exported_at": ""}


def test_the_same_file_again_changes_nothing(full_desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, practices.a_full_document())
    counts = portable.take_in(full_desk, path)
    assert all((count.added, count.updated) == (0, 0) for count in counts.values())


def test_a_known_client_is_updated(full_desk: Desk, tmp_path: Path) -> None:
    document = practices.a_full_document()
    document["clients"][0]["phone"] = "(510) 555-0199"
    counts = portable.take_in(full_desk, written(tmp_path, document))
    assert counts["clients"] == portable.Counts(added=0, updated=1, same=1)
    assert exported(full_desk, tmp_path)["clients"][1]["phone"] == "(510) 555-0199"


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("invoices", {"issued_on": "2026-11-05"}, "already_issued"),
        ("payments", {"amount_cents": 79600}, "already_issued"),
        ("refunds", {"amount_cents": 900}, "already_issued"),
        ("closings", {"counted_cents": 900}, "already_issued"),
        ("notes", {"soap": {"s": "other"}}, "already_signed"),
        ("letters", {"max_visits": 24}, "already_signed"),
    ],
)
def test_what_was_issued_or_signed_refuses_the_file(
    full_desk: Desk,
    tmp_path: Path,
    name: str,
    change: dict[str, Any],
    code: str,
) -> None:
    before = exported(full_desk, tmp_path)
    document = practices.a_full_document()
    document[name][0] |= change
    document["clients"][0]["phone"] = "(510) 555-0199"
    with pytest.raises(Refusal) as refused:
        portable.take_in(full_desk, written(tmp_path, document))
    assert (refused.value.code, refused.value.at) == (code, f"/{name}/0")
    assert exported(full_desk, tmp_path) == before


def test_a_signed_letter_can_be_revoked_and_a_signed_note_amended(full_desk: Desk, tmp_path: Path) -> None:
    document = practices.a_full_document()
    document["letters"][0]["revoked_on"] = "2026-11-20"
    document["notes"][0]["addenda"] = [
        {"at": "2026-11-06T10:00:00Z", "by": "s-therapist", "text": "slept well"}
    ]
    counts = portable.take_in(full_desk, written(tmp_path, document))
    assert (counts["letters"].updated, counts["notes"].updated) == (1, 1)


def test_a_voided_invoice_keeps_its_number(full_desk: Desk, tmp_path: Path) -> None:
    document = practices.a_document(
        invoices=[
            practices.an_invoice("i-8", "2026-11-06", practices.a_line("y-1"), client="c-other"),
            practices.an_invoice("i-9", "2026-11-07", practices.a_line("y-2"), client="c-other"),
        ],
    )
    portable.take_in(full_desk, written(tmp_path, document))
    document["invoices"][0]["void"] = {"on": "2026-11-08", "reason": "wrong client"}
    portable.take_in(full_desk, written(tmp_path, document))
    numbers = {
        item["id"]: (item["number"], "void" in item) for item in exported(full_desk, tmp_path)["invoices"]
    }
    assert numbers == {
        "i-1": ("R-2026-000001", False),
        "i-8": ("R-2026-000002", True),
        "i-9": ("R-2026-000003", False),
    }


def test_a_dry_run_tells_and_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    before = exported(desk, tmp_path)
    counts = portable.take_in(desk, written(tmp_path, practices.a_full_document()), dry_run=True)
    assert counts["invoices"].added == 1
    assert exported(desk, tmp_path) == before


def test_an_overlap_with_a_visit_on_file_refuses_the_whole_file(full_desk: Desk, tmp_path: Path) -> None:
    before = exported(full_desk, tmp_path)
    document = practices.a_document(
        clients=[practices.a_client("c-new", "Freya", "Holm")],
        appointments=[practices.an_appointment("a-9", "2026-12-02T16:30", client="c-new", state="confirmed")],
    )
    with pytest.raises(Refusal) as refused:
        portable.take_in(full_desk, written(tmp_path, document))
    assert refused.value.code == "overlap"
    assert exported(full_desk, tmp_path) == before


def test_numbers_that_came_along_are_kept_and_continued(desk: Desk, tmp_path: Path) -> None:
    invoices = [
        practices.an_invoice("i-1", "2026-03-01", practices.a_line("x-1"), number="R-2026-000122"),
        practices.an_invoice("i-2", "2026-02-01", practices.a_line("x-2")),
        practices.an_invoice("i-3", "2025-02-01", practices.a_line("x-3"), number="A-17"),
        practices.an_invoice("i-4", "2025-02-01", practices.a_line("x-4")),
    ]
    portable.take_in(desk, written(tmp_path, practices.a_document(invoices=invoices)))
    numbers = {item["id"]: item["number"] for item in exported(desk, tmp_path)["invoices"]}
    assert numbers == {"i-1": "R-2026-000122", "i-2": "R-2026-000123", "i-3": "A-17", "i-4": "R-2025-000001"}


def test_moving_to_another_zone_moves_what_visits_hold(full_desk: Desk, tmp_path: Path) -> None:
    document = practices.a_full_document()
    document["practice"]["time_zone"] = "America/New_York"
    portable.take_in(full_desk, written(tmp_path, document))
    clash = practices.a_document(
        practice=document["practice"],
        appointments=[
            practices.an_appointment("a-9", "2026-12-02T16:00", state="confirmed", client="c-other")
        ],
    )
    with pytest.raises(Refusal, match="overlap"):
        portable.take_in(full_desk, written(tmp_path, clash))
