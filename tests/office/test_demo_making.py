"""The demo's folder: a practice one can sign in to, made again as often as one likes, and nothing else harmed."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from clinic.exchange import portable as post
from clinic.office import portable, sign_in
from clinic.office.demo import Made, build, make
from clinic.storage import keys
from clinic.values import Refusal
from tests import practices

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 14, 10)
A_PERSON = re.compile(r"^(.*) \(([^()]*)\) password: *(.*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("demo"), years=1, clients=10, at=NOW)


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords tried quickly, where a test is about something else."""
    monkeypatch.setattr(keys, "FLOOR", practices.CHEAP)


def people(made: Made) -> list[tuple[str, str, str]]:
    return A_PERSON.findall(made.readme.read_text("utf-8"))


def exported(made: Made, folder: Path) -> Any:
    """What the practice gives out, the moment of giving aside."""
    name, _, password = people(made)[0]
    desk = sign_in.sign_in(made.practice, name, password)
    try:
        desk.confirm()
        portable.give_out(desk, folder / "practice.json", reason="to compare")
    finally:
        desk.close()
    document = json.loads((folder / "practice.json").read_text("utf-8"))
    document.pop("exported_at", None)
    return document


def test_the_readme_begins_with_a_line_for_each_person_the_owner_first(made: Made) -> None:
    text = made.readme.read_text("utf-8")
    assert [role for _, role, _ in people(made)] == [
        "owner",
        "therapist",
        "therapist",
        "front_desk",
        "bookkeeper",
    ]
    assert text.startswith(f"{people(made)[0][0]} (owner) password: ")
    assert all(len(password) >= 15 for *_, password in people(made))


@pytest.mark.parametrize("place", range(5))
def test_everybody_can_sign_in(made: Made, place: int) -> None:
    name, role, password = people(made)[place]
    desk = sign_in.sign_in(made.practice, name, password)
    desk.close()
    assert desk.actor.role == role


def test_the_keys_keep_to_the_floor(made: Made) -> None:
    assert {person.name for person in keys.people(made.practice)} == {name for name, *_ in people(made)}
    assert keys.FLOOR.memory_kib == 65536


def test_the_practice_holds_the_document(made: Made, tmp_path: Path) -> None:
    document = build(NOW, years=1, clients=10, seed=1)
    kept = exported(made, tmp_path)
    for name in ("staff", "clients", "screenings", "letters", "appointments", "notes", "bundles", "gifts"):
        before = {item["id"]: post.ordered(item, name) for item in document[name]}
        assert {item["id"]: item for item in kept[name]} == before, name
    assert len(kept["invoices"]) == len(document["invoices"])
    assert all(invoice["number"] for invoice in kept["invoices"])


@pytest.mark.usefixtures("quick_keys")
def test_a_second_demo_replaces_the_first_and_is_the_same_practice(tmp_path: Path) -> None:
    first = exported(make(tmp_path / "demo", years=1, clients=4, at=NOW), tmp_path)
    second = make(tmp_path / "demo", years=1, clients=4, at=NOW)
    assert exported(second, tmp_path) == first
    assert not [entry for entry in (tmp_path / "demo").iterdir() if entry.name.startswith(".")]


@pytest.mark.usefixtures("quick_keys")
def test_what_else_was_made_in_a_demo_folder_stays(tmp_path: Path) -> None:
    folder = make(tmp_path / "demo", years=1, clients=1, at=NOW).practice.parent
    (folder / "year-end-2026").mkdir()
    make(folder, years=1, clients=1, at=NOW)
    assert (folder / "year-end-2026").is_dir()


@pytest.mark.parametrize("name", ["README.txt", "taxes.ods", "practice.clinic"])
def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Mine, not yours.\n", encoding="utf-8")
    with pytest.raises(Refusal) as no:
        make(tmp_path, years=1, clients=1, at=NOW)
    assert no.value.code == "not_a_demo_folder"
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "demo"
    file.write_text("Mine.", encoding="utf-8")
    with pytest.raises(Refusal) as no:
        make(file, years=1, clients=1, at=NOW)
    assert no.value.code == "not_a_demo_folder"


class _Interrupted(BaseException):
    """Somebody pressed Ctrl-C."""


@pytest.mark.usefixtures("quick_keys")
def test_a_run_that_is_stopped_leaves_the_earlier_demo(tmp_path: Path) -> None:
    made = make(tmp_path / "demo", years=1, clients=2, at=NOW)
    before = {file.name: file.read_bytes() for file in made.practice.parent.iterdir()}

    def stop(_done: int, _whole: int) -> None:
        raise _Interrupted

    with pytest.raises(_Interrupted):
        make(tmp_path / "demo", years=1, clients=2, at=NOW, progress=stop)
    assert {file.name: file.read_bytes() for file in made.practice.parent.iterdir()} == before


@pytest.mark.usefixtures("quick_keys")
def test_what_a_killed_run_left_behind_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".making-old").mkdir()
    made = make(tmp_path, years=1, clients=1, at=NOW)
    assert made.practice.is_file()
    assert not (tmp_path / ".making-old").exists()


@pytest.mark.parametrize(("years", "clients", "at"), [(0, 5, "years"), (2, 0, "clients"), (2, -3, "clients")])
def test_a_practice_has_years_and_clients(tmp_path: Path, years: int, clients: int, at: str) -> None:
    with pytest.raises(Refusal) as no:
        make(tmp_path, years=years, clients=clients, at=NOW)
    assert (no.value.code, no.value.at) == ("out_of_range", at)


@pytest.mark.usefixtures("quick_keys")
def test_today_is_the_practices_own_day(tmp_path: Path) -> None:
    made = make(tmp_path / "demo", years=1, clients=1)
    days = [visit["at"][:10] for visit in exported(made, tmp_path)["appointments"]]
    assert days
