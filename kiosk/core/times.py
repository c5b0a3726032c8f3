"""Times of day as people read them.

Responsible for: taking the time of day out of a moment, for the formats of a language.
Not responsible for: how a language writes it (`kiosk.core.formats`), or time zones.
"""

from datetime import datetime, time

from kiosk.core.formats import BRITISH, Formats


def spell_time(moment: datetime | time, formats: Formats = BRITISH) -> str:
    """Write a local time of day; in British English where nobody says otherwise."""
    return formats.time(moment.time() if isinstance(moment, datetime) else moment)
