"""All families in one table."""

from __future__ import annotations

from . import (
    blood,
    bones,
    cancer,
    clots,
    general,
    heart,
    infection,
    medicines,
    metabolic,
    nerves,
    organs,
    pregnancy,
    pressure,
    skin,
    spine,
    surgery,
    vessels,
)

_ROOMS = (
    infection, clots, pressure, heart, vessels, blood, pregnancy, organs, cancer, surgery, bones, spine, nerves,
    metabolic, skin, medicines, general,
)  # fmt: skip

READINGS = {rule: reading for room in _ROOMS for rule, reading in room.RULES.items()}
"""Every rule that can be read, by its id."""
