"""What a published version of services and settings may hold, by path.

Responsible for: which kinds of files this program knows, and which paths no version has at all.
Not responsible for: reading a version (`kiosk.sync`), keeping it (`kiosk.bundles`), or using it.
"""

import re
from typing import Final

KINDS: Final = {
    "kiosk.yaml": re.compile(r"kiosk\.yaml"),
    "services": re.compile(r"services/[A-Za-z0-9][\w.-]{0,80}\.yaml"),
    "tickets": re.compile(r"tickets/[A-Za-z0-9][\w.-]{0,80}\.yaml"),
    "bulletins": re.compile(r"bulletins/[A-Za-z0-9][\w.-]{0,80}\.yaml"),
    "translations": re.compile(r"translations/[\w-]{1,40}\.po"),
}
"""Each kind of file by the first part of its path."""
_SAFE = re.compile(r"(?:[A-Za-z0-9][\w-]{0,40}/){0,3}[A-Za-z0-9][\w.-]{0,80}", re.ASCII)


def is_known(path: str) -> bool:
    """Say whether this program knows what to do with a file of this path."""
    return any(form.fullmatch(path) for form in KINDS.values())


def is_safe(path: str) -> bool:
    """Say whether a file may be kept under this path, known or not: it leads nowhere else."""
    return is_known(path) or _SAFE.fullmatch(path) is not None


def kind_of(path: str) -> str:
    """Return the kind of a file: the first part of its path."""
    return path.partition("/")[0]
