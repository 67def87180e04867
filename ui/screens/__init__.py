"""The screens of the window, one folder each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.screen import Screen


def there_are() -> Sequence[type[Screen]]:
    """Import the screens, in the order of the rail."""
    return ()
