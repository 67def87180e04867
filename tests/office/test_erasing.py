"""A client whose time is over is taken out of the file for good, and the books still add up."""

from __future__ import annotations

import json
import zlib
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from clinic.documents.frozen import from_json
from clinic.documents.sheets import ReceiptSheet
from clinic.exchange import portable as post
from clinic.office import access, clients, custody, erasing, papers, portable, year_end
from clinic.office.erasing import Ground
from clinic.records import AuditRow, Base, Bundle, Client, Paper, Payment
from clinic.rules.keeping import Bar
from clinic.storage import backup, trail
from clinic.storage.erasing import BOOKS, NOBODY
from clinic.values import ClientId, Refusal
from tests import aged, practices
from tests.aged import MARK, NAME, OTHER, OWN, TWIN
from tests.decrypted import pages_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk


@pytest.fixture(scope="module")
def aged_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return aged.make(tmp_path_factory.mktemp("aged"))


@pytest.fixture
def desk(aged_practice: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = aged.sit_down(practices.copied(aged_practice, tmp_path / "live"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def after(aged_practice: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The owner's place after the client was erased; nothing is changed there any more."""
    opened = aged.sit_down(practices.copied(aged_practice, tmp_path_factory.mktemp("after") / "live"))
    erase(opened)
    yield opened
    opened.close()


def erase(desk: Desk, *, named: str = NAME, **more: Any) -> erasing.Erased:
    return erasing.erase_file(desk, OWN, ground=Ground.TIME_OVER, named=named, **more)


def rows(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Everything in every table."""

    def read(work: Any) -> dict[str, list[dict[str, Any]]]:
        return {
            table.name: [dict(row._mapping) for row in work.run(select(table))]
            for table in Base.metadata.sorted_tables
        }

    return desk.reading(read)


def test_the_practice_holds_something_of_the_client_in_every_table_that_can(desk: Desk) -> None:
    """A table that is added and may speak of a client has to be added to the practice of this test."""
    found = desk.reading(partial(erasing.preview, client=OWN))
    pointing = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.column.table.name in {"clients", "appointments", "letters"} for key in table.foreign_keys)
    }
    assert pointing - {"decisions", "standings"} <= {*found.goes, *found.stays}
    assert (found.goes["clients"], found.bars, found.stays["papers"]) == (2, (), 2)


def test_nothing_on_any_page_of_the_file_says_who_it_was(after: Desk, desk: Desk) -> None:
    before = pages_of(desk.vault.path, desk.vault.data_key)
    assert {word for word in aged.SAID if word.encode() not in before} <= {
        "hanh"
    }  # found only where it is indexed
    pages = pages_of(after.vault.path, after.vault.data_key)
    assert b"Marchetti" in pages
    assert [word for word in aged.SAID if word.encode() in pages] == []


def test_nothing_in_any_table_points_at_the_client_but_the_trail(after: Desk) -> None:
    found = rows(after)
    told = {name: str(kept) for name, kept in found.items() if name != "audit"}
    assert [name for name, kept in told.items() if OWN in kept or TWIN in kept] == []
    about = [row for row in found["audit"] if row["object"] in {f"clients/{OWN}", f"clients/{TWIN}"}]
    assert {row["payload"] for row in about if row["action"] != trail.ERASED} == {trail.BLANK}
    assert MARK not in str(found)
    for sheet in (
        zlib.decompress(row["sheet"]).decode() for row in found["papers"] if row["invoice"] != "i-3"
    ):
        assert MARK not in sheet


def test_the_deed_is_on_record_by_ids_and_counts_alone(after: Desk) -> None:
    entry = next(row for row in rows(after)["audit"] if row["action"] == trail.ERASED)
    said = json.loads(entry["payload"])
    assert (entry["person"], entry["object"], said["ground"]) == ("owner", f"clients/{OWN}", "time_over")
    assert said.keys() == {"rows", "count", "left", "records", "ground"}
    assert said["records"]["notes"] == 1
    assert said["count"] > 20


def test_every_check_passes_and_says_how_much_was_erased(after: Desk) -> None:
    found = custody.verify(after)
    assert [finding.check for finding in found if not finding.ok] == []
    assert next(each for each in found if each.check == "trail").facts["erased"] > 20


def money(desk: Desk) -> Any:
    kept = {name: held for name, held in rows(desk).items() if name in BOOKS}
    for held in kept.values():
        for row in held:
            for personal in ("client", "text", "discount_reason", "void_reason", "reference", "appointment"):
                row.pop(personal, None)
            for drawn in ("sheet", "pages", "pages_hash", "printed_at", "shared_with"):
                row.pop(drawn, None)
    return kept


def test_the_books_keep_every_number_and_every_cent(after: Desk, desk: Desk) -> None:
    assert money(after) == money(desk)


def test_a_year_adds_up_as_before(after: Desk, desk: Desk, tmp_path: Path) -> None:
    was, now = (
        json.loads(year_end.export(one, 2026, tmp_path / name).folder.joinpath("manifest.json").read_text())
        for one, name in ((desk, "was"), (after, "now"))
    )
    assert now["totals"]["client_paid"] == was["totals"]["client_paid"]
    assert (tmp_path / "now" / "Erased_erased").is_dir()


def test_a_receipt_keeps_its_number_its_amounts_and_its_code(after: Desk, desk: Desk) -> None:
    number = "R-2026-000001"

    def sheet(work: Any) -> ReceiptSheet:
        return from_json(ReceiptSheet, zlib.decompress(work.get(Paper, number).sheet).decode())

    was, now = desk.reading(sheet), after.reading(sheet)
    assert (now.number, now.charged, now.client_paid) == (was.number, was.charged, was.client_paid)
    assert (now.client.name, {line.text for line in now.lines}) == ("Erased", {"Erased"})
    assert after.reading(partial(papers.verify, number=number, code=was.verification))
    assert after.reading(partial(papers.preview, number=number)).startswith(b"%PDF")


def test_a_stranger_loses_nothing(after: Desk, desk: Desk) -> None:
    theirs = [one for one in rows(after)["clients"] if one["id"] == OTHER]
    assert theirs == [one for one in rows(desk)["clients"] if one["id"] == OTHER]
    assert [one["id"] for one in rows(after)["appointments"]] == ["a-2"]
    assert (
        after.reading(lambda work: work.session.scalar(select(Payment.reference).where(Payment.id == "p-2")))
        == "1234"
    )
    assert [found.name for found in after.reading(partial(clients.search, typed="Marchetti"))] == [
        "Odile Marchetti"
    ]
    assert after.reading(partial(clients.search, typed=MARK)) == ()


def test_the_portable_file_has_the_client_no_more_and_all_the_numbers(after: Desk, tmp_path: Path) -> None:
    file, again = tmp_path / "out.json", tmp_path / "again.json"
    portable.give_out(after, file, reason="moving")
    told = post.read(file)
    assert {one["id"] for one in told.clients} == {OTHER, NOBODY}
    assert [(one["number"], one["client"]) for one in told.invoices] == [
        ("R-2026-000001", NOBODY),
        ("R-2026-000002", NOBODY),
        ("R-2026-000003", OTHER),
    ]
    assert MARK not in file.read_text("utf-8")
    (tmp_path / "elsewhere").mkdir()
    elsewhere = practices.sit_down(
        practices.make(tmp_path / "elsewhere", json.loads(file.read_text("utf-8")))
    )
    elsewhere.confirm()
    portable.give_out(elsewhere, again, reason="tried")
    elsewhere.close()

    def lists(path: Path) -> Any:
        document = json.loads(path.read_text("utf-8"))
        return {name: part for name, part in document.items() if name not in {"exported_at", "staff"}}

    assert lists(again) == lists(file)


def test_a_second_client_goes_the_same_way(desk: Desk) -> None:
    erase(desk)
    desk.confirm()
    assert desk.reading(partial(erasing.preview, client=OTHER)).bars == ()
    erasing.erase_file(desk, OTHER, ground=Ground.ASKED, named="odile marchetti")
    assert [one["id"] for one in rows(desk)["clients"]] == [NOBODY]
    assert [finding.check for finding in custody.verify(desk) if not finding.ok] == []
    assert desk.reading(erasing.due) == ()  # the books of nobody are never due
    with pytest.raises(Refusal, match="not_found"):
        desk.reading(partial(erasing.preview, client=ClientId(NOBODY)))


def test_a_backup_from_before_brings_the_client_back_and_onto_the_list(desk: Desk) -> None:
    erase(desk)
    copy = backup.last(desk.vault)
    path = desk.vault.path
    desk.close()
    assert copy is not None
    person, password = practices.PEOPLE["owner"], practices.PASSWORD
    custody.restore(copy.path, path, reason="tried", person=person, password=password)
    back = aged.sit_down(path)
    assert [ripe.name for ripe in back.reading(erasing.due)] == [NAME, "Odile Marchetti"]
    back.close()


def test_who_is_due_is_listed_longest_first_with_the_hold(desk: Desk) -> None:
    found = desk.reading(erasing.due)
    assert [(ripe.name, ripe.until, ripe.hold) for ripe in found] == [
        (NAME, date(2033, 11, 5), ""),
        ("Odile Marchetti", date(2033, 11, 18), ""),
    ]
    desk.writing(partial(access.put_on_hold, client=OWN, reason="a claim"))
    assert desk.reading(erasing.due)[0].hold == "a claim"
    desk.clock = lambda: practices.NOW
    assert desk.reading(erasing.due) == ()


def hold_the_twin(work: Any) -> None:
    work.get(Client, TWIN).hold = {"reason": "a court"}


def share_less(work: Any) -> None:
    work.get(Bundle, "b-1").visits = 3


def be_born_late(work: Any) -> None:
    work.get(Client, OWN).born = date(2025, 1, 1)


def lend_a_letter(work: Any) -> None:
    from clinic.records import Appointment  # noqa: PLC0415 - beside what it changes

    work.get(Appointment, "a-2").letter = "l-1"


BARS = {
    be_born_late: Bar.KEPT,
    hold_the_twin: Bar.HOLD,
    share_less: Bar.BUNDLE,
    lend_a_letter: Bar.LENT,
}


@pytest.mark.parametrize("change", BARS)
def test_what_is_still_open_is_not_erased_and_says_why(desk: Desk, change: Any) -> None:
    desk.writing(change)
    bars = desk.reading(partial(erasing.preview, client=OWN)).bars
    assert bars == (BARS[change],)
    with pytest.raises(Refusal, match="file_is_kept") as refused:
        erase(desk)
    assert refused.value.facts["bars"] == [BARS[change].value]
    assert backup.last(desk.vault) is None  # nothing was begun


def test_only_with_the_password_the_right_name_and_a_ground(desk: Desk) -> None:
    with pytest.raises(Refusal, match="name_differs"):
        erase(desk, named="Odile")
    desk.clock = lambda: aged.LATER + timedelta(minutes=6)
    with pytest.raises(Refusal, match="password_again"):
        erase(desk)
    assert desk.reading(lambda work: work.session.scalar(select(func.count(Client.id)))) == 3


def test_copies_that_hold_the_client_are_told_by_day_and_when_they_go(desk: Desk, tmp_path: Path) -> None:
    custody.back_up(desk)
    desk.writing(partial(custody.choose_second, folder=tmp_path))
    custody.back_up(desk, tmp_path)
    steps: list[int] = []
    copies = erase(desk, progress=lambda done, _of: steps.append(done)).copies
    day = aged.LATER.date()
    assert [(copy.taken_on, copy.elsewhere) for copy in copies] == [(day, False), (day, True)]
    (own, other) = copies
    assert own.leaves_on is not None
    assert day < own.leaves_on < day + timedelta(days=366)
    assert other.leaves_on is None
    assert steps == [1]


def test_the_trail_has_no_older_entry_that_names_a_row(after: Desk) -> None:
    ours = ("appointments/a-1", "notes/n-1", "steps/v-2", "unfinished_forms/owner", "papers/R-2026-000001")
    asked = select(AuditRow.object, AuditRow.payload).where(AuditRow.object.in_(ours))
    found = after.reading(lambda work: work.run(asked).all())
    assert {row.object for row in found} >= {"steps/v-2", "unfinished_forms/owner", "papers/R-2026-000001"}
    assert {row.payload for row in found} == {trail.BLANK}
