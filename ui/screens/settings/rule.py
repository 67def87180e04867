"""The panel of one rule: when it speaks, what clears it, and the owner's two switches."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic.office import rules
from clinic.wording import _
from clinic.wording.flags import severity
from ui.panel import Head
from ui.widgets import text
from ui.widgets.buttons import Segments, quiet
from ui.widgets.cards import Card, Facts, column
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from clinic.office.rules import Row
    from ui.screen import Counter
    from ui.screens.settings.leave import Leave

AS_IT_IS = "book"


class RulePanel(QWidget):
    """One rule; what is asked for is told by `asked` as a change that still lacks its reason."""

    asked = Signal(object)

    def __init__(self, counter: Counter, leave: Leave, rule: Row, *, may_change: bool) -> None:
        super().__init__()
        self._leave, self._rule, self._may = leave, rule, may_change
        head = Head(rule.condition, rule.trigger, counter.hide_panel)
        grades = ", ".join(severity(name) for name in rule.severities if name != "S0")
        facts = Facts(
            [
                (_("Rule"), rule.id),
                (_("Asks for"), grades or _("a note")),
                (_("Cleared by"), rule.clears),
                (_("Reviewed by a clinician"), _("yes") if rule.reviewed else _("not yet")),
            ]
        )
        about = Card()
        about.add(facts)
        self.raised = Segments(
            [
                (AS_IT_IS, _("As in the book")),
                *((to, severity(to)) for to in rules.TIGHTER_TO if to > max(rule.severities)),
            ],
            _("At least"),
        )
        self.raised.choose(rule.tightened_to or AS_IT_IS)
        self.raised.switched.connect(self._raise)
        self.switch = quiet(
            _("Switch this rule on again") if rule.off else _("Switch this rule off"), self._switch
        )
        self.change = Card(_("In this practice"))
        if not rule.tightened_to and max(rule.severities) >= max(rules.TIGHTER_TO):
            self.raised.hide()  # there is nothing to raise it to
        else:
            self.change.add(text.caption(_("At least")), self.raised)
        self.change.body.addLayout(Flow(self.switch))
        if rule.guards_life and not rule.off:
            said = _("It can tell of an emergency, so it stays on.")
            self.switch.hide()
            self.change.add(text.soft(said, wrap=True))
        self._locked = text.caption(
            _("To change anything, give your password and a reason first."), wrap=True
        )
        lines = column(head, about, self._locked, self.change, spacing=16, margin=18)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setAccessibleName(_("Rule"))
        leave.changed.connect(self._allow)
        self._allow()

    def _allow(self) -> None:
        self._locked.setVisible(self._may and not self._leave.given)
        self.change.setEnabled(self._may and self._leave.given)

    def _raise(self, to: str) -> None:
        self.asked.emit(partial(rules.tighten, rule=self._rule.id, to=None if to == AS_IT_IS else to))

    def _switch(self) -> None:
        self.asked.emit(partial(rules.switch, rule=self._rule.id, on=self._rule.off))
