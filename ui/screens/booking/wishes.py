"""Which areas a visit is for and what it is given with: one quiet line, which opens where somebody has a wish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic.office import products
from clinic.office.forms import Part, PartKind
from clinic.wording import _
from clinic.wording.areas import areas
from ui.asking.control import Manner
from ui.asking.places import Places
from ui.widgets import text
from ui.widgets.buttons import link
from ui.widgets.cards import column, row
from ui.widgets.fields import Line, Offers
from ui.widgets.forms import Field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clinic.office.flag_cards import Seen


class Wishes(QWidget):
    """Areas and products of one visit; nothing has to be named."""

    changed = Signal()

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self._said = text.label(wrap=True)
        self.open = link(_("Name them"), self.unfold)
        self.open.setAccessibleName(_("Name areas and products"))
        self._matters = text.caption(wrap=True)
        self._matters.hide()
        line = row(self._said, self.open, spacing=8)
        line.setStretch(0, 1)
        self._closed = QWidget()
        self._closed.setLayout(line)
        self.places = Places(Part("sites", PartKind.SITES, {"en": _("Areas")}), Manner(now))
        self.places.changed.connect(self.changed)
        self.goods = Line(hint=_("Jojoba oil; own blend (almond)"))
        Offers(products.names(), self.goods)
        self.goods.textChanged.connect(lambda _typed: self._typed())
        self._told: tuple[str, ...] = ()
        self.opened = QWidget()
        self.opened.setLayout(
            column(
                Field(_("Areas"), self.places), Field(_("Products"), self.goods, optional=True), spacing=10
            )
        )
        self.opened.hide()
        self.setLayout(column(self._closed, self._matters, self.opened, spacing=4))
        self._say()

    @property
    def sites(self) -> tuple[str, ...]:
        """The areas named."""
        return tuple(self.places.answer or ())

    @property
    def products(self) -> tuple[str, ...]:
        """The products named."""
        return tuple(part for part in (piece.strip() for piece in self.goods.text().split(";")) if part)

    def show_wishes(self, sites: Sequence[str], goods: Sequence[str]) -> None:
        """Show what was wished for, as last time; where nothing was, the line stays closed."""
        self.places.show_answer(list(sites) or None)
        self._told = tuple(goods)
        self.goods.setText("; ".join(goods))
        self._say()

    def held(self) -> str:
        """Tell the areas named, to bring them back where the window was locked meanwhile."""
        return " ".join(self.sites)

    def hold(self, words: str) -> None:
        """Name these areas again."""
        self.places.show_answer(words.split() or None)
        self._say()
        self.changed.emit()

    def unfold(self) -> None:
        """Open the list of areas and the line for products."""
        self._closed.hide()
        self.opened.show()
        self.places.open.setFocus()

    def show_seen(self, seen: Seen | None) -> None:
        """Say so where the rules speak of areas or products, and nobody has named any."""
        places = seen is not None and bool(seen.avoided) and not self.sites
        goods = seen is not None and bool(seen.products) and not self.products
        words = ""
        if places and goods:
            words = _("The rules speak of areas and of products here: name what the visit is for.")
        elif places:
            words = _("The rules speak of areas here: name those the visit is for.")
        elif goods:
            words = _("The rules speak of products here: name those that are to be used.")
        self._matters.setText(words)
        self._matters.setVisible(bool(words))

    def _typed(self) -> None:
        if self.products != self._told:
            self._told = self.products
            self.changed.emit()

    def _say(self) -> None:
        named = [part for part in (areas(self.sites), "; ".join(self.products)) if part]
        self._said.setText(" \u00b7 ".join(named) or _("None named"))
        text.retone(self._said, "ink" if named else "soft")
        self.open.say(_("Change") if named else _("Name them"))
        self.open.setAccessibleName(_("Name areas and products"))
