"""Forms on paper: the blank form for somebody without a screen, in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.documents import blank_form
from clinic.records import Client
from clinic.rules.permissions import Permission
from clinic.values import ScreeningKind
from clinic.workroom import form_papers

if TYPE_CHECKING:
    from clinic.storage.work import Work
    from clinic.values import ClientId


def blank(
    work: Work,
    *,
    kind: ScreeningKind = ScreeningKind.FULL,
    language: str = "en",
    client: ClientId | None = None,
) -> bytes:
    """Print the form to be filled in by hand; it says nothing of anybody but a name and a day of birth."""
    work.require(Permission.HEALTH_WRITE, client=client)
    person = work.get(Client, client) if client is not None else None
    return blank_form.pdf(form_papers.blank(work, kind.value, language, person))
