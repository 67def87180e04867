"""Clients found while somebody types, also where a finger slips, and twins before they are made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import clients
from clinic.office.proposals import usual
from clinic.values import ClientId
from tests import practices

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("search")
    people = [
        ("Odile", "Marchetti"),
        ("Marcus", "Chen"),
        ("Hạnh", "Nguyễn"),
        ("Zoë", "O'Neil"),
        ("Marc", "Hetti"),
    ]
    document = practices.a_document(
        clients=[
            practices.a_client(
                f"c-{at}", given, family, phone=f"(510) 555-01{at}7", born=f"1974-03-0{at + 1}"
            )
            for at, (given, family) in enumerate(people)
        ]
    )
    opened = practices.sit_down(practices.make(folder, document))
    yield opened
    opened.close()


def found(desk: Desk, typed: str) -> list[str]:
    return [each.name for each in desk.reading(partial(clients.search, typed=typed))]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("march odi", "Odile Marchetti"),
        ("marhcetti", "Odile Marchetti"),
        ("odlie", "Odile Marchetti"),
        ("dile marchetti", "Odile Marchetti"),
        ("nguyem", "Hạnh Nguyễn"),
        ("5550127", "Hạnh Nguyễn"),
        ("0137", "Zoë O'Neil"),
        ("03/02/1974", "Marcus Chen"),
        ("3/5/1974", "Marc Hetti"),
        ("oneil", "Zoë O'Neil"),
    ],
)
def test_somebody_is_found_by_what_is_typed(desk: Desk, typed: str, who: str) -> None:
    assert found(desk, typed)[:1] == [who]


@pytest.mark.parametrize("typed", ["xqzw", "li", "99", "?", ""])
def test_what_is_like_nobody_finds_nobody(desk: Desk, typed: str) -> None:
    assert found(desk, typed) == []


@pytest.mark.parametrize(
    ("given", "family", "phone", "who"),
    [
        ("Odile", "Marcheti", "", ["Odile Marchetti"]),
        ("Marchetti", "Odile", "", ["Odile Marchetti"]),
        ("Nobody", "Known", "+1 510 555 0107", ["Odile Marchetti"]),
        ("Odile", "", "", []),
        ("Ada", "Bright", "12", []),
    ],
)
def test_whoever_may_be_on_file_already_is_named(
    desk: Desk, given: str, family: str, phone: str, who: list[str]
) -> None:
    twins = desk.reading(partial(clients.twins, given_name=given, family_name=family, phone=phone))
    assert [each.name for each in twins] == who


def test_what_is_still_to_ask_is_told_with_the_client(desk: Desk) -> None:
    assert desk.reading(partial(usual, client=ClientId("c-0"))).missing == ("email", "emergency")
