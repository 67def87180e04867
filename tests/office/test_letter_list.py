"""The list of letters: who stands in it, in which order, and what it costs to ask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from clinic.office import charts, letter_list
from clinic.office.charts import Standing
from clinic.values import ClientId, LetterId
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.office.letter_list import ListedLetter


def letter(key: str, client: str, **facts: object) -> dict[str, Any]:
    return practices.a_letter(key, client, **({"number": key.upper()} | facts))


def a_document() -> dict[str, Any]:
    return practices.a_document(
        clients=[
            practices.a_client("c-own", "Hạnh", "Nguyễn"),
            practices.a_client("c-other", "Odile", "Marchetti"),
            practices.a_client("c-gone", "Idris", "Vale", archived_on="2026-10-01"),
        ],
        letters=[
            letter("l-active", "c-own", ends_on="2027-06-30"),
            letter("l-soon", "c-other", ends_on="2026-12-01"),
            letter("l-open", "c-other", signed=False, signed_on=None),
            letter("l-old", "c-own", signed_on="2025-03-01", ends_on="2025-12-31"),
            letter("l-older", "c-own", signed_on="2024-03-01", ends_on="2024-12-31"),
            letter("l-gone", "c-gone"),
            letter("l-ahead", "c-own", signed_on="2026-12-01", ends_on="2027-11-30"),
            letter("l-few", "c-other", signed_on="2026-11-01", ends_on="2027-10-31", used_before=12),
        ],
        appointments=[
            practices.an_appointment("a-1", "2026-11-04T16:00"),
            practices.an_appointment("a-2", "2026-11-25T16:00", state="confirmed"),
        ],
    )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = a_document()
    for each in document["letters"]:
        if each["signed_on"] is None:
            del each["signed_on"]
    return practices.make(tmp_path_factory.mktemp("letters"), document)


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = practices.sit_down(practices.copied(template, tmp_path / "p"))
    yield opened
    opened.close()


def ids(rows: tuple[ListedLetter, ...]) -> list[str]:
    return [row.card.id for row in rows]


def test_what_is_not_dated_or_ends_first_stands_first_and_what_ended_stands_apart(desk: Desk) -> None:
    assert ids(desk.reading(letter_list.listed)) == ["l-open", "l-soon", "l-active", "l-few", "l-ahead"]
    ended = desk.reading(partial(letter_list.listed, ended=True))
    assert ids(ended) == ["l-old", "l-older"]


def test_an_archived_clients_letters_rest(desk: Desk) -> None:
    for ended in (False, True):
        rows = desk.reading(partial(letter_list.listed, ended=ended))
        assert "l-gone" not in ids(rows)


def test_each_letter_stands_as_on_its_clients_page(desk: Desk) -> None:
    rows = {row.card.id: row.card for row in desk.reading(letter_list.listed)}
    for client in ("c-own", "c-other"):
        for card in desk.reading(partial(charts.letters, client=ClientId(client))):
            if card.id in rows:
                told = rows[card.id]
                assert (told.standing, told.used, told.planned, told.left, told.missing) == (
                    card.standing,
                    card.used,
                    card.planned,
                    card.left,
                    card.missing,
                )
    assert (rows[LetterId("l-active")].used, rows[LetterId("l-active")].planned) == (1, 1)
    assert rows[LetterId("l-few")].standing is Standing.USED_UP
    assert rows[LetterId("l-ahead")].standing is Standing.COMING


def test_the_clinical_part_stays_on_the_page(desk: Desk) -> None:
    assert all(not row.card.diagnoses and not row.card.issuer for row in desk.reading(letter_list.listed))


@pytest.mark.parametrize(
    ("typed", "found"), [("marche", "c-other"), ("l-soon", "c-other"), ("hanh", "c-own")]
)
def test_letters_are_found_by_client_or_number(desk: Desk, typed: str, found: str) -> None:
    rows = desk.reading(lambda work: letter_list.listed(work, typed=typed))
    assert {row.client for row in rows} == {found}


def test_a_therapist_sees_the_letters_of_their_own_clients(template: Path, tmp_path: Path) -> None:
    desk = practices.sit_down(practices.copied(template, tmp_path / "p"), "s-therapist")
    assert {row.client for row in desk.reading(letter_list.listed)} == {"c-own"}
    desk.close()


def test_the_number_of_questions_does_not_grow_with_the_clients(desk: Desk) -> None:
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(desk.vault.engine, "before_cursor_execute", count)
    desk.reading(lambda work: letter_list.listed(work, typed="marchetti"))
    few = len(asked)
    desk.reading(letter_list.listed)
    assert len(asked) - few <= few
