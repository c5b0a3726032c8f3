"""The page of the control panel, as text.

Responsible for: plain HTML that works without a script, and that a screen reader can read.
Not responsible for: serving it (`panel`).
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Final

TEMPLATE: Final = Path(__file__).with_name("panel.html")


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to do: the command line, and what it is called."""

    line: str
    label: str
    takes_number: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons that belong together."""

    title: str
    buttons: tuple[Button, ...]


BUTTONS: Final[dict[str, tuple[Group, ...]]] = {
    "printer": (
        Group("All well", (Button("ok", "Put everything right"),)),
        Group(
            "Paper and cover",
            (
                Button("paper-out", "Take the paper out"),
                Button("paper 4", "Leave four lines of paper"),
                Button("near-end", "Roll nearly at its end"),
                Button("cover-open", "Open the cover"),
                Button("cover-close", "Close the cover"),
            ),
        ),
        Group(
            "Faults",
            (
                Button("jam", "Jam the paper"),
                Button("cutter", "Block the cutter"),
                Button("hot", "Overheat the head"),
                Button("mute", "Print, but answer nothing"),
                Button("stall", "Take nothing more"),
                Button("late", "Answer six seconds late"),
                Button("double", "Answer everything twice"),
                Button("garbage", "Send a burst of noise"),
            ),
        ),
        Group(
            "Cable and kind",
            (
                Button("unplug", "Pull the cable out"),
                Button("replug", "Plug the cable in"),
                Button("power-cycle", "Switch off and on"),
                Button("clone", "Be a copy without print confirmation"),
                Button("bare", "Be a copy that confirms nothing"),
            ),
        ),
    ),
    "badge": (
        Group(
            "Card",
            (
                Button("card", "Present the card", takes_number=True),
                Button("torn", "Pull it away early", takes_number=True),
            ),
        ),
        Group(
            "Cable",
            (
                Button("unplug", "Pull the cable out"),
                Button("replug", "Plug the cable in"),
                Button("garbage", "Send a burst of noise"),
            ),
        ),
    ),
}
TITLES: Final = {"printer": "Receipt printer", "badge": "Card reader"}
FAULTS: Final = {
    "cover_open": "the cover is open",
    "paper_out": "there is no paper",
    "near_end": "the roll is nearly at its end",
    "jam": "the paper is jammed",
    "cutter": "the cutter is blocked",
    "overheated": "the head is too hot",
    "mute": "it prints and answers nothing",
    "stall": "it takes nothing more",
    "late_s": "it answers late",
    "double": "it answers twice",
}
DEMO_CARD: Final = "04A1B2C3D4"


def page(state: dict[str, Any], problem: str = "") -> str:
    """Return the whole page."""
    shown = [name for name in TITLES if state.get(name) is not None]
    devices = "".join(_device(name, state[name]) for name in shown)
    alert = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        devices=devices, ticket=_ticket(state), alert=alert
    )


def _device(name: str, status: dict[str, Any]) -> str:
    words = _printer_words(status) if name == "printer" else _badge_words(status)
    groups = "".join(_group(name, group) for group in BUTTONS[name])
    state = f'<p class="state" id="{name}-state">{escape(words)}</p>'
    return f"<section><h2>{TITLES[name]}</h2>{state}{groups}</section>"


def _group(device: str, group: Group) -> str:
    plain = "".join(
        f'<button name="line" value="{escape(button.line, quote=True)}">{escape(button.label)}</button>'
        for button in group.buttons
    )
    number = ""
    if any(button.takes_number for button in group.buttons):
        number = (
            '<p><label for="number">Card number</label> '
            f'<input id="number" name="number" value="{DEMO_CARD}" autocomplete="off" '
            'spellcheck="false" size="22"></p>'
        )
    return (
        f'<form method="post" action="/"><fieldset><legend>{escape(group.title)}</legend>{number}'
        f'<input type="hidden" name="device" value="{device}">{plain}</fieldset></form>'
    )


def _printer_words(status: dict[str, Any]) -> str:
    if not status.get("ok"):
        return str(status.get("problem", ""))
    faults = status.get("faults", {})
    wrong = [words for name, words in FAULTS.items() if faults.get(name)]
    if not status.get("plugged"):
        wrong.insert(0, "the cable is out")
    if status.get("unfinished"):
        wrong.append(f"{len(status['unfinished'])} lines of a ticket stick out")
    count = status.get("tickets", 0)
    return f"{_counted(count, 'ticket')} printed. " + (
        "Now: " + ", ".join(wrong) + "." if wrong else "All is well."
    )


def _badge_words(status: dict[str, Any]) -> str:
    if not status.get("ok"):
        return str(status.get("problem", ""))
    cable = "Plugged in." if status.get("plugged") else "The cable is out."
    return f"{cable} {_counted(status.get('presented', 0), 'card')} presented."


def _ticket(state: dict[str, Any]) -> str:
    if not state.get("ticket"):
        return "<p>No ticket yet. It appears here when it is cut off.</p>"
    text = escape(str(state.get("text", "")))
    name = escape(str(state["ticket"]), quote=True)
    return (
        f'<img src="/ticket.png?{name}" alt="The newest ticket; its words are below.">'
        f"<details><summary>Words of this ticket</summary><pre>{text}</pre></details>"
    )


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
