"""What the owner looks after: colleagues and their ways in, the price list, rooms, and the backups' second place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.office import custody, openings, practice, price_list, sign_in, taking_back, upkeep
from clinic.storage.work import Work
from clinic.values import BlockKind, Money, Purpose, Refusal, Role, RoomId, StaffId, Technique, Trouble
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.values import TreatmentId

THERAPIST = StaffId("s-therapist")
WHY = "The lease went up"


@pytest.fixture
def desk(fresh_practice: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = practices.sit_down(practices.copied(fresh_practice, tmp_path))
    opened.confirm()
    yield opened
    opened.close()


def some_treatment(desk: Desk) -> TreatmentId:
    return desk.reading(practice.treatments)[0].id


def test_a_price_is_changed_and_what_it_was_is_told(desk: Desk) -> None:
    key = some_treatment(desk)
    file = desk.reading(partial(price_list.treatment, treatment=key))
    changes = {"price_cents": 14_000, "buffer_after": 20}
    before, _ = desk.writing(
        partial(price_list.change_treatment, treatment=key, changes=changes, version=file.version, reason=WHY)
    )
    assert before["price_cents"] == file.price.cents
    now = desk.reading(partial(price_list.treatment, treatment=key))
    assert (now.price, now.buffer_after) == (Money(14_000), 20)


@pytest.mark.parametrize(
    ("field", "value"), [("minutes", 0), ("minutes", 721), ("price_cents", -1), ("buffer_after", 241)]
)
def test_what_no_visit_can_be_is_refused_at_its_field(desk: Desk, field: str, value: int) -> None:
    key = some_treatment(desk)
    with pytest.raises(Refusal, match="out_of_range") as refused:
        desk.writing(
            partial(price_list.change_treatment, treatment=key, changes={field: value}, version=1, reason=WHY)
        )
    assert refused.value.at == field


def test_prices_and_staff_need_the_password_and_a_reason(desk: Desk) -> None:
    key = some_treatment(desk)
    change = partial(price_list.change_treatment, treatment=key, changes={}, version=1)
    with pytest.raises(Refusal, match="reason_missing"):
        desk.writing(partial(change, reason=" "))
    stale = replace(desk.actor, confirmed_at=None)
    with pytest.raises(Refusal, match="password_again"), Work(desk.vault, stale, practices.NOW) as work:
        change(work, reason=WHY)


def test_a_treatment_is_added_and_retired(desk: Desk) -> None:
    offered = partial(
        price_list.offer,
        name="Scalp and neck",
        technique=Technique.SWEDISH,
        purpose=Purpose.RELAXATION,
        minutes=30,
        price=Money(5_500),
        reason=WHY,
    )
    key, _ = desk.writing(offered)
    desk.writing(
        partial(price_list.change_treatment, treatment=key, changes={"active": False}, version=1, reason=WHY)
    )
    assert key not in {each.id for each in desk.reading(practice.treatments)}
    assert key in {each.id for each in desk.reading(partial(practice.treatments, retired=True))}


def test_a_name_is_needed_everywhere(desk: Desk) -> None:
    key = some_treatment(desk)
    room, _ = desk.writing(partial(practice.add_room, name="Hearth"))
    for task in (
        partial(price_list.change_treatment, treatment=key, changes={"name": " "}, version=1, reason=WHY),
        partial(practice.change_colleague, staff=THERAPIST, changes={"name": ""}, version=1, reason=WHY),
        partial(practice.rename_room, room=room, name=" "),
    ):
        with pytest.raises(Refusal, match="name_missing"):
            desk.writing(task)


def test_a_room_is_renamed(desk: Desk) -> None:
    room, _ = desk.writing(partial(practice.add_room, name="Hearth"))
    before, _ = desk.writing(partial(practice.rename_room, room=RoomId(room), name="Harbor"))
    assert before == "Hearth"
    assert "Harbor" in {place.name for place in desk.reading(practice.rooms)}


def test_a_room_with_times_kept_free_and_a_colleague_who_treats_are_not_taken_back(full_desk: Desk) -> None:
    willow = RoomId("r-willow")
    rooms, people = full_desk.reading(practice.rooms), full_desk.reading(practice.colleagues)
    full_desk.confirm()
    block = partial(openings.add_block, begins=practices.NOW.replace(tzinfo=None), ends=None, room=willow)
    full_desk.writing(partial(block, kind=BlockKind.OTHER))
    for task in (
        partial(taking_back.room, room=willow),
        partial(taking_back.colleague, staff=THERAPIST, reason=WHY),
    ):
        with pytest.raises(Refusal, match="still_named"):
            full_desk.writing(task)
    assert (full_desk.reading(practice.rooms), full_desk.reading(practice.colleagues)) == (rooms, people)


def test_the_last_owner_stays_one(desk: Desk) -> None:
    me = desk.reading(partial(upkeep.colleague, staff=StaffId("owner")))
    with pytest.raises(Refusal, match="last_owner"):
        desk.writing(
            partial(
                practice.change_colleague,
                staff=me.id,
                changes={"role": Role.THERAPIST},
                version=me.version,
                reason=WHY,
            )
        )


def test_an_npi_with_a_slip_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="wrong_npi"):
        desk.writing(
            partial(
                practice.change_colleague,
                staff=THERAPIST,
                changes={"npi": "1234567890"},
                version=1,
                reason=WHY,
            )
        )
    head = desk.reading(practice.letterhead)
    with pytest.raises(Refusal, match="wrong_npi"):
        desk.writing(partial(practice.change_letterhead, changes={"npi": "1234567890"}, version=head.version))


def test_who_leaves_can_no_longer_sign_in(desk: Desk) -> None:
    assert desk.reading(partial(upkeep.colleague, staff=THERAPIST)).signs_in
    desk.writing(partial(upkeep.end_access, staff=THERAPIST, reason="Moved away"))
    assert THERAPIST not in desk.reading(upkeep.ways_in)
    with pytest.raises(Trouble, match="unknown_person"):
        practices.sit_down(desk.vault.path, "s-therapist")


def test_nobody_ends_their_own_way_in(desk: Desk) -> None:
    with pytest.raises(Refusal, match="own_access"):
        desk.writing(partial(upkeep.end_access, staff=StaffId("owner"), reason=WHY))


def test_a_new_recovery_key_opens_and_the_old_one_no_more(fresh_practice: Path, desk: Desk) -> None:
    first, _ = desk.writing(partial(upkeep.renew_recovery, reason="Lost", cost=practices.CHEAP))
    second, _ = desk.writing(partial(upkeep.renew_recovery, reason="Lost again", cost=practices.CHEAP))
    path = desk.vault.path
    with pytest.raises(Trouble, match="wrong_recovery_key"):
        sign_in.sign_in_with_recovery(path, first, practices.PASSWORD, cost=practices.CHEAP)
    opened = sign_in.sign_in_with_recovery(path, second, practices.PASSWORD, cost=practices.CHEAP)
    opened.close()
    assert fresh_practice != path


def test_a_backup_is_tried_and_leaves_nothing_behind(desk: Desk) -> None:
    made = custody.back_up(desk)
    assert desk.reading(custody.last_tried) is None
    found = custody.try_restore(desk, made.path)
    assert found
    assert all(each.ok for each in found)
    assert desk.reading(custody.last_tried) == practices.NOW
    assert [entry.name for entry in made.path.parent.iterdir()] == [made.path.name]


def test_a_damaged_backup_fails_its_trial_and_says_so(desk: Desk) -> None:
    made = custody.back_up(desk)
    whole = bytearray(made.path.read_bytes())
    whole[len(whole) // 3] ^= 1
    made.path.write_bytes(whole)
    with pytest.raises(Trouble, match="damaged_backup"):
        custody.try_restore(desk, made.path)
    assert desk.reading(custody.last_tried) is None


def test_copies_go_to_the_second_place_when_it_is_there(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    desk.writing(partial(custody.choose_second, folder=stick))
    assert custody.back_up_if_due(desk)
    assert custody.copies(desk).second_last is None
    stick.mkdir()
    desk.writing(partial(practice.add_room, name="Hearth"))
    later = replace_clock(desk, hours=2)
    assert custody.back_up_if_due(later)
    told = custody.copies(later)
    assert told.second == stick
    assert told.second_last is not None
    assert len(told.own) == 2
    assert told.own[0].sequence > told.own[1].sequence


def replace_clock(desk: Desk, *, hours: int) -> Desk:
    return replace(desk, clock=lambda: practices.NOW + timedelta(hours=hours))
