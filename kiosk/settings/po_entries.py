"""Entries of gettext files as text.

Responsible for: writing empty entries, and telling which sentences have none.
Not responsible for: reading catalogues (`kiosk.settings.translations`).
"""

from collections.abc import Iterable


def entry_of(text: str, place: str = "") -> str:
    """Write one empty entry, with the place of its sentence above it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    above = f"#: {place}\n" if place else ""
    return f'\n{above}msgid "{escaped}"\nmsgstr ""\n'


def lacking_in(text: str, sentences: Iterable[str]) -> list[str]:
    """Return the sentences that have no entry in the text of a `.po` file, filled in or not."""
    standing = set(text.splitlines())
    return [sentence for sentence in sentences if entry_of(sentence).splitlines()[1] not in standing]
