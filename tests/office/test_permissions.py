"""Every task of the office, tried as every role: what the table does not grant is denied, and that is on record."""

from __future__ import annotations

import inspect
import pkgutil
import re
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

import clinic.office
from clinic.office import booking, clients, letters, till
from clinic.records import AuditRow
from clinic.rules.permissions import TABLE, Permission, Reach, reach
from clinic.storage.work import Actor, Work
from clinic.values import AppointmentId, ClientId, LetterId, LetterKind, Refusal, Role, StaffId
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clinic.office.desk import Desk

PERSON = {
    Role.OWNER: "owner",
    Role.THERAPIST: "s-therapist",
    Role.FRONT_DESK: "s-desk",
    Role.BOOKKEEPER: "s-books",
}


def tasks() -> list[tuple[Callable[..., Any], Permission]]:
    """Every public function of the office that takes a Work, with the leave it asks first."""
    found = {}
    for module in pkgutil.walk_packages(clinic.office.__path__, "clinic.office."):
        for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if (
                not name.startswith("_")
                and first == "work"
                and function.__module__.startswith("clinic.office")
            ):
                asked = re.search(r"work\.require\(\s*Permission\.(\w+)", inspect.getsource(function))
                assert asked is not None
                found[f"{function.__module__}.{name}"] = (function, Permission[asked[1]])
    return [found[name] for name in sorted(found)]


def denied() -> list[Any]:
    return [
        pytest.param(
            function, role, id=f"{function.__module__.split('.')[-1]}.{function.__name__}-{role.value}"
        )
        for function, permission in tasks()
        for role in Role
        if reach(role, permission) is Reach.NONE
    ]


def dummies(function: Callable[..., Any]) -> dict[str, Any]:
    """Something for every argument: a task that may not be done looks at none of them."""
    return {
        name: parameter.default if parameter.default is not parameter.empty else None
        for name, parameter in list(inspect.signature(function).parameters.items())[1:]
    }


@pytest.fixture(scope="module")
def practice(full_practice: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.copied(full_practice, tmp_path_factory.mktemp("roles"))


@pytest.fixture(scope="module")
def owner(practice: Path) -> Any:
    opened = practices.sit_down(practice)
    yield opened
    opened.close()


def test_there_are_tasks_to_try() -> None:
    assert len(tasks()) > 40


@pytest.mark.parametrize(("function", "role"), denied())
def test_a_task_that_a_role_may_not_do_is_denied_and_the_denial_kept(
    owner: Desk,
    function: Callable[..., Any],
    role: Role,
) -> None:
    actor = Actor(StaffId(PERSON[role]), role, practices.NOW)
    with pytest.raises(Refusal) as refused, Work(owner.vault, actor, practices.NOW) as work:
        function(work, **dummies(function))
    assert refused.value.code == "not_allowed"
    with Work(owner.vault, owner.actor, practices.NOW, reading=True) as work:
        last = work.run(
            select(AuditRow.action, AuditRow.person).order_by(AuditRow.sequence.desc()).limit(1)
        ).one()
    assert tuple(last) == ("denied", PERSON[role])


def as_therapist(owner: Desk) -> Work:
    return Work(owner.vault, Actor(StaffId("s-therapist"), Role.THERAPIST, practices.NOW), practices.NOW)


STRANGERS: list[Callable[[Work], object]] = [
    lambda work: clients.details(work, ClientId("c-other")),
    lambda work: clients.edit(work, ClientId("c-other"), {"phone": "1"}, version=1),
    lambda work: letters.add(work, client=ClientId("c-other"), kind=LetterKind.LMN),
    lambda work: till.check_out(work, operation="o", client=ClientId("c-other"), charges=()),
    lambda work: booking.move(work, AppointmentId("a-2"), at=practices.NOW.replace(tzinfo=None)),
]


@pytest.mark.parametrize("task", STRANGERS)
def test_a_therapist_is_denied_other_therapists_clients(owner: Desk, task: Callable[[Work], object]) -> None:
    with pytest.raises(Refusal, match="not_allowed"), as_therapist(owner) as work:
        task(work)


def test_a_therapist_finds_only_own_clients(owner: Desk) -> None:
    with as_therapist(owner) as work:
        assert [found.id for found in clients.search(work, "n")] == ["c-own"]
        assert clients.search(work, "Marchetti") == ()
        assert clients.count(work) == 1


def test_a_therapist_opens_own_clients(owner: Desk) -> None:
    with as_therapist(owner) as work:
        assert clients.details(work, ClientId("c-own")).phone == "(510) 555-0168"
        assert letters.scans(work, LetterId("l-1")) == ()


def test_a_bookkeeper_sees_names_and_no_phone(owner: Desk) -> None:
    books = Actor(StaffId("s-books"), Role.BOOKKEEPER, practices.NOW)
    with Work(owner.vault, books, practices.NOW, reading=True) as work:
        assert [(found.name, found.phone, found.born) for found in clients.search(work, "hanh")] == [
            ("Hạnh Nguyễn", None, None),
        ]


def test_what_needs_a_password_again_needs_it_fresh(owner: Desk) -> None:
    stale = replace(owner.actor, confirmed_at=None)
    with pytest.raises(Refusal, match="password_again"), Work(owner.vault, stale, practices.NOW) as work:
        work.require(Permission.MONEY_REVERSE, reason="a mistake")


def test_what_needs_a_reason_needs_words(owner: Desk) -> None:
    fresh = owner.actor.confirmed(practices.NOW)
    with pytest.raises(Refusal, match="reason_missing"), Work(owner.vault, fresh, practices.NOW) as work:
        work.require(Permission.MONEY_REVERSE, reason="  ")


def test_every_role_stands_in_the_table() -> None:
    assert set(TABLE) == set(Role)


def test_a_reader_leaves_no_trace_of_looking_at_prices(owner: Desk) -> None:
    with Work(owner.vault, owner.actor, practices.NOW, reading=True) as work:
        before = work.session.scalar(select(func.count()).select_from(AuditRow))
        clients.count(work)
    with Work(owner.vault, owner.actor, practices.NOW, reading=True) as work:
        assert work.session.scalar(select(func.count()).select_from(AuditRow)) == before
