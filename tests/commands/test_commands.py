"""Tests of the commands, as scripts use them: words in, answer and exit status out."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clinic import cli
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
Run = "Callable[..., tuple[int, Any, str]]"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("commands"), practices.a_full_document())


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return practices.copied(template, tmp_path / "p")


@pytest.fixture
def run(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Run a command as the owner and give back its status, its JSON answer and its messages."""
    monkeypatch.setenv("CLINIC_PRACTICE", str(path))
    monkeypatch.setenv("CLINIC_USER", practices.PEOPLE["owner"])
    monkeypatch.setenv("CLINIC_PASSWORD", practices.PASSWORD)

    def running(*words: object) -> tuple[int, Any, str]:
        capsys.readouterr()
        status = cli.run([*map(str, words), "--json"])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else None, said.err

    return running


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_export_and_import_again_change_nothing(run: Callable[..., Any], tmp_path: Path) -> None:
    status, answer, _ = run("export", tmp_path / "out.json")
    assert (status, answer["lists"]["clients"]) == (0, 2)
    status, answer, _ = run("import", tmp_path / "out.json")
    assert status == 0
    assert all(counts["added"] == counts["updated"] == 0 for counts in answer["lists"].values())


def test_a_list_of_clients_is_taken_in_whole_or_not_at_all(run: Callable[..., Any], tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Name,Phone\nAnn Lee,510 555 0123\nBo Ng,call\n", encoding="utf-8")
    status, answer, message = run("import", people, "--dry-run")
    bad = [{"row": 3, "column": "Phone", "code": "not_a_phone"}]
    assert (status, answer["lists"]["clients"]["added"], answer["rows"]) == (0, 1, bad)
    assert message == "row 3: Phone: this is no phone number\n"
    status, answer, _ = run("import", people)
    assert (status, answer["error"]["code"], answer["error"]["rows"]) == (3, "rows_refused", bad)
    people.write_text("Name,Phone\nAnn Lee,510 555 0123\n", encoding="utf-8")
    for added in (1, 0):
        status, answer, _ = run("import", people)
        assert (status, answer["lists"]["clients"]) == (
            0,
            {"added": added, "updated": 0, "unchanged": 1 - added},
        )


def test_a_bad_file_is_refused_with_its_place(run: Callable[..., Any], tmp_path: Path) -> None:
    document = practices.a_full_document()
    document["appointments"][0]["client"] = "nobody"
    (tmp_path / "bad.json").write_text(json.dumps(document))
    status, answer, message = run("import", tmp_path / "bad.json")
    assert status == 3
    assert answer["error"]["at"] == "/appointments/0/client"
    assert answer["error"]["code"] == "dangling_reference"
    assert answer["error"]["message"] in message


def test_a_number_out_of_range_in_a_file_is_told_without_gaps(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    document = practices.a_full_document()
    document["appointments"][0]["minutes"] = 0
    (tmp_path / "bad.json").write_text(json.dumps(document))
    _, answer, _ = run("import", tmp_path / "bad.json")
    assert answer["error"]["code"] == "out_of_range"
    assert "?" not in answer["error"]["message"]


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_a_file_never_leaves_a_practice_without_an_owner(
    run: Callable[..., Any], tmp_path: Path, words: tuple[str, ...]
) -> None:
    document = practices.a_full_document()
    document["staff"][0]["role"] = "therapist"
    (tmp_path / "bad.json").write_text(json.dumps(document))
    status, answer, _ = run("import", tmp_path / "bad.json", *words)
    assert (status, answer["error"]["code"]) == (3, "last_owner")


def test_an_empty_practice_prints_its_recovery_key_once(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic.storage.keys.calibrated", lambda: practices.CHEAP)
    status, answer, _ = run(
        "new", "--practice", tmp_path / "n.clinic", "--name", "New", "--owner", "Ines Abreu"
    )
    assert status == 0
    assert len(answer["recovery_key"].replace("-", "")) >= 26
    monkeypatch.setenv("CLINIC_USER", "Ines Abreu")
    status, _, _ = run("export", tmp_path / "empty.json", "--practice", tmp_path / "n.clinic")
    assert status == 0
    document = json.loads((tmp_path / "empty.json").read_text("utf-8"))
    assert [(person["id"], person["role"]) for person in document["staff"]] == [("owner", "owner")]


def test_the_year_ends_in_a_set_that_agrees_with_itself(run: Callable[..., Any], tmp_path: Path) -> None:
    status, manifest, _ = run("year-end", 2026, "--to", tmp_path / "set")
    assert status == 0
    on_disk = json.loads((tmp_path / "set" / "manifest.json").read_text("utf-8"))
    assert on_disk == manifest
    index = rows(tmp_path / "set" / "index.csv")
    assert [row["client_id"] for row in index] == ["c-own"]
    for column, total in manifest["totals"].items():
        assert f"{sum(float(row[column]) for row in index):.2f}" == total
    lines = rows(tmp_path / "set" / "lines.csv")
    assert sum(float(line["client_paid"]) for line in lines) == float(manifest["totals"]["client_paid"])
    marked = [line for line in lines if line["marked"] == "yes"]
    assert [
        (line["line"], line["eligible"], line["visit"], line["visits_prescribed"]) for line in marked
    ] == [
        ("x-1", "125.00", "1", "12"),
    ]
    for file in manifest["files"]:
        assert (tmp_path / "set" / file["path"]).stat().st_size == file["bytes"]
    text = (
        subprocess.run(
            ["pdftotext", "-layout", next((tmp_path / "set").glob("*/annual-statement.pdf")), "-"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        if shutil.which("pdftotext")
        else ""
    )
    if text:
        assert f"${manifest['totals']['marked_personal']}" in text


def test_a_rerun_supersedes_and_a_part_never_replaces_the_whole(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    _, first, _ = run("year-end", 2026, "--to", tmp_path / "set")
    (tmp_path / "set" / "my notes.txt").write_text("keep")
    _, second, _ = run("year-end", 2026, "--to", tmp_path / "set", "--basis", "service")
    assert first["supersedes"] is None
    assert len(second["supersedes"]) == 64
    assert (tmp_path / "set" / "my notes.txt").read_text() == "keep"
    status, answer, _ = run("year-end", 2026, "--to", tmp_path / "set", "--client", "c-own")
    assert (status, answer["error"]["code"]) == (3, "set_of_all")


def test_a_bookkeeper_gets_a_set_without_names_of_treatments(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLINIC_USER", practices.PEOPLE["s-books"])
    status, _, _ = run("year-end", 2026, "--to", tmp_path / "set", "--mask-treatments")
    assert status == 0
    assert "Therapeutic" not in (tmp_path / "set" / "lines.csv").read_text("utf-8")


def test_copies_count_and_codes_are_checked(run: Callable[..., Any], tmp_path: Path) -> None:
    first = run("receipt", "R-2026-000001", "--to", tmp_path / "1.pdf")
    second = run("receipt", "R-2026-000001", "--to", tmp_path / "2.pdf")
    assert [answer["copy"] for _, answer, _ in (first, second)] == [1, 2]
    status, answer, _ = run("receipt", "R-2026-000001", "--verify", "AAAA-AAAA-AAAA-AAAA")
    assert (status, answer) == (3, {"number": "R-2026-000001", "genuine": False})
    status, answer, _ = run("receipt", "R-2026-999999", "--verify", "AAAA-AAAA-AAAA-AAAA")
    assert (status, answer["error"]["code"]) == (3, "receipt_unknown")


def test_booking_says_what_it_did_and_why_not(run: Callable[..., Any]) -> None:
    words = ("book", "--client", "c-other", "--treatment", "t-60", "--staff", "owner", "--at")
    status, answer, _ = run(*words, "2026-12-03T10:00", "--room", "r-hearth")
    assert (status, answer["state"]) == (0, "confirmed")
    status, answer, _ = run(*words, "2026-12-03T10:30")
    assert (status, answer["error"]["code"]) == (3, "slot_taken")
    status, answer, _ = run(*words, "2027-03-14T02:30")
    assert (status, answer["error"]["code"]) == (3, "time_skipped")
    status, answer, told = run(*words, "2024-03-05T10:00")
    assert (status, "W-PAST" in answer["warnings"]) == (0, True)
    assert "This day has passed" in told


def test_a_retired_treatment_is_neither_offered_nor_booked(run: Callable[..., Any], tmp_path: Path) -> None:
    document = practices.a_full_document()
    document["treatments"][0]["active"] = False
    (tmp_path / "retired.json").write_text(json.dumps(document))
    assert run("import", tmp_path / "retired.json")[0] == 0
    gone = document["treatments"][0]["id"]
    status, answer, _ = run("slots", "--treatment", gone, "--from", "2026-12-03", "--to", "2026-12-04")
    assert (status, answer["error"]["code"]) == (3, "treatment_retired")
    words = ("--client", "c-other", "--staff", "owner", "--at", "2026-12-03T10:00")
    status, answer, _ = run("book", "--treatment", gone, *words)
    assert (status, answer["error"]["code"]) == (3, "treatment_retired")


@pytest.mark.parametrize(
    ("instead", "code"),
    [
        (("--client", "nobody"), "not_found"),
        (("--site", "nonsense"), "unknown_area"),
        (("--at", "2027-03-14T02:30"), "time_skipped"),
    ],
)
def test_flags_never_answer_for_what_is_not_there(
    run: Callable[..., Any], instead: tuple[str, str], code: str
) -> None:
    words = ("flags", "--client", "c-other", "--treatment", "t-60", "--at", "2026-12-03T10:00")
    assert run(*words, "--site", "knee")[0] == 0
    status, answer, _ = run(*words, *instead)
    assert (status, answer["error"]["code"]) == (3, code)


def test_a_practice_may_be_made_in_a_folder_that_is_not_there_yet(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic.storage.keys.calibrated", lambda: practices.CHEAP)
    place = tmp_path / "data" / "effleurage" / "p.clinic"
    assert run("new", "--practice", place, "--name", "Tide", "--owner", "Ann Quill")[0] == 0
    assert place.exists()


def test_a_backup_is_verified_and_restored(run: Callable[..., Any], tmp_path: Path) -> None:
    status, copy, _ = run("backup", "--to", tmp_path / "stick")
    assert status == 0
    assert run("verify")[0] == 0
    status, answer, _ = run("restore", copy["file"], "--to", tmp_path / "again" / "p.clinic")
    assert (status, answer["lost"]) == (0, {"steps": 0, "papers": 0})
    status, _, _ = run("verify", "--practice", tmp_path / "again" / "p.clinic")
    assert status == 0


def test_a_backup_opens_by_the_recovery_key_where_every_password_is_lost(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic.storage.keys.calibrated", lambda: practices.CHEAP)
    place, again = tmp_path / "p.clinic", tmp_path / "again.clinic"
    made = run("new", "--practice", place, "--name", "Tide", "--owner", "Ann Quill")[1]
    copy = run("backup", "--practice", place, "--as", "Ann Quill")[1]
    monkeypatch.setenv("CLINIC_PASSWORD", made["recovery_key"])
    assert run("restore", copy["file"], "--to", again)[0] == 4
    assert run("restore", copy["file"], "--to", again, "--recovery-key")[0] == 0
    monkeypatch.setenv("CLINIC_PASSWORD", practices.PASSWORD)
    assert run("verify", "--practice", again, "--as", "Ann Quill")[0] == 0


def test_the_world_says_no_with_four(
    run: Callable[..., Any], path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("verify", "--practice", tmp_path / "nowhere.clinic")[0] == 4
    monkeypatch.setenv("CLINIC_PASSWORD", "not the password at all")
    status, answer, _ = run("verify")
    assert (status, answer["error"]["code"]) == (4, "wrong_password")
    monkeypatch.setenv("CLINIC_PASSWORD", practices.PASSWORD)
    content = bytearray(path.read_bytes())
    content[5000:5100] = bytes(100)
    path.write_bytes(content)
    status, answer, _ = run("verify")
    assert (status, answer["error"]["code"]) == (4, "damaged_file")


def test_the_front_desk_may_not_end_the_year(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLINIC_USER", practices.PEOPLE["s-desk"])
    status, answer, _ = run("year-end", 2026, "--to", tmp_path / "set")
    assert (status, answer["error"]["code"]) == (3, "not_allowed")
    assert not list((tmp_path / "set").iterdir())


def test_wrong_words_end_with_two(run: Callable[..., Any]) -> None:
    for words in (
        ("year-end", "soon", "--to", "x"),
        ("year-end", "26", "--to", "x"),
        ("fly",),
        ("receipt", "R-1"),
        ("flags", "--client", "c-own", "--treatment", "t-60"),
        ("flags", "--client", "c-own", "--treatment", "t-60", "--at", "2026-02-30T10:00"),
        ("slots", "--treatment", "t-60", "--from", "20261203", "--to", "2026-12-04"),
        (
            "book",
            "--client",
            "c",
            "--treatment",
            "t",
            "--staff",
            "s",
            "--at",
            "2026-12-03T10:00",
            "--override",
            "CVD-10=BOGUS",
        ),
    ):
        with pytest.raises(SystemExit) as left:
            run(*words)
        assert left.value.code == 2


def test_a_fault_in_the_program_leaves_a_report_without_data(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_asked: object) -> None:
        secret = "Hạnh Nguyễn"
        raise RuntimeError(secret)

    monkeypatch.setattr("clinic.cli.commands.COMMANDS", {"verify": broken})
    status, answer, message = run("verify")
    assert (status, answer) == (1, None)
    report = Path(message.strip().rpartition(": ")[2])
    assert "RuntimeError" in report.read_text("utf-8")
    assert "Nguyễn" not in report.read_text("utf-8") + message


def test_the_program_tries_itself(run: Callable[..., Any]) -> None:
    status, answer, _ = run("self-test")
    assert status == 0
    assert len(answer["checked"]) >= 6


def test_a_command_needs_no_window(path: Path) -> None:
    script = (
        "import sys, main; done = main.main(['self-test']); sys.exit(9 if 'PySide6' in sys.modules else done)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == 0
    assert path.exists()
