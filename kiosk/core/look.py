"""How the glass draws: what of the access settings is a matter of pixels.

Responsible for: the value that goes with every view.
Not responsible for: the settings themselves (`kiosk.core.access`), or any size (`screens.theme`).
"""

from dataclasses import dataclass

from kiosk.core.access import Access, Reach


@dataclass(frozen=True, slots=True)
class Look:
    """How large, where and in which colours the glass draws; set by the facility, then by the visitor."""

    theme: str = "light"
    cap_height_mm: float = 4.8
    reach: Reach = Reach.WHOLE
    pictures: bool = True
    companion: bool = False


def look_of(access: Access) -> Look:
    """Say what the glass needs of the access settings."""
    return Look(access.theme.value, access.cap_height_mm, access.reach, access.pictures, access.companion)
