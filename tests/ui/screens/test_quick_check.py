"""The quick check at the counter: one press says no to all, and a yes wants to be told further."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from sqlalchemy import select

from clinic.records import Screening
from clinic.values import ScreeningKind
from ui.kiosk import Kiosk
from ui.screens.today.quick_check import QuickCheckPanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.storage.work import Work
    from tests.ui.screens.a_day import AtTheCounter

UNCHECKED = "a-maybe"
"""A visit of today whose client was not asked yet."""


def checks(counter: AtTheCounter) -> list[dict[str, Any]]:
    def look(work: Work) -> list[dict[str, Any]]:
        asked = select(Screening.answers).where(
            Screening.client == "c-cjk", Screening.kind == ScreeningKind.QUICK
        )
        return list(work.session.scalars(asked))

    return counter.desk.reading(look)


def arrive(counter: AtTheCounter) -> QuickCheckPanel:
    """Confirm and let arrive."""
    for _step in ("Confirm", "Arrive"):
        counter.today.list.lines[UNCHECKED].button.click()  # type: ignore[index]
        counter.settle()
    assert isinstance(counter.panel, QuickCheckPanel)
    return counter.panel


def test_arriving_opens_the_check_and_one_press_says_no_to_all(counter: AtTheCounter) -> None:
    panel = arrive(counter)
    assert counter.state(UNCHECKED) == "arrived"
    panel.save.click()
    counter.settle()
    (kept,) = checks(counter)
    assert kept["Q1"] == {"feverish": "no", "fever_last_24h": "no"}
    assert (kept["Q3"], kept["Q6"]) == ([], [])
    assert {"Q9", "Q10", "Q12", "Q14", "OBS"}.isdisjoint(kept)
    assert counter.panel is None
    assert counter.shell._toast.words == "The quick check is kept."


def test_a_yes_opens_what_to_ask_further_and_is_not_kept_without_it(counter: AtTheCounter) -> None:
    panel = arrive(counter)
    row = panel.rows["Q6"]
    row.yes.click()
    assert row.control.isVisible()
    assert panel.save.text() == "No to the others, keep"
    panel.save.click()
    counter.settle()
    assert checks(counter) == []
    assert panel._message.text() == "Say what the yes is about, or take it back."
    row.control.ticks["rash"].click()  # type: ignore[attr-defined]
    panel.save.click()
    counter.settle()
    assert checks(counter)[0]["Q6"][0]["what"] == "rash"


def test_a_yes_taken_back_is_no(counter: AtTheCounter) -> None:
    panel = arrive(counter)
    for _press in range(2):
        panel.rows["Q2"].yes.click()
    assert panel.answers()["Q2"] == {"any": "no"}


def test_what_is_measured_is_kept_and_an_empty_box_agrees_to_nothing(
    sit: Callable[[str], AtTheCounter],
) -> None:
    panel = arrive(sit("s-desk"))
    for key in ("Q9", "Q14"):
        panel.besides[key].press.click()
    readings = panel.besides["Q9"].control.controls["readings"]  # type: ignore[attr-defined]
    readings.high.line.setText("138")
    readings.low.line.setText("86")
    told = panel.answers()
    assert told["Q9"]["readings"] == [{"at": "2026-11-18T14:10", "systolic": 138, "diastolic": 86}]
    assert "Q14" not in told
    panel.besides["Q14"].control.controls["consent"].box.click()  # type: ignore[attr-defined]
    assert panel.answers()["Q14"] == {"consent": True, "initials": "明山"[:2]}


def test_treatment_waits_for_the_check_and_goes_on_after_it(counter: AtTheCounter) -> None:
    panel = arrive(counter)
    counter.shell.hide_panel()
    counter.today.list.lines[UNCHECKED].button.click()  # type: ignore[index]
    counter.settle()
    assert counter.state(UNCHECKED) == "arrived"
    assert isinstance(counter.panel, QuickCheckPanel)
    assert counter.panel is not panel
    assert counter.panel.save.text() == "No to all of these, begin"
    counter.panel.save.click()
    counter.settle()
    assert len(checks(counter)) == 1


def test_the_check_can_be_put_off(counter: AtTheCounter) -> None:
    arrive(counter)
    counter.press(Qt.Key.Key_Escape)
    assert counter.panel is None
    assert checks(counter) == []


def test_the_desk_asks_everything_and_a_therapist_what_applies(
    sit: Callable[[str], AtTheCounter],
) -> None:
    """What the desk is shown says nothing of a history; only a therapist judges what is seen at the table."""
    panel = arrive(sit("s-desk"))
    assert {"Q7", "Q11"} <= set(panel.rows)
    assert set(panel.besides) == {"Q9", "Q10", "Q12", "Q14"}


def test_a_therapist_is_spared_what_does_not_apply(sit: Callable[[str], AtTheCounter]) -> None:
    panel = arrive(sit("s-therapist"))
    assert "Q10" not in panel.besides
    assert "Q9" in panel.besides
    assert "OBS" in panel.besides


def test_the_form_is_handed_over_from_the_card_of_a_visit_in_two_presses(counter: AtTheCounter) -> None:
    handed: list[object] = []
    counter.shell.kiosk_asked.connect(handed.append)
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_Space)
    panel = counter.panel
    assert panel is not None
    next(b for b in panel.findChildren(QAbstractButton) if b.text() == "Hand over form").click()
    counter.settle()
    (kiosk,) = handed
    assert isinstance(kiosk, Kiosk)
    kiosk.let_go()
    kiosk.deleteLater()
