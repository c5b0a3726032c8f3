"""Each language that a facility offers: its catalogues together, what it lacks, and its `Words` for the core.

Responsible for: putting the terminal's and the facility's translations together, and what becomes of those
that nobody has read (`unreviewed-words`).
Not responsible for: finding faults in them (`kiosk.settings.translations`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from babel import Locale

from kiosk.core.bidi import isolate_figures
from kiosk.core.formats import BRITISH, Formats
from kiosk.core.views import Direction
from kiosk.core.words import ENGLISH, MACHINE_MADE, PARTLY_ENGLISH, Words, has_words
from kiosk.settings.catalogue import NOTHING, Catalogue, Entry
from kiosk.settings.cldr import CldrFormats
from kiosk.settings.translations import frame_sentences, language_name

SHOW, WARN, HIDE = "show", "warn", "hide"


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a set of sentences a language has.

    Attributes:
        reviewed: translated, and read by a reader of the language.
        unreviewed: translated, and read by nobody.
    """

    sentences: int
    reviewed: int
    unreviewed: int

    @property
    def missing(self) -> int:
        """Sentences that are shown in English for want of a translation."""
        return self.sentences - self.reviewed - self.unreviewed


@dataclass(frozen=True)
class Tongue:
    """One language offered.

    Attributes:
        frame, own: the terminal's catalogue and the facility's; in what both have the facility's wins.
        said: the facility's sentences, each once.
        unreviewed_words: ``show``, ``warn`` or ``hide``.
    """

    language: str
    said: tuple[str, ...]
    frame: Catalogue = NOTHING
    own: Catalogue = NOTHING
    unreviewed_words: str = WARN
    entries: Mapping[str, Entry] = field(init=False)

    def __post_init__(self) -> None:
        together = {**self.frame.entries, **self.own.entries}
        sure = {english: entry for english, entry in together.items() if not entry.unsure}
        object.__setattr__(self, "entries", sure)

    @property
    def shown(self) -> Mapping[str, Entry]:
        """Return the translations that visitors see."""
        if self.unreviewed_words != HIDE:
            return self.entries
        return {english: entry for english, entry in self.entries.items() if not entry.unreviewed}

    def share_of_frame(self) -> Share:
        """Count the terminal's own sentences."""
        return self._share(tuple(frame_sentences()))

    def share_of_facility(self) -> Share:
        """Count the facility's sentences."""
        return self._share(self.said)

    def _share(self, sentences: tuple[str, ...]) -> Share:
        wanted = [text for text in sentences if has_words(text)]
        if self.language == ENGLISH:
            return Share(len(wanted), len(wanted), 0)
        found = [self.entries[text] for text in wanted if text in self.entries]
        unreviewed = sum(entry.unreviewed for entry in found)
        return Share(len(wanted), len(found) - unreviewed, unreviewed)

    def words(self) -> Words:
        """Return the language as the core needs it: what it calls itself, which way it runs, what it says."""
        shown, rules = self.shown, self.own if self.own.plural_rule_is_told else self.frame
        direction = Direction(Locale.parse(self.language, sep="-").text_direction)
        ready = isolate_figures if direction is Direction.RTL else str
        return Words(
            language=self.language,
            name=language_name(self.language, self.language),
            direction=direction,
            catalogue={english: ready(entry.text) for english, entry in shown.items() if not entry.many},
            plurals={english: tuple(map(ready, e.forms)) for english, e in shown.items() if e.many},
            form_of=rules.form_of(),
            formats=self._formats(),
            caution=self._caution(),
        )

    def _formats(self) -> Formats:
        return BRITISH if self.language == ENGLISH else CldrFormats(Locale.parse(self.language, sep="-"))

    def _caution(self) -> str:
        if self.language == ENGLISH:
            return ""
        parts = (self.share_of_frame(), self.share_of_facility())
        unread = sum(part.unreviewed for part in parts)
        if (self.unreviewed_words == HIDE and unread) or any(part.missing for part in parts):
            return PARTLY_ENGLISH
        return MACHINE_MADE if self.unreviewed_words == WARN and unread else ""
