"""The panel of a request to a clinician or plan: written in one go, printed, and followed until its answer is in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from clinic.office import clinicians, requests
from clinic.values import RequestId, RequestKind, SentBy
from clinic.wording import _, day
from clinic.wording.refusals import sentence
from clinic.wording.requests import kind as named
from clinic.wording.requests import sent_by, stands
from ui.panel import Head
from ui.paper_out import PaperOut
from ui.theme import theme
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets.buttons import quiet, small
from ui.widgets.cards import Facts, column
from ui.widgets.fields import Choice
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clinic.office.clinicians import Known
    from clinic.office.requests import Row, Stage
    from clinic.values import ClientId, LetterId, Refusal
    from ui.screen import Counter

PAUSE_MS = 300
FILE_NAMES = {
    RequestKind.LMN: "letter-request",
    RequestKind.RENEWAL: "renewal-request",
    RequestKind.REFERRAL: "referral-request",
    RequestKind.RECORDS: "records-release",
    RequestKind.PROGRESS: "progress-letter",
    RequestKind.THANKS: "thank-you-letter",
}


class RequestPanel(QWidget):
    """A new request: whom it goes to and what is added; the paper beside it is what will be printed."""

    def __init__(
        self, counter: Counter, client: ClientId, kind: RequestKind, letter: LetterId | None = None
    ) -> None:
        super().__init__()
        self._counter, self._client, self._kind, self._letter = counter, client, kind, letter
        self._made: RequestId | None = None
        about = {"client": client, "kind": kind.value} | ({"letter": letter} if letter else {})
        self.way = Way("clients", "request", about)
        self.to = Choice([(_("The one who signed the letter") if letter else _("Left open"), None)])
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.px(64))
        self.form = Form()
        self.form.add("clinician", _("To"), self.to)
        self.form.add("text", _("Words of your own"), self.words, optional=True)
        if kind is RequestKind.RECORDS:
            self.form["text"].hide()
        self.out = PaperOut(counter, FILE_NAMES[kind], self._fetch, gone=self._told, refused=self._refused)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.preview)
        self.to.currentIndexChanged.connect(self._pause.start)
        self.words.textChanged.connect(self._pause.start)
        under = _("It is kept as printed, and followed until its answer is in.")
        head = Head(named(kind), under, counter.hide_panel)
        lines = column(head, self.form, spacing=14, margin=18)
        lines.addWidget(self.out, 1)
        self.setLayout(lines)
        self.setFocusProxy(self.out)
        counter.runner.ask(clinicians.directory, self._offer)
        self.preview()

    def _offer(self, known: Sequence[Known]) -> None:
        for each in known:
            if each.id is not None:
                self.to.addItem(each.called, each.id)

    def _facts(self) -> dict[str, Any]:
        return {
            "client": self._client,
            "kind": self._kind,
            "letter": self._letter,
            "clinician": self.to.currentData(),
            "words": self.words.toPlainText(),
        }

    def preview(self) -> None:
        """Show the paper as it would be printed now."""
        query = partial(requests.preview, **self._facts())
        self._counter.runner.ask(query, self._show, self._refused, latest="clients/request")

    def _show(self, pages: bytes) -> None:
        self.form.clear_messages()
        self.out.show_pdf(pages)

    def _fetch(self, work: Any) -> bytes:
        """Keep the request with its first printing; from then on it is printed as it was."""
        if self._made is None:
            self._made = requests.make(work, **self._facts())
        return requests.paper(work, self._made)

    def _told(self) -> None:
        made = self._made
        if made is None or not self.form.isEnabled():
            return
        self.form.setEnabled(False)
        runner = self._counter.runner
        step = Step(
            _("request"),
            back=lambda: runner.do(partial(requests.withdraw, request_=made), _nothing),
            again=lambda: runner.do(
                partial(requests.put_back, request_=made, before=requests.Stage()), _nothing
            ),
        )
        self._counter.toast(_("The request is kept and followed"), step)

    def _refused(self, refusal: Refusal) -> None:
        self.form.refuse(refusal.at, sentence(refusal))


class TrackPanel(QWidget):
    """A request that was made: where it stands, the paper again, and what happened to it since."""

    def __init__(self, counter: Counter, row: Row, *, readable: bool) -> None:
        super().__init__()
        self._counter, self._row = counter, row
        facts = [(_("Made"), day(row.made_on))]
        if row.to:
            facts.append((_("To"), row.to))
        if row.sent_on and row.sent_by:
            facts.append((_("Sent"), f"{day(row.sent_on)}, {sent_by(row.sent_by.value)}"))
        if row.received_on:
            facts.append((_("Answered"), day(row.received_on)))
        lines = column(Head(named(row.kind), stands(row), counter.hide_panel), spacing=14, margin=18)
        lines.addWidget(Facts(facts))
        if row.open:
            lines.addLayout(self._steps())
        if readable:
            fetch = partial(requests.paper, request_=row.id)
            self.out = PaperOut(counter, FILE_NAMES[row.kind], fetch)
            lines.addWidget(self.out, 1)
            counter.runner.ask(fetch, self.out.show_pdf)
        else:
            lines.addStretch(1)
        self.setLayout(lines)

    def _steps(self) -> Flow:
        how = [
            (_("Sent by fax"), "fax"),
            (_("by post"), "post"),
            (_("by email"), "email"),
            (_("by hand"), "hand"),
        ]
        buttons: list[QWidget] = []
        if self._row.sent_on is None:
            buttons += [small(words, partial(self._sent, way)) for words, way in how]
        self.answered = quiet(_("Answer is in"), self._received, icon="check")
        self.call_off = small(_("Call off"), self._withdraw)
        return Flow(*buttons, self.answered, self.call_off, spacing=8)

    def _sent(self, way: str) -> None:
        task = partial(requests.sent, request_=self._row.id, by=SentBy(way))
        self._note(_("sending of request"), _("Noted as sent; its answer is waited for"), task)

    def _received(self) -> None:
        task = partial(requests.received, request_=self._row.id)
        self._note(_("answer to request"), _("The answer is in"), task)

    def _withdraw(self) -> None:
        task = partial(requests.withdraw, request_=self._row.id)
        self._note(_("calling off of request"), _("The request is called off"), task)

    def _note(self, name: str, said: str, task: Callable[[Any], object]) -> None:
        counter, key = self._counter, self._row.id

        def noted(before: Stage) -> None:
            back = partial(requests.put_back, request_=key, before=before)
            step = Step(
                name,
                back=lambda: counter.runner.do(back, _nothing),
                again=lambda: counter.runner.do(task, _nothing),
            )
            counter.hide_panel()
            counter.toast(said, step)

        counter.runner.do(partial(_noting, key=key, task=task), noted, self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._counter.toast(sentence(refusal))


def _noting(work: Any, *, key: RequestId, task: Callable[[Any], object]) -> Stage:
    before = requests.stage(work, key)
    task(work)
    return before


def _nothing(_answer: object) -> None:
    """Wait for no answer: what was touched is shown by itself."""
