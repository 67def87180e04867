"""What is half filled in when the window locks, or the program is killed, is there again, for the right person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit
from sqlalchemy import func, select

from clinic.office import clients, till, unfinished
from clinic.records import AuditRow, Invoice, UnfinishedForm
from clinic.values import ClientId
from tests import practices
from tests.journeys.person import CTRL_SHIFT
from ui.screens.clients.letter_panel import LetterPanel
from ui.screens.clients.plan_panel import PlanPanel
from ui.screens.till import Till
from ui.unfinished import way_of
from ui.widgets.fields import Line

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from pytestqt.qtbot import QtBot

    from tests.journeys.person import Person

OWN = ClientId("c-own")
DIAGNOSIS = "M54.2 Cervicalgia"


def panel(person: Person) -> Any:
    person.wait()
    return person.shell._panel.shown


def lock(person: Person) -> None:
    person.chord(Qt.Key.Key_L)
    person.qtbot.waitUntil(lambda: person.window.shell is None)


def test_a_letter_half_typed_is_there_again_after_the_window_was_locked(
    owner: Person, tmp_path: Path
) -> None:
    scan = tmp_path / "letter.pdf"
    scan.write_bytes(b"%PDF-1.7 a letter")
    owner.shell.go("clients", OWN)
    owner.press("Add letter")
    owner.fill("Number", "L-2026-090")
    owner.fill("Signed on", "nov 2")
    owner.tick("Signature")
    owner.type_in(owner.find(QPlainTextEdit, "Diagnoses"), DIAGNOSIS)
    panel(owner).bring(scan)
    lock(owner)

    owner.sign_in("s-desk")
    assert panel(owner) is None
    assert "L-2026-090" not in owner.everything()
    assert owner.look_up(unfinished.kept) is None
    lock(owner)

    owner.sign_in("owner")
    owner.qtbot.waitUntil(lambda: isinstance(panel(owner), LetterPanel))
    assert owner.find(Line, "Number").text() == "L-2026-090"
    assert owner.find(QCheckBox, "Signature").isChecked()
    assert owner.find(QPlainTextEdit, "Diagnoses").toPlainText() == DIAGNOSIS
    assert panel(owner).fields.facts()["signed_on"].isoformat() == "2026-11-02"
    owner.reads_soon("letter.pdf will be kept with the letter.")
    owner.press("Put on file")
    assert owner.look_up(unfinished.kept) is None
    lock(owner)
    owner.sign_in("owner")
    assert panel(owner) is None


def test_what_is_left_by_hand_is_not_offered_again(owner: Person) -> None:
    owner.chord(Qt.Key.Key_N, CTRL_SHIFT)
    owner.fill("Given name", "Solenne")
    owner.shell._unsent.keep()
    kept = owner.look_up(unfinished.kept)
    assert kept is not None
    assert list(kept.typed.values()) == ["Solenne"]
    owner.press("Leave it")
    assert owner.look_up(unfinished.kept) is None


def test_what_the_trail_holds_of_it_are_no_words(owner: Person) -> None:
    owner.chord(Qt.Key.Key_N, CTRL_SHIFT)
    owner.fill("Given name", "Solenne")
    owner.shell._unsent.keep()
    owner.fill("Family name", "Baptiste")
    owner.shell._unsent.keep()
    about = select(func.group_concat(AuditRow.action), func.group_concat(AuditRow.payload)).where(
        AuditRow.object == "unfinished_forms/owner"
    )
    actions, payloads = owner.look_up(lambda work: work.run(about).one())
    assert actions == "created"
    assert "Solenne" not in payloads


def test_a_program_that_was_killed_gives_back_what_was_kept_three_seconds_before(
    owner: Person, qtbot: QtBot
) -> None:
    owner.shell.go("clients", OWN)
    owner.press("Write a plan")
    owner.tick("Pain")
    owner.fill("Pain, in the client's words", "Sleep through")
    query = owner.shell.seat.desk.reading
    qtbot.waitUntil(lambda: query(unfinished.kept) is not None, timeout=3_500)
    # Killed: nothing is asked to keep anything any more.
    owner.shell._unsent._locked = True
    lock(owner)
    owner.sign_in("owner")
    owner.qtbot.waitUntil(lambda: isinstance(panel(owner), PlanPanel))
    assert owner.find(Line, "Pain, in the client's words").text() == "Sleep through"


FORMS: list[tuple[str, dict[str, str], str]] = [
    ("clients/client", {}, "Given name"),
    ("letters/clinician", {}, "Practice"),
    ("letters/course", {"staff": "s-therapist"}, "Course"),
    ("letters/registration", {}, "City"),
    ("clients/request", {"client": "c-own", "kind": "renewal", "letter": "l-1"}, ""),
    ("clients/coverage", {"client": "c-own"}, "Spoke with"),
    ("clients/details", {"client": "c-own"}, "Likes to be called"),
    ("today/visit", {"client": "c-own", "at": "2026-11-20T10:00:00", "staff": "owner"}, ""),
    ("today/new visit", {"day": "2026-11-20"}, "Given name"),
    (
        "today/waiting",
        {"client": "c-own", "treatment": "t-60", "minutes": "60"},
        "Remark",
    ),
    (
        "today/series",
        {
            "client": "c-own",
            "treatment": "t-60",
            "staff": "owner",
            "first": "2026-12-01T10:00:00",
            "rhythm": "1/2/4",
        },
        "Visits in all",
    ),
    ("clients/access", {"client": "c-own"}, "Why; kept in the record"),
    ("settings/people", {}, "Title on papers"),
    ("settings/treatments", {}, "Name"),
    ("settings/time_off", {}, "Reason"),
]


def test_every_form_knows_the_way_back_to_itself(owner: Person) -> None:
    unsent = owner.shell._unsent
    for form, of, field in FORMS:
        place, _slash, name = form.partition("/")
        typed = {f"line:{field}:1": "Odessa"} if field else {"line:Time:1": "4:30 PM"}
        unsent._wanted = unfinished.Unfinished(place, name, of, typed)
        owner.shell._open_again(unsent._wanted)
        owner.qtbot.waitUntil(lambda: unsent._wanted is None)
        way = panel(owner).way
        assert (way.place, way.form, dict(way.of)) == (place, name, of)
        if field:
            assert owner.find(Line, field).text() == "Odessa", form
        owner.shell.hide_panel()
    assert owner.bugs == []


def test_two_files_made_one_take_the_form_along(owner: Person) -> None:
    from clinic.office import merging  # noqa: PLC0415 - here alone

    desk = owner.shell.seat.desk
    (twice, _topics) = desk.writing(partial(clients.create, given_name="Hạnh", family_name="Nguyễn"))
    form = unfinished.Unfinished("clients", "letter", {"client": twice}, {"line:Number:1": "L-9"})
    desk.writing(partial(unfinished.keep, form=form))
    desk.writing(partial(merging.merge, kept=OWN, gone=ClientId(twice)))
    kept = desk.reading(unfinished.kept)
    assert kept is not None
    assert kept.of["client"] == OWN
    assert desk.reading(lambda work: work.get(UnfinishedForm, "owner").saved_at) == practices.NOW


def operation_of(checkout: Any) -> str:
    way = way_of(checkout)
    assert way is not None
    return way.of["operation"]


def test_a_checkout_is_there_again_after_a_lock_and_is_charged_once(owner: Person) -> None:
    owner.shell.go("till", "a-2")
    owner.press("15 %")
    owner.press("Goods")
    owner.fill("Goods", "Arnica gel")
    owner.fill("Price", "18")
    owner.press("Add to the receipt")
    owner.press("Cash")
    owner.fill("Cash, amount", "40")
    owner.press("Split the payment")
    checkout = owner.screen(Till).checkout
    charges, tenders = checkout.lines.charges, checkout.tenders.tenders
    operation = operation_of(checkout)
    assert len(charges) == 3
    assert len(tenders) == 2
    lock(owner)

    owner.sign_in("owner")
    owner.qtbot.waitUntil(lambda: owner.screen(Till).checkout.lines.charges == charges)
    checkout = owner.screen(Till).checkout
    owner.qtbot.waitUntil(lambda: checkout.tenders.tenders == tenders)
    assert operation_of(checkout) == operation

    # The money was taken, and the window locked before it could say so.
    take = partial(
        till.check_out, operation=operation, client=ClientId("c-other"), charges=charges, tenders=tenders
    )
    taken, _topics = owner.shell.seat.desk.writing(take)
    checkout.take.click()
    owner.wait()
    owner.reads_soon(taken.number)
    receipts = select(func.count()).select_from(Invoice).where(Invoice.client == "c-other")
    assert owner.look_up(lambda work: work.run(receipts).scalar()) == 1
    assert owner.look_up(unfinished.kept) is None

    for form, about in (("void", {"invoice": taken.invoice}), ("refund", {"operation": "again-1"})):
        typed = unfinished.Unfinished(
            "till", form, {"number": taken.number} | about, {"line:Reason:1": "Rang up twice"}
        )
        owner.shell._unsent._wanted = typed
        owner.shell._open_again(typed)
        owner.qtbot.waitUntil(lambda: owner.shell._unsent._wanted is None)
        assert owner.find(Line, "Reason").text() == "Rang up twice"
        assert dict(panel(owner).way.of) == dict(typed.of)
        owner.shell.hide_panel()
    assert owner.bugs == []
