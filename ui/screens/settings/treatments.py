"""The price list; a line opens one treatment, what is retired stays on old papers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QCheckBox, QWidget

from clinic.office import practice, price_list
from clinic.values import Money, Purpose, Technique
from clinic.wording import _, figure
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.screens.settings import words
from ui.screens.settings.kept import Changes, Keeper, Kept
from ui.screens.settings.leave import Gate
from ui.screens.settings.section import Section, listing
from ui.table import Column, Table
from ui.theme import theme
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import Empty, column
from ui.widgets.treatments import colour_of

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from clinic.office.practice import Offer
    from clinic.office.price_list import TreatmentFile
    from clinic.values import Refusal, TreatmentId
    from ui.screen import Counter
    from ui.screens.settings.leave import Leave

NARROW = ((1, 640), (2, 760))
"""The columns that give way where the page is less wide than this."""


class Treatments(Section):
    """What is offered, in the colours of the calendar."""

    key: ClassVar[str] = "treatments"
    icon: ClassVar[str] = "leaf"

    @staticmethod
    def title() -> str:
        return _("Treatments and prices")

    def lay_out(self) -> None:
        self.retired = QCheckBox(_("Retired too"))
        self.retired.toggled.connect(lambda _on: self.reload())
        self.new = quiet(_("Add a treatment"), lambda: self._open(None), icon="plus")
        columns: list[Column[Offer]] = [
            Column(
                _("Treatment"),
                lambda row: row.name,
                weight="semibold",
                bar=lambda row: colour_of(row.technique),
                tone=lambda row: "ink" if row.active else "soft_ink",
                sort=lambda row: row.name,
            ),
            Column(_("Technique"), lambda row: words.technique(row.technique), 150, tone="soft_ink"),
            Column(_("Purpose"), lambda row: words.purpose(row.purpose), 190, tone="soft_ink"),
            Column(
                _("Minutes"), lambda row: str(row.minutes), 80, figures=True, sort=lambda row: row.minutes
            ),
            Column(
                _("Price"),
                lambda row: figure(row.price),
                90,
                figures=True,
                sort=lambda row: row.price.cents,
            ),
        ]
        self.table: Table[Offer] = Table(
            columns,
            name=_("Treatments"),
            empty=Empty(_("What you offer stands here, with its length and price.")),
            identity=lambda row: row.id,
        )
        self.table.setMinimumHeight(theme.px(320))
        self.table.opened.connect(lambda row: self.open(row.id))
        self.body.addWidget(Gate(self.leave, self.counter))
        self.body.addWidget(listing(_("Price list"), self.table, self.retired, self.new), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for at, least in NARROW:
            self.table.view.setColumnHidden(at, self.width() < theme.px(least))

    def reload(self) -> None:
        """Show the price list."""
        query = partial(practice.treatments, retired=self.retired.isChecked())
        self.counter.runner.ask(query, self.table.show_rows, latest="settings/treatments")

    def open(self, treatment: TreatmentId) -> None:
        """Open one treatment, in the panel."""
        query = partial(price_list.treatment, treatment=treatment)
        self.counter.runner.ask(query, self._open, latest="settings/treatment")

    def reopen(self, _form: str) -> None:
        self._open(None)

    def _open(self, kept: TreatmentFile | None) -> None:
        self.counter.show_panel(TreatmentPanel(self.counter, self.leave, kept))


class TreatmentPanel(QWidget):
    """One treatment; what is typed is kept when its field is left. A new one is added by a button."""

    def __init__(self, counter: Counter, leave: Leave, kept: TreatmentFile | None) -> None:
        super().__init__()
        self._counter, self._leave = counter, leave
        self.way = Way("settings", "treatments") if kept is None else None
        under = _("A new price holds for what is charged from now on; issued papers stay.")
        head = Head(kept.name if kept else _("New treatment"), under, counter.hide_panel)
        self._locked = text.caption(
            _("To change anything, give your password and a reason first."), wrap=True
        )
        self.form = form = Kept()
        form.line("name", _("Name"), wide=True)
        form.choice("technique", _("Technique"), [(words.technique(each), each) for each in Technique])
        form.choice("purpose", _("Purpose"), [(words.purpose(each), each) for each in Purpose])
        form.number("minutes", _("Minutes"), 720)
        form.amount("price_cents", _("Price"))
        form.number("buffer_before", _("Minutes kept free before"), 240)
        form.number("buffer_after", _("Minutes kept free after"), 240)
        form.line("cpt", _("CPT code, for superbills"), hint="97124")
        if kept is not None:
            form.tick("active", _("On offer"), _("Can be booked"))
            form.show_values(
                {name: getattr(kept, name, None) for name in FIELDS} | {"price_cents": kept.price.cents}
            )
            task = partial(_rewrite, leave, kept.id)
            Keeper(counter, form, task, _("change of a treatment"), _("Treatment changed"))
        else:
            form.show_values({"minutes": 60, "buffer_before": 0, "buffer_after": 15})
        lines = column(head, self._locked, form, spacing=16, margin=18)
        self.add = primary(_("Put on the price list"), self._offer, icon="plus")
        self.add.setVisible(kept is None)
        lines.addWidget(self.add)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setAccessibleName(_("Treatment"))
        leave.changed.connect(self._allow)
        self._allow()

    def _allow(self) -> None:
        self._locked.setVisible(not self._leave.given)
        self.form.setEnabled(self._leave.given)
        self.add.setEnabled(self._leave.given)

    def _offer(self) -> None:
        given = self.form.values()
        price = Money(given.pop("price_cents") or 0)
        task = partial(
            price_list.offer,
            price=price,
            reason=self._leave.reason,
            **(given | {"name": given["name"] or "", "minutes": given["minutes"] or 0}),
        )
        self._counter.runner.do(task, self._offered, self._refused)

    def _offered(self, treatment: TreatmentId) -> None:
        runner, leave = self._counter.runner, self._leave

        def offer(*, active: bool) -> None:
            task = partial(_rewrite, leave, treatment, changes={"active": active})
            runner.do(task, _nothing)

        step = Step(_("new treatment"), back=lambda: offer(active=False), again=lambda: offer(active=True))
        self._counter.hide_panel()
        self._counter.toast(_("On the price list"), step)

    def _refused(self, refusal: Refusal) -> None:
        self.form.refuse(refusal.at, sentence(refusal))


FIELDS = (
    "name",
    "technique",
    "purpose",
    "minutes",
    "buffer_before",
    "buffer_after",
    "cpt",
    "active",
)


def _nothing(_answer: object) -> None:
    """Wait for no answer: the price list shows it."""


def _rewrite(leave: Leave, treatment: TreatmentId, work: Any, changes: Changes) -> Changes:
    kept = price_list.treatment(work, treatment)
    return price_list.change_treatment(work, treatment, changes, version=kept.version, reason=leave.reason)
