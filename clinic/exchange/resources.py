"""Where the files lie that the program ships: schemas and the catalogue."""

from __future__ import annotations

from pathlib import Path

# The same two steps up in a clone and in a packaged program, which keeps `resources` beside `clinic`.
RESOURCES = Path(__file__).parents[2] / "resources"
SCHEMA = RESOURCES / "schema"
CATALOGUE = RESOURCES / "catalogue"
