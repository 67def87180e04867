"""Two files of one person made one, and parted again."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from clinic.office import charts, clients, merging
from clinic.records import Appointment, Client, Letter, Payment
from clinic.values import ClientId, Refusal
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

KEPT, GONE = ClientId("c-own"), ClientId("c-twice")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The owner at a practice where one client is on file twice, with records in every list of the second file."""
    document = practices.a_full_document()
    twice = practices.a_client(
        "c-twice", "Hanh", "Nguyễn", phone="(510) 555-0199", email="hanh@post.example", allergies=["nut"]
    )
    document["clients"].append(twice)
    for name in ("letters", "screenings", "appointments", "invoices", "payments", "bundles"):
        for item in document[name]:
            if item["client"] == "c-own":
                item["client"] = "c-twice"
    opened = practices.sit_down(practices.make(tmp_path, document))
    yield opened
    opened.close()


def merged(desk: Desk, **chosen: bool) -> Any:
    return desk.writing(partial(merging.merge, kept=KEPT, gone=GONE, chosen=chosen))[0]


def test_the_preview_tells_what_differs_and_what_moves(desk: Desk) -> None:
    found = desk.reading(partial(merging.preview, kept=KEPT, gone=GONE))
    assert found.differing["phone"] == ("(510) 555-0168", "(510) 555-0199")
    assert "email" not in found.differing  # only one file knows it: nothing to choose
    assert found.moving == {
        "letters": 1,
        "screenings": 1,
        "appointments": 2,
        "invoices": 1,
        "payments": 1,
        "bundles": 1,
    }


def test_everything_moves_and_what_was_chosen_prevails(desk: Desk) -> None:
    merged(desk, phone=True, given_name=False)
    details = desk.reading(partial(clients.details, client=KEPT))
    assert (details.given_name, details.phone, details.email) == (
        "Hạnh",
        "(510) 555-0199",
        "hanh@post.example",
    )
    assert details.allergies == ("nut",)
    chart = desk.reading(partial(charts.chart, client=KEPT))
    assert len(chart.letters) == 1
    assert desk.reading(partial(clients.details, client=GONE)).archived_on is not None
    assert [found.id for found in desk.reading(partial(clients.search, typed="0199"))] == [KEPT]


def test_a_merge_is_taken_back_and_what_came_since_stays(desk: Desk) -> None:
    before = desk.reading(partial(clients.details, client=KEPT))
    key = merged(desk, phone=True)
    desk.writing(
        lambda work: work.add(
            Appointment(
                id="a-later",
                client=KEPT,
                staff="owner",
                treatment="t-60",
                at=practices.NOW.replace(tzinfo=None) + timedelta(days=40),
                minutes=60,
                state="confirmed",
                held_from=40_000_000,
                held_to=40_000_060,
            )
        )
    )
    desk.writing(partial(merging.take_back, merge_=key))
    after = desk.reading(partial(clients.details, client=KEPT))
    assert (after.phone, after.email, after.allergies) == (before.phone, before.email, before.allergies)
    assert desk.reading(lambda work: set(work.session.scalars(select(Letter.client)))) == {GONE}
    assert desk.reading(lambda work: set(work.session.scalars(select(Payment.client)))) == {GONE}
    later = desk.reading(lambda work: work.get(Appointment, "a-later").client)
    assert later == KEPT
    assert desk.reading(partial(clients.details, client=GONE)).archived_on is None
    assert desk.reading(partial(merging.of_client, client=KEPT)) == ()


def test_after_thirty_days_or_twice_it_is_not_taken_back(desk: Desk) -> None:
    key = merged(desk)
    assert desk.reading(partial(merging.of_client, client=KEPT))[0].reversible
    desk.clock = lambda: practices.NOW + timedelta(days=31)
    assert not desk.reading(partial(merging.of_client, client=KEPT))[0].reversible
    with pytest.raises(Refusal, match="merge_settled"):
        desk.writing(partial(merging.take_back, merge_=key))
    desk.clock = practices.clock
    desk.writing(partial(merging.take_back, merge_=key))
    with pytest.raises(Refusal, match="merge_settled"):
        desk.writing(partial(merging.take_back, merge_=key))


def test_a_file_is_not_made_one_with_itself(desk: Desk) -> None:
    with pytest.raises(Refusal, match="same_client"):
        desk.reading(partial(merging.preview, kept=KEPT, gone=KEPT))


def test_a_file_on_hold_stays_as_it_is(desk: Desk) -> None:
    def hold(work: Any) -> None:
        work.get(Client, GONE).hold = {"reason": "a claim", "since": "2026-11-01"}

    desk.writing(hold)
    with pytest.raises(Refusal, match="client_on_hold"):
        merged(desk)


def test_only_details_are_chosen(desk: Desk) -> None:
    with pytest.raises(Refusal, match="unknown_field"):
        merged(desk, sort_key=True)


def test_files_that_are_alike_are_suggested(desk: Desk) -> None:
    assert GONE in [found.id for found in desk.reading(partial(merging.alike, client=KEPT))]


def test_a_copy_is_made_before_two_files_become_one(desk: Desk) -> None:
    before = list(desk.vault.path.parent.rglob("*.backup*")) + list(desk.vault.path.parent.rglob("*backup*"))
    merging.make_one(desk, kept=KEPT, gone=GONE)
    after = list(desk.vault.path.parent.rglob("*.backup*")) + list(desk.vault.path.parent.rglob("*backup*"))
    assert len(after) > len(before)


def test_the_front_desk_sees_no_allergy_in_the_preview(desk: Desk) -> None:
    version = desk.reading(partial(clients.details, client=KEPT)).version
    desk.writing(lambda work: clients.edit(work, KEPT, {"allergies": ["lanolin"]}, version=version))
    assert "allergies" in desk.reading(partial(merging.preview, kept=KEPT, gone=GONE)).differing
    desk.close()
    front = practices.sit_down(desk.vault.path, "s-desk")
    assert "allergies" not in front.reading(partial(merging.preview, kept=KEPT, gone=GONE)).differing
    assert front.reading(partial(clients.details, client=KEPT)).allergies is None
    front.close()


def test_those_who_live_together_are_named(desk: Desk) -> None:
    for key in (KEPT, GONE):
        desk.writing(partial(clients.edit, client=key, changes={"household": "nguyen"}, version=1))
    assert [one.id for one in desk.reading(partial(clients.household, client=KEPT))] == [GONE]
    assert desk.reading(partial(clients.household, client=ClientId("c-other"))) == ()
