"""The access passport: language and access settings as a short text for a QR code.

Responsible for: writing it, and reading it from any terminal of any age.
Not responsible for: printing or scanning it.

``KAP1:LCY.TLARGEST.CDARK.RLOW.SON.P125.V5.XX2.NOFF.DON*K`` is the version, then one field after another, each
a letter and its value, then ``*`` and the check character of ISO/IEC 7064 MOD 37-2 over all letters and
digits before it. It says nothing of a person. A field or value that is not known is passed over, and so is a
later version's number: what an older terminal understands still counts.
"""

import re
from dataclasses import replace
from typing import Final

from kiosk.core.access import Access, Setting, Speech, changed
from kiosk.core.reference import check_character

_FIELDS: Final = {
    "T": Setting.TEXT,
    "C": Setting.THEME,
    "R": Setting.REACH,
    "S": Setting.SPEECH,
    "P": Setting.RATE,
    "V": Setting.VOLUME,
    "X": Setting.TIME,
    "N": Setting.PICTURES,
    "D": Setting.COMPANION,
}
_LANGUAGE: Final = "L"
_FORM: Final = re.compile(r"KAP[1-9][0-9]?:([A-Z0-9.\-]{1,200})\*([0-9A-Z*])")


def written(language: str, access: Access) -> str:
    """Write language and settings; to hear one's own answers over loudspeakers is chosen anew each time."""
    if access.speech is Speech.ALL:
        access = replace(access, speech=Speech.ON)
    fields = [_LANGUAGE + language, *(letter + access.value(each) for letter, each in _FIELDS.items())]
    text = "KAP1:" + ".".join(fields).upper()
    return f"{text}*{_check(text)}"


def is_passport(text: str) -> bool:
    """Say whether a scanned text is an access passport of any version."""
    return _FORM.fullmatch(text.strip().upper()) is not None


def read(text: str, access: Access) -> tuple[str, Access] | None:
    """Read a passport: its language, empty where it names none, and `access` with what it sets.

    Returns:
        None for whatever is not a passport, or whose check character is wrong; never raises.
    """
    found = _FORM.fullmatch(text.strip().upper())
    if found is None or _check(text.strip().upper()[:-2]) != found[2]:
        return None
    language = ""
    for field in found[1].split("."):
        letter, value = field[:1], field[1:].lower()
        if letter == _LANGUAGE:
            language = value
        elif letter in _FIELDS:
            access = changed(access, _FIELDS[letter], value)
    return language, access


def _check(text: str) -> str:
    return check_character("".join(c for c in text if c.isascii() and c.isalnum()))
