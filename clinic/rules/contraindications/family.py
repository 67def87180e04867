"""A family of rules: which function reads which row of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .visit import Numbers, Visit
from .vocabulary import Hit

Reading = Callable[[Visit, Numbers], Iterator[Hit]]


class Family(dict[str, Reading]):
    """The table of one family."""

    def reads(self, rule: str) -> Callable[[Reading], Reading]:
        """Enter a function as the reading of this rule."""

        def enter(reading: Reading) -> Reading:
            self[rule] = reading
            return reading

        return enter
