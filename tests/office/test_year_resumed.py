"""A run of the year's end that was stopped: what it had finished, and is still right, is not made again."""

from __future__ import annotations

import json
import os
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic import cli
from clinic.documents import statement
from clinic.exchange import filesets, kept
from clinic.office import clients, year_end
from clinic.office.year_end import Along
from clinic.values import ClientId, Stopped, Trouble
from clinic.workroom.year_along import NOTHING_ALONG
from tests import practices
from tests.office.test_year_end_of_many import a_busy_practice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

MANY = 12
"""Two more than are made between two moments at which one can stop."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resumed") / "made"
    a_busy_practice(folder, MANY).close()
    return next(folder.glob("*.clinic"))


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    desk = practices.sit_down(practices.copied(template, tmp_path / "copy"))
    yield desk
    desk.close()


def stop(_done: int, _of: int) -> None:
    raise Stopped


def stopped(desk: Desk, folder: Path, along: Along = NOTHING_ALONG) -> None:
    with pytest.raises(Stopped):
        year_end.export(desk, 2026, folder, along=along, progress=stop)


def files(made: year_end.Made) -> dict[str, str]:
    return {entry["path"]: entry["sha256"] for entry in made.manifest["files"]}


def rename(desk: Desk, client: str) -> None:
    before = desk.reading(lambda work: clients.details(work, ClientId(client)))
    change = partial(
        clients.edit, client=ClientId(client), changes={"preferred_name": "Odi", "email": "o@x.test"}
    )
    desk.writing(partial(change, version=before.version))


def there(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_stopped_run_leaves_the_old_set_and_never_looks_like_one(desk: Desk, tmp_path: Path) -> None:
    fresh, again = tmp_path / "fresh", tmp_path / "again"
    stopped(desk, fresh)
    assert year_end.kept_aside(fresh) == 10
    assert {entry.name for entry in fresh.iterdir()} == {filesets.COMING}
    assert not (fresh / filesets.COMING / "manifest.json").exists()
    year_end.export(desk, 2026, again)
    before = there(again), (again / "manifest.json").read_bytes()
    stopped(desk, again)
    left = {path for path in there(again) if not path.startswith(filesets.COMING)}
    assert (left, (again / "manifest.json").read_bytes()) == before
    year_end.throw_away(again)
    assert there(again) == before[0]
    year_end.throw_away(again)


def test_what_was_finished_and_is_still_right_is_not_made_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "set"
    stopped(desk, folder)
    drawn: list[str] = []
    draw = statement.pdf

    def count(sheet: Any) -> bytes:
        drawn.append(sheet.client.name)
        return draw(sheet)

    monkeypatch.setattr(statement, "pdf", count)
    made = year_end.export(desk, 2026, folder)
    assert (made.again, len(drawn)) == (10, 2)
    assert there(folder) == {*files(made), "manifest.json"}
    assert files(made) == files(year_end.export(desk, 2026, tmp_path / "other"))
    for path, digest in files(made).items():
        assert kept.fingerprint(folder, path)["sha256"] == digest


def test_what_changed_or_was_torn_meanwhile_is_made_anew(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    stopped(desk, folder)
    coming = folder / filesets.COMING
    torn, unnoted, *_others = sorted(path for path in coming.iterdir() if path.name.startswith("Marchetti"))
    (torn / "receipts.pdf").write_bytes(b"%PDF")
    (coming / kept.DONE / f"{unnoted.name}.json").write_text("torn")
    gone = next(path for path in sorted(coming.iterdir()) if path.name.endswith("_c-5"))
    (gone / "lines.csv").unlink()
    rename(desk, "c-7")
    made = year_end.export(desk, 2026, folder)
    assert made.again == 6
    assert files(made) == files(year_end.export(desk, 2026, tmp_path / "other"))


def test_another_wish_makes_everything_anew_and_passwords_stay_with_their_papers(
    desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "set"
    with_words = Along(passwords=True)
    stopped(desk, folder)
    stopped(desk, folder, with_words)
    assert year_end.export(desk, 2026, folder, along=with_words).again == 10
    words = (folder / "passwords.csv").read_text("utf-8").splitlines()
    assert len(words) == 1 + MANY
    assert len({row.rpartition(",")[2] for row in words[1:]}) == MANY


def test_a_client_who_left_the_year_is_cleared_from_what_was_finished(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    stopped(desk, folder)
    some = tuple(ClientId(f"c-{n}") for n in range(3))
    made = year_end.export(desk, 2026, folder, clients=some)
    assert (made.again, made.manifest["clients"]) == (3, 3)
    assert there(folder) == {*files(made), "manifest.json"}


def test_nobody_takes_what_another_run_is_making(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    stopped(desk, folder)
    (folder / filesets.COMING / filesets.PID).write_text(str(os.getppid()))
    with pytest.raises(Trouble, match="in_use"):
        year_end.throw_away(folder)
    with pytest.raises(Trouble, match="in_use"):
        year_end.export(desk, 2026, folder)


def test_the_command_goes_on_too_and_says_for_whom_the_set_changed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLINIC_PRACTICE", str(desk.vault.path))
    monkeypatch.setenv("CLINIC_PASSWORD", practices.PASSWORD)
    monkeypatch.setenv("CLINIC_USER", practices.PEOPLE["owner"])
    words = ["year-end", "2026", "--to", str(tmp_path / "set"), "--json"]
    with monkeypatch.context() as terminal:
        terminal.setattr(cli.commands, "_progress", lambda _what: stop)
        assert cli.run(words) == 4
    assert "10 clients are finished" in capsys.readouterr().err
    assert cli.run(words) == 0
    told = capsys.readouterr()
    assert "10 clients had been finished" in told.err
    assert json.loads(told.out)["clients"] == MANY
    assert cli.run(words) == 0
    assert "changed for 0 clients" in capsys.readouterr().err
