"""The file itself refuses what must never be, whoever asks and however."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import IntegrityError

from clinic.values import HOLDING, Refusal, State
from tests.storage.cabinet import book, insert, issue, value

if TYPE_CHECKING:
    import random

    from clinic.storage.vault import Vault


def refused(vault: Vault, statement: str) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refusal) as refusal, vault.connect() as opened, opened.begin():
        opened.exec_driver_sql(statement)
    return refusal.value.code, refusal.value.facts


def test_a_therapist_is_in_one_place_at_a_time(vault: Vault) -> None:
    with vault.connect() as opened, opened.begin():
        book(opened, "a", 600, 660)
        book(opened, "after", 660, 720)
        book(opened, "before", 540, 600)
        book(opened, "elsewhere", 600, 660, staff="second")
    for start, end in ((600, 660), (599, 601), (630, 640), (100, 700), (659, 661)):
        with pytest.raises(Refusal) as refusal, vault.connect() as opened, opened.begin():
            book(opened, "b", start, end)
        assert (refusal.value.code, refusal.value.facts) == ("slot_taken", {"by": "staff"})


def test_a_room_holds_one_client_at_a_time(vault: Vault) -> None:
    with vault.connect() as opened, opened.begin():
        book(opened, "a", 600, 660, room="front")
    with pytest.raises(Refusal) as refusal, vault.connect() as opened, opened.begin():
        book(opened, "b", 630, 690, room="front", staff="second")
    assert refusal.value.facts == {"by": "room"}


def test_what_was_cancelled_holds_nothing_until_it_comes_back(vault: Vault) -> None:
    with vault.connect() as opened, opened.begin():
        book(opened, "a", 600, 660, state="cancelled")
        book(opened, "b", 630, 690)
    assert refused(vault, "UPDATE appointments SET state = 'confirmed' WHERE id = 'a'")[0] == "slot_taken"


@pytest.mark.parametrize("change", ["held_from = 590, held_to = 650", "staff = 'owner'"])
def test_moving_and_handing_over_are_checked_as_well(vault: Vault, change: str) -> None:
    with vault.connect() as opened, opened.begin():
        book(opened, "a", 600, 660)
        book(opened, "b", 600, 660, staff="second")
        book(opened, "c", 700, 760)
    mover = "b" if "staff" in change else "c"
    assert refused(vault, f"UPDATE appointments SET {change} WHERE id = '{mover}'")[0] == "slot_taken"  # noqa: S608


def test_the_guard_and_the_rules_agree_on_which_states_hold_a_slot(vault: Vault) -> None:
    for n, state in enumerate(State):
        with vault.connect() as opened, opened.begin():
            book(opened, f"a{n}", n * 100, n * 100 + 60, state=state.value)
        with vault.connect() as opened:
            try:
                with opened.begin():
                    book(opened, f"b{n}", n * 100, n * 100 + 60)
                held = False
            except Refusal:
                held = True
        assert held is (state in HOLDING), state


@pytest.mark.sweep(2000)
def test_the_guard_finds_every_overlap_and_no_other(vault: Vault, rounds: int, dice: random.Random) -> None:
    taken: list[tuple[int, int]] = []
    with vault.connect() as opened:
        for n in range(rounds):
            start = dice.randrange(20_000)
            end = start + dice.choice((15, 60, 90, 720, 1440))
            free = all(end <= s or e <= start for s, e in taken)
            try:
                with opened.begin():
                    book(opened, str(n), start, end)
                taken.append((start, end))
                booked = True
            except Refusal:
                booked = False
            assert booked is free, (start, end)


@pytest.mark.parametrize("held", [(600, 600), (660, 600), (0, 1441)])
def test_an_entry_has_a_length_that_a_day_can_hold(vault: Vault, held: tuple[int, int]) -> None:
    with pytest.raises(IntegrityError), vault.connect() as opened, opened.begin():
        book(opened, "a", *held)


def test_the_trail_is_only_ever_added_to(vault: Vault) -> None:
    assert refused(vault, "UPDATE audit SET person = 'second'")[0] == "trail_is_final"
    assert refused(vault, "DELETE FROM audit")[0] == "trail_is_final"


def test_what_was_issued_stays_as_it_was(vault: Vault) -> None:
    issue(vault, 1)
    for statement in (
        "UPDATE papers SET sheet = x'00'",
        "UPDATE papers SET number = 'X'",
        "DELETE FROM papers",
        "DELETE FROM counters",
        "UPDATE counters SET last = 0",
    ):
        assert refused(vault, statement)[0] in {"paper_is_final", "number_goes_back"}


def test_pages_are_kept_once_and_copies_are_counted_on(vault: Vault) -> None:
    issue(vault, 1)
    with vault.connect() as opened, opened.begin():
        opened.exec_driver_sql("UPDATE papers SET pages = x'01', pages_hash = 'h'")
        opened.exec_driver_sql("UPDATE papers SET copies = copies + 1")
    assert refused(vault, "UPDATE papers SET pages = x'02'")[0] == "paper_is_final"
    assert value(vault, "SELECT copies FROM papers") == 1


def test_a_line_that_was_charged_stays_as_it_was(vault: Vault) -> None:
    with vault.connect() as opened, opened.begin():
        insert(
            opened, "invoices", id="i1", client="c1", issued_on="2026-11-23", number="R-2026-0001", version=1
        )
        insert(
            opened,
            "lines",
            id="l1",
            invoice="i1",
            position=1,
            kind="treatment",
            text="60 min",
            price_cents=9000,
        )
        opened.exec_driver_sql("UPDATE invoices SET void_on = '2026-11-24'")
    for statement in (
        "UPDATE lines SET price_cents = 1",
        "UPDATE lines SET discount_cents = 1",
        "UPDATE lines SET kind = 'tip'",
        "DELETE FROM lines",
        "UPDATE invoices SET number = 'X'",
        "DELETE FROM invoices",
    ):
        assert refused(vault, statement)[0] == "paper_is_final"


def test_a_signed_note_takes_addenda_only(vault: Vault) -> None:
    with vault.connect() as opened, opened.begin():
        book(opened, "a", 600, 660)
        insert(opened, "notes", id="n", appointment="a", written_by="owner", soap="{}", version=1)
        opened.exec_driver_sql("UPDATE notes SET soap = '{1}'")
        opened.exec_driver_sql("UPDATE notes SET signed_at = '2026-11-23T10:00:00.000000Z'")
        opened.exec_driver_sql("UPDATE notes SET addenda = '[]'")
    assert refused(vault, "UPDATE notes SET soap = '{2}'")[0] == "note_is_signed"
    assert refused(vault, "UPDATE notes SET signed_at = NULL")[0] == "note_is_signed"


def test_an_operation_is_carried_out_once(vault: Vault) -> None:
    with vault.connect() as opened, opened.begin():
        insert(opened, "operations", id="o", task="pay", outcome="{}", done_at="2026-11-23T10:00:00.000000Z")
    assert refused(vault, "DELETE FROM operations")[0] == "paper_is_final"
    assert refused(vault, "UPDATE operations SET outcome = 'x'")[0] == "paper_is_final"
