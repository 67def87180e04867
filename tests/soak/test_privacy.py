"""What clients are called and what ails them stands in the chosen exports, and nowhere else."""

from __future__ import annotations

import base64
import json
import sqlite3
import tempfile
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic import cli
from clinic.cli import commands
from clinic.office import clients, papers, till
from clinic.office.charges import Charge
from clinic.values import ClientId, LineKind, Method, Money, Refusal
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOUSES = (
    "Quillfeather",
    "Ombrewick",
    "Tarnhollow",
    "Vexley",
    "Wyndlemere",
    "Zephyrine",
    "Brackwater",
    "Umberlin",
)
MARKERS = tuple(f"{house}{end}" for house in HOUSES for end in ("ova", "yx", "ésque", "山本", "ило"))


def disguises(marker: str) -> Iterator[bytes]:
    """Write a marker in every way in which it might lie about."""
    for plain in (marker.encode(), marker.encode("utf-16-le"), marker.encode("utf-16-be")):
        yield plain
        yield plain.hex().encode()
        yield plain.hex().upper().encode()
        for shift in range(3):  # where in a group of three bytes it begins
            whole = base64.b64encode(b"\0" * shift + plain)
            yield whole[(0, 2, 3)[shift] : len(whole) - (0, 3, 2)[(shift + len(plain)) % 3]]
    yield json.dumps(marker).strip('"').encode()


def found_in(content: bytes) -> list[str]:
    return [marker for marker in MARKERS if any(form in content for form in disguises(marker))]


def a_marked_document() -> dict[str, Any]:
    """Make a document in which each person, diagnosis and note bears marks."""
    mark = iter(MARKERS)
    given, family, preferred, street, guardian, insurer, member = (next(mark) for _ in range(7))
    person = practices.a_client(
        "c-own",
        given,
        family,
        preferred_name=preferred,
        email=f"{next(mark)}@example.org",
        address={"street": street},
        guardian={"name": guardian, "relation": next(mark), "phone": "1"},
        payer={"name": insurer, "plan_type": "PPO", "member_id": member},
    )
    letter = practices.a_letter(
        patient_name=f"{given} {family}",
        signer={"name": next(mark), "credential": "MD", "licence": next(mark)},
        diagnoses=[{"text": next(mark), "icd10": "M54.2"}],
        treatment=next(mark),
    )
    document = practices.a_full_document()
    note = document["notes"][0]
    note["soap"] = {part: next(mark) for part in "soap"}
    note["addenda"] = [{"at": "2026-11-06T01:10:00Z", "by": "s-therapist", "text": next(mark)}]
    document["appointments"][0] |= {"reason": next(mark), "diagnosis": "M54.2"}
    document["invoices"][0]["lines"][0]["text"] = next(mark)
    document["payments"][0]["reference"] = next(mark)
    return document | {"clients": [person, *document["clients"][1:]], "letters": [letter]}


def bad_documents() -> Iterator[dict[str, Any]]:
    """Make documents that are refused at a place where a mark stands."""
    marker = MARKERS[0]
    yield practices.a_document(clients=[practices.a_client(marker, marker, marker, born=marker)])
    yield practices.a_document(clients=[practices.a_client("c-1", marker, f"{marker}\0")])
    yield practices.a_document(clients=[practices.a_client(marker, marker, marker)] * 2)
    yield practices.a_document(letters=[practices.a_letter(client=marker, patient_name=marker)])
    yield practices.a_document(clients=[practices.a_client("c-1", marker, marker, nickname=marker)])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything that is written without being asked for goes here."""
    folder = tmp_path / "home"
    (folder / "tmp").mkdir(parents=True)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "tmp"))
    monkeypatch.setenv("CLINIC_PASSWORD", practices.PASSWORD)
    monkeypatch.setenv("CLINIC_USER", practices.PEOPLE["owner"])
    return folder


def at_the_desk(path: Path) -> None:
    """Do what a day brings, some of it refused, and leave the file as a crash would: its log beside it."""
    desk = practices.sit_down(path)
    client, _ = desk.writing(partial(clients.create, given_name=MARKERS[-1], family_name=MARKERS[-2]))
    charge = Charge(LineKind.PRODUCT, MARKERS[-3], Money(1000))
    tender = till.Tender(Method.CHECK, Money(1000), reference=MARKERS[-4])
    sell = partial(till.check_out, operation="op", client=client, charges=[charge], tenders=[tender])
    done, _ = desk.writing(sell)
    desk.writing(partial(papers.original, number=done.number))
    with pytest.raises(Refusal):
        desk.writing(partial(clients.create, given_name=f"{MARKERS[-5]}\0", family_name=""))
    assert desk.reading(partial(clients.search, typed=MARKERS[-1]))
    assert desk.reading(partial(clients.details, client=ClientId(client))).given_name == MARKERS[-1]


def test_marks_are_nowhere_but_in_the_exports(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    exports, inside = tmp_path / "exports", home / "practice"
    exports.mkdir()
    inside.mkdir()
    path = practices.make(inside, a_marked_document())
    monkeypatch.setenv("CLINIC_PRACTICE", str(path))
    statuses = [cli.run(["year-end", "2026", "--to", str(exports / "set")])]
    statuses += [cli.run(["receipt", "R-2026-000001", "--to", str(exports / "receipt.pdf")])]
    statuses += [
        cli.run(["export", str(exports / "out.json")]),
        cli.run(["import", str(exports / "out.json")]),
    ]
    statuses += [cli.run(["backup"]), cli.run(["verify"])]
    assert statuses == [cli.DONE] * 6
    for document in bad_documents():
        (exports / "bad.json").write_text(json.dumps(document), encoding="utf-8")
        assert cli.run(["import", str(exports / "bad.json"), "--json"]) == cli.REFUSED

    def fault(_asked: object) -> commands.Answer:
        raise ValueError(MARKERS[1])

    monkeypatch.setattr(commands, "COMMANDS", {**commands.COMMANDS, "verify": fault})
    assert cli.run(["verify"]) == cli.BUG
    at_the_desk(path)
    said = capfd.readouterr()
    assert found_in(f"{said.out}{said.err}".encode()) == []
    written = [file for file in home.rglob("*") if file.is_file()]
    assert {file.suffix for file in written} >= {
        ".clinic",
        ".keys",
        ".mark",
        ".backup",
        ".txt",
        ".clinic-wal",
    }
    assert {file.name: found for file in written if (found := found_in(file.read_bytes()))} == {}
    assert [
        file.name for file in written if set(file.name) & {"é", "山"} or found_in(file.name.encode())
    ] == []
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(path) as opened:
        opened.execute("SELECT count(*) FROM sqlite_master")


@pytest.mark.parametrize("n", range(10))
def test_a_mark_left_lying_about_is_found(n: int) -> None:
    marker = MARKERS[n]
    for form in (
        marker.encode(),
        marker.encode("utf-16"),
        marker.encode().hex().encode(),
        base64.b64encode(f"{'x' * n}{marker} and more".encode()),
        json.dumps({"name": marker}).encode(),
    ):
        assert found_in(b"before " + form + b" after") == [marker]
