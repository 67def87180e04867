"""Whatever somebody is called is kept, found, printed and written as it is, or refused at the door."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.exchange import portable as post
from clinic.office import clients, find, papers, portable, till, year_end
from clinic.office.charges import Charge
from clinic.records.people import folded
from clinic.values import ClientId, LineKind, Method, Money, Refusal
from tests import practices
from tests.documents.reading import words_of
from tests.soak.names import a_name

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.storage.work import Work

UNUSABLE = ("Ann\0Lee", "Ann\ud800", "\udfffLee")
FORMULA = ("=", "+", "-", "@", "\t", "\n", "\r")
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
ON_PAPER = 40
"""Letters of a very long name that are looked for on paper: further on it goes over to the next page."""


@pytest.fixture
def desk(fresh_practice: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = practices.sit_down(practices.copied(fresh_practice, tmp_path / "names"))
    yield opened
    opened.close()


def take_on(work: Work, given: str, family: str) -> tuple[ClientId, str]:
    """Make somebody a client, charge a visit, and answer their id and their receipt's number."""
    client = clients.create(work, given_name=given, family_name=family)
    work.flush()
    charge = Charge(LineKind.TREATMENT, "Therapeutic massage", Money(12500))
    tender = till.Tender(Method.CARD, Money(12500))
    done = till.check_out(work, operation=f"op-{client}", client=client, charges=[charge], tenders=[tender])
    return client, done.number


def take_on_with(work: Work, field: str, value: object) -> ClientId:
    return clients.create(work, given_name="Ann", family_name="Lee", **{field: value})


def shown(text: str) -> str:
    """What of a text can be seen, blanks apart."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")


def is_on_paper(name: str, paper: str) -> bool:
    """Tell whether a name is read back; where writing runs both ways, each stretch of it is."""
    if any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in name):
        return all(shown(part) in shown(paper) for part in re.findall(r"\w+", name[:ON_PAPER]))
    return shown(name)[:ON_PAPER] in shown(paper)


def cells(path: Path) -> dict[str, str]:
    """Read who is who from a table, as a spreadsheet shows it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["client_id"]: row["client"] for row in csv.DictReader(file)}
    assert not any(name.startswith(FORMULA) for name in rows.values())
    return {
        key: name[1:] if name[:1] == "'" and name[1:].startswith(FORMULA) else name
        for key, name in rows.items()
    }


@pytest.mark.sweep(1200)
def test_a_name_goes_round(rounds: int, desk: Desk, tmp_path: Path, dice: random.Random) -> None:
    people: dict[ClientId, tuple[str, str]] = {}
    numbers: dict[ClientId, str] = {}
    for _ in range(rounds):
        given, family = a_name(dice)
        (client, number), _ = desk.writing(partial(take_on, given=given, family=family))
        numbers[client] = number
        people[client] = (given.strip(), family.strip())
    names = {client: f"{given} {family}" for client, (given, family) in people.items()}
    for client, (given, family) in people.items():
        desk.reading(partial(is_kept_and_found, client=ClientId(client), given=given, family=family))
        pages, _ = desk.writing(partial(papers.original, number=numbers[client]))
        assert is_on_paper(names[client], words_of(pages)), names[client]
    folder = tmp_path / "set"
    made = year_end.export(desk, 2026, folder)
    assert made.manifest["clients"] == rounds
    assert cells(folder / "index.csv") == names
    assert cells(folder / "lines.csv") == names
    are_safe_folders([entry.name for entry in folder.iterdir() if entry.is_dir()], rounds)
    portable.give_out(desk, tmp_path / "out.json", reason="Tried")
    out = {
        item["id"]: (item["given_name"], item["family_name"])
        for item in post.read(tmp_path / "out.json").of("clients")
    }
    assert {client: out[client] for client in people} == people


def is_kept_and_found(work: Work, *, client: ClientId, given: str, family: str) -> None:
    details = clients.details(work, client)
    assert (details.given_name, details.family_name) == (given, family)
    found = [one.id for one in clients.search(work, f"{given} {family}", limit=200)]
    assert client in found or not re.search(r"\w", folded(f"{given} {family}")), (given, family)
    told = work.session.connection().exec_driver_sql(
        "SELECT payload FROM audit WHERE action = 'created' AND object = ?", (f"clients/{client}",)
    )
    payload: dict[str, Any] = json.loads(told.scalar_one())
    assert (payload["given_name"], payload["family_name"]) == (given, family)


def are_safe_folders(folders: list[str], many: int) -> None:
    assert len({unicodedata.normalize("NFD", name.casefold()) for name in folders}) == many
    for name in folders:
        assert not FORBIDDEN.search(name), name
        assert name == name.strip(". ")
        assert len(name.encode()) <= 255
        assert name.split(".")[0].casefold() not in {"con", "nul", "aux", "prn"}


def test_a_name_of_ten_kilobytes_is_refused_at_the_door(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        desk.writing(partial(clients.create, given_name="ab 山 " * 2_000, family_name="Lee"))
    assert (refused.value.code, refused.value.at) == ("too_long", "given_name")


@pytest.mark.parametrize("names", [("Cher", ""), ("", "Teller")])
def test_one_name_is_enough(names: tuple[str, str], desk: Desk, tmp_path: Path) -> None:
    (client, number), _ = desk.writing(partial(take_on, given=names[0], family=names[1]))
    desk.reading(partial(is_kept_and_found, client=client, given=names[0], family=names[1]))
    pages, _ = desk.writing(partial(papers.original, number=number))
    assert "".join(names) in words_of(pages)
    assert "None" not in words_of(pages)
    portable.give_out(desk, tmp_path / "out.json", reason="Tried")
    assert names in {
        (c["given_name"], c["family_name"]) for c in post.read(tmp_path / "out.json").of("clients")
    }


@pytest.mark.parametrize("text", UNUSABLE)
def test_what_breaks_search_or_paper_is_refused_at_every_door(text: str, desk: Desk) -> None:
    tender = till.Tender(Method.CHECK, Money(100), reference=text)
    charge = Charge(LineKind.FEE, text, Money(100))
    doors: list[Callable[[Work], Any]] = [
        partial(clients.create, given_name=text, family_name="Lee"),
        partial(clients.create, given_name="Ann", family_name=text),
        *(
            partial(take_on_with, field=field, value=value)
            for field, value in (
                ("preferred_name", text),
                ("phone", text),
                ("email", text),
                ("address", {"street": text}),
                ("guardian", {"name": text, "relation": "parent", "phone": "1"}),
                ("allergies", [text]),
            )
        ),
        partial(till.check_out, operation="op", client=ClientId("c-own"), charges=[charge], tenders=[]),
        partial(
            till.check_out,
            operation="op",
            client=ClientId("c-own"),
            charges=[Charge(LineKind.FEE, "Fee", Money(100))],
            tenders=[tender],
        ),
    ]
    for door in doors:
        with pytest.raises(Refusal) as refused:
            desk.writing(door)
        assert refused.value.code == "unusable_characters"
        assert refused.value.at


@pytest.mark.parametrize(
    "text",
    [*UNUSABLE, "", " ", "\u0301", "*", '"', "a OR b", "NEAR(", "^a", "-", "a" * 10_000, "ab 山 " * 5_000],
)
def test_nothing_typed_into_a_search_is_a_fault(text: str, desk: Desk) -> None:
    assert desk.reading(partial(clients.search, typed=text)) is not None
    assert desk.reading(partial(clients.page, typed=text)) is not None
    assert desk.reading(partial(clients.count, typed=text)) >= 0
    assert desk.reading(partial(find.anything, typed=text)) is not None
