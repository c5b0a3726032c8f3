"""The page that facilities staff print to see what a printer does.

Responsible for: a ruler, letters of the code page, every script, a QR code; the cut comes by itself.
Not responsible for: printing it (`trial`).
"""

from datetime import datetime
from typing import Final

from devices.printers.profile import Profile
from kiosk.core.ticket import Align, Code, Line, Logo, Pair, Part, Rule, Size, Space, Ticket

RULER: Final = "1234567890"
LETTERS: Final = "£ € é è ñ ü ö ß ç Å ø – “ ”"
LANGUAGES: Final = {
    "en": "English",
    "cy": "Cymraeg: tŷ, dŵr, Ŵyn",
    "pl": "Polski: żółć, Łąka",
    "ro": "Română: Țară",
    "pa": "ਪੰਜਾਬੀ: ਟਿਕਟ ਲਓ",
    "ur": "اردو: ٹکٹ لیں",
    "pt": "Português: ação",
    "es": "Español: ¿mañana?",
    "ar": "العربية: خذ التذكرة",
    "bn": "বাংলা: টিকিট নিন",
    "gu": "ગુજરાતી: ટિકિટ લો",
    "it": "Italiano: città",
    "tr": "Türkçe: ışık",
    "uk": "Українська: щілина, їжа",
    "zh": "中文：请取票",
    "so": "Soomaali: qaado tigidhka",
}
"""What each language calls itself, with letters that printers like to lose."""


def sample_page(profile: Profile, at: datetime, address: str) -> Ticket:
    """Return the page.

    Args:
        profile: what the printer is said to be; its width is what the ruler shows.
        at: when, in the zone of whoever will read it.
        address: where the code leads, or any text; the council's own host.
    """
    ruler = (RULER * profile.columns)[: profile.columns]
    end = "cut" if profile.cut else "fed out, to be torn off"
    parts: tuple[Part, ...] = (
        Logo(),
        Space(2.0),
        Line("Printer test", size=Size.LARGE, bold=True, align=Align.CENTRE),
        Line("This is not a ticket", align=Align.CENTRE),
        Space(2.0),
        Pair("Printed", f"{at:%d %B %Y, %H:%M}"),
        Line(f"Profile {profile.name}: {profile.width_dots} dots"),
        Space(2.0),
        Line(f"{profile.columns} figures must fill one line:"),
        Line(ruler),
        Rule(),
        Line(f"Letters: {LETTERS}"),
        *(Line(name, language=language) for language, name in LANGUAGES.items()),
        Rule(),
        Code(address, "Scan this with a telephone"),
        Line(f"After this line the paper is {end}.", align=Align.CENTRE),
    )
    return Ticket(parts)
