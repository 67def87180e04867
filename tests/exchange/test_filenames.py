"""Folder names that tell whose they are, on every system and whatever people are called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.exchange.filenames import file_stem, folder_names

TEXT = st.text(st.characters(codec="utf-8"), max_size=300)
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@pytest.mark.parametrize(
    ("family", "given_name", "identity", "name"),
    [
        ("Wren", "Robin", "c1", "Wren_Robin_c1"),
        ("O'Neil", "Ann-Marie", "c1", "O-Neil_Ann-Marie_c1"),
        ("李", "小龍", "c1", "李_小龍_c1"),
        ("शर्मा", "नरेंद्र", "c1", "शर्मा_नरेंद्र_c1"),
        ("../..", "/etc/passwd", "c1", "etc-passwd_c1"),
        ("=1+1", "<b>", "c1", "1-1_b_c1"),
        ("😀", "🙂", "c1", "c1"),
        ("\u202eevil", "x.exe", "c1", "evil_x-exe_c1"),
        ("", "", "CON", "_CON"),
        ("", "", "nul.txt", "_nul.txt"),
        ("CON", "NUL", "c1", "CON_NUL_c1"),
        ("A. ", " B", "c1", "A_B_c1"),
    ],
)
def test_a_folder_is_named_after_its_client(family: str, given_name: str, identity: str, name: str) -> None:
    assert folder_names({identity: (family, given_name)}) == {identity: name}


@given(TEXT, TEXT, TEXT)
def test_a_name_never_leads_out_of_its_folder_and_fits_every_system(
    family: str, given_name: str, identity: str
) -> None:
    name = file_stem(family, given_name, identity)
    home = Path("/home/sets")
    assert (home / name).parent == home
    assert name not in {"", ".", ".."}
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert not name.endswith((".", " "))
    assert not DEVICES.fullmatch(name)
    assert len(name.encode()) <= 255


@given(st.dictionaries(TEXT, st.tuples(TEXT, TEXT), max_size=20))
def test_two_clients_never_share_a_folder_even_where_case_is_ignored(
    clients: dict[str, tuple[str, str]],
) -> None:
    names = folder_names(clients)
    assert names.keys() == clients.keys()
    assert len({name.casefold() for name in names.values()}) == len(clients)


def test_ids_that_differ_in_case_alone_get_folders_of_their_own() -> None:
    names = folder_names({"c1": ("Wren", "Robin"), "C1": ("wren", "robin"), "c2": ("Wren", "Robin")})
    assert len({name.casefold() for name in names.values()}) == 3
    assert names["c2"] == "Wren_Robin_c2"


def test_a_name_of_ten_kilobytes_is_cut_and_still_tells_the_id() -> None:
    name = file_stem("ж" * 10_000, "李" * 10_000, "c1")
    assert name.endswith("_c1")
    assert len(name.encode()) <= 255
