"""A configuration is read whole: every problem at once, each with file, line, column, code and advice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.core.keypad import KEY_CODES, KeypadAct
from kiosk.settings import Loaded, load_facility
from tests.settings.facility_files import KIOSK, SERVICE, TICKET, write_facility

Write = Callable[..., Loaded]


@pytest.fixture
def load(tmp_path: Path) -> Write:
    """Write a facility with some of its files changed, and load it."""

    def written(kiosk: str = KIOSK, service: str = SERVICE, ticket: str = TICKET, **more: str) -> Loaded:
        files: dict[str, str | bytes | None] = {"kiosk.yaml": kiosk}
        files |= {"services/missed-bin.yaml": service, "tickets/standard.yaml": ticket}
        files |= {name.replace("__", "/").replace("_po", ".po"): text for name, text in more.items()}
        write_facility(tmp_path, files)
        return load_facility(tmp_path)

    return written


def told(loaded: Loaded) -> list[str]:
    return [f"{Path(p.file).name}:{p.line}:{p.column} {p.code}" for p in loaded.problems]


def test_a_facility_without_problems_becomes_what_the_core_needs(load: Write) -> None:
    loaded = load()
    assert loaded.problems == ()
    service = loaded.facility.services["missed-bin"]
    assert [step.step for step in service.journey] == ["which-bin", "more", "check", "done"]
    assert loaded.facility.languages[0].name == "English"
    assert loaded.terminal.central_url.startswith("http://127.0.0.1")


def test_all_problems_of_all_files_are_told_at_once(load: Write) -> None:
    loaded = load(
        kiosk=KIOSK.replace("languages:", "langauges:"),
        service=SERVICE.replace("choice:", "chioce:"),
        ticket=TICKET.replace("pair:", "pear:"),
    )
    assert told(loaded) == [
        "kiosk.yaml:1:1 SET-203",
        "kiosk.yaml:5:1 SET-201",
        "missed-bin.yaml:5:5 SET-302",
        "standard.yaml:4:5 SET-321",
    ]
    assert all(p.what and p.do for p in loaded.problems)
    assert "Did you mean 'choice'?" in {p.do for p in loaded.problems}


PO = 'msgid "Which bin?"\nmsgstr "Pa fin {bin}?"\n'
SAID = (
    *("Demo Borough Council", "Town Hall", "Bins", "Reference", "Report a missed bin", "Brown", "Green"),
    *("What else?", "Report it", "We will collect it."),
)
OF_TWO = KIOSK.replace("[en]", "[en, cy]")
LATER = {
    "a slip elsewhere": OF_TWO + "idle: {after-s: soon}\n",
    "an unknown key": OF_TWO + "idel: {after-s: 90}\n",
    "no groups": OF_TWO.replace("groups:\n  bins: Bins\n", ""),
    "faulty languages": OF_TWO.replace("[en, cy]", "{en: cy}"),
    "faulty devices": OF_TWO + "devices: {scanner: x}\n",
    "no YAML": OF_TWO + "idle: {\n",
}


@pytest.mark.parametrize("kiosk", LATER.values(), ids=LATER)
def test_a_problem_in_kiosk_yaml_hides_none_of_the_other_files(load: Write, kiosk: str) -> None:
    """A ticket that is not there, a keyboard without a nought, a place that differs in a translation."""
    loaded = load(
        kiosk=kiosk,
        service=SERVICE.replace("standard", "standrd"),
        ticket=TICKET.replace("reference}", "ref}"),
        translations__cy_po=PO,
        **{
            "keyboards/digits.yaml": 'pages: {letters: "1 2 3 DELETE"}\n',
            "bulletins/lift.yaml": "tetx: {en: x}\n",
        },
    )
    lines = told(loaded)
    assert any(line.startswith("kiosk.yaml:") for line in lines)
    assert "missed-bin.yaml:3:9 SET-412" in lines
    assert "standard.yaml:4:11 SET-322" in lines
    assert "cy.po:1:1 SET-403" in lines
    assert {line.partition(":")[0] for line in lines} == {
        "kiosk.yaml", "missed-bin.yaml", "standard.yaml", "cy.po", "digits.yaml", "lift.yaml",
    }  # fmt: skip


@pytest.mark.parametrize("kiosk", LATER.values(), ids=LATER)
def test_nothing_is_told_of_other_files_that_only_follows_from_kiosk_yaml(load: Write, kiosk: str) -> None:
    po = PO.replace("{bin}", "") + "".join(f'msgid "{english}"\nmsgstr "Cymraeg"\n' for english in SAID)
    loaded = load(kiosk=kiosk, translations__cy_po=po)
    assert {Path(problem.file).name for problem in loaded.problems} == {"kiosk.yaml"}
    assert not any(remark.code == "SET-408" for remark in loaded.remarks), "of what stands in kiosk.yaml too"


def service(old: str, new: str) -> dict[str, str]:
    return {"service": SERVICE.replace(old, new)}


def kiosk(more: str) -> dict[str, str]:
    return {"kiosk": KIOSK + more}


CASES = [
    ("unknown key", service("group: bins", "gruop: x\ngroup: bins"), "missed-bin.yaml:2:1 SET-201"),
    ("wrong type", kiosk("idle: {after-s: soon}\n"), "kiosk.yaml:10:17 SET-204"),
    ("out of bounds", kiosk("idle: {warning-s: 5}\n"), "kiosk.yaml:10:19 SET-207"),
    ("dangling group", service("group: bins", "group: bin"), "missed-bin.yaml:2:8 SET-411"),
    ("dangling ticket", service("standard", "standrd"), "missed-bin.yaml:3:9 SET-412"),
    ("unknown icon", service("group: bins", "group: bins\nicon: bin"), "missed-bin.yaml:3:7 SET-413"),
    ("two of one name", service("more", "which-bin"), "missed-bin.yaml:8:5 SET-303"),
    ("no confirmation", service(SERVICE[SERVICE.index("  - conf") :], ""), "missed-bin.yaml:11:5 SET-304"),
    ("condition on nothing", service("when: {which-bin", "when: {witch"), "missed-bin.yaml:10:12 SET-307"),
    ("no such answer", service("bin: brown", "bin: red"), "missed-bin.yaml:10:23 SET-309"),
    ("unknown place", {"ticket": TICKET.replace("reference}", "ref}")}, "standard.yaml:4:11 SET-322"),
    ("foreign code", {"ticket": TICKET + "  - code: https://evil.example/\n"}, "standard.yaml:6:11 SET-323"),
    ("forbidden word", service("Which bin?", "Please choose"), "missed-bin.yaml:6:10 SET-601"),
    ("too long", service("Which bin?", "Which bin " * 12), "missed-bin.yaml:6:10 SET-602"),
    ("unknown language", {"kiosk": KIOSK.replace("[en]", "[en, xx]")}, "kiosk.yaml:5:17 SET-406"),
    (
        "public printer",
        kiosk("devices: {printer: {address: 'tcp:8.8.8.8:9100'}}\n"),
        "kiosk.yaml:10:30 SET-502",
    ),
    ("plain http", {"kiosk": KIOSK.replace("embedded", "http://c.example")}, "kiosk.yaml:7:16 SET-503"),
]


@pytest.mark.parametrize(("files", "place"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_problem_is_told_at_its_place(load: Write, files: dict[str, str], place: str) -> None:
    assert place in told(load(**files))


def test_a_step_that_nobody_can_reach_is_a_problem(load: Write) -> None:
    service = SERVICE.replace(
        "  - review:",
        "  - short-text: never\n    ask: Why?\n    when: {more: x, which-bin: green}\n  - review:",
    )
    assert told(load(service=service)) == ["missed-bin.yaml:13:11 SET-310"]


def test_a_duplicate_key_is_a_problem(load: Write) -> None:
    assert any("missed-bin.yaml:2:1" in line for line in told(load(service="name: One\n" + SERVICE)))


def test_a_missing_translation_is_told_at_the_english_text(load: Write) -> None:
    loaded = load(
        kiosk=KIOSK.replace("[en]", "[en, cy]"), translations__cy_po='msgid "Bins"\nmsgstr "Biniau"\n'
    )
    lines = told(loaded)
    assert "missed-bin.yaml:1:7 SET-405" in lines
    assert not any(line.startswith("kiosk.yaml:9") for line in lines)


def test_places_that_differ_between_languages_are_a_problem(load: Write) -> None:
    po = 'msgid "{queue_number}"\nmsgstr "{queue}"\n'
    loaded = load(kiosk=KIOSK.replace("[en]", "[en, cy]"), translations__cy_po=po)
    assert "cy.po:1:1 SET-403" in told(loaded)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300)
    | st.text().map(lambda text: f"steps:\n  - choice: {text}".encode("utf-8", "replace"))
)
def test_any_bytes_as_a_service_file_are_a_problem_and_never_a_traceback(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "services").mkdir(exist_ok=True)
    (tmp_path / "kiosk.yaml").write_text(KIOSK)
    (tmp_path / "services/any.yaml").write_bytes(raw)
    (tmp_path / "translations").mkdir(exist_ok=True)
    (tmp_path / "translations/cy.po").write_bytes(raw)
    assert load_facility(tmp_path).problems


def test_keypad_and_touch_belong_to_one_terminal_whatever_was_published(tmp_path: Path) -> None:
    published = write_facility(
        tmp_path / "published", {"kiosk.yaml": KIOSK + "touch: {again-s: 3}\nkeypad: {select: f1}\n"}
    )
    local = write_facility(
        tmp_path / "local", {"kiosk.yaml": KIOSK + "touch: {again-s: 1.5}\nkeypad: {select: f2}\n"}
    )
    outfit = load_facility(published, local=local).terminal.outfit
    assert outfit.again_s == 1.5
    selecting = [key.code for key in outfit.keypad if key.act is KeypadAct.SELECT]
    assert selecting == [KEY_CODES["f2"]]


@pytest.mark.parametrize(
    ("idle", "is_taken"),
    [
        ("{after-s: 60, warning-s: 20}", True),
        ("{after-s: 300, warning-s: 20}", True),
        ("{after-s: 59}", False),
        ("{after-s: 301}", False),
        ("{warning-s: 19}", False),
    ],
)
def test_a_visitor_has_one_to_five_minutes_and_a_warning_of_twenty_seconds(
    load: Write, idle: str, is_taken: bool
) -> None:
    assert (load(kiosk=KIOSK + f"idle: {idle}\n").problems == ()) is is_taken


@pytest.mark.parametrize(
    ("again_s", "is_taken"), [("0.5", True), ("3", True), ("0.4", False), ("3.1", False)]
)
def test_a_control_may_be_slower_for_trembling_hands_but_never_quicker(
    load: Write, again_s: str, is_taken: bool
) -> None:
    assert (load(kiosk=KIOSK + f"touch: {{again-s: {again_s}}}\n").problems == ()) is is_taken
