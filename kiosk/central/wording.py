"""Times, outcomes and states in words for people at a desk.

Responsible for: plain words and the council's way to write times.
Not responsible for: pages (`kiosk.central.desk`) or tickets (`kiosk.central.printing`).
"""

from datetime import date, datetime

REASONS = {
    "paper-out": "the paper is out",
    "paper-low": "the paper is nearly out",
    "cover-open": "the printer's cover is open",
    "jam": "the paper is jammed",
    "cutter": "the cutter is stuck",
    "overheated": "the printer is too hot",
    "unrecoverable": "the printer has a fault",
    "offline": "the printer is offline",
    "no-printer": "there is no printer",
    "no-answer": "the printer does not answer",
    "stalled": "the printer stopped in the middle",
    "link-lost": "the cable to the printer came loose",
    "garbage": "the printer answers nonsense",
    "restarted": "the terminal restarted",
}
ALARMS = {
    "cases-waiting-24-hours": "Cases have waited for a day: look at its network",
    "cases-waiting-72-hours": "Cases have waited for three days: export them to a stick",
    "update-needed": "Its cases are of a newer version than this central knows: bring central up to date",
    "cases-parked": "Cases are set aside for staff: look at them with 'kiosk cases list'",
    "disk-low": "Its disk is nearly full",
    "clock-wrong": "Its clock is more than a minute wrong",
    "services-refused": "It could not take up the newest services",
    "services-not-checked": "It has not asked for services for a day",
}
NEXT_STEPS = {
    "paper-out": "needs paper",
    "cover-open": "close the cover",
    "jam": "clear the jam",
    "cutter": "free the cutter",
}


LANGUAGES = {
    "en": "English",
    "cy": "Welsh",
    "pl": "Polish",
    "ro": "Romanian",
    "pa": "Punjabi",
    "ur": "Urdu",
    "pt": "Portuguese",
    "es": "Spanish",
    "ar": "Arabic",
    "bn": "Bengali",
    "gu": "Gujarati",
    "it": "Italian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
    "so": "Somali",
}
FROM_RIGHT_TO_LEFT = frozenset({"ur", "ar"})


def clock_time(local: datetime) -> str:
    """Write a time as 5:30pm, 3pm, midday or midnight."""
    if local.minute == 0 and local.hour in {0, 12}:
        return "midnight" if local.hour == 0 else "midday"
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes}{'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004


def calendar_day(day: date) -> str:
    """Write a day as Tuesday 24 November 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def moment(local: datetime, today: date) -> str:
    """Write a moment: only the time when it was today."""
    if local.date() == today:
        return clock_time(local)
    return f"{clock_time(local)}, {local.day} {local:%B}"


def ago(then: datetime, now: datetime) -> str:
    """Write how long ago something was, as roughly as a person would."""
    seconds = max(0, int((now - then).total_seconds()))
    for size, word in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {word}{'s' if count > 1 else ''} ago"
    return "just now"


def because(reason: str) -> str:
    """Write a terminal's word for a reason as words for people."""
    return REASONS.get(reason, reason)


def outcome(word: str | None, reason: str, *, fetched: bool = True, stale: bool = False) -> str:
    """Say what became of a ticket, and no more than is known."""
    match word:
        case None if stale:
            return "Not printed: the terminal did not fetch it in time"
        case None:
            return "Sent, waiting for the printer" if fetched else "Waiting for the terminal to fetch it"
        case "printed":
            return "Printed"
        case "printed-unconfirmed":
            return "Printed, but this printer cannot confirm it"
        case "held":
            return f"Held: {NEXT_STEPS.get(reason) or because(reason) or 'look at the printer'}"
        case "not-printed":
            return f"Not printed: {because(reason)}" if reason not in {"", "none"} else "Not printed"
        case _:
            return "Unknown: look at the printer"
