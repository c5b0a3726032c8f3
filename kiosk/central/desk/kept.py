"""What somebody sent when their sign-in had run out: kept by their own browser until they are in again.

Responsible for: that it comes from a page of ours, goes to one, and goes on for nobody but whoever typed it.
Not responsible for: the sign-in (`kiosk.central.desk.sign_in`). Nothing of it is kept by central.
"""

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from kiosk.central.desk.pages import MOST_FIELDS

_OURS: Final = re.compile(r"/desk(/[A-Za-z0-9_-]+)+")
_DOORS: Final = frozenset({"/desk/sign-out", "/desk/stay"})
_CSRF: Final = "csrf"


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that came too late.

    Attributes:
        to: where it was sent. by: who was signed in. fields: name and value of each, in order.
    """

    to: str
    by: str
    fields: tuple[tuple[str, str], ...]

    @property
    def hidden(self) -> dict[str, str]:
        """The fields by which it goes along with the sign-in form."""
        return {"kept_to": self.to, "kept_by": self.by, "kept": urlencode(self.fields)}


def taken(fields: Iterable[tuple[str, str]], to: str, was: tuple[str, str] | None) -> Kept | None:
    """Keep a form that came too late; None where it does not come from a page of ours, or says nothing.

    Args:
        fields: of the form.
        to: where it was sent.
        was: whose sign-in it was, and the word that proved its forms.
    """
    given = tuple(fields)
    proof = dict(given).get(_CSRF, "")
    others = tuple((name, value) for name, value in given if name != _CSRF)
    if was is None or not others or to in _DOORS or not _OURS.fullmatch(to):
        return None
    name, csrf = was
    is_ours = hmac.compare_digest(csrf.encode(), proof.encode("utf-8", "replace"))
    return Kept(to, name, others) if is_ours else None


def brought(given: Mapping[str, str]) -> Kept | None:
    """Take it back from the sign-in form, which has proved that it is ours."""
    to = given.get("kept_to", "")
    if not _OURS.fullmatch(to):
        return None
    fields = parse_qsl(given.get("kept", ""), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    return Kept(to, given.get("kept_by", ""), tuple(fields))
