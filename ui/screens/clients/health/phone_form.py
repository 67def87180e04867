"""The form asked on the phone: all its pages one under another, and nothing of what was answered before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from clinic.office import intake
from clinic.office.forms import questionnaire
from clinic.values import ScreeningKind
from clinic.wording import _, ngettext
from clinic.wording.refusals import sentence
from ui.asking.control import Manner
from ui.asking.page import PageView
from ui.panel import Head
from ui.widgets import text
from ui.widgets.buttons import plain, primary, quiet
from ui.widgets.cards import column, row
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from clinic.office.screenings import Health
    from clinic.values import ClientId, Refusal
    from ui.screen import Counter

SIGNED = "M01"


class PhoneForm(QWidget):
    """Every question, to be read out; a page of noes is one press."""

    def __init__(self, counter: Counter, client: ClientId, health: Health) -> None:
        super().__init__()
        self._counter = counter
        self._client = client
        self.setAccessibleName(_("Health history"))
        self._manner = Manner(health.now, may_judge=health.may_read)
        pages = questionnaire().pages["full"]
        self.views = [
            PageView(page, self._manner, frozenset(q.id for q in page.questions) - {SIGNED}) for page in pages
        ]
        self._open = text.soft("", wrap=True)
        self._message = text.label("", tone="refused", wrap=True)
        self._message.hide()
        self._warned = False
        self.save = primary(_("Keep the answers"), self.keep)
        under = _("For {name}. Read the questions out; what is not asked stays open.").format(
            name=health.name
        )
        lines = column(Head(_("Health history"), under, counter.hide_panel), spacing=12, margin=18)
        for page, view in zip(pages, self.views, strict=True):
            rest = plain(self._manner.word("no_to_rest"), partial(self._no_to_rest, view))
            rest.setAccessibleName(f"{self._manner.word('no_to_rest')}: {page.title['en']}")
            head = row(text.section(page.title["en"]), spacing=8)
            head.addStretch(1)
            head.addWidget(rest)
            lines.addLayout(head)
            lines.addWidget(view)
            view.changed.connect(self._count)
        lines.addWidget(self._open)
        lines.addWidget(self._message)
        lines.addLayout(Flow(self.save, quiet(_("Leave it"), counter.hide_panel)))
        lines.addStretch(1)
        self.setLayout(lines)
        self._count()

    def answers(self) -> dict[str, Any]:
        """Take all that was answered."""
        return {key: answer for view in self.views for key, answer in view.answers.items()}

    def _no_to_rest(self, view: PageView) -> None:
        view.say_no_to_rest()

    def _count(self) -> None:
        self._warned = False
        self._message.hide()
        n = sum(len(view.open_questions()) for view in self.views)
        said = ngettext("{n} question is open.", "{n} questions are open.", n).format(n=n)
        self._open.setText(said if n else _("Everything is answered."))

    def keep(self) -> None:
        """Keep the answers as a new version; what is open is shown once, and holds the booking."""
        if not self._warned and any(view.open_questions() for view in self.views):
            for view in self.views:
                view.mark_open()
            self._warned = True
            self._message.setText(
                _("What is marked holds the booking until it is answered. Press again to keep it so.")
            )
            self._message.show()
            return
        self.save.setEnabled(False)
        task = partial(intake.record, client=self._client, kind=ScreeningKind.FULL, answers=self.answers())
        self._counter.runner.do(task, self._kept, self._refused)

    def _kept(self, _screening: object) -> None:
        self._counter.hide_panel()
        self._counter.toast(_("The answers are kept. The client signs at the visit."))

    def _refused(self, refusal: Refusal) -> None:
        self.save.setEnabled(True)
        self._message.setText(sentence(refusal))
        self._message.show()
