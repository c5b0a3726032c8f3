"""Where central may be.

Responsible for: refusing an address over which cases would travel in clear.
Not responsible for: whether anybody answers there (`client`).
"""

from urllib.parse import urlsplit

from kiosk.errors import SettingsError


def checked_url(url: str) -> str:
    """Return the address without a slash at its end.

    Raises:
        SettingsError: it is not https, and not plain http to this machine itself.
    """
    parts = urlsplit(url)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not parts.hostname or parts.query or parts.fragment or parts.username is not None:
        raise SettingsError("SYNC-010", f"{url!r} is not the address of a service.", "Write https://host.")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise SettingsError("SYNC-011", "Cases may only travel encrypted.", "Write https:// in the address.")
    return url.rstrip("/")
