"""What is written is what was read, in one order and as one set of bytes."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING, Any

import pytest

from clinic.exchange import portable
from clinic.exchange.contents import LISTS, PortablePractice
from clinic.values import Refusal, Trouble
from tests.exchange.made import a_file, a_practice

if TYPE_CHECKING:
    import random
    from pathlib import Path

NAMES = [
    "Ólafur Þórsson", "Nguyễn Thị Ánh", "Łukasz Żak", "Дарья Щукина", "Γιώργος Νίκου", "李小龍", "さくら 田中",
    "김민준", "محمد علي", "שרה כהן", "नरेंद्र शर्मा", "রবীন্দ্র", "தமிழ்ச்செல்வி", "తెలుగు", "ಕನ್ನಡ", "മലയാളം",
    "ไทยแลนด์", "မြန်မာ", "ქართული", "Հայկ", "አበበ", "ខ្មែរ", "ລາວ", "😀🙂", "O'Neil", "<b>", "=1+1", "../x", "CON",
    "\u202eright to left", "Zoë\u0308", "tab\tand\nline",
]  # fmt: skip


def written(practice: PortablePractice, folder: Path) -> bytes:
    portable.write(practice, folder / "practice.json")
    return (folder / "practice.json").read_bytes()


def test_export_import_export_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(portable.parse(a_file(a_practice())), tmp_path)
    assert written(portable.read(tmp_path / "practice.json"), tmp_path) == first


def test_nothing_is_lost_on_the_way(tmp_path: Path) -> None:
    assert json.loads(written(portable.parse(a_file(a_practice())), tmp_path)) == a_practice()


def test_one_rest_of_a_gift_as_earlier_files_have_it_is_the_first_of_several() -> None:
    document = a_practice()
    document["gifts"][0] |= {"paid_out_on": "2026-11-18", "paid_out_cents": 900}
    (gift,) = portable.parse(a_file(document)).gifts
    assert gift == a_practice()["gifts"][0] | {"paid_out": [{"on": "2026-11-18", "cents": 900}]}


def shuffled(value: Any, dice: random.Random) -> Any:
    if isinstance(value, list):
        return [shuffled(one, dice) for one in value]
    if not isinstance(value, dict):
        return value
    keys = dice.sample(list(value), len(value))
    return {key: shuffled(value[key], dice) for key in keys}


def test_the_order_in_which_keys_came_in_does_not_matter(tmp_path: Path, dice: random.Random) -> None:
    plain = written(portable.parse(a_file(a_practice())), tmp_path)
    assert written(portable.parse(a_file(shuffled(a_practice(), dice))), tmp_path) == plain


def test_keys_stand_in_the_order_of_the_contract(tmp_path: Path) -> None:
    document = json.loads(written(portable.parse(a_file(a_practice())), tmp_path))
    assert list(document) == ["format", "version", "exported_at", "practice", *LISTS]
    assert list(document["appointments"][0])[:6] == ["id", "client", "staff", "room", "treatment", "at"]
    assert list(document["letters"][0]["signer"]) == ["name", "credential", "npi"]


def test_an_empty_practice_has_all_its_lists(tmp_path: Path) -> None:
    document = json.loads(written(PortablePractice(), tmp_path))
    assert document == {"format": "clinic-practice", "version": 1} | {name: [] for name in LISTS}


@pytest.mark.parametrize("name", NAMES)
def test_any_name_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    practice = portable.parse(a_file(a_practice({"/clients/0/given_name": name})))
    written(practice, tmp_path)
    assert portable.read(tmp_path / "practice.json").clients[0]["given_name"] == name


@pytest.mark.skipif(os.name != "posix", reason="other systems guard files by their folder")
def test_only_its_owner_may_read_an_export(tmp_path: Path) -> None:
    written(PortablePractice(), tmp_path)
    assert stat.S_IMODE((tmp_path / "practice.json").stat().st_mode) == 0o600


def test_a_failed_export_leaves_the_old_one_and_no_litter(tmp_path: Path) -> None:
    old = written(PortablePractice(), tmp_path)
    unwritable: Any = object()
    with pytest.raises(TypeError):
        written(PortablePractice(rooms=[{"id": "r", "name": unwritable}]), tmp_path)
    assert (tmp_path / "practice.json").read_bytes() == old
    assert [path.name for path in tmp_path.iterdir()] == ["practice.json"]


def test_an_export_into_nowhere_says_so(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no_such_file"):
        portable.write(PortablePractice(), tmp_path / "missing" / "practice.json")


def test_an_export_does_not_follow_a_link_laid_in_its_way(tmp_path: Path) -> None:
    treasure = tmp_path / "treasure"
    treasure.write_text("mine")
    (tmp_path / "practice.json").symlink_to(treasure)
    written(PortablePractice(), tmp_path)
    assert treasure.read_text() == "mine"
    assert not (tmp_path / "practice.json").is_symlink()


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, code in [
        (tmp_path, "not_a_file"),
        (tmp_path / "pipe", "not_a_file"),
        (tmp_path / "missing.json", "no_such_file"),
        (tmp_path / "nul\0.json", "unreadable_file"),
        (tmp_path / ("x" * 5000), "unreadable_file"),
    ]:
        with pytest.raises(Refusal, match=code):
            portable.read(path)


def test_a_file_too_large_to_be_a_practice_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "vast.json").open("wb") as file:
        file.truncate(portable.LARGEST + 1)
    with pytest.raises(Refusal, match="file_too_large"):
        portable.read(tmp_path / "vast.json")
