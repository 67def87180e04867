"""A newer release of the diagnosis codes, loaded from the official file: new codes come, old ones stay readable."""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING

import pytest

from clinic.exchange import codes, releases
from clinic.office import code_releases, letters, sign_in
from clinic.rules.diagnoses import is_billable
from clinic.values import ClientId, LetterKind, Refusal
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.code_releases import Loaded
    from clinic.office.desk import Desk

OCTOBER = date(2026, 10, 1)
BEFORE, AFTER = date(2026, 9, 30), date(2026, 10, 2)


@pytest.fixture(autouse=True)
def as_shipped() -> Iterator[None]:
    yield
    codes.use(())


@cache
def order_file(*, without: str = "M54.51", new: tuple[str, ...] = ("M5453", "M5454")) -> bytes:
    """Write an order file as CMS does: today's codes but one, and two new ones."""
    rows = [line.split("\t") for line in codes.table()]
    kept = [(row[0], row[1], row[6]) for row in rows if not row[3] and row[0] != without]
    kept += [(code, "1", f"Low back pain of a new kind {code}") for code in new]
    lines = (
        f"{n:05} {code.replace('.', ''):<7} {billable} {label[:60]:<60} {label}"
        for n, (code, billable, label) in enumerate(sorted(kept), 1)
    )
    return "\n".join(lines).encode()


def load(desk: Desk, folder: Path, content: bytes | None = None, since: date = OCTOBER) -> Loaded:
    file = folder / "icd10cm_order_2027.txt"
    file.write_bytes(order_file() if content is None else content)
    return code_releases.load_file(desk, file, name="FY 2027", since=since)


def test_a_newer_release_adds_codes_and_ends_others_and_both_stay_readable(
    desk: Desk, tmp_path: Path
) -> None:
    loaded = load(desk, tmp_path)
    assert (loaded.added, loaded.ended) == (2, 1)
    new, old = codes.look_up("M54.53"), codes.look_up("M54.51")
    assert new is not None
    assert old is not None
    assert (new.release, is_billable(new, BEFORE), is_billable(new, AFTER)) == ("FY 2027", False, True)
    assert (old.label, is_billable(old, BEFORE), is_billable(old, AFTER)) == (
        "Vertebrogenic low back pain",
        True,
        False,
    )
    assert new.excludes  # those of its family hold for it too
    assert "M54.53" in {found.code for found in codes.search("low back pain of a new", AFTER)}
    assert not codes.search("low back pain of a new", BEFORE)
    known = desk.reading(code_releases.known)
    assert (known.shipped, [each.name for each in known.loaded]) == ("2026-04", ["FY 2027"])


def test_a_letter_names_a_new_code_once_its_release_is_there_and_still_after_the_next_sign_in(
    desk: Desk, tmp_path: Path
) -> None:
    said = [{"text": "Low back pain", "icd10": "M54.53"}]
    named = partial(letters.add, client=ClientId("c-own"), kind=LetterKind.LMN, diagnoses=said)
    add = partial(named, signed_on=date(2026, 10, 20))
    with pytest.raises(Refusal, match="unknown_diagnosis_code"):
        desk.writing(add)
    load(desk, tmp_path)
    desk.writing(add)
    codes.use(())
    again = sign_in.sign_in(
        desk.vault.path, practices.PEOPLE["owner"], practices.PASSWORD, clock=practices.clock
    )
    assert codes.look_up("M54.53") is not None
    again.close()


def test_what_was_loaded_is_taken_out_again(desk: Desk, tmp_path: Path) -> None:
    loaded = load(desk, tmp_path)
    with pytest.raises(Refusal, match="release_not_newer"):
        load(desk, tmp_path)
    code_releases.unload(desk, loaded.id)
    assert codes.look_up("M54.53") is None
    assert desk.reading(code_releases.known).loaded == ()


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b"", "no_codes", None),
        (b"\xff\xfe", "not_utf8", None),
        (b"code,label\nM54.5,x", "no_code_line", 1),
        (b"\n".join([*order_file().split(b"\n")[:10], b"00011 M54 broken"]), "no_code_line", 11),
        (
            b"\n".join(order_file().split(b"\n")[:10] + order_file().split(b"\n")[11:]),
            "code_line_missing",
            11,
        ),
        (b"\n".join(order_file().split(b"\n")[:1000]), "codes_incomplete", None),
    ],
)
def test_a_file_that_is_no_whole_release_is_refused_by_its_line_and_changes_nothing(
    desk: Desk, tmp_path: Path, content: bytes, code: str, row: int | None
) -> None:
    with pytest.raises(Refusal) as refused:
        load(desk, tmp_path, content)
    assert (refused.value.code, refused.value.facts.get("row")) == (code, row)
    assert desk.reading(code_releases.known).loaded == ()
    assert codes.look_up("M54.53") is None


def test_a_release_needs_a_name_and_a_file_that_is_there(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="name_missing"):
        desk.writing(partial(code_releases.load, content=b"", name=" ", since=OCTOBER))
    with pytest.raises(Refusal, match="unreadable_file"):
        code_releases.load_file(desk, tmp_path / "none.txt", name="x", since=OCTOBER)


def test_a_code_that_comes_back_is_billable_again() -> None:
    table = ["A00\t0\t\t\t2026-04\t\tCholera", "A00.1\t1\t\t2021-09-30\t2026-04\t\tOld words"]
    listed = [
        releases.Listed("A00", label="Cholera", billable=False),
        releases.Listed("A00.1", label="New words", billable=True),
    ]
    found = releases.changes(table, listed, "FY 2027", OCTOBER)
    assert found.rows == ("A00.1\t1\t\t\tFY 2027\t\tNew words",)
    headed = releases.changes(
        ["A00\t0\t\t\t2026-04\t\tCholera"],
        [releases.Listed("A00", label="Cholera", billable=True)],
        "x",
        OCTOBER,
    )
    assert headed.rows == ("A00\t1\t2026-10-01\t\tx\t\tCholera",)
