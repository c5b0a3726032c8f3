"""What stands in a YAML file, with the line and column of every key and value.

Responsible for: the values that a file is read into. All of them are texts, tables and lists; what a text
means (a number, yes or no, an option called ``no``) is decided by whoever expects it.
Not responsible for: reading bytes (`kiosk.settings.yaml_text`).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Line and column, both counted from 1."""

    line: int = 1
    column: int = 1


TOP = Place()


@dataclass(frozen=True, slots=True)
class Text:
    """One word, number or sentence; `quoted` says that it stood in quotes or in a block."""

    text: str
    place: Place
    quoted: bool = False

    @property
    def is_nothing(self) -> bool:
        """Say whether nothing was written here."""
        return not self.quoted and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things in order."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with their values, in the order of the file."""

    entries: tuple[tuple[Text, "Node"], ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        """Return the value of a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)

    def key_place(self, key: str) -> Place:
        """Return where a key stands, or where the table begins."""
        return next((name.place for name, _ in self.entries if name.text == key), self.place)


Node = Text | Listing | Table
