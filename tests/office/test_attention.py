"""What needs attention: everything that is there is told, nothing else is, and at one price."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from clinic.office import attention, credentials, custody, sign_in
from clinic.office.attention import Why
from clinic.storage.work import Work
from clinic.values import Money, Refusal, StaffId
from tests import practices
from tests.practices import a_client, a_letter, a_line, an_appointment, an_invoice
from tests.ui.screens.a_day import a_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clinic.office.desk import Desk


@pytest.fixture
def opened(tmp_path: Path) -> Any:
    desks: list[Desk] = []

    def opening(document: dict[str, Any], person: str = "owner") -> Desk:
        folder = tmp_path / str(len(desks))
        folder.mkdir()
        desks.append(practices.sit_down(practices.make(folder, document), person))
        return desks[-1]

    yield opening
    for desk in desks:
        desk.close()


def told(desk: Desk) -> set[tuple[Why, str]]:
    return {(item.why, item.name) for item in desk.reading(attention.items)}


def test_a_day_is_told_whole(opened: Callable[..., Desk]) -> None:
    assert told(opened(a_document())) == {
        (Why.BACKUP_OVERDUE, ""),
        (Why.AFTER_LETTER, "Odile Marchetti"),
        (Why.BEYOND_LETTER, "Hạnh Nguyễn"),
        (Why.UNPAID, "Odile Marchetti"),
        (Why.UNCHARGED, "Maximiliane-Konstantina Theodora von Hohenberg-Oyelaran y Castellanos"),
        (Why.FEE_OPEN, "明子 山本"),
        (Why.UNSIGNED, "Odile Marchetti"),
        (Why.CERTIFICATE_ENDS, "Tomás Rivera"),
    }


def test_a_calm_practice_needs_nothing(opened: Callable[..., Desk]) -> None:
    desk = opened(practices.a_document())
    custody.back_up(desk)
    assert desk.reading(attention.items) == ()


@pytest.mark.parametrize(
    ("letter", "why"),
    [
        ({"ends_on": "2026-12-10"}, Why.LETTER_ENDS),
        ({"max_visits": 3}, Why.FEW_VISITS),
        ({"max_visits": 12}, None),
        ({"ends_on": "2026-10-01"}, None),
        ({"revoked_on": "2026-11-10", "ends_on": "2026-12-10"}, None),
    ],
)
def test_a_letter_runs_out_by_day_or_by_number(
    opened: Callable[..., Desk], letter: dict[str, Any], why: Why | None
) -> None:
    document = practices.a_document(
        letters=[a_letter(**letter)],
        appointments=[an_appointment("a-1", "2026-11-04T16:00")],
        invoices=[an_invoice("i-1", "2026-11-04", a_line("x-1", appointment="a-1"))],
        payments=[practices.a_payment("p-1", "2026-11-04", 12500)],
    )
    desk = opened(document)
    custody.back_up(desk)
    assert [item.why for item in desk.reading(attention.items)] == ([why] if why else [])


@pytest.mark.parametrize(("used", "left"), [(5, []), (6, [2]), (7, [1])])
def test_c44_a_letter_of_eight_visits_runs_out_with_the_last_two(
    opened: Callable[..., Desk], used: int, left: list[int]
) -> None:
    days = [f"2026-{month:02}-{day:02}" for month in (9, 10, 11) for day in (2, 9, 16)][:used]
    document = practices.a_document(
        letters=[a_letter(max_visits=8)],
        appointments=[an_appointment(f"a-{n}", f"{day}T16:00") for n, day in enumerate(days)],
        invoices=[
            an_invoice(f"i-{n}", day, a_line(f"x-{n}", appointment=f"a-{n}")) for n, day in enumerate(days)
        ],
        payments=[practices.a_payment(f"p-{n}", day, 12500) for n, day in enumerate(days)],
    )
    items = opened(document).reading(attention.items)
    assert [item.count for item in items if item.why is Why.FEW_VISITS] == left


def test_a_letter_that_another_one_follows_does_not_run_out(opened: Callable[..., Desk]) -> None:
    document = practices.a_document(
        letters=[
            a_letter(ends_on="2026-12-01"),
            a_letter("l-2", number="L-2026-015", signed_on="2026-11-10", ends_on="2027-06-30"),
        ],
        appointments=[an_appointment("a-1", "2026-12-08T16:00", state="confirmed")],
    )
    desk = opened(document)
    custody.back_up(desk)
    assert desk.reading(attention.items) == ()


def test_somebody_who_comes_no_more_is_left_in_peace(opened: Callable[..., Desk]) -> None:
    document = practices.a_document(
        letters=[a_letter(ends_on="2026-12-01")],
        appointments=[an_appointment("a-1", "2026-08-04T16:00")],
    )
    desk = opened(document)
    custody.back_up(desk)
    assert desk.reading(attention.items) == ()


def test_what_is_owed_is_told_to_the_cent(opened: Callable[..., Desk]) -> None:
    document = a_document()
    document["payments"].append(practices.a_payment("p-2", "2026-11-18", 5050, client="c-other"))
    document["payments"][-1]["allocations"] = [{"line": "x-2", "amount_cents": 5050}]
    items = opened(document).reading(attention.items)
    assert [item.amount for item in items if item.why is Why.UNPAID] == [Money(7450)]


def test_a_therapist_is_told_of_own_visits_and_own_papers(opened: Callable[..., Desk]) -> None:
    found = told(opened(a_document(), "s-therapist"))
    assert (Why.CERTIFICATE_ENDS, "Tomás Rivera") in found
    assert (Why.UNPAID, "Odile Marchetti") not in found
    assert (Why.BEYOND_LETTER, "Hạnh Nguyễn") in found


def test_the_front_desk_is_told_of_no_note(opened: Callable[..., Desk]) -> None:
    assert Why.UNSIGNED not in {why for why, _name in told(opened(a_document(), "s-desk"))}


def test_who_may_not_renew_gets_no_link_to_it(opened: Callable[..., Desk]) -> None:
    for person, staff in (("owner", "s-therapist"), ("s-therapist", None)):
        items = opened(a_document(), person).reading(attention.items)
        assert [item.staff for item in items if item.why is Why.CERTIFICATE_ENDS] == [staff]


def test_the_visits_of_one_client_that_wait_for_the_same_are_one_entry(opened: Callable[..., Desk]) -> None:
    document = practices.a_document()
    document["clients"] += [a_client("c-two", "Ana", "Ferreira"), a_client("c-three", "Ana", "Ferreira")]
    for n, (client, day) in enumerate(
        (("c-two", "2026-12-02"), ("c-two", "2026-12-01"), ("c-two", "2026-12-09"), ("c-three", "2026-12-03"))
    ):
        document["appointments"].append(
            an_appointment(f"a-{n}", f"{day}T16:00", client=client, state="confirmed")
        )
    desk = opened(document)
    custody.back_up(desk)
    items = [item for item in desk.reading(attention.items) if item.why is Why.QUESTIONS_OPEN]
    assert [(item.client, item.appointment, item.on, item.count) for item in items] == [
        ("c-two", "a-1", date(2026, 12, 1), 3),
        ("c-three", "a-3", date(2026, 12, 3), 1),
    ]


def test_what_is_owed_for_several_visits_is_one_sum(opened: Callable[..., Desk]) -> None:
    days = ("2026-11-04", "2026-11-10", "2026-11-18")
    document = practices.a_document(
        appointments=[an_appointment(f"a-{n}", f"{day}T08:00") for n, day in enumerate(days)],
        invoices=[
            an_invoice(f"i-{n}", day, a_line(f"x-{n}", appointment=f"a-{n}")) for n, day in enumerate(days)
        ],
    )
    (item,) = (each for each in opened(document).reading(attention.items) if each.why is Why.UNPAID)
    assert (item.amount, item.count, item.on) == (Money(3 * 12500), 3, date(2026, 11, 18))


def test_the_most_urgent_comes_first_and_of_a_kind_what_is_of_today(opened: Callable[..., Desk]) -> None:
    kinds = list(Why)
    stops = (Why.FLAG_EMERGENCY, Why.FLAG_REFUSES, Why.FLAG_HOLDS, Why.CLEARANCE_TO_ASK)
    assert tuple(kinds[: len(stops)]) == stops
    document = a_document()
    days = {"a-past": "2026-11-12T16:00", "a-now": "2026-11-18T07:00", "a-older": "2026-11-09T16:00"}
    for n, (visit, at) in enumerate(days.items()):
        document["clients"].append(a_client(f"m-{n}", "Ana", f"Ferreira{n}"))
        document["appointments"].append(an_appointment(visit, at, client=f"m-{n}"))
    items = opened(document).reading(attention.items)
    assert [kinds.index(item.why) for item in items] == sorted(kinds.index(item.why) for item in items)
    of_today = [item.on == practices.NOW.date() for item in items if item.why is Why.UNCHARGED]
    assert of_today == sorted(of_today, reverse=True)
    assert True in of_today
    assert False in of_today


def asked(desk: Desk) -> int:
    """Count the questions the list takes."""
    count = 0

    def counted(*_facts: object) -> None:
        nonlocal count
        count += 1

    with Work(desk.vault, desk.actor, practices.NOW, reading=True) as work:
        engine = work.session.connection().engine
        event.listen(engine, "before_cursor_execute", counted)
        attention.items(work)
        event.remove(engine, "before_cursor_execute", counted)
    return count


def test_many_clients_take_as_many_questions_as_few(opened: Callable[..., Desk]) -> None:
    few = a_document()
    many = a_document()
    for n in range(40):
        many["clients"].append(a_client(f"m-{n}", "Ana", f"Ferreira{n}"))
        many["letters"].append(
            a_letter(
                f"ml-{n}", f"m-{n}", number=f"L-X-{n}", patient_name=f"Ana Ferreira{n}", ends_on="2026-12-05"
            )
        )
        many["appointments"].append(
            an_appointment(
                f"ma-{n}", f"2027-01-{n % 28 + 1:02}T{9 + n // 28:02}:00", client=f"m-{n}", state="confirmed"
            )
        )
    small, large = opened(few), opened(many)
    assert asked(large) == asked(small)
    each = 2  # a letter that runs out, and health questions that nobody asked
    assert len(large.reading(attention.items)) == len(small.reading(attention.items)) + 40 * each


def test_a_policy_that_ends_is_renewed_and_put_back(opened: Callable[..., Desk]) -> None:
    document = practices.a_document()
    document["staff"][0]["policies"] = [
        {
            "type": "professional",
            "insurer": "Harborline",
            "number": "P-1",
            "effective": "2025-12-01",
            "expires": "2026-12-01",
        }
    ]
    desk = opened(document)
    custody.back_up(desk)
    assert told(desk) == {(Why.POLICY_ENDS, "Maren Okafor")}
    before, _topics = desk.writing(
        partial(credentials.renew_policy, staff=StaffId("owner"), until=date(2027, 12, 1))
    )
    assert told(desk) == set()
    desk.writing(partial(credentials.put_back, before=before))
    assert told(desk) == {(Why.POLICY_ENDS, "Maren Okafor")}


@pytest.mark.parametrize("renew", [credentials.renew_certificate, credentials.renew_policy])
def test_a_renewal_that_is_no_later_is_refused(opened: Callable[..., Desk], renew: Any) -> None:
    desk = opened(practices.a_document())
    with pytest.raises(Refusal, match="not_later"):
        desk.writing(partial(renew, staff=StaffId("owner"), until=date(2026, 12, 1)))


def test_a_fresh_practice_is_not_asked_for_a_backup_on_its_first_day(tmp_path: Path) -> None:
    new = sign_in.NewPractice("Fern & Harbor", "Maren Okafor", practices.PASSWORD, "America/Los_Angeles")
    desk, _ = sign_in.create(tmp_path / "new.clinic", new, cost=practices.CHEAP, clock=lambda: practices.NOW)
    assert told(desk) == {(Why.NOTHING_OFFERED, "")}
    desk.clock = lambda: practices.NOW + timedelta(days=8)
    assert told(desk) == {(Why.NOTHING_OFFERED, ""), (Why.BACKUP_OVERDUE, "")}
    desk.close()


def test_an_empty_price_list_is_told_to_whoever_sets_the_prices(opened: Callable[..., Desk]) -> None:
    nothing = (Why.NOTHING_OFFERED, "")
    assert nothing not in told(opened(practices.a_document()))
    retired = [{**each, "active": False} for each in practices.a_document()["treatments"]]
    bare = practices.a_document(treatments=retired)
    assert nothing in told(opened(bare))
    assert nothing not in told(opened(bare, "s-therapist"))
