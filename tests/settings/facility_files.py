"""A small facility as files, for tests that change one of them."""

from pathlib import Path

from kiosk.settings import Loaded, load_facility

KIOSK = """council: Demo Borough Council
facility: Town Hall
terminal: lobby-1
reference-prefix: K7
languages: [en]
host: demo.example
central: {url: embedded}
groups:
  bins: Bins
"""
SERVICE = """name: Report a missed bin
group: bins
ticket: standard
steps:
  - choice: which-bin
    ask: Which bin?
    options: {brown: Brown, green: Green}
  - short-text: more
    ask: What else?
    when: {which-bin: brown}
  - review: check
    send: Report it
  - confirmation: done
    next: We will collect it.
"""
TICKET = """parts:
  - line: "{queue_number}"
  - rule
  - pair: "{reference}"
    label: Reference
"""
PO_HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def write_facility(folder: Path, changed: dict[str, str | bytes | None]) -> Path:
    """Write the facility with some of its files changed, or left away (None)."""
    files: dict[str, str | bytes | None] = {
        "kiosk.yaml": KIOSK,
        "services/missed-bin.yaml": SERVICE,
        "tickets/standard.yaml": TICKET,
    }
    for name, content in (files | changed).items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def told(loaded: Loaded, folder: Path) -> list[str]:
    """Return place and code of everything that is told, problems and remarks."""
    return [
        f"{Path(p.file).relative_to(folder).as_posix()}:{p.line}:{p.column} {p.code}"
        for p in (*loaded.problems, *loaded.remarks)
    ]


def load_changed(folder: Path, changed: dict[str, str | bytes | None]) -> Loaded:
    """Write and load the changed facility; only these printers and readers exist."""
    written = write_facility(folder, changed)
    return load_facility(
        written,
        profiles=("generic-80mm",),
        reader_kinds=("id12", "scanner", "pcsc"),
        typed_kinds=("scanner",),
        keyboards=("us", "gb"),
    )
