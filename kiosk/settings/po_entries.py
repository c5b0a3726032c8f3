"""Entries of gettext files as text.

Responsible for: writing entries, empty or filled in, and telling which sentences have none.
Not responsible for: reading catalogues (`kiosk.settings.catalogue`).
"""

from collections.abc import Iterable


def entry_of(text: str, place: str = "", many: str = "", forms: int = 2, remark: str = "") -> str:
    """Write one empty entry, with the place of its sentence and a remark above it.

    Args:
        text: the English sentence.
        place: of the sentence.
        many: the sentence for more than one, where it turns on a number.
        forms: how many translations such a sentence has in the language.
        remark: what translators should know.
    """
    above = (f"#: {place}\n" if place else "") + (f"# {remark}\n" if remark else "")
    head = f"\n{above}msgid {quoted_text(text)}\n"
    if not many:
        return f'{head}msgstr ""\n'
    return f"{head}msgid_plural {quoted_text(many)}\n" + "".join(f'msgstr[{n}] ""\n' for n in range(forms))


def quoted_text(text: str) -> str:
    """Write a text between quotation marks, as gettext files want it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def lacking_in(text: str, sentences: Iterable[str]) -> list[str]:
    """Return the sentences that have no entry in the text of a `.po` file, filled in or not."""
    standing = set(text.splitlines())
    return [sentence for sentence in sentences if f"msgid {quoted_text(sentence)}" not in standing]
