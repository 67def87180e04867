"""The flags in the booking panel: what is seen, what Enter does, and how one goes against them."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select, text

from clinic.office import cards
from clinic.office.flag_cards import OverrideReason
from clinic.records import Appointment
from clinic.values import AppointmentId, ClientId
from tests import practices
from tests.office.test_flags_at_booking import CHEST, PREGNANT, PRESSURE, SURGERY
from ui.again import Again
from ui.screens.booking import BookFor, BookingPanel
from ui.screens.today.card import _facts
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.ui.screens.a_day import AtTheCounter

NEXT_WEEK = datetime(2026, 11, 25, 16)
TODAY = datetime(2026, 11, 18, 16)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One client for each severity; copied, never used itself."""
    told: dict[str, dict[str, Any]] = {
        "c-doctor": PRESSURE,
        "c-later": SURGERY,
        "c-help": CHEST,
        "c-adapt": {"K01": [{"name": "apixaban"}]},
        "c-child": PREGNANT,
        "c-nuts": {"K02": ["almond"]},
        "c-well": {},
    }
    document = practices.a_document(
        clients=[practices.a_client(key, "Ana", key.removeprefix("c-").title()) for key in told],
        screenings=[
            practices.a_screening(f"h-{key}", key, answered_at="2026-11-18T12:00", **answers)
            for key, answers in told.items()
        ],
    )
    return practices.make(tmp_path_factory.mktemp("severities"), document)


def reads(counter: AtTheCounter, words: str) -> bool:
    return any(words in label.text() for label in counter.shell.findChildren(QLabel) if label.isVisible())


def panel_for(counter: AtTheCounter, client: str, at: datetime = NEXT_WEEK) -> BookingPanel:
    counter.shell.go("today", BookFor(ClientId(client), at=at))
    counter.settle()
    (panel,) = counter.shell.findChildren(BookingPanel)
    return panel


def booked(counter: AtTheCounter) -> list[tuple[str, str]]:
    with counter.desk.vault.connect(reading=True) as connection:
        rows = connection.execute(text("SELECT at, state FROM appointments ORDER BY at"))
        return [(at[:10], state) for at, state in rows]


def edge(counter: AtTheCounter) -> str:
    return str(counter.shell._panel.property("severity"))


def test_nothing_to_report_is_booked_as_ever(sit: Callable[..., AtTheCounter]) -> None:
    counter = sit("owner")
    panel = panel_for(counter, "c-well")
    assert (panel.button.text(), edge(counter), panel.verdict.isVisible()) == ("Book the visit", "", True)
    assert panel.verdict.flags.isHidden()
    QTest.keyClick(panel, Qt.Key.Key_Return)
    counter.settle()
    assert booked(counter) == [("2026-11-25", "confirmed")]


def test_what_adapts_is_told_and_books(sit: Callable[..., AtTheCounter]) -> None:
    counter = sit("owner")
    panel = panel_for(counter, "c-adapt")
    assert panel.verdict.flags.said == ("Blood thinner",)
    assert ("Pressure at most", "P3, medium") in panel.verdict.flags._remains.said
    assert edge(counter) == "S1"
    assert panel.button.text() == "Book the visit"


def test_enter_holds_the_time_and_asks_the_doctor(sit: Callable[..., AtTheCounter]) -> None:
    counter = sit("owner")
    panel = panel_for(counter, "c-doctor")
    assert panel.verdict.flags.said[0] == "Uncontrolled high blood pressure, 164/96"
    assert (panel.button.text(), edge(counter)) == ("Hold the time and ask the doctor", "S3")
    QTest.keyClick(panel, Qt.Key.Key_Return)
    counter.settle()
    assert booked(counter) == [("2026-11-25", "tentative")]


def test_esc_books_nothing_whatever_is_said(sit: Callable[..., AtTheCounter]) -> None:
    counter = sit("owner")
    for client in ("c-doctor", "c-later", "c-well"):
        panel = panel_for(counter, client)
        QTest.keyClick(panel, Qt.Key.Key_Escape)
        counter.settle()
        assert booked(counter) == []


def test_a_day_that_is_refused_leads_to_the_first_that_is_not(sit: Callable[..., AtTheCounter]) -> None:
    counter = sit("owner")
    panel = panel_for(counter, "c-later")
    assert panel.button.text() == "First possible day: Nov 30"
    assert edge(counter) == "S4"
    panel.button.click()
    counter.settle()
    assert booked(counter) == []
    assert panel.at == datetime(2026, 11, 30, 16)
    assert panel.button.text() == "Hold the time and ask the doctor"


def test_an_emergency_shows_its_card_and_books_nothing(sit: Callable[..., AtTheCounter]) -> None:
    counter = sit("owner")
    panel = panel_for(counter, "c-help", TODAY)
    assert reads(counter, "Call 911")
    assert not panel.button.isEnabled()
    assert panel.verdict.opening.isHidden()
    QTest.keyClick(panel, Qt.Key.Key_Return)
    panel.book()
    counter.settle()
    assert booked(counter) == []


def test_a_visit_that_is_changed_in_an_emergency_is_told_it_cannot_go_ahead(
    sit: Callable[..., AtTheCounter],
) -> None:
    counter = sit("owner")
    panel_for(counter, "c-well", TODAY).book()
    counter.settle()
    practices.ask_fully(counter.desk, "c-well", at=datetime(2026, 11, 18, 13), **CHEST)
    (visit,) = counter.desk.reading(lambda work: list(work.session.scalars(select(Appointment.id))))
    counter.shell.go("today", BookFor(ClientId("c-well"), visit=AppointmentId(visit)))
    counter.settle()
    (panel,) = counter.shell.findChildren(BookingPanel)
    assert (panel.button.text(), panel.button.isEnabled()) == ("This visit cannot go ahead", False)
    line, button = panel.form["at"], panel.button
    ends = [each.mapTo(panel, each.rect().topRight()).x() for each in (line, button)]
    assert ends[0] == ends[1]


def test_an_override_is_quiet_and_wants_its_reason(sit: Callable[..., AtTheCounter]) -> None:
    counter = sit("owner")
    panel = panel_for(counter, "c-doctor")
    panel.verdict.opening.click()
    panel.verdict.reason.choose(OverrideReason.OTHER)
    panel.verdict.going.click()
    counter.settle()
    assert booked(counter) == []
    assert "own words" in panel.verdict._form["override"].message
    panel.verdict.words.setText("The doctor said so on the phone")
    panel.verdict.going.click()
    counter.settle()
    assert booked(counter) == [("2026-11-25", "confirmed")]


def test_what_puts_a_visit_off_takes_the_owners_password(sit: Callable[..., AtTheCounter]) -> None:
    counter = sit("owner")
    panel = panel_for(counter, "c-later")
    panel.verdict.opening.click()
    panel.verdict.words.setText("The surgeon has written")
    panel.verdict.going.click()
    counter.settle()
    (dialog,) = counter.shell.findChildren(Again)
    dialog.password.setText("wrong horse battery staple")
    dialog.going_on.click()
    counter.settle()
    assert booked(counter) == []
    dialog.password.setText(practices.PASSWORD)
    dialog.going_on.click()
    counter.settle()
    assert booked(counter) == [("2026-11-25", "confirmed")]


def test_the_desk_sees_what_to_do_and_never_the_condition(sit: Callable[..., AtTheCounter]) -> None:
    counter = sit("s-desk")
    panel = panel_for(counter, "c-child")
    assert reads(counter, "Hold the time. The therapist must review this before the visit is confirmed.")
    assert not reads(counter, "regnan")
    assert panel.verdict.opening.isHidden()
    assert panel.button.text() == "Hold the time and ask the doctor"


def test_somebody_new_is_held_until_the_questions_are_answered(sit: Callable[..., AtTheCounter]) -> None:
    counter = sit("owner")
    counter.shell.go("today", BookFor(at=NEXT_WEEK))
    counter.settle()
    (panel,) = counter.shell.findChildren(BookingPanel)
    panel.who.line.setText("Solenne Baptiste")
    panel.who._ask("Solenne Baptiste")
    counter.settle()
    panel.who.begin_new("Solenne Baptiste")
    counter.settle()
    assert panel.button.text() == "Hold the time until the questions are answered"
    assert reads(counter, "Ask the client")
    assert not reads(counter, "Ask the doctor")


@pytest.mark.parametrize("percent", [100, 200])
def test_the_gravest_flag_is_in_view_however_small_the_window(
    sit: Callable[..., AtTheCounter], percent: int
) -> None:
    counter = sit("owner")
    counter.shell.resize(1024, 640)
    try:
        theme.choose(percent=percent)
        for client, at in {"c-adapt": NEXT_WEEK, "c-doctor": NEXT_WEEK, "c-help": TODAY}.items():
            strip = panel_for(counter, client, at)._foot.strip
            counter.qtbot.waitUntil(strip.isVisible)
            assert strip.mapTo(counter.shell, strip.rect().bottomLeft()).y() < counter.shell.height()
        assert strip.said.startswith("Emergency: Chest pain")
        strip._look.click()
        counter.qtbot.waitUntil(strip.isHidden)
        panel = panel_for(counter, "c-well")
        assert panel._foot.strip.isHidden()
    finally:
        theme.choose(percent=100)


def test_areas_and_products_are_a_quiet_line_which_the_rules_read(sit: Callable[..., AtTheCounter]) -> None:
    counter = sit("owner")
    panel = panel_for(counter, "c-nuts")
    wishes = panel.form.wishes
    assert wishes.opened.isHidden()
    assert reads(counter, "The rules speak of products here: name those that are to be used.")
    wishes.open.click()
    wishes.goods.setFocus()
    wishes.goods.setText("Jojoba oil; Sweet almond oil")
    QTest.keyClick(wishes.goods, Qt.Key.Key_Return)
    counter.settle()
    assert booked(counter) == []
    assert ("Products to keep away", "Sweet almond oil") in panel.verdict.flags._remains.said
    wishes.places.toggle()
    wishes.places._ticks["neck_ant"].setFocus()
    QTest.keyClick(wishes.places._ticks["neck_ant"], Qt.Key.Key_Return)
    counter.settle()
    assert booked(counter) == []
    assert edge(counter) == "S2"
    panel.button.setFocus()
    QTest.keyClick(panel.button, Qt.Key.Key_Return)
    counter.settle()
    with counter.desk.vault.connect(reading=True) as connection:
        visit = AppointmentId(connection.execute(text("SELECT id FROM appointments")).scalar_one())
    card = counter.desk.reading(partial(cards.of_visit, appointment=visit))
    assert ("Asked for", "Throat") in _facts(card, NEXT_WEEK.date())
    assert ("With", "Jojoba oil; Sweet almond oil") in _facts(card, NEXT_WEEK.date())
    panel = panel_for(counter, "c-nuts", datetime(2026, 11, 26, 16))
    assert (panel.form.wishes.sites, panel.form.wishes.products) == (
        ("neck_ant",),
        ("Jojoba oil", "Sweet almond oil"),
    )
    assert reads(counter, "Throat")


def test_a_booked_visit_is_opened_without_a_clash_and_changed(sit: Callable[..., AtTheCounter]) -> None:
    counter = sit("owner")
    panel_for(counter, "c-well").book()
    counter.settle()
    with counter.desk.vault.connect(reading=True) as connection:
        visit = connection.execute(text("SELECT id FROM appointments")).scalar_one()
    counter.shell.go("today", BookFor(ClientId("c-well"), visit=AppointmentId(visit)))
    counter.settle()
    (panel,) = counter.shell.findChildren(BookingPanel)
    assert panel.at == NEXT_WEEK
    assert panel.foreseen is not None
    assert panel.foreseen.taken is None
    assert (panel.form["at"].message, panel.button.text()) == ("", "Keep it so")
    panel.time.setText("5pm")
    counter.settle()
    panel.button.click()
    counter.settle()
    with counter.desk.vault.connect(reading=True) as connection:
        assert connection.execute(text("SELECT at FROM appointments")).scalar_one()[11:16] == "17:00"
    counter.shell._undo.undo()
    counter.settle()
    with counter.desk.vault.connect(reading=True) as connection:
        assert connection.execute(text("SELECT at FROM appointments")).scalar_one()[11:16] == "16:00"
