"""The desk: while somebody sits there, what the program consists of is not gone through again and again."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from tests import practices

if TYPE_CHECKING:
    from pathlib import Path


def test_the_collector_passes_over_the_program_while_somebody_works_and_no_longer(
    fresh_practice: Path, tmp_path: Path
) -> None:
    gc.unfreeze()
    desk = practices.sit_down(practices.copied(fresh_practice, tmp_path / "fresh"))
    at_work = gc.get_freeze_count()
    desk.close()
    assert at_work > gc.get_freeze_count() == 0
