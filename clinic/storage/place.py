"""Where a practice may live: on a disk of this machine, not in a folder that something else copies."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath, PurePosixPath

from clinic.values import Trouble

if sys.platform == "win32":
    import ctypes

SYNCED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "cloudstorage": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "box sync": "Box",
    "syncthing": "Syncthing",
}
"""How folders are named that a service copies to other machines, and the service."""

MARKERS = {".stfolder": "Syncthing", ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox"}
"""What such a service leaves in the folder that it copies, whatever its name."""

SHARES = frozenset(
    {
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.sshfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    }
)
REMOTE_DRIVE = 4  # what Windows calls a drive letter that stands for a share
MOUNTS = Path("/proc/self/mounts")


def default_path() -> Path:
    """Name the practice that is opened when none is named."""
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed when a practice is named

    return user_data_path("Effleurage", appauthor=False) / "practice.clinic"


def check_live(path: Path) -> None:
    """Refuse a place where the file could be copied or changed while somebody works in it."""
    whole = path.resolve()
    if service := syncing(whole):
        raise Trouble("synced_folder", which=service)
    if kind := share(whole):
        raise Trouble("network_share", which=kind)


def syncing(path: PurePath) -> str | None:
    """Name the service that copies this folder about, if one is known to."""
    for folder in path.parents:
        name = folder.name.casefold()
        for known, service in SYNCED.items():
            # Some add a name: "OneDrive - Clinic", "Dropbox (Personal)".
            if name == known or name.startswith((f"{known} ", f"{known}-")):
                return service
        for marker, service in MARKERS.items():
            if (Path(folder) / marker).exists():
                return service
    return None


def share(path: PurePath) -> str | None:
    """Name the kind of network share this path lies on, if it does."""
    if sys.platform == "win32":
        if path.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == REMOTE_DRIVE:
            return "windows"
        return None
    try:
        table = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    kind = mounted_as(path, table)
    return kind if kind in SHARES else None


def mounted_as(path: PurePath, table: str) -> str | None:
    """Look up in the system's table of mounts what kind of file system a path lies on."""
    kinds: dict[PurePath, str] = {}
    for line in table.splitlines():
        _, point, kind, *_ = line.split(" ")
        plain = point.encode("latin-1", "surrogateescape").decode("unicode_escape")
        kinds[PurePosixPath(plain)] = kind
    return next((kinds[folder] for folder in (path, *path.parents) if folder in kinds), None)
