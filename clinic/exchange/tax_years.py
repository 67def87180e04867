"""The catalogue's table of tax years, opened when first asked."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING

from clinic.exchange.resources import CATALOGUE
from clinic.rules.claims import TaxYear

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def tax_years() -> Mapping[int, TaxYear]:
    """Give every tax year whose rates are known; a year that is missing has none that we could vouch for."""
    with (CATALOGUE / "tax_years.toml").open("rb") as file:
        rows = tomllib.load(file)["year"]
    return {
        row["year"]: TaxYear(row["year"], row["mile_tenths"], row["floor_permille"], row["source"])
        for row in rows
    }
