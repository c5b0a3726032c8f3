"""Views with more than any council would put on a screen: the glass must stay usable, whatever comes."""

from dataclasses import replace

from kiosk.core import views as v
from kiosk.core.events import Left, OptionTouched
from tests.screens import sample_parts as sample

WORD = "Donaudampfschifffahrtsgesellschaft"
LONG = f"A sentence that goes on for much longer than a heading ever should, with a {WORD} in it"
ENDLESS = "x" * 200
ODD = "\u202e<b>[b]\0\ud800 {0} %s &amp; 🙂 \t" + "é" * 3 + "\n"


def hostile() -> dict[str, v.View]:
    frame = replace(sample.ENGLISH, council=f"The Royal Metropolitan Borough Council of {WORD}", title=LONG)
    told = replace(frame, notice=sample.NO_PAPER)
    tiles = tuple((f"{WORD} {at}", LONG, "no-such-icon") for at in range(8))
    labels = tuple(f"{LONG} {at}" for at in range(10))
    fields = replace(
        sample.ADDRESS,
        fields=tuple(replace(each, label=LONG, hint=LONG, text=ENDLESS) for each in sample.ADDRESS.fields),
    )
    problems = sample.wrong(*((each.name, LONG) for each in fields.fields))
    rows = sample.rows(tuple((LONG, f"{LONG}\n{ENDLESS}") for _ in range(5)))
    buttons = tuple(v.Button(f"{LONG} {at}", Left()) for at in range(3))
    return {
        "menu": v.View(told, sample.menu(LONG, tiles, sample.PAGER)),
        "options": v.View(told, sample.question(LONG, sample.options(labels), hint=LONG, why=LONG)),
        "twenty": v.View(
            frame, sample.question("?", sample.options(tuple(f"Choice {at}" for at in range(20))))
        ),
        "fields": v.View(told, sample.question(LONG, fields, hint=LONG, why=LONG, **problems)),
        "reading": v.View(told, sample.question(LONG, v.Reading((LONG * 3,) * 8))),
        "review": v.View(told, v.Review(LONG, rows, v.Button(LONG, Left()), LONG, sample.PAGER)),
        "notice": v.View(told, v.Notice(v.Tone.BAD, LONG, (LONG,) * 8, buttons, ENDLESS)),
        "odd": v.View(
            replace(frame, title=ODD), v.Notice(v.Tone.BAD, ODD, (ODD,), (v.Button(ODD, Left()),), ODD)
        ),
        "odd-option": v.View(
            frame, sample.question(ODD, v.Options((v.Option("a", ODD, OptionTouched("s", "a")),)))
        ),
        "empty": v.View(frame, v.Notice(v.Tone.GOOD, "", ())),
        "no-tiles": v.View(frame, v.Menu("", ())),
        "no-answers": v.View(frame, v.Review("", (), v.Button("Send", Left()))),
    }
