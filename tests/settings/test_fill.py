"""Translators get every sentence that is lacking, ready to fill in, and nothing of theirs is touched."""

from dataclasses import replace
from pathlib import Path

from kiosk.settings import fill_translations, load_facility
from tests.settings.facility_files import KIOSK, PO_HEAD, SERVICE, load_changed

WELSH = KIOSK.replace("[en]", "[en, cy]")


def test_every_lacking_sentence_gets_an_empty_entry_once(tmp_path: Path) -> None:
    standing = PO_HEAD + 'msgid "Bins"\nmsgstr "Biniau"\n'
    service = SERVICE.replace("Which bin?", "'Which \"brown\" bin?'")
    changed: dict[str, str | bytes | None] = {
        "kiosk.yaml": WELSH,
        "services/missed-bin.yaml": service,
        "translations/cy.po": standing,
    }
    loaded = load_changed(tmp_path, changed)
    path = tmp_path / "translations/cy.po"
    assert fill_translations(tmp_path, loaded) == {path: len(loaded.lacking["cy"])}
    assert path.read_text("utf-8").startswith(standing)
    assert 'msgid "Which \\"brown\\" bin?"\nmsgstr ""\n' in path.read_text("utf-8")
    again = load_facility(tmp_path)
    assert again.lacking == loaded.lacking
    assert fill_translations(tmp_path, again) == {}


def test_a_filled_file_has_no_problem(tmp_path: Path) -> None:
    loaded = load_changed(tmp_path, {"kiosk.yaml": WELSH})
    fill_translations(tmp_path, loaded)
    path = tmp_path / "translations/cy.po"
    head, *entries = path.read_text("utf-8").split("\n\n")
    path.write_text("\n\n".join([head, *(e.replace('msgstr ""', 'msgstr "Gair"') for e in entries)]), "utf-8")
    assert load_facility(tmp_path).problems == ()
    assert load_facility(tmp_path).lacking == {"cy": ()}


def test_a_new_language_begins_with_the_terminals_own_sentences(tmp_path: Path) -> None:
    loaded = load_changed(tmp_path, {"kiosk.yaml": KIOSK.replace("[en]", "[en, lv]")})
    fill_translations(tmp_path, loaded)
    assert 'msgid "Leave now"\nmsgstr ""\n' in (tmp_path / "translations/lv.po").read_text("utf-8")


def test_what_the_terminal_says_itself_is_translated_in_its_own_files_alone(tmp_path: Path) -> None:
    loaded = load_changed(tmp_path, {"kiosk.yaml": WELSH})
    fresh = replace(loaded, lacking={"cy": ("Leave now", "Bins"), "lv": ("Leave now", "Bins")})
    fill_translations(tmp_path, fresh)
    welsh, latvian = ((tmp_path / f"translations/{each}.po").read_text("utf-8") for each in ("cy", "lv"))
    assert 'msgid "Bins"' in welsh
    assert 'msgid "Leave now"' not in welsh
    assert 'msgid "Leave now"' in latvian
