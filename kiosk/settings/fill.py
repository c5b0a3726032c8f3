"""Empty entries for translators: every English sentence that a language lacks, ready to be filled in.

Responsible for: adding them to the files in `translations/`; nothing that stands there is changed.
Not responsible for: finding what is lacking (`kiosk.settings.load`), or translating.
"""

from pathlib import Path

from kiosk.settings.catalogue import UNREVIEWED
from kiosk.settings.loaded import Loaded
from kiosk.settings.po_entries import entry_of, lacking_in
from kiosk.settings.translations import frame_languages, frame_sentences

_HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'


def fill_translations(folder: Path, loaded: Loaded) -> dict[Path, int]:
    """Add an empty entry for every sentence that is lacking; return how many were added to which file.

    The terminal's own sentences stand in its own catalogues; a facility's file gets them only for a language
    that the terminal does not speak by itself.
    Each is marked as not read: whoever fills it in may not be a reader of the language.
    An entry stays lacking until something is written between its quotation marks, so it is not added twice.
    """
    added: dict[Path, int] = {}
    for language, sentences in loaded.lacking.items():
        path = folder / "translations" / f"{language}.po"
        text = path.read_text("utf-8") if path.exists() else _HEAD
        own = frame_sentences() if language in frame_languages() else {}
        fresh = [each for each in lacking_in(text, sentences) if each not in own]
        if fresh:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.rstrip("\n") + "\n" + "".join(map(_empty, fresh)), "utf-8")
            added[path] = len(fresh)
    return added


def _empty(sentence: str) -> str:
    return entry_of(sentence, remark=UNREVIEWED, many=frame_sentences().get(sentence, ""))
