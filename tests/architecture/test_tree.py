"""What is in the project's folder, and what must never be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from tests.architecture.sources import ROOT, committed

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

FONTS = sorted((ROOT / "resources" / "fonts").glob("*.ttf"))
# Written so that this file does not name them itself.
A_MACHINE = re.compile(r"(?<![\w.$}])/(?:work|root|opt|home/\w+|Users/\w+)[/]|[.]pyenv[/]|file[:]//")
A_REGISTRY = re.compile(r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|deb[.]debian")
BINARY = {".ttf", ".png", ".pdf", ".clinic", ".gz", ".mo", ".ico"}


def test_no_file_names_a_machine_or_a_registry() -> None:
    named = [
        f"{file.relative_to(ROOT)}: {found.group()}"
        for file in committed()
        if file.suffix not in BINARY
        for never in (A_MACHINE, A_REGISTRY)
        for found in never.finditer(file.read_text(encoding="utf-8"))
    ]
    assert named == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_and_hashes_everything_and_names_no_source(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    pins = [n for n, line in enumerate(lines) if line and not line.startswith((" ", "#"))]
    assert pins
    for n in pins:
        assert re.match(r"[a-z0-9-]+==[\w.]+ (; .* )?\\$", lines[n]), lines[n]
        assert lines[n + 1].startswith("    --hash=sha256:"), lines[n]


def test_both_locks_agree() -> None:
    def pins(lock: str) -> set[str]:
        return set(
            re.findall(r"^[a-z0-9-]+==[\w.]+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
        )

    assert pins("requirements.lock") < pins("requirements-dev.lock")


def test_the_readme_names_the_commands_that_the_makefile_has() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^    |`)make ([a-z-]+)", readme, re.MULTILINE))
    assert {"demo", "test", "run"} <= named
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_there_is_type_to_write_with() -> None:
    assert {"Inter-Regular.ttf", "Inter-SemiBold.ttf"} <= {font.name for font in FONTS}


def test_the_shipped_type_draws_letters_and_not_boxes(qtbot: QtBot) -> None:
    """Qt's wheels bring no fonts, and without one every glyph is a box and nothing complains."""
    assert qtbot is not None
    for font in FONTS:
        number = QFontDatabase.addApplicationFont(str(font))
        assert number >= 0, font.name
        assert QFontDatabase.applicationFontFamilies(number), font.name
    metrics = QFontMetrics(QFont("Inter", 12))
    assert all(metrics.inFontUcs4(ord(letter)) for letter in "Aéłñ0$–")


def test_every_link_of_the_docs_leads_somewhere() -> None:
    pages = [file for file in committed() if file.suffix == ".md"]
    lost = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert pages
    assert lost == []
