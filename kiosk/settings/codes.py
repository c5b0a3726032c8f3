"""Every code that a problem in the configuration can have, and the page for staff that explains them.

Responsible for: one line for each code. A test holds the list and docs/staff/settings-problems.md current;
``python -m kiosk.settings.codes docs/staff/settings-problems.md`` makes the page again.
Not responsible for: finding problems, or the sentence that is told at the place.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

TWO_ARGUMENTS = 2

GROUPS: Mapping[str, Mapping[str, str]] = {
    "Files that cannot be read": {
        "SET-101": "The file is not there, or this account may not read it.",
        "SET-102": "The file is not text in UTF-8, is far too large, or nests too deep.",
        "SET-103": "The YAML cannot be understood: colons, quotation marks, brackets, tabs or indentation.",
        "SET-104": "A key stands twice in one table.",
        "SET-105": "A part of YAML that settings do not use: anchors, aliases, tags, a second document.",
        "SET-106": "The file is empty, or nothing stands after a key.",
        "SET-107": "The file's name cannot be the name of a service or ticket.",
        "SET-108": "There is no service at all.",
        "SET-109": "The logo of the printer is not a PNG picture beside kiosk.yaml.",
    },
    "Keys and values": {
        "SET-201": "The key is not known here; often a slip of the keyboard.",
        "SET-203": "A key is missing that must be there.",
        "SET-204": "Another sort of value is needed: a text, a number, yes or no, a list, a table.",
        "SET-205": "The value is none of those that are known.",
        "SET-206": "A name, a queue's letter or a reference prefix has not the right form.",
        "SET-207": "A number is too small or too large.",
        "SET-208": "Too many entries, or too few; a screen shows at most eight options.",
        "SET-209": "The opening hours cannot be read.",
        "SET-210": "There is no key of that name for a keypad.",
        "SET-211": "One key of the keypad stands for two things.",
    },
    "Steps of a service": {
        "SET-301": "A step does not begin with its kind and its name.",
        "SET-302": "There is no such kind of step.",
        "SET-303": "Two steps of a service have the same name.",
        "SET-304": "The review or the confirmation is missing at the end.",
        "SET-305": "The review or confirmation has nothing to show, or is sometimes left out.",
        "SET-306": "The appointment is looked up by a step that is missing, later or of another kind.",
        "SET-307": "A condition names a step that is missing or comes later.",
        "SET-308": "A condition mixes answers with 'not' and answers without.",
        "SET-309": "A condition names an answer that cannot be given.",
        "SET-310": "Nobody can reach the step.",
    },
    "Parts of a ticket": {
        "SET-321": "There is no such part of a ticket.",
        "SET-322": "There is no such place, as in {reference}, on a ticket.",
        "SET-323": "A QR code would lead somewhere else than to the council's own host.",
    },
    "Bulletins": {
        "SET-440": "A day and time cannot be read.",
        "SET-441": "A bulletin is empty, or too long for the glass.",
        "SET-442": "A bulletin has no English text.",
        "SET-443": "A bulletin ends before it begins.",
    },
    "Keyboards of the glass": {
        "SET-331": "The file's name is not that of a keyboard.",
        "SET-332": "A row has a key of an unknown name, or a width that is no number.",
        "SET-333": "A row is wider than ten keys, or a key narrower than one.",
        "SET-334": "A page leads nowhere, is not reached, cannot delete, or lacks a letter of names.",
    },
    "Languages": {
        "SET-401": "The file of translations is missing.",
        "SET-402": "The file of translations cannot be read from some line on.",
        "SET-403": "A translation has other places in braces than the English.",
        "SET-404": "Remark: translations that no reader of the language has checked.",
        "SET-405": "A text has no translation.",
        "SET-406": "There is no such language.",
        "SET-407": "A translation is marked as a guess (fuzzy); it is not shown.",
        "SET-408": "Remark: a translation that nothing uses; perhaps the English was changed.",
        "SET-409": "Remark: a language lacks sentences of the terminal itself; they are shown in English.",
        "SET-410": "English is not among the languages.",
        "SET-421": "A translation that turns on a number has too few or too many forms.",
    },
    "What one file says of another": {
        "SET-411": "There is no such group in kiosk.yaml.",
        "SET-412": "There is no such ticket in the folder tickets.",
        "SET-413": "There is no such drawing.",
        "SET-414": "The ticket of a sensitive service tells what the visit was about.",
        "SET-415": "Remark: no service is in the group.",
        "SET-416": "There is no such printer profile.",
        "SET-417": "There is no such kind of card reader.",
        "SET-418": "There is no such keyboard layout.",
        "SET-430": "A step needs a document scanner, and kiosk.yaml names none; a remark if optional.",
        "SET-431": "The documents of a journey could have more pages than a case takes.",
        "SET-423": "There is no such recording in the folder clips.",
        "SET-424": "The recording has another form than the one that can be played.",
    },
    "Safety": {
        "SET-501": "The council's web host is missing for a QR code, or is not the name of a host.",
        "SET-502": "A device is outside the facility's own network, or named by a name that can change.",
        "SET-503": "The address of central is not https, or holds more than a host and a path.",
        "SET-504": "This is not the address of a device.",
        "SET-505": "This is nothing that tells of the power, or of headphones.",
    },
    "Words for visitors": {
        "SET-601": "A word that does not help visitors, such as 'please' or 'invalid'.",
        "SET-602": "A text is longer than what fits on the glass.",
        "SET-603": "A thing of the glass is called by where it stands or how it looks. This is a remark.",
    },
}
CODES: Mapping[str, str] = {code: told for codes in GROUPS.values() for code, told in codes.items()}

_HEAD = """# Problems in the configuration

`kiosk check --config DIR` reads every file and tells all problems at once, one a line:

    config/services/report-pothole.yaml:6:5 SET-201 The key 'aks' is not known here. -> Did you mean 'ask'?

First the file with line and column (most editors jump there), then the code, what is wrong, and what to do.
A terminal starts only when there are no problems. Remarks do not keep it from starting.

This page is made from the program: `python -m kiosk.settings.codes docs/staff/settings-problems.md`
"""


def page() -> str:
    """Return the page for staff."""
    parts = [_HEAD]
    for title, codes in GROUPS.items():
        rows = "".join(f"| {code} | {told} |\n" for code, told in codes.items())
        parts.append(f"\n## {title}\n\n| code | what it is about |\n|---|---|\n{rows}")
    return "".join(parts)


def main(words: list[str]) -> int:
    """Write the page into the file that is named."""
    if len(words) != TWO_ARGUMENTS:
        sys.stderr.write("Name the file to write, such as docs/staff/settings-problems.md.\n")
        return 2
    Path(words[1]).write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
