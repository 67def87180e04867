"""The screens of the window, one folder each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.screen import Screen


def there_are() -> Sequence[type[Screen]]:
    """Import the screens, in the order of the rail."""
    from ui.screens.calendar import Calendar  # noqa: PLC0415 - the office behind them is imported after the door
    from ui.screens.clients import Clients  # noqa: PLC0415 - as above
    from ui.screens.letters import Letters  # noqa: PLC0415 - as above
    from ui.screens.note import Note  # noqa: PLC0415 - as above
    from ui.screens.reminders import Reminders  # noqa: PLC0415 - as above
    from ui.screens.reports import Reports  # noqa: PLC0415 - as above
    from ui.screens.settings import Settings  # noqa: PLC0415 - as above
    from ui.screens.till import Till  # noqa: PLC0415 - as above
    from ui.screens.today import Today  # noqa: PLC0415 - as above
    from ui.screens.year_end import YearEnd  # noqa: PLC0415 - as above

    return (Today, Calendar, Clients, Letters, Till, Reminders, Reports, YearEnd, Settings, Note)
