"""The chart's own journeys: a letter's life, one person on file twice, and a client who asks for everything."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from clinic.office import access, charts, clients, find, letter_list, letters, merging, requests
from clinic.office.charts import Standing
from clinic.values import ClientId, LetterId, Refusal, RequestKind
from tests import practices
from tests.documents.reading import words_of
from ui.screens.clients import Clients

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.journeys.person import Person

OTHER = ClientId("c-other")
CLINICAL = ("cervicalgia", "m54", "stiff", "adeyemi")
"""What of diagnoses, notes and signers there is in the practice of the journeys."""


def card(person: Person, client: ClientId, number: str) -> charts.LetterCard:
    found = person.look_up(partial(charts.letters, client=client))
    return next(each for each in found if each.reference == number)


def drop(page: QWidget, path: Path) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, files, left, none))


def test_a_letter_is_dropped_completed_counted_down_and_renewed(
    owner: Person, printed: list[bytes], tmp_path: Path
) -> None:
    scan = tmp_path / "letter.pdf"
    scan.write_bytes(b"%PDF-1.7 a letter")
    owner.shell.go("clients", OTHER)
    owner.wait()
    drop(owner.screen(Clients).chart, scan)
    owner.wait()
    owner.fill("Number", "L-2026-050")
    owner.press("Put on file")
    assert card(owner, OTHER, "L-2026-050").standing is Standing.INCOMPLETE

    owner.press("Open L-2026-050")
    owner.fill("Signed by", "Dr. Ines Ko")
    owner.fill("Signed on", "nov 2")
    owner.tick("Signature")
    owner.type_in(owner.find(QPlainTextEdit, "Diagnoses"), "M54.2 Cervicalgia")
    owner.fill("Visits", "2")
    owner.press("Done")
    owner.wait()
    complete = card(owner, OTHER, "L-2026-050")
    assert (complete.standing, complete.missing, complete.visits) == (Standing.EXPIRING, (), 2)
    assert len(owner.look_up(partial(letters.scans, letter=complete.id))) == 1
    assert (complete.used, complete.left) == (1, 1)  # the visit of this morning counted by itself

    before = owner.interactions
    owner.press("Print renewal request")
    owner.press("Print")
    assert owner.interactions - before == 2
    (paper,) = printed
    said = words_of(paper)
    assert "Dear Dr. Ines Ko" in said
    assert "for 2 visits; 1 of them are used" in said
    assert "Cervicalgia" not in said
    (row,) = owner.look_up(requests.listed)
    assert (row.kind, row.letter) == (RequestKind.RENEWAL, complete.id)

    desk = owner.shell.seat.desk
    facts = {"number": "L-2026-060", "signed": True, "signed_on": date(2026, 11, 17)}
    desk.writing(lambda work: letters.add(work, client=OTHER, kind=complete.kind, **facts))
    assert owner.look_up(requests.listed) == ()  # the answer closed it


def test_a_letter_is_typed_beside_its_scan_and_counts_after_seven_interactions(
    owner: Person, tmp_path: Path
) -> None:
    scan = tmp_path / "letter.pdf"
    scan.write_bytes(b"%PDF-1.7 a letter")
    owner.shell.go("clients", OTHER)
    page = owner.screen(Clients).chart
    drop(page, scan)
    owner.qtbot.waitUntil(page.scan.isVisible)
    before = owner.interactions
    owner.fill("Signed by", "Dr. Ines Ko")
    owner.fill("Signed on", "nov 2")
    owner.tick("Signature")
    owner.type_in(owner.find(QPlainTextEdit, "Diagnoses"), "M54.2 Cervicalgia")
    owner.fill("Visits", "12")
    assert page.scan.isVisible()
    owner.press("Put on file")
    assert 1 + owner.interactions - before == 7  # the drop is one
    assert not page.scan.isVisible()
    (kept,) = owner.look_up(partial(charts.letters, client=OTHER))
    assert (kept.standing, kept.missing, kept.used) == (Standing.ACTIVE, (), 1)


def test_one_person_on_file_twice_is_made_one_and_parted_again(owner: Person) -> None:
    desk = owner.shell.seat.desk
    (twice, _topics) = desk.writing(
        partial(clients.create, given_name="Odile", family_name="Marchetti", phone="(510) 555-0168")
    )
    owner.shell.go("clients", OTHER)
    owner.press("Same person twice?")
    owner.press("Odile Marchetti")
    owner.press("Make them one")
    owner.qtbot.waitUntil(lambda: bool(owner.look_up(partial(merging.of_client, client=OTHER))))
    assert owner.look_up(partial(clients.details, client=twice)).archived_on is not None
    owner.press("Part them again")
    owner.wait()
    assert owner.look_up(partial(clients.details, client=twice)).archived_on is None


def test_a_client_who_asks_for_everything_gets_it_in_one_action(
    owner: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "ui.screens.clients.access_panel.QFileDialog.getExistingDirectory", lambda *_args: str(tmp_path)
    )
    owner.shell.seat.confirm(practices.PASSWORD)
    owner.shell.go("clients", ClientId("c-own"))
    owner.press("Give out the whole file")
    owner.press("Write the file")
    owner.qtbot.waitUntil(lambda: len(list(tmp_path.glob("client-file-*"))) == 2)
    paper = next(tmp_path.glob("*.pdf"))
    assert "Cervicalgia" in words_of(paper.read_bytes())


@pytest.mark.parametrize("who", ["s-desk", "s-books"])
def test_no_clinical_word_reaches_those_who_do_not_treat(somebody: Person, who: str) -> None:
    """The chart, every panel it opens, the letters, the search and what is refused."""
    somebody.sign_in(who)
    somebody.shell.go("letters" if who == "s-desk" else "till")
    somebody.wait()
    assert not _clinical(somebody)
    somebody.shell.go("clients", ClientId("c-own"))
    somebody.wait()
    assert not _clinical(somebody)
    for name in ("Edit", "Is it covered?", "Same person twice?", "Renewal request", "L-2026-014"):
        try:
            somebody.press(name)
        except LookupError:
            continue
        somebody.wait()
        assert not _clinical(somebody), name


def _clinical(person: Person) -> list[str]:
    held = person.everything().lower()
    return [word for word in CLINICAL if word in held]


def test_what_the_office_answers_those_who_do_not_treat_has_no_clinical_word(somebody: Person) -> None:
    somebody.sign_in("s-desk")
    own = ClientId("c-own")
    asked: tuple[Callable[[Any], object], ...] = (
        partial(charts.chart, client=own),
        partial(clients.details, client=own),
        partial(requests.listed, client=own, all_of_them=True),
        letter_list.listed,
        partial(find.anything, typed="cervicalgia"),
        partial(merging.preview, kept=own, gone=OTHER),
    )
    for query in asked:
        said = repr(somebody.look_up(query)).lower()
        assert not [word for word in CLINICAL if word in said], query
    for denied in (
        partial(letters.details, letter=LetterId("l-1")),
        partial(access.whole, client=own, reason="x"),
    ):
        with pytest.raises(Refusal) as refused:
            somebody.look_up(denied)
        assert refused.value.code == "not_allowed"
        assert not [word for word in CLINICAL if word in repr(refused.value.facts).lower()]


def test_which_of_two_letters_counts_is_chosen_on_the_line_and_taken_back(owner: Person) -> None:
    desk = owner.shell.seat.desk
    facts = practices.a_letter(number="L-2026-020") | {
        "client": ClientId("c-own"),
        "signed_on": date(2026, 7, 1),
        "ends_on": date(2027, 3, 31),
    }
    facts.pop("id")
    (other, _topics) = desk.writing(lambda work: letters.add(work, **facts))
    owner.shell.go("clients", ClientId("c-own"))
    line = owner.find(QWidget, "Letters and visits in time")
    line.setFocus()
    owner.key(Qt.Key.Key_Left)  # the last visit: the one that is booked
    owner.key(Qt.Key.Key_Return)
    owner.press("Use L-2026-020 for this visit")
    assert owner.reads("Chosen by hand.")
    assert _under(owner) == other
    assert "its letter chosen by hand" in line.accessibleDescription()
    owner.chord(Qt.Key.Key_Z)
    assert _under(owner) == LetterId("l-1")
    assert not owner.reads("Chosen by hand.")


def _under(person: Person) -> str | None:
    shown = person.look_up(partial(charts.chart, client=ClientId("c-own"))).coverage
    return shown[-1].letter
