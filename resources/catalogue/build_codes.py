"""Build the table of ICD-10-CM codes from the releases that the package simple-icd-10-cm carries.

Run once per release, outside the program's environment:

    pip download --no-deps --dest WHEELS simple-icd-10-cm==1.2.0   (and ==1.4.0, ==1.5.0)
    python resources/catalogue/build_codes.py WHEELS/*.whl

Only the wheels' data files are read, nothing of them is imported. The newest release gives labels and
Excludes1 notes; the older ones tell since when, or until when, a code could be billed.
"""

from __future__ import annotations

import gzip
import re
import sys
import zipfile
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).parent

RELEASES = {
    # part of the data file's name: (name of the release, first day its set was in force)
    "Jan-2021": ("2021-01", "2020-10-01"),
    "April-2025": ("2025-04", "2024-10-01"),
    "April-2026": ("2026-04", "2025-10-01"),
}
CODE = r"[A-Z](?:\d[0-9A-Z]|A\d)(?:\.[0-9A-Z]+)?"
REFERENCE = re.compile(rf"\b({CODE})(?![A-Z0-9])\.?(?:-\s?({CODE})|-*)")
LISTED = re.compile(r"[A-Z](?:\d[0-9A-Z]|A\d)[0-9A-Z]{0,4}")


@dataclass
class Release:
    """One published set: which codes it lists, and which of them can be billed."""

    name: str
    since: str
    labels: dict[str, str] = field(default_factory=dict)
    billable: set[str] = field(default_factory=set)


def dotted(code: str) -> str:
    """Write a code the way letters do."""
    return code if len(code) <= 3 or "." in code else f"{code[:3]}.{code[3:]}"


def leaves(codes: list[str]) -> set[str]:
    """Only a code without finer codes below it can be billed."""
    ordered = sorted(codes)
    return {one for one, after in pairwise([*ordered, ""]) if not after.startswith(one)}


def read_order(text: str, release: Release) -> None:
    """Read the fixed-width order file of early releases."""
    for line in text.splitlines():
        code = dotted(line[6:13].strip())
        release.labels[code] = line[77:].strip()
        if line[14] == "1":
            release.billable.add(code)


def read_list(text: str, tree: Tabular, release: Release) -> None:
    """Read the plain list of later releases, whose labels stand in the tabular list."""
    codes = [line.strip() for line in text.splitlines() if LISTED.fullmatch(line.strip())]
    release.billable = {dotted(code) for code in leaves(codes)}
    release.labels = {dotted(code): tree.label(dotted(code)) for code in codes}


class Tabular:
    """The tabular list: labels, seventh characters and Excludes1 notes, by code."""

    def __init__(self, xml: bytes) -> None:
        self.labels: dict[str, str] = {}
        self.sevenths: dict[str, dict[str, str]] = {}
        self.excludes: dict[str, list[str]] = {}
        root = ElementTree.fromstring(xml)
        for chapter in root.iter("chapter"):
            for section in chapter.iter("section"):
                above = references(chapter) + references(section)
                for category in section.findall("diag"):
                    self.read(category, above, {})

    def read(self, node: ElementTree.Element, above: list[str], sevenths: dict[str, str]) -> None:
        """Take in a code and what is below it; seventh characters come down from the nearest definition."""
        code = node.findtext("name", "")
        self.labels[code] = node.findtext("desc", "")
        defined = node.find("sevenChrDef")
        if defined is not None:
            sevenths = {e.get("char", ""): e.text or "" for e in defined.findall("extension")}
        self.sevenths[code] = sevenths
        own = above + references(node)
        if own:
            self.excludes[code] = list(dict.fromkeys(own))
        for child in node.findall("diag"):
            self.read(child, [], sevenths)

    def label(self, code: str) -> str:
        """A seventh character is spelled out after the label of the code it completes."""
        if code in self.labels:
            return self.labels[code]
        base = code[:-1]
        while base not in self.labels:  # placeholders are filled up with X
            base = base[:-1]
        return f"{self.labels[base]}, {self.sevenths[base][code[-1]]}"


def references(node: ElementTree.Element) -> list[str]:
    """Find the codes that a node's Excludes1 notes name in brackets: a code with all below it, or a range."""
    found = []
    for note in node.findall("excludes1/note"):
        for bracket in re.findall(r"\(([^()]*)\)", note.text or ""):
            for first, last in REFERENCE.findall(bracket):
                found.append(f"{first}-{last}" if last else first)
    return found


def corrections() -> dict[str, tuple[str, str]]:
    """Exact days, reviewed by hand, where the releases at hand only bound them."""
    rows = (HERE / "icd10cm_changes.tsv").read_text("utf-8").splitlines()
    return {code: (since, until) for code, since, until in (row.split("\t") for row in rows[1:])}


def window(code: str, releases: list[Release]) -> tuple[str, str]:
    """Bound the days on which a code could be billed, in doubt generously; empty means open."""
    listed = [code in release.billable for release in releases]
    first = listed.index(True)
    last = len(listed) - 1 - listed[::-1].index(True)
    # A set ends the day before the next one; in a gap of several years the code may have lived longest.
    since = day_after(releases[first - 1].since) if first else ""
    until = day_before(releases[last + 1].since) if last + 1 < len(releases) else ""
    return since, until


def day_after(since: str) -> str:
    """Name the first day of the set that followed, a fiscal year later."""
    return f"{int(since[:4]) + 1}{since[4:]}"


def day_before(since: str) -> str:
    """Sets begin on the first of October."""
    return f"{since[:4]}-09-30"


def read_wheels(wheels: list[Path]) -> tuple[list[Release], Tabular]:
    """Read every release once; the newest tabular list is kept."""
    releases: dict[str, Release] = {}
    newest: Tabular | None = None
    for wheel in sorted(wheels):
        with zipfile.ZipFile(wheel) as archive:
            files = {Path(name).name: name for name in archive.namelist() if "/data/" in name}
            (xml,) = (name for name in files if name.endswith(".xml"))
            (codes,) = (name for name in files if name.endswith(".txt"))
            (key,) = (key for key in RELEASES if key in codes)
            release = Release(*RELEASES[key])
            newest = Tabular(archive.read(files[xml]))
            text = archive.read(files[codes]).decode("utf-8")
            if "order" in codes:
                read_order(text, release)
            else:
                read_list(text, newest, release)
            releases[release.name] = release
    if newest is None:
        raise SystemExit("name the wheels to read")
    return [releases[name] for name in sorted(releases)], newest


def main(wheels: list[Path]) -> None:
    """Write the table, sorted by code."""
    releases, tabular = read_wheels(wheels)
    exact = corrections()
    rows = []
    for code in sorted({code for release in releases for code in release.labels}):
        release = next(r for r in reversed(releases) if code in r.labels)
        billable = any(code in r.billable for r in releases)
        since, until = exact.get(code) or (window(code, releases) if billable else ("", ""))
        billable = billable or code in exact
        named = ",".join(tabular.excludes.get(code, []))
        rows.append("\t".join((code, str(int(billable)), since, until, release.name, named, release.labels[code])))
    table = "\n".join((*rows, ""))
    (HERE / "icd10cm.tsv.gz").write_bytes(gzip.compress(table.encode("utf-8"), compresslevel=9, mtime=0))
    print(f"{len(rows)} codes, {sum(row.split(chr(9))[1] == '1' for row in rows)} ever billable")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
