"""What one file says of another: groups, tickets, drawings.

Responsible for: names that nothing carries, and groups that nothing uses.
Not responsible for: translations (`kiosk.settings.translations`).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kiosk.core.facility import LayoutPart
from kiosk.settings.addresses import SIMULATED
from kiosk.settings.documents.document import ID_FORM
from kiosk.settings.documents.kiosk_yaml import ICONS, KioskDocument
from kiosk.settings.fit import KEY, Fitted
from kiosk.settings.problems import Notes, did_you_mean, quoted
from kiosk.settings.reading import Reading, ReadService
from kiosk.settings.tree import TOP

PCSC = "pcsc"
INPUT = "input:"
TELLING = ("{service}", "{next}")
"""Places of a ticket that tell what a visit was about."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other files and rooms know by name.

    Attributes:
        services: how many service files there are, whether they could be read or not.
        tickets: names of the ticket files.
        layouts: those of them that could be read.
        profiles: printer profiles, or None to believe what is written.
        kinds: kinds of reader, or None to believe what is written.
        typed: those of them that can type like a keyboard, or None to believe what is written.
        keyboards: layouts of keyboards, or None to believe what is written.
    """

    services: int = 0
    tickets: Collection[str] = ()
    layouts: Mapping[str, tuple[LayoutPart, ...]] = field(default_factory=dict)
    profiles: Collection[str] | None = None
    kinds: Collection[str] | None = None
    typed: Collection[str] | None = None
    keyboards: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class _Reference:
    """A key of a service file that names something elsewhere."""

    code: str
    key: str
    what: str
    known: Collection[str]

    def check(self, service: ReadService, notes: Notes) -> None:
        """Note it where nothing carries the name."""
        written = getattr(service.document.document, self.key)
        if written and written not in self.known:
            place = service.document.place((self.key,))
            text = f"There is no {self.what} {quoted(written)}."
            notes.problem(self.code, place, text, did_you_mean(written, self.known))


def check_names(reading: Reading) -> None:
    """Note files that cannot be named as a service or ticket, and a folder without any service."""
    for folder in ("services", "tickets"):
        for path in sorted((reading.folder / folder).glob("*.y*ml")):
            if path.name.startswith(".") or (path.suffix == ".yaml" and re.fullmatch(ID_FORM, path.stem)):
                continue
            reading.notes_of(path).problem(
                "SET-107",
                TOP,
                f"A file called {quoted(path.name)} cannot be read as one of the {folder}.",
                "Call it by small letters a to z, digits and hyphens, ending in .yaml.",
            )
    if not any((reading.folder / "services").glob("*.yaml")):
        reading.notes_of(reading.folder / "kiosk.yaml").problem(
            "SET-108", TOP, "There is no service yet.", "Put at least one file into the folder services."
        )


def check_references(
    reading: Reading, kiosk: Fitted[KioskDocument], elsewhere: Elsewhere, services: list[ReadService]
) -> None:
    """Check every name that a service file takes from elsewhere, and that every group is used.

    What depends on a key of kiosk.yaml that does not fit is not checked.
    """
    groups = kiosk.document.groups if kiosk.knows("groups") else None
    references = (
        *([_Reference("SET-411", "group", "group", groups)] if groups is not None else []),
        _Reference("SET-412", "ticket", "ticket", elsewhere.tickets),
        _Reference("SET-413", "icon", "drawing", ICONS),
    )
    for service in services:
        notes = reading.notes_of(service.path)
        for reference in references:
            reference.check(service, notes)
        _check_sensitive(service, elsewhere.layouts, notes)
    kiosk_notes = reading.notes_of(reading.folder / "kiosk.yaml")
    if groups is not None:
        _check_groups(kiosk, services, kiosk_notes, all_read=len(services) == elsewhere.services)
    if kiosk.knows("devices"):
        _check_devices(kiosk, elsewhere, kiosk_notes)
    if kiosk.knows("host"):
        _check_host(kiosk, elsewhere.layouts, kiosk_notes)


def _check_sensitive(
    service: ReadService, layouts: Mapping[str, tuple[LayoutPart, ...]], notes: Notes
) -> None:
    document = service.document.document
    parts = layouts.get(document.ticket, ()) if document.sensitive else ()
    told = next((place for place in TELLING for part in parts if place in part.text + part.label), "")
    if told:
        notes.problem(
            "SET-414",
            service.document.place(("ticket",)),
            f"This service is sensitive, but its ticket says {told}, so it tells what the visit was about.",
            "Use a ticket without {service} and {next}, such as 'neutral' of the demonstration.",
        )


def _check_devices(kiosk: Fitted[KioskDocument], elsewhere: Elsewhere, notes: Notes) -> None:
    devices = kiosk.document.devices
    if (
        devices.printer
        and elsewhere.profiles is not None
        and devices.printer.profile not in elsewhere.profiles
    ):
        place = kiosk.place(("devices", "printer", "profile"))
        what = f"There is no printer profile {quoted(devices.printer.profile)}."
        notes.problem("SET-416", place, what, did_you_mean(devices.printer.profile, elsewhere.profiles))
    for number, reader in enumerate(devices.readers):
        if elsewhere.kinds is not None and reader.kind not in elsewhere.kinds:
            place = kiosk.place(("devices", "readers", number, "kind"))
            what = f"There is no kind of reader {quoted(reader.kind)}."
            notes.problem("SET-417", place, what, did_you_mean(reader.kind, elsewhere.kinds))
        elif reader.address != SIMULATED and (reader.kind == PCSC) != reader.address.startswith(f"{PCSC}:"):
            place = kiosk.place(("devices", "readers", number, "kind"))
            what = f"A reader of the kind {quoted(reader.kind)} cannot be at {quoted(reader.address)}."
            do = "Write 'kind: pcsc' with an address such as pcsc:ACR122U, and no other kind there."
            notes.problem("SET-417", place, what, do)
        elif reader.address.startswith(INPUT):
            _check_keyboard(kiosk, number, elsewhere, notes)


def _check_keyboard(kiosk: Fitted[KioskDocument], number: int, elsewhere: Elsewhere, notes: Notes) -> None:
    reader = kiosk.document.devices.readers[number]
    if elsewhere.typed is not None and reader.kind not in elsewhere.typed:
        place = kiosk.place(("devices", "readers", number, "kind"))
        what = f"A reader of the kind {quoted(reader.kind)} cannot type like a keyboard."
        notes.problem("SET-417", place, what, did_you_mean(reader.kind, elsewhere.typed))
    _, _, layout = reader.address.partition("?layout=")
    if layout and elsewhere.keyboards is not None and layout not in elsewhere.keyboards:
        place = kiosk.place(("devices", "readers", number, "address"))
        what = f"There is no keyboard layout {quoted(layout)}."
        notes.problem("SET-418", place, what, did_you_mean(layout, elsewhere.keyboards))


def _check_host(
    kiosk: Fitted[KioskDocument], layouts: Mapping[str, tuple[LayoutPart, ...]], notes: Notes
) -> None:
    coded = next((name for name, parts in layouts.items() if any(p.part == "code" for p in parts)), "")
    if coded and not kiosk.document.host:
        notes.problem(
            "SET-501",
            kiosk.place(()),
            f"The ticket '{coded}' prints a QR code, but the council's web host is not known.",
            "Add a line 'host: www.council.example', or take the code off the ticket.",
        )


def _check_groups(
    kiosk: Fitted[KioskDocument], services: list[ReadService], notes: Notes, *, all_read: bool
) -> None:
    used = {service.document.document.group for service in services}
    for name, group in kiosk.document.groups.items():
        if group.icon not in ICONS:
            place = kiosk.place(("groups", name, "icon"))
            text = f"There is no drawing {quoted(group.icon)}."
            notes.problem("SET-413", place, text, did_you_mean(group.icon, ICONS))
        if name not in used and all_read:
            place = kiosk.place(("groups", name, KEY))
            notes.remark("SET-415", place, f"No service is in the group '{name}'.", "It is not shown.")
