"""Read a whole configuration folder: every file, every problem, and the facility if there is none.

Responsible for: the order of reading, and what needs more than one file.
Not responsible for: single files (`yaml_text`, `fit`, `journeys`, `translations`).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kiosk.core.access import Access, MoreTime, Reach, Speech, TextSize, ThemeName
from kiosk.core.bulletin import Bulletin
from kiosk.core.facility import Facility, Idle, LayoutPart, Opening
from kiosk.core.glass_lines import Outfit, Panel
from kiosk.core.journey import Group, Service
from kiosk.core.words import ENGLISH, Words
from kiosk.settings.addresses import EMBEDDED
from kiosk.settings.catalogue import NOTHING, Catalogue, read_catalogue
from kiosk.settings.clips import Clips, read_clips
from kiosk.settings.documents.bulletin import BulletinDocument
from kiosk.settings.documents.kiosk_yaml import (
    WEEKDAYS,
    AccessDocument,
    DocumentScannerDocument,
    KioskDocument,
    PrinterDocument,
)
from kiosk.settings.documents.service import ServiceDocument
from kiosk.settings.fit import Fitted, fit, fit_in_part, unread
from kiosk.settings.journeys import read_steps
from kiosk.settings.layouts import read_layout
from kiosk.settings.loaded import (
    EMBEDDED_URL,
    DocumentScannerPlace,
    Identity,
    Loaded,
    PrinterPlace,
    ReaderPlace,
    TerminalPlace,
)
from kiosk.settings.paper_steps import can_be_asked, check_paper_steps
from kiosk.settings.problems import Notes, Problem, Severity, quoted
from kiosk.settings.reading import Reading, ReadService
from kiosk.settings.references import Elsewhere, check_names, check_references
from kiosk.settings.tongues import HIDE, Tongue
from kiosk.settings.translations import (
    FRAME,
    check_catalogue,
    check_frame,
    check_language,
    frame_sentences,
    lacking_from,
    tell_lacking,
    tell_unreviewed,
)
from kiosk.settings.tree import TOP, Listing, Place, Table, Text
from kiosk.settings.typing_keys import read_typing_keys

PNG = b"\x89PNG\r\n\x1a\n"
LOCAL = ("terminal", "reference-prefix", "facility", "panel", "keypad", "touch", "devices", "central")
"""Keys of kiosk.yaml that belong to one terminal; they are never taken from what was published."""


def load_facility(
    folder: Path,
    *,
    local: Path | None = None,
    profiles: Collection[str] | None = None,
    reader_kinds: Collection[str] | None = None,
    typed_kinds: Collection[str] | None = None,
    keyboards: Collection[str] | None = None,
) -> Loaded:
    """Read the configuration in a folder; never raises for what stands in it.

    Args:
        folder: with kiosk.yaml.
        local: the folder of what belongs to this terminal alone, where `folder` was published for all.
        profiles: printer profiles that there are; None believes what is written.
        reader_kinds: kinds of reader that there are; None believes what is written.
        typed_kinds: those of them that can type like a keyboard; None believes what is written.
        keyboards: layouts of keyboards that there are; None believes what is written.
    """
    reading = Reading(folder, local)
    kiosk = _kiosk(reading)
    layouts = dict(_layouts(reading))
    bulletins = tuple(_bulletins(reading))
    clips = read_clips(reading)
    check_names(reading)
    paths = _files(folder / "services")
    services = [service for path in paths if (service := _service(reading, path))]
    tickets = {path.stem for path in _files(folder / "tickets")}
    elsewhere = Elsewhere(len(paths), tickets, layouts, profiles, reader_kinds, typed_kinds, keyboards)
    check_references(reading, kiosk, elsewhere, services)
    check_paper_steps(reading, kiosk, services)
    keys = read_typing_keys(reading, kiosk.document.languages if kiosk.knows("languages") else ())
    tongues = _tongues(reading, kiosk)
    problems = tuple(_problems(reading, Severity.PROBLEM))
    remarks = tuple(_problems(reading, Severity.REMARK))
    if kiosk.in_part:
        return Loaded(None, problems, remarks)
    reading.tongues, identity = tongues, _identity(kiosk.document)
    if problems:
        return Loaded(None, problems, remarks, reading.lacking, reading.tongues, identity)
    words = tuple(tongue.words() for tongue in reading.tongues)
    built = _facility(kiosk.document, layouts, services, words)
    facility = replace(built, spoken_keys=keys.spoken, bulletins=bulletins)
    terminal = _terminal(kiosk.document, local or folder, clips)
    found = (facility, replace(terminal, outfit=replace(terminal.outfit, keyboards=keys.keyboards)))
    return Loaded(found, problems, remarks, reading.lacking, reading.tongues, identity)


def _identity(document: KioskDocument) -> Identity:
    return Identity(document.terminal, document.reference_prefix, document.time_zone)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("."))


def _problems(reading: Reading, severity: Severity) -> Iterator[Problem]:
    yield from sorted(p for notes in reading.notes.values() for p in notes.found if p.severity is severity)


def _kiosk(reading: Reading) -> Fitted[KioskDocument]:
    path = reading.folder / "kiosk.yaml"
    table = reading.table(path)
    if table is not None and reading.local is not None:
        table = _with_local(table, reading.table(reading.local / "kiosk.yaml"))
    if table is None:
        return unread(KioskDocument, TOP)
    fitted = fit_in_part(KioskDocument, table, reading.notes_of(path))
    reading.hear(fitted, path)
    if fitted.knows("devices"):
        _check_logo(fitted, reading)
    return fitted


def _check_logo(fitted: Fitted[KioskDocument], reading: Reading) -> None:
    printer = fitted.document.devices.printer
    if printer is None or not printer.logo:
        return
    picture = (reading.local or reading.folder) / printer.logo
    try:
        is_png = picture.read_bytes()[: len(PNG)] == PNG
    except OSError:
        is_png = False
    if not is_png:
        reading.notes_of(reading.folder / "kiosk.yaml").problem(
            "SET-109",
            fitted.place(("devices", "printer", "logo")),
            f"{quoted(printer.logo)} is not a PNG picture beside kiosk.yaml.",
            "Save the council's mark as PNG, black on white, into that folder, or take the line away.",
        )


def _with_local(published: Table, own: Table | None) -> Table:
    """Let what belongs to this terminal alone come from its own file, whatever was published."""
    shared = tuple((key, value) for key, value in published.entries if key.text not in LOCAL)
    kept = tuple((key, value) for key, value in own.entries if key.text in LOCAL) if own else ()
    return Table((*shared, *kept), published.place)


def _layouts(reading: Reading) -> Iterator[tuple[str, tuple[LayoutPart, ...]]]:
    for path in _files(reading.folder / "tickets"):
        notes = reading.notes_of(path)
        table = reading.table(path)
        parts = read_layout(table, notes) if table else None
        if parts is not None:
            for fitted in parts:
                reading.hear(fitted, path)
            yield path.stem, tuple(part.document.built() for part in parts)


def _bulletins(reading: Reading) -> Iterator[Bulletin]:
    for path in _files(reading.folder / "bulletins"):
        table = reading.table(path)
        fitted = fit(BulletinDocument, table, reading.notes_of(path)) if table else None
        if fitted is not None:
            yield fitted.document.built()


def _service(reading: Reading, path: Path) -> ReadService | None:
    table = reading.table(path)
    if table is None:
        return None
    notes = reading.notes_of(path)
    document = fit(ServiceDocument, _without_steps(table), notes)
    steps = read_steps(table.get("steps"), notes)
    if document is None or steps is None:
        return None
    reading.hear(document, path)
    for step in steps:
        reading.hear(step.fitted, path)
    return ReadService(path, document, steps)


def _without_steps(table: Table) -> Table:
    """Let only the number of steps be checked here: each is fitted by its kind."""
    entries = tuple(
        (key, Listing(tuple(Text("step", i.place) for i in value.items), value.place))
        if key.text == "steps" and isinstance(value, Listing)
        else (key, value)
        for key, value in table.entries
    )
    return Table(entries, table.place)


def _tongues(reading: Reading, kiosk: Fitted[KioskDocument]) -> tuple[Tongue, ...]:
    """Read the languages offered; where that is not known, look through the translations that there are."""
    if not kiosk.knows("languages", "unreviewed-words"):
        for path in sorted((reading.folder / "translations").glob("*.po")):
            _own_catalogue(reading, path, all_said=False)
        return ()
    made: dict[str, Tongue] = {}
    notes = reading.notes_of(reading.folder / "kiosk.yaml")
    for place, language in enumerate(kiosk.document.languages):
        at = kiosk.place(("languages", place))
        if language not in made and check_language(language, at, notes):
            made[language] = _tongue(reading, language, at, kiosk)
    if ENGLISH not in kiosk.document.languages:
        notes.problem(
            "SET-410",
            kiosk.place(("languages",)),
            "English is not among the languages; every text of the services is written in it.",
            "Add 'en'.",
        )
    return tuple(made.values())


def _own_catalogue(reading: Reading, path: Path, *, all_said: bool) -> Catalogue:
    notes = reading.notes_of(path)
    own = read_catalogue(path, notes)
    used = {*(sentence.text for sentence in reading.said), *frame_sentences()}
    check_catalogue(own, used, notes, all_used=all_said)
    return own


def _tongue(reading: Reading, language: str, at: Place, kiosk: Fitted[KioskDocument]) -> Tongue:
    """Put a language together, and note what it lacks at the English texts."""
    unreviewed_words = kiosk.document.unreviewed_words
    said = tuple(dict.fromkeys(sentence.text for sentence in reading.said))
    if language == ENGLISH:
        return Tongue(language, said)
    path = reading.folder / "translations" / f"{language}.po"
    notes, frame_path = reading.notes_of(path), FRAME / f"{language}.po"
    own = _own_catalogue(reading, path, all_said=not kiosk.in_part)
    frame = read_catalogue(frame_path, Notes(str(frame_path))) if frame_path.is_file() else NOTHING
    tongue = Tongue(language, said, _with_local_words(reading, language, frame), own, unreviewed_words)
    unread = [sum(entry.unreviewed for entry in part.entries.values()) for part in (own, frame)]
    tell_unreviewed(unread[0], unread[1], notes, hidden=unreviewed_words == HIDE)
    of_frame = check_frame(language, tongue.entries, at, reading.notes_of(reading.folder / "kiosk.yaml"))
    hidden = unreviewed_words == HIDE
    of_facility = lacking_from(reading.said, tongue.entries)
    if own is not NOTHING:  # else the one problem of the whole file says it all
        tell_lacking(of_facility, language, reading.notes, hidden=hidden)
    if own is not NOTHING or not path.exists():
        reading.lacking[language] = tuple(dict.fromkeys((*of_frame, *(each.text for each in of_facility))))
    return tongue


def _with_local_words(reading: Reading, language: str, frame: Catalogue) -> Catalogue:
    """Add this terminal's own translations, such as of the name of the place; they are checked by hand."""
    path = (reading.local or reading.folder) / "translations" / f"{language}.po"
    if reading.local is None or not path.is_file():
        return frame
    local = read_catalogue(path, Notes(str(path)))
    return replace(frame, entries={**frame.entries, **local.entries})


def _facility(
    document: KioskDocument,
    layouts: Mapping[str, tuple[LayoutPart, ...]],
    services: list[ReadService],
    words: tuple[Words, ...],
) -> Facility:
    built = [_built(service, document) for service in services]
    order = list(document.groups)
    return Facility(
        council=document.council,
        facility=document.facility,
        terminal=document.terminal,
        reference_prefix=document.reference_prefix,
        groups=tuple(Group(name, g.name, g.hint, g.icon) for name, g in document.groups.items()),
        services={s.service: s for s in sorted(built, key=lambda s: (order.index(s.group), s.name))},
        languages=words,
        layouts=layouts,
        opening=tuple(_opening(document)),
        time_zone=document.time_zone,
        idle=Idle(document.idle.after_s, document.idle.warning_s),
        access=_access(document.access),
        host=document.host,
        help_text=document.help or Facility.help_text,
    )


def _built(service: ReadService, kiosk: KioskDocument) -> Service:
    document = service.document.document
    return Service(
        service=service.path.stem,
        name=document.name,
        group=document.group,
        journey=tuple(step.document.built() for step in service.steps if can_be_asked(step, kiosk)),
        hint=document.hint,
        icon=document.icon or kiosk.groups[document.group].icon,
        lgsl=document.lgsl,
        queue=document.queue,
        ticket=document.ticket,
        sensitive=document.sensitive,
    )


def _opening(document: KioskDocument) -> Iterator[Opening]:
    for day, spans in document.opening.items():
        for hours in spans:
            yield Opening(WEEKDAYS.index(day), hours.opens, hours.closes)


def _access(document: AccessDocument) -> Access:
    return Access(
        text=TextSize(document.text),
        theme=ThemeName(document.theme),
        reach=Reach(document.reach),
        speech=Speech.ON if document.speech else Speech.OFF,
        rate=int(document.rate),
        volume=document.volume,
        time=MoreTime(document.time),
        pictures=document.pictures,
    )


def _printer(document: PrinterDocument, folder: Path) -> PrinterPlace:
    return PrinterPlace(document.address, document.profile, folder / document.logo if document.logo else None)


def _document_scanner(document: DocumentScannerDocument | None) -> DocumentScannerPlace | None:
    return DocumentScannerPlace(document.address, document.colour, document.source) if document else None


def _terminal(document: KioskDocument, folder: Path, clips: Clips) -> TerminalPlace:
    panel, devices = document.panel, document.devices
    printer = devices.printer
    url = document.central.url
    return TerminalPlace(
        panel=Panel(panel.width_px, panel.height_px, panel.width_mm, panel.height_mm),
        outfit=Outfit(document.keypad.meanings(), document.touch.again_s),
        printer=_printer(printer, folder) if printer else None,
        readers=tuple(ReaderPlace(reader.address, reader.kind) for reader in devices.readers),
        document_scanner=_document_scanner(devices.document_scanner),
        power=devices.power,
        headphones=devices.headphones,
        clips=clips,
        central_url=EMBEDDED_URL if url == EMBEDDED else url,
        ca_file=folder / document.central.ca_file if document.central.ca_file else None,
    )
