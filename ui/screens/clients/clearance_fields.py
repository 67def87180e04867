"""What a clearance says: which flags it lifts, with which techniques, how deep, and where not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from clinic.office.forms import questionnaire
from clinic.values import Technique
from clinic.wording import _, body
from ui.asking.control import Manner
from ui.asking.places import Places
from ui.widgets import text
from ui.widgets.cards import column
from ui.widgets.fields import Choice
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from clinic.office.forms import Part

PRESSURES = ("P0", "P1", "P2", "P3", "P4", "P5")


def _no_touch() -> Part:
    """Borrow the question for areas from the health history, so that both name them alike."""
    asked = next(one for one in questionnaire().asked("full") if one.id == "L01")
    return next(part for part in asked.part.parts if part.key == "no_touch")


class ClearanceFields(QWidget):
    """The part of a letter that only a clearance has."""

    changed = Signal()

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self._rules: dict[str, QCheckBox] = {}
        self._offered = Flow(spacing=8)
        self._none = text.caption(_("Nothing on file asks for a clearance."), wrap=True)
        self.techniques = {each: QCheckBox(body.technique(each.value)) for each in Technique}
        self.cap = Choice([(_("not limited"), None), *((f"{p}, {body.pressure(p)}", p) for p in PRESSURES)])
        self.cap.setAccessibleName(_("Pressure at most"))
        self.areas = Places(_no_touch(), Manner(now))
        self.areas.setAccessibleName(_("Areas to leave out"))
        lines = column(text.caption(_("It lifts")), spacing=6)
        lines.addWidget(self._none)
        lines.addLayout(self._offered)
        lines.addWidget(text.caption(_("Techniques allowed; none ticked means all")))
        lines.addLayout(Flow(*self.techniques.values(), spacing=10))
        lines.addWidget(text.caption(_("Pressure at most")))
        lines.addWidget(self.cap)
        lines.addWidget(text.caption(_("Areas to leave out")))
        lines.addWidget(self.areas)
        self.setLayout(lines)
        for tick in self.techniques.values():
            tick.toggled.connect(self.changed)
        self.cap.currentIndexChanged.connect(self.changed)
        self.areas.changed.connect(self.changed)

    def offer(self, rules: Sequence[tuple[str, str]]) -> None:
        """Offer the flags it can lift, by their conditions; those asked for are ticked where nothing is yet."""
        for rule, condition in rules:
            if rule in self._rules:
                self._rules[rule].setText(condition)
            else:
                tick = QCheckBox(condition)
                tick.setAccessibleName(_("It lifts: {condition}").format(condition=condition))
                tick.toggled.connect(self.changed)
                self._rules[rule] = tick
                self._offered.addWidget(tick)
        self._none.setVisible(not self._rules)

    def tick(self, rules: Sequence[str]) -> None:
        """Tick these flags."""
        for rule in rules:
            if rule not in self._rules:
                self.offer([(rule, rule)])
            self._rules[rule].setChecked(True)

    def show_facts(self, facts: Mapping[str, Any]) -> None:
        """Show what a clearance on file says."""
        self.tick(facts["rules"] or ())
        allowed = facts["techniques_allowed"] or ()
        for technique, tick in self.techniques.items():
            tick.setChecked(technique.value in allowed)
        self.cap.choose(facts["pressure_cap"])
        self.areas.show_answer(facts["areas_excluded"])

    def facts(self) -> dict[str, Any]:
        """Read out what is ticked; what is left open is no limit."""
        allowed = [technique.value for technique, tick in self.techniques.items() if tick.isChecked()]
        return {
            "rules": [rule for rule, tick in self._rules.items() if tick.isChecked()] or None,
            "techniques_allowed": allowed or None,
            "pressure_cap": self.cap.currentData(),
            "areas_excluded": self.areas.answer or None,
        }
