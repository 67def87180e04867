"""One's own signature: drawn or set in type once, and borne by the papers of one's visits that one issues."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from clinic.office import signatures
from clinic.wording import _, day
from ui.kiosk.signature import Pad
from ui.theme import theme
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import quiet
from ui.widgets.cards import Card
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from clinic.office.signatures import Mine, Strokes
    from ui.screen import Counter


class MySignature(Card):
    """Draw it, keep it, take it away; for those who treat."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(_("My signature"))
        self._counter = counter
        said = _(
            "Issuing the receipt of a visit of yours signs it, with the moment. What somebody else issues for you "
            "has an empty line for your pen instead; nothing is signed beforehand."
        )
        self.told = text.label("", wrap=True)
        self.pad = Pad(_("Sign here"))
        self.pad.setFixedWidth(theme.px(480))
        self.keep = quiet(_("Keep this signature"), self._keep)
        self.type = quiet(_("Sign with my name in type"), partial(self._send, ()))
        self.again = quiet(_("Clear"), self.pad.clear)
        self.forget = quiet(_("Sign nothing any more"), self._forget)
        self.pad.drawn.connect(self._allow)
        self.add(text.soft(said, wrap=True), self.told, self.pad)
        buttons = QWidget()
        buttons.setLayout(Flow(self.keep, self.again, self.type, self.forget))
        self.add(buttons)
        self._allow()

    def reload(self) -> None:
        """Ask how the person at work signs."""
        self._counter.runner.ask(signatures.mine, self._show, latest="settings/signature")

    def _show(self, mine: Mine) -> None:
        self.setVisible(mine.treats)
        self.forget.setVisible(mine.strokes is not None)
        if mine.strokes is None or mine.drawn_at is None:
            self.told.setText(_("You sign nothing yet."))
        elif mine.strokes:
            self.told.setText(_("Drawn on {day}.").format(day=day(mine.drawn_at.date())))
        else:
            self.told.setText(_("Your name in type, since {day}.").format(day=day(mine.drawn_at.date())))
        self.pad.show_strokes(mine.strokes or ())
        self._allow()

    def _allow(self) -> None:
        self.keep.setEnabled(self.pad.is_signed)
        self.again.setEnabled(bool(self.pad.strokes))

    def _keep(self) -> None:
        self._send(self.pad.strokes)

    def _send(self, strokes: Strokes) -> None:
        task = partial(signatures.keep, strokes=strokes)
        self._counter.runner.do(task, partial(self._kept, strokes))

    def _kept(self, strokes: Strokes, before: Strokes | None) -> None:
        self.reload()
        self._tell(_("What you issue is signed from now on"), before, strokes)

    def _forget(self) -> None:
        self._counter.runner.do(signatures.forget, self._forgotten)

    def _forgotten(self, before: Strokes | None) -> None:
        self.reload()
        self._tell(_("You sign nothing any more"), before, None)

    def _tell(self, said: str, before: Strokes | None, after: Strokes | None) -> None:
        step = Step(_("change of the signature"), partial(self._put, before), partial(self._put, after))
        self._counter.toast(said, step)

    def _put(self, strokes: Strokes | None) -> None:
        task = signatures.forget if strokes is None else partial(signatures.keep, strokes=strokes)
        self._counter.runner.do(task, lambda _done: self.reload())
