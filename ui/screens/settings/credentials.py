"""Certificates, registrations, policies and training hours, and when each of them ends."""

from __future__ import annotations

from typing import ClassVar

from clinic.wording import _
from ui.screens.practice import Credentials
from ui.screens.settings.section import Section


class Papers(Section):
    """What lets the practice work, and until when."""

    key: ClassVar[str] = "credentials"
    icon: ClassVar[str] = "badge-check"

    @staticmethod
    def title() -> str:
        return _("Certificates")

    def lay_out(self) -> None:
        self.credentials = Credentials(self.counter)
        self.body.addWidget(self.credentials, 1)

    def reload(self) -> None:
        """Look again at when each ends."""
        self.credentials.reload()
