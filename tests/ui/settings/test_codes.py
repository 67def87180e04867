"""A newer release of the diagnosis codes, loaded in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.exchange import codes
from clinic.office import code_releases
from tests.office.test_code_releases import OCTOBER, order_file
from ui.screens.settings.codes import Codes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.settings.the_owner import Owner


@pytest.fixture(autouse=True)
def as_shipped() -> Iterator[None]:
    yield
    codes.use(())


def test_a_release_is_loaded_by_its_file_and_taken_back(owner: Owner, tmp_path: Path) -> None:
    page = owner.open(Codes)
    file = tmp_path / "icd10cm_order_2027.txt"
    file.write_bytes(b"no order file")
    page.take(file)
    assert (page.name.text(), page.since.day) == ("FY 2027", OCTOBER)
    page.load.click()
    owner.settle()
    assert page.form._general.text().startswith("Line 1 is no line")
    file.write_bytes(order_file())
    page.load.click()
    owner.settle()
    assert codes.look_up("M54.53") is not None
    assert not page.out.isHidden()
    owner.shell._undo.undo()
    owner.settle()
    assert owner.desk.reading(code_releases.known).loaded == ()
    owner.shell._undo.redo()
    owner.settle()
    assert codes.look_up("M54.53") is not None
    page.reload()
    owner.settle()
    page.out.click()
    owner.settle()
    assert codes.look_up("M54.53") is None
    page.take(file)
    page.since.set_day(None)
    page.load.click()
    assert page.form["since"].message
