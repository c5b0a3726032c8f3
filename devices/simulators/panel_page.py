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
                Button("new-roll", "Put a new roll in"),
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
                Button("broken", "Break the head"),
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
    "scanner": (
        Group(
            "Code",
            (
                Button("card", "Scan the code", takes_number=True),
                Button("torn", "Stop in the middle", takes_number=True),
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
TITLES: Final = {"printer": "Receipt printer", "badge": "Card reader", "scanner": "Scanner"}
SETS: Final = {
    "paper-out": "paper_out",
    "near-end": "near_end",
    "cover-open": "cover_open",
    "jam": "jam",
    "cutter": "cutter",
    "hot": "overheated",
    "broken": "broken",
    "mute": "mute",
    "stall": "stall",
    "late": "late_s",
    "double": "double",
}
"""Which fault a button sets: while it stands, the button is shown as pressed."""
FAULTS: Final = {
    "cover_open": "the cover is open",
    "paper_out": "there is no paper",
    "near_end": "the roll is nearly at its end",
    "jam": "the paper is jammed",
    "cutter": "the cutter is blocked",
    "overheated": "the head is too hot",
    "broken": "the head is broken",
    "mute": "it prints and answers nothing",
    "stall": "it takes nothing more",
    "late_s": "it answers late",
    "double": "it answers twice",
}
NUMBERS: Final = {"badge": ("Card number", "04A1B2C3D4"), "scanner": ("What the code says", "K7-0042-X")}


def page(state: dict[str, Any], problem: str = "") -> str:
    """Return the whole page."""
    shown = [name for name in TITLES if state.get(name) is not None]
    devices = "".join(_device(name, state[name]) for name in shown)
    alert = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        devices=devices, stage=_stage(state) if "printer" in shown else "", alert=alert
    )


def _device(name: str, status: dict[str, Any]) -> str:
    words = _printer_words(status) if name == "printer" else _reader_words(name, status)
    faults = status.get("faults", {})
    groups = "".join(_group(name, group, faults) for group in BUTTONS[name])
    state = f'<span class="lamp"></span><span id="{name}-state">{escape(words)}</span>'
    return f'<section><h2>{TITLES[name]}</h2><p class="state {_tone(status)}">{state}</p>{groups}</section>'


def _tone(status: dict[str, Any]) -> str:
    faults = status.get("faults", {})
    if not status.get("ok") or not status.get("plugged"):
        return "bad"
    wrong = {name for name in FAULTS if faults.get(name)}
    return "bad" if wrong - {"near_end"} else "warn" if wrong else "good"


def _group(device: str, group: Group, faults: dict[str, Any]) -> str:
    plain = "".join(_button(button, faults) for button in group.buttons)
    number = ""
    if any(button.takes_number for button in group.buttons):
        label, example = NUMBERS[device]
        number = (
            f'<p><label for="{device}-number">{label}</label> '
            f'<input id="{device}-number" name="number" value="{example}" autocomplete="off" '
            'spellcheck="false" size="22"></p>'
        )
    return (
        f'<form method="post" action="/"><fieldset><legend>{escape(group.title)}</legend>{number}'
        f'<input type="hidden" name="device" value="{device}">{plain}</fieldset></form>'
    )


def _button(button: Button, faults: dict[str, Any]) -> str:
    fault = SETS.get(button.line)
    pressed = f' aria-pressed="{"true" if faults.get(fault) else "false"}"' if fault else ""
    value = escape(button.line, quote=True)
    return f'<button name="line" value="{value}"{pressed}>{escape(button.label)}</button>'


def _stage(state: dict[str, Any]) -> str:
    """Draw the printer with what came out of it, and the one thing that a hand would do to it now."""
    status = state["printer"]
    faults = status.get("faults", {})
    marks = ("open" if faults.get("cover_open") else "", "empty" if faults.get("paper_out") else "")
    tone, lamp = ("off", "No power") if not status.get("plugged") else (_tone(status), "")
    words = lamp or {"good": "Ready", "warn": "Paper low", "bad": "Needs attention"}[tone]
    line, label = (
        ("new-roll", "Put a new roll in") if faults.get("paper_out") else ("paper-out", "Take the paper out")
    )
    return (
        f'<section class="stage" aria-label="The printer" aria-live="polite">{_out(state)}'
        f'<div class="machine {" ".join(filter(None, marks))}"><div class="lid"></div><div class="case">'
        f'<div class="roll"></div><div class="front {tone}">{words}<span class="lamp"></span></div>'
        '<form class="hand" method="post" action="/"><input type="hidden" name="device" value="printer">'
        f'<button name="line" value="{line}">{label}</button></form></div></div>'
        f"{_words(state)}</section>"
    )


def _out(state: dict[str, Any]) -> str:
    if state["printer"].get("unfinished"):
        return (
            '<div class="out held"><img src="/unfinished.png" alt="A ticket sticks out, not cut off."></div>'
        )
    if not state.get("ticket"):
        return '<div class="out"><p class="none">No ticket yet. It comes out here.</p></div>'
    name = escape(str(state["ticket"]), quote=True)
    return (
        f'<div class="out"><img src="/ticket.png?{name}" alt="The newest ticket; its words are below."></div>'
    )


def _words(state: dict[str, Any]) -> str:
    text = escape(str(state.get("text", "")))
    return (
        f"<details><summary>Words of the newest ticket</summary><pre>{text}</pre></details>" if text else ""
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


def _reader_words(name: str, status: dict[str, Any]) -> str:
    if not status.get("ok"):
        return str(status.get("problem", ""))
    cable = "Plugged in." if status.get("plugged") else "The cable is out."
    thing, done = ("code", "scanned") if name == "scanner" else ("card", "presented")
    return f"{cable} {_counted(status.get('presented', 0), thing)} {done}."


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
