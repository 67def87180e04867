"""The work a practice lives by: somebody new, a letter, a visit, money, a receipt, and the year's papers."""

from __future__ import annotations

import csv
import json
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from clinic.office import charts, clients, papers, receipts
from clinic.office.charts import Standing
from tests import practices
from tests.documents.reading import words_of
from tests.journeys.person import CTRL_SHIFT
from ui.screens.year_end import YearEnd
from ui.widgets.fields import Choice

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from clinic.office.charts import Chart
    from tests.journeys.person import Person

MARK = "Documented as medically necessary"


def take_on(person: Person) -> None:
    person.chord(Qt.Key.Key_N, CTRL_SHIFT)
    person.fill("Given name", "Solenne")
    person.fill("Family name", "Baptiste", enter=True)


def add_letter(person: Person) -> None:
    person.press("Add letter")
    person.fill("Number", "L-2026-031")
    person.fill("Signed by", "Dr. Miriam Adeyemi")
    person.fill("Credential", "MD")
    person.fill("Signed on", "nov 2")
    person.tick("Signature")
    person.type_in(person.find(QPlainTextEdit, "Diagnoses"), "M54.2 Cervicalgia")
    person.fill("Visits", "6")
    person.press("Put on file")


def book_at_one(person: Person) -> None:
    person.press("Book visit")
    person.type_in(person.find(Choice, "Treatment"), "Th")
    person.fill("Time", "1pm")
    person.reads_soon("Visit 1 of 6, letter L-2026-031")
    person.press("Book the visit")


def chart_of(person: Person, name: str) -> Chart:
    (found,) = person.look_up(partial(clients.search, typed=name))
    return person.look_up(partial(charts.chart, client=found.id))


def test_from_a_new_client_to_the_papers_of_the_year(
    owner: Person, printed: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_on(owner)
    assert owner.reads("Solenne Baptiste")
    (client,) = owner.look_up(partial(clients.search, typed="Solenne"))
    practices.know(owner.shell.seat.desk, client.id)
    add_letter(owner)
    (letter,) = chart_of(owner, "Solenne").letters
    assert (letter.standing, letter.visits) == (Standing.ACTIVE, 6)
    book_at_one(owner)

    owner.chord(Qt.Key.Key_T)
    for step in ("Arrive", "Begin", "Done", "Take payment"):
        owner.press(f"{step}: Solenne Baptiste")
    owner.press("20 %")
    owner.reads_soon("not to the tip")
    assert owner.reads(MARK)
    owner.press("Take $150.00 and print receipt")

    (receipt,) = (one for one in owner.look_up(receipts.recent) if one.client_name == "Solenne Baptiste")
    assert (str(receipt.amount), receipt.open.cents) == ("150.00", 0)
    assert owner.reads(receipt.number)
    (paper,) = printed
    assert paper == owner.look_up(partial(papers.preview, number=receipt.number))
    said = words_of(paper)
    assert "Client Solenne Baptiste" in said
    assert f"{MARK} Letter L-2026-031 of Dr. Miriam Adeyemi, MD" in said
    assert "visit 1 of 6" in said
    assert "Applies to $125.00 not to the tip" in said
    assert owner.find(QWidget, "Page 1 of 1").isVisible()
    assert chart_of(owner, "Solenne").letters[0].used == 1

    monkeypatch.setattr("ui.screens.year_end.export.usual_folder", lambda _year: tmp_path / "set")
    owner.chord(Qt.Key.Key_Y, CTRL_SHIFT)
    if owner.screen(YearEnd).has_exceptions:
        owner.press("Next")
    owner.press("Export")
    owner.press("Done")
    manifest = json.loads((tmp_path / "set" / "manifest.json").read_text("utf-8"))
    assert manifest["clients"] == 2
    with (tmp_path / "set" / "lines.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = {row["kind"]: row for row in csv.DictReader(file) if row["client"] == "Solenne Baptiste"}
    treatment, tip = lines["treatment"], lines["tip"]
    assert (treatment["marked"], treatment["eligible"], treatment["visit"]) == ("yes", "125.00", "1")
    assert treatment["receipt"] == receipt.number
    assert (tip["marked"], tip["eligible"], tip["client_paid"]) == ("no", "0.00", "25.00")
