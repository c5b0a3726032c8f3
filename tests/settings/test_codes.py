"""Every code is told by some file at the exact line and column, and explained on the page for staff."""

import re
from pathlib import Path

import pytest

from kiosk.settings.codes import CODES, page
from kiosk.settings.said import SENSED
from tests.settings.facility_files import KIOSK, PO_HEAD, SERVICE, TICKET, load_changed, told

ROOT = Path(__file__).parents[2]
Files = dict[str, str | bytes | None]
BIN = "services/missed-bin.yaml"
SLIP = "tickets/standard.yaml"
CY = "translations/cy.po"
LIFT = "bulletins/lift.yaml"
BULLETIN = "from: 2026-05-04 09:00\nuntil: 2026-05-05 17:00\ntext:\n  en: The lift is out of order\n"
LETTERS = "".join(f"  - {{document: {name}, ask: Your letter, most-pages: 3}}\n" for name in ("one", "two"))
SCANNER = "{document-scanner: {address: 'sane:any'}}"
WELSH = KIOSK.replace("[en]", "[en, cy]")
FIND = "  - appointment: which\n    by-reference: more\n  - review"


def service(old: str, new: str) -> Files:
    return {BIN: SERVICE.replace(old, new, 1)}


def kiosk(old: str, new: str) -> Files:
    return {"kiosk.yaml": KIOSK.replace(old, new, 1)}


def ticket(old: str, new: str) -> Files:
    return {SLIP: TICKET.replace(old, new, 1)}


def devices(text: str) -> Files:
    return {"kiosk.yaml": KIOSK + f"devices: {text}\n"}


def welsh(po: str) -> Files:
    return {"kiosk.yaml": WELSH, CY: PO_HEAD + po}


DIGITS = "pages:\n  letters: |\n    1 2 3\n    4 5 6\n    7 8 9\n    GAP 0 DELETE\n"
TOLD: list[tuple[str, Files]] = [
    ("kiosk.yaml:1:1 SET-101", {"kiosk.yaml": None}),
    (f"{BIN}:2:8 SET-102", {BIN: b"name: x\ngroup: \xff\xfe"}),
    (f"{BIN}:1:1 SET-102", {BIN: b"name: " + b"x" * 300_000}),
    (f"{BIN}:1:16 SET-102", {BIN: "a: " + "[" * 100}),
    (f"{BIN}:2:1 SET-103", {BIN: "name: x\n\tgroup: bins\n"}),
    (f"{BIN}:1:11 SET-103", {BIN: "name: Bins: missed\n"}),
    (f"{BIN}:2:1 SET-104", {BIN: "name: One\n" + SERVICE}),
    (f"{BIN}:1:7 SET-105", {BIN: "name: &all x\n"}),
    (f"{BIN}:2:8 SET-105", {BIN: "name: x\ngroup: *all\n"}),
    (f"{BIN}:1:7 SET-105", {BIN: "name: !!python/object x\n"}),
    (f"{BIN}:1:1 SET-106", {BIN: ""}),
    (f"{BIN}:2:1 SET-106", service("group: bins", "group:")),
    (f"{BIN}:7:43 SET-106", service("Green}", "Green, Blue}")),
    ("services/My Service.yaml:1:1 SET-107", {"services/My Service.yaml": SERVICE}),
    ("services/other.yml:1:1 SET-107", {"services/other.yml": SERVICE}),
    ("kiosk.yaml:1:1 SET-108", {BIN: None}),
    ("kiosk.yaml:10:58 SET-109", devices("{printer: {address: 'tcp:127.0.0.1:9100', logo: mark.png}}")),
    ("clips/cy.yaml:1:11 SET-423", {"clips/cy.yaml": "Croeso i: gone.wav\n"}),
    ("clips/cy.yaml:1:11 SET-424", {"clips/cy.yaml": "Croeso i: a.wav\n", "clips/cy/a.wav": "no sound"}),
    (f"{BIN}:2:1 SET-201", service("group:", "gruop:")),
    (f"{BIN}:6:5 SET-201", service("ask:", "aks:")),
    (f"{BIN}:1:1 SET-203", service("group: bins\n", "")),
    ("kiosk.yaml:10:17 SET-204", {"kiosk.yaml": KIOSK + "idle: {after-s: soon}\n"}),
    (f"{BIN}:1:7 SET-204", service("Report a missed bin", "[a, b]")),
    ("kiosk.yaml:10:17 SET-205", {"kiosk.yaml": KIOSK + "access: {theme: lihgt}\n"}),
    ("kiosk.yaml:10:12 SET-205", {"kiosk.yaml": KIOSK + "time-zone: Europe/Londn\n"}),
    ("kiosk.yaml:4:19 SET-206", kiosk("K7", "IO")),
    (f"{BIN}:5:13 SET-206", service("which-bin", "Which Bin")),
    ("kiosk.yaml:10:19 SET-207", {"kiosk.yaml": KIOSK + "idle: {warning-s: 5}\n"}),
    (f"{BIN}:7:14 SET-208", service(", green: Green", "")),
    ("kiosk.yaml:10:21 SET-209", {"kiosk.yaml": KIOSK + "opening: {monday:   nine to five}\n"}),
    (f"{BIN}:5:5 SET-301", service("choice: which-bin\n    ", "")),
    (f"{BIN}:5:5 SET-302", service("choice", "chioce")),
    (f"{BIN}:8:5 SET-303", service("short-text: more", "short-text: which-bin")),
    (f"{BIN}:11:5 SET-304", {BIN: SERVICE[: SERVICE.index("  - confirmation")]}),
    (f"{BIN}:11:5 SET-305", service("send: Report it", "send: Report it\n    when: {which-bin: brown}")),
    (f"{BIN}:12:19 SET-306", service("  - review", FIND)),
    (f"{BIN}:10:12 SET-307", service("{which-bin", "{witch-bin")),
    (f"{BIN}:10:23 SET-308", service("bin: brown", "bin: [brown, not green]")),
    (f"{BIN}:10:23 SET-309", service("bin: brown", "bin: red")),
    (f"{BIN}:10:11 SET-310", service("bin: brown", "bin: [not brown, not green]")),
    (f"{SLIP}:4:5 SET-321", ticket("pair", "pear")),
    (f"{SLIP}:4:11 SET-322", ticket("reference}", "refrence}")),
    (f"{SLIP}:6:11 SET-323", {SLIP: TICKET + "  - code: https://evil.example/\n"}),
    (f"{SLIP}:6:11 SET-323", {SLIP: TICKET + '  - code: "https://{host}.evil.example/"\n'}),
    (f"{CY}:1:1 SET-401", {"kiosk.yaml": WELSH}),
    (f"{CY}:6:1 SET-402", welsh('msgid "Bins"\nmistake "Biniau"\n')),
    (f"{CY}:5:1 SET-403", welsh('msgid "Page {page} of {pages}"\nmsgstr "Tudalen {page}"\n')),
    (f"{CY}:1:1 SET-404", welsh('# unreviewed\nmsgid "Bins"\nmsgstr "Biniau"\n')),
    (f"{BIN}:6:10 SET-405", welsh("")),
    ("kiosk.yaml:5:17 SET-406", kiosk("[en]", "[en, xx]")),
    (f"{CY}:6:1 SET-407", welsh('#, fuzzy\nmsgid "Bins"\nmsgstr "Biniau"\n')),
    (f"{CY}:5:1 SET-408", welsh('msgid "Bin"\nmsgstr "Bin"\n')),
    ("kiosk.yaml:5:17 SET-409", {"kiosk.yaml": KIOSK.replace("[en]", "[en, lv]"), "translations/lv.po": ""}),
    (
        f"{CY}:5:1 SET-421",
        welsh(
            'msgid "Bins"\nmsgid_plural "Bins"\nmsgstr[0] "Biniau"\nmsgstr[1] "Biniau"\nmsgstr[2] "Biniau"\n'
        ),
    ),
    ("kiosk.yaml:5:12 SET-410", kiosk("[en]", "[cy]")),
    (f"{BIN}:2:8 SET-411", service("group: bins", "group: bin")),
    (f"{BIN}:3:9 SET-412", service("standard", "standrd")),
    (f"{BIN}:3:7 SET-413", service("ticket", "icon: bin\nticket")),
    (
        f"{BIN}:3:9 SET-414",
        {**service("steps", "sensitive: yes\nsteps"), **ticket("{queue_number}", "{service}")},
    ),
    ("kiosk.yaml:10:3 SET-415", {"kiosk.yaml": KIOSK + "  empty: Nothing here\n"}),
    ("kiosk.yaml:10:50 SET-416", devices("{printer: {address: simulated, profile: generic}}")),
    ("kiosk.yaml:10:48 SET-417", devices("{readers: [{address: simulated, kind: id-12}]}")),
    ("kiosk.yaml:6:7 SET-501", kiosk("demo.example", "https://demo.example/")),
    ("kiosk.yaml:10:30 SET-502", devices("{printer: {address: 'tcp:8.8.8.8:9100'}}")),
    ("kiosk.yaml:10:30 SET-502", devices("{printer: {address: 'tcp:0.0.0.0'}}")),
    ("kiosk.yaml:10:30 SET-502", devices("{printer: {address: 'tcp:[::]:9100'}}")),
    ("kiosk.yaml:10:30 SET-502", devices("{printer: {address: 'tcp:printer.example'}}")),
    ("kiosk.yaml:10:24 SET-210", {"kiosk.yaml": KIOSK + "keypad: {up: f3, back: f25}\n"}),
    ("kiosk.yaml:10:9 SET-211", {"kiosk.yaml": KIOSK + "keypad: {back: enter}\n"}),
    ("keyboards/digit.yaml:1:1 SET-331", {"keyboards/digit.yaml": DIGITS}),
    ("keyboards/digits.yaml:2:12 SET-332", {"keyboards/digits.yaml": DIGITS.replace("DELETE", "DELET")}),
    ("keyboards/digits.yaml:2:12 SET-333", {"keyboards/digits.yaml": DIGITS.replace("DELETE", "DELETE=9")}),
    (f"{LIFT}:2:8 SET-440", {LIFT: BULLETIN.replace("05-05 17:00", "05-32 17:00")}),
    (f"{LIFT}:4:7 SET-441", {LIFT: BULLETIN.replace("order", "order" * 30)}),
    (f"{LIFT}:1:1 SET-442", {LIFT: BULLETIN.replace("en:", "cy:")}),
    (f"{LIFT}:1:1 SET-443", {LIFT: BULLETIN.replace("until: 2026", "until: 2025")}),
    ("keyboards/digits.yaml:2:3 SET-334", {"keyboards/digits.yaml": DIGITS.replace("DELETE", "+")}),
    ("kiosk.yaml:10:39 SET-504", devices("{document-scanner: {address: 'usb:/dev/usb/lp0'}}")),
    (f"{BIN}:8:5 SET-430", service("short-text: more", "document: more")),
    (f"{BIN}:12:5 SET-431", {**service("  - review", LETTERS + "  - review"), **devices(SCANNER)}),
    ("kiosk.yaml:7:16 SET-503", kiosk("embedded", "http://central.example")),
    ("kiosk.yaml:7:16 SET-503", kiosk("embedded", "https://user:secret@central.example")),
    ("kiosk.yaml:10:30 SET-504", devices("{printer: {address: 'lpt1'}}")),
    ("kiosk.yaml:10:30 SET-504", devices("{printer: {address: 'pcsc:ACR122U'}}")),
    ("kiosk.yaml:10:30 SET-504", devices("{printer: {address: 'serial:/dev/ttyS0?speed=9600'}}")),
    ("kiosk.yaml:10:53 SET-417", devices("{readers: [{address: 'pcsc:ACR122U', kind: id12}]}")),
    ("kiosk.yaml:10:64 SET-417", devices("{readers: [{address: 'input:/dev/input/event1', kind: id12}]}")),
    (
        "kiosk.yaml:10:31 SET-418",
        devices("{readers: [{address: 'input:/dev/input/event1?layout=uk', kind: scanner}]}"),
    ),
    ("kiosk.yaml:10:30 SET-504", devices("{printer: {address: 'input:/dev/input/event1'}}")),
    ("kiosk.yaml:10:18 SET-505", devices("{power: 'apc'}")),
    ("kiosk.yaml:10:18 SET-505", devices("{power: 'nut:ups'}")),
    ("kiosk.yaml:10:18 SET-502", devices("{power: 'nut:ups@8.8.8.8'}")),
    ("kiosk.yaml:10:23 SET-505", devices("{headphones: 'jack'}")),
    ("kiosk.yaml:10:55 SET-417", devices("{readers: [{address: 'usb:/dev/usb/1', kind: pcsc}]}")),
    (f"{BIN}:6:10 SET-601", service("Which bin?", "Please choose")),
    (f"{BIN}:14:11 SET-601", service("We will collect it.", "Sorry for this.")),
    (f"{BIN}:6:10 SET-602", service("Which bin?", "Which bin " * 12)),
    (f"{BIN}:6:10 SET-603", service("Which bin?", "Touch the green button")),
]


@pytest.mark.parametrize(("line", "files"), TOLD, ids=[line for line, _ in TOLD])
def test_a_problem_is_told_with_file_line_and_column(tmp_path: Path, line: str, files: Files) -> None:
    loaded = load_changed(tmp_path, files)
    assert line in told(loaded, tmp_path)
    for problem in (*loaded.problems, *loaded.remarks):
        assert problem.what.endswith((".", "?"))
        assert problem.do.endswith((".", "?", "…"))


def test_every_code_is_told_by_some_file() -> None:
    assert {line.split()[-1] for line, _ in TOLD} == set(CODES)


def test_every_code_in_the_program_is_explained_and_no_other() -> None:
    sources = (ROOT / "kiosk/settings").rglob("*.py")
    written = {
        c for p in sources if p.name != "codes.py" for c in re.findall(r"SET-\d{3}", p.read_text("utf-8"))
    }
    assert written == set(CODES)


def test_the_page_for_staff_is_current() -> None:
    assert (ROOT / "docs/staff/settings-problems.md").read_text("utf-8") == page()


@pytest.mark.parametrize(
    ("sentence", "pointed"),
    [
        ("Touch the button on the right", ["button on the right"]),
        ("Look at the top of the screen", ["top of the screen"]),
        ("Choose from the list below", ["list below"]),
        ("Which of the small round boxes?", ["small round boxes"]),
        ("How many brown bins do you need?", []),
        ("Is the street light beside the road?", []),
        ("Do you have the right to reside?", []),
        ("The number on the screen is enough", []),
    ],
)
def test_what_is_named_by_how_it_looks_is_found_and_things_outside_are_not(
    sentence: str, pointed: list[str]
) -> None:
    assert [found[0] for found in SENSED.finditer(sentence)] == pointed


SLIPS = [
    (service("choice", "chioce"), "Did you mean 'choice'?"),
    (service("options", "optoins"), "Did you mean 'options'?"),
    (service("group: bins", "group: bin"), "Did you mean 'bins'?"),
    (service("standard", "standrd"), "Did you mean 'standard'?"),
    (service("{which-bin", "{which-bni"), "Did you mean 'which-bin'?"),
    (service("bin: brown", "bin: bronw"), "Did you mean 'brown'?"),
    (ticket("reference}", "refrence}"), "Did you mean 'reference'?"),
    (kiosk("languages", "langauges"), "Did you mean 'languages'?"),
    (kiosk("[en]", "[en, cyy]"), "Did you mean 'cy'?"),
]


@pytest.mark.parametrize(("files", "advice"), SLIPS, ids=[advice for _, advice in SLIPS])
def test_a_slip_of_the_keyboard_gets_the_right_word(tmp_path: Path, files: Files, advice: str) -> None:
    assert advice in {problem.do for problem in load_changed(tmp_path, files).problems}


def test_one_problem_does_not_hide_those_of_other_files(tmp_path: Path) -> None:
    loaded = load_changed(tmp_path, {**service("ask:", "aks:"), **ticket("pair", "pear"), CY: b"\xff"})
    assert {line.split(":")[0] for line in told(loaded, tmp_path)} == {BIN, SLIP}
    assert list(loaded.problems) == sorted(loaded.problems)
