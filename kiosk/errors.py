"""The exceptions of the project, and the form in which a fault is told to a person.

Responsible for: one tree, stable codes, one sentence and a next step for each.
Not responsible for: expected outcomes (they are returned values, see `kiosk.core.hardware`).

    KioskError
    ├── SettingsError      configuration cannot be used
    ├── StoreError         the terminal's database cannot keep a promise
    │   ├── StoreFull      no room left on the disk
    │   └── StoreDamaged   the file is not what was written
    │       └── RowDamaged one row is not; the rest can be used
    ├── LinkError          bytes cannot move to or from a device
    │   ├── LinkAbsent     there is nothing at the address
    │   └── LinkLost       it was there and is gone
    ├── CentralError       the central service gave no acceptable answer
    │   ├── Unreachable    no answer in time; try again later
    │   └── Refused        an answer that trying again will not change
    ├── GlassError         the glass did not start or does not answer
    ├── TypesettingUnavailable  the text engine or its fonts are missing; no text causes it
    ├── RehearsalError     a walk cannot go on
    └── UsageError         a command was called in a way it does not understand
"""


class KioskError(Exception):
    """Say what went wrong, under a stable code, with the next thing to do.

    Args:
        code: stable identifier such as ``STORE-002``; documented in docs/errors.md.
        what: one plain sentence for the person who can act.
        do: the next step, an imperative sentence.
        place: where, for instance ``config/kiosk.yaml:12:3`` or a device name; may be empty.
    """

    def __init__(self, code: str, what: str, do: str, place: str = "") -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.do = do
        self.place = place

    def __str__(self) -> str:
        """Read as one line: code, place, what and the next step."""
        where = f" {self.place}:" if self.place else ""
        return f"{self.code}{where} {self.what} {self.do}"


class SettingsError(KioskError):
    """Configuration cannot be used."""


class StoreError(KioskError):
    """The terminal's database cannot keep a promise."""


class StoreFull(StoreError):
    """No room is left on the disk."""


class StoreDamaged(StoreError):
    """The database file is not what was written."""


class RowDamaged(StoreDamaged):
    """One row is not what was written; the rest of the file can be used."""


class LinkError(KioskError):
    """Bytes cannot move to or from a device."""


class LinkAbsent(LinkError):
    """There is nothing at the device's address."""


class LinkLost(LinkError):
    """The device was there and is gone."""


class CentralError(KioskError):
    """The central service gave no acceptable answer.

    Args:
        code: as for every error.
        what: as for every error.
        do: as for every error.
        place: as for every error.
        error_class: one of `kiosk.core.sync.ErrorClass`, by its word.
        retry_after_s: how long central asked to be left alone, or None when it did not say.
    """

    def __init__(
        self,
        code: str,
        what: str,
        do: str,
        place: str = "",
        *,
        error_class: str = "transient",
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(code, what, do, place)
        self.error_class = error_class
        self.retry_after_s = retry_after_s


class Unreachable(CentralError):
    """No answer came in time; the same request may work later."""


class Refused(CentralError):
    """An answer that sending the same again will not change."""


class GlassError(KioskError):
    """The glass did not start or does not answer."""


class TypesettingUnavailable(KioskError):
    """The text engine or its fonts are missing on this machine; no text causes it."""


class RehearsalError(KioskError):
    """A walk cannot go on."""


class UsageError(KioskError):
    """A command was called in a way it does not understand."""
