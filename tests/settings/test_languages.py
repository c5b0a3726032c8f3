"""Sixteen languages: what they write, how they count, what nobody has read, and what is missing from them."""

import io
import json
from datetime import date, time
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from kiosk.cli import main
from kiosk.core.bidi import strip_isolates
from kiosk.core.formats import BRITISH
from kiosk.core.words import MACHINE_MADE, PARTLY_ENGLISH
from kiosk.settings import Loaded, load_facility
from kiosk.settings.catalogue import Catalogue, Entry, read_catalogue, read_plain
from kiosk.settings.cldr import CldrFormats
from kiosk.settings.problems import Notes
from kiosk.settings.tongues import HIDE, SHOW, WARN, Tongue
from tests.settings.facility_files import KIOSK, PO_HEAD, load_changed

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config"
SIXTEEN = ("en", "cy", "pl", "ro", "pa", "ur", "pt", "es", "ar", "bn", "gu", "it", "tr", "uk", "zh", "so")
DAY, NOON, EVENING = date(2017, 6, 4), time(12), time(17, 30)


@pytest.fixture(scope="module")
def demo() -> Loaded:
    return load_facility(CONFIG)


def test_the_demonstration_offers_sixteen_languages_in_the_order_of_its_file(demo: Loaded) -> None:
    words = demo.facility.languages
    assert tuple(each.language for each in words) == SIXTEEN
    assert [each.language for each in words if each.direction == "rtl"] == ["ur", "ar"]
    assert len({each.name for each in words}) == 16


def test_no_sentence_is_missing_and_none_claims_to_have_been_read(demo: Loaded) -> None:
    for tongue in demo.tongues:
        parts = (tongue.share_of_frame(), tongue.share_of_facility())
        assert [part.missing for part in parts] == [0, 0], tongue.language
        assert tongue.language == "en" or all(part.reviewed == 0 for part in parts)
        assert tongue.words().caution == ("" if tongue.language == "en" else MACHINE_MADE)


def test_no_two_answers_of_a_step_are_the_same_in_any_language(demo: Loaded) -> None:
    for words in demo.facility.languages:
        for service in demo.facility.services.values():
            for step in service.journey:
                labels = [words.say(offer.label) for offer in getattr(step, "options", ())]
                assert len(labels) == len(set(labels)), (words.language, service.service, labels)


@pytest.mark.parametrize("language", SIXTEEN)
def test_what_is_heard_of_a_change_begins_with_what_stands_on_its_button(demo: Loaded, language: str) -> None:
    words = demo.facility.words(language)
    spoken = words.say("Change: {question}", question="…")
    assert spoken.startswith(words.say("Change")), spoken


def test_english_is_written_as_gov_uk_writes_it() -> None:
    written = (BRITISH.date(DAY), BRITISH.time(EVENING), BRITISH.time(time(15)), BRITISH.time(NOON))
    assert [strip_isolates(text) for text in written] == ["4 June 2017", "5:30pm", "3pm", "midday"]
    assert strip_isolates(BRITISH.money(123450)) == "£1,234.50"


WRITTEN = [
    ("cy", "4 Mehefin 2017", "17:30", "£1,234.50"),
    ("pl", "4 czerwca 2017", "17:30", "1 234,50 £"),
    ("ro", "4 iunie 2017", "17:30", "1.234,50 £"),
    ("ur", "4 جون، 2017", "5:30 PM", "£1,234.50"),
    ("ar", "4 يونيو 2017", "5:30 م", "1,234.50 £"),
    ("zh", "2017年6月4日", "17:30", "£1,234.50"),
    ("tr", "4 Haziran 2017", "17:30", "£1.234,50"),
]


@pytest.mark.parametrize(("language", "day", "clock", "money"), WRITTEN)
def test_dates_times_and_money_are_written_as_cldr_says(
    language: str, day: str, clock: str, money: str
) -> None:
    formats = CldrFormats(Locale.parse(language))
    found = (formats.date(DAY), formats.time(EVENING), formats.money(123450))
    spaces = str.maketrans("\u00a0\u202f", "  ", "\u200f")
    assert tuple(strip_isolates(text).translate(spaces) for text in found) == (
        day, clock, money,
    )  # fmt: skip


@pytest.mark.parametrize("language", SIXTEEN[1:])
def test_digits_are_those_of_the_call_screen_and_everything_is_isolated(language: str) -> None:
    formats = CldrFormats(Locale.parse(language))
    for text in (formats.date(DAY), formats.time(EVENING), formats.number(1234), formats.money(99)):
        assert text[0] in "\u2066\u2068"
        assert text[-1] == "\u2069"
        assert all(sign in "0123456789" for sign in text if sign.isdigit())


@pytest.mark.parametrize("language", SIXTEEN[1:])
def test_plurals_are_told_apart_as_cldr_tells_them(language: str) -> None:
    catalogue = read_catalogue(ROOT / f"kiosk/words/{language}.po", Notes(language))
    form_of, rule = catalogue.form_of(), Locale.parse(language).plural_form
    pairs = {(form_of(number), rule(number)) for number in range(200)}
    forms, tags = {form for form, _ in pairs}, {tag for _, tag in pairs}
    assert forms == set(range(catalogue.plural_rule[0])) or language == "tr"
    assert len(pairs) == len(tags) or len(forms) == 1, pairs


def test_polish_counts_as_polish_does(demo: Loaded) -> None:
    polish = demo.facility.words("pl")
    pair = (
        "Your answer must be {count} character or fewer",
        "Your answer must be {count} characters or fewer",
    )
    said = [strip_isolates(polish.say_number(number, *pair)).split()[-1] for number in (1, 3, 5, 22, 112)]
    assert said == ["znak", "znaki", "znaków", "znaki", "znaków"]
    english = demo.facility.words("en")
    assert strip_isolates(english.say_number(1, *pair)) == "Your answer must be 1 character or fewer"


@pytest.mark.parametrize("language", SIXTEEN[1:])
def test_the_short_reader_reads_what_babels_reads(language: str) -> None:
    for path in (ROOT / f"kiosk/words/{language}.po", CONFIG / f"translations/{language}.po"):
        text = path.read_text("utf-8")
        plain = read_plain(text)
        assert plain is not None, path
        theirs = {
            (m.id[0] if isinstance(m.id, tuple) else m.id): m.string
            for m in read_po(io.StringIO(text))
            if m.id and m.string
        }
        ours = {k: e.forms if e.many else e.text for k, e in plain.entries.items()}
        assert ours == theirs


HALF = Catalogue({"Back": Entry(("Wstecz",), 1, unreviewed=True), "Yes": Entry(("Tak",), 2)})


@pytest.mark.parametrize(
    ("policy", "back", "caution"),
    [(SHOW, "Wstecz", PARTLY_ENGLISH), (WARN, "Wstecz", PARTLY_ENGLISH), (HIDE, "Back", PARTLY_ENGLISH)],
)
def test_a_facility_chooses_what_becomes_of_words_that_nobody_read(
    policy: str, back: str, caution: str
) -> None:
    words = Tongue("pl", ("Back", "Yes"), own=HALF, unreviewed_words=policy).words()
    assert (words.say("Back"), words.say("Yes"), words.caution) == (back, "Tak", caution)


def test_a_guess_is_never_shown() -> None:
    unsure = Catalogue({"Yes": Entry(("Tak",), 1, unsure=True)})
    assert Tongue("pl", ("Yes",), own=unsure).words().say("Yes") == "Yes"


def test_the_council_wins_over_the_terminal() -> None:
    own, frame = Catalogue({"Yes": Entry(("No tak",), 1)}), Catalogue({"Yes": Entry(("Tak",), 1)})
    assert Tongue("pl", ("Yes",), frame, own).words().say("Yes") == "No tak"


def test_the_command_counts_and_is_content(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["languages", "--config", str(CONFIG), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert tuple(told["languages"]) == SIXTEEN
    urdu = told["languages"]["ur"]["facility"]
    assert urdu["sentences"] == urdu["unreviewed"] > 200
    assert told["problems"] == []


def test_the_command_tells_what_is_missing_and_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed: dict[str, str | bytes | None] = {
        "kiosk.yaml": KIOSK.replace("[en]", "[en, cy]"),
        "translations/cy.po": PO_HEAD + 'msgid "Bins {a}"\nmsgstr "Biniau"\n',
    }
    load_changed(tmp_path, changed)
    assert main(["languages", "--config", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "missed-bin.yaml:1:7 SET-405 'Report a missed bin' has no translation into Welsh" in told
    assert "cy  Welsh" in told


def test_a_terminal_that_learnt_a_sentence_overnight_still_opens(tmp_path: Path) -> None:
    entries = "".join(
        f'msgid "{text}"\nmsgstr "Vards"\n\n'
        for text in ("Demo Borough Council", "Town Hall", "Bins", "Report a missed bin", "Which bin?",
                     "Brown", "Green", "What else?", "Report it", "We will collect it.", "Reference",
                     "Go to the reception desk, or ask any member of staff")
    )  # fmt: skip
    loaded = load_changed(
        tmp_path, {"kiosk.yaml": KIOSK.replace("[en]", "[en, lv]"), "translations/lv.po": PO_HEAD + entries}
    )
    assert loaded.is_usable, [str(problem) for problem in loaded.problems]
    latvian = loaded.facility.words("lv")
    assert (latvian.say("Bins"), latvian.say("Leave now")) == ("Vards", "Leave now")
    assert latvian.caution == PARTLY_ENGLISH
    assert "SET-409" in {remark.code for remark in loaded.remarks}
