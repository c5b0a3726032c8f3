"""Cases that came on a USB stick are taken in once, also when their terminal sends them later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.central.command import main
from kiosk.central.import_file import terminal_of
from kiosk.core.sealing import CouncilKey
from kiosk.errors import UsageError
from kiosk.ports import Parcel
from kiosk.store import Store
from tests.central.room import Central
from tests.store.making import NOON, draft, open_in, ticket


def exported(central: Central, folder: Path) -> tuple[Store, Path]:
    """Keep three cases at a terminal that cannot reach central, and carry them out on a stick."""
    keys = [CouncilKey(k.key_id, k.public_bytes, k.not_after) for k in central.ground.keys.told()]
    store = open_in(folder, council_keys=lambda: keys)
    for number in range(3):
        store.save(draft(f"carried-{number}", name="Mererid"), ticket, NOON)
    return store, store.export(folder, NOON).path


def take_in(central: Central, path: Path, *more: str) -> int:
    return main(
        [
            "import",
            str(path),
            "--database",
            central.ground.settings.database,
            "--keys",
            str(central.ground.keys.path),
            *more,
        ]
    )


def as_item(parcel: Parcel) -> dict[str, str]:
    return {"key": parcel.key, "kind": parcel.kind, "sha256": parcel.sha256, "body": parcel.body.decode()}


def test_a_stick_is_taken_in_once_and_the_terminal_may_send_it_all_again(
    central: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, path = exported(central, tmp_path)
    assert take_in(central, path) == 0
    assert "From front-desk: 3 new, 0 already here, 0 not taken." in capsys.readouterr().out
    assert take_in(central, path) == 0
    assert "0 new, 3 already here" in capsys.readouterr().out
    central.pair("front-desk")
    parcels = store.outbox.next_parcels(9)
    results = central.deliver(*(as_item(parcel) for parcel in parcels), terminal="front-desk")
    assert [result["status"] for result in results] == ["duplicate"] * 3
    assert central.ask("GET", "/cases/carried-1").json()["answers"] == {"name": "Mererid"}
    store.close()


def test_what_is_not_taken_is_said_with_its_reason(
    central: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, path = exported(central, tmp_path)
    store.close()
    assert take_in(central, path, "--known-services-only") == 1
    told = capsys.readouterr().out
    assert "carried-0: rejected. The service 'report-missed-bin' is not known here." in told
    assert "0 new, 0 already here, 3 not taken" in told


@pytest.mark.parametrize(
    "harm", ["line lost", "letter changed", "cut short", "another file", "empty", "gone"]
)
def test_a_file_that_is_not_whole_is_refused_and_nothing_is_taken_in(
    central: Central, tmp_path: Path, harm: str
) -> None:
    store, path = exported(central, tmp_path)
    store.close()
    lines = path.read_text("ascii").splitlines(keepends=True)
    match harm:
        case "line lost":
            path.write_text("".join(lines[:2] + lines[3:]), "ascii")
        case "letter changed":
            path.write_text("".join(lines).replace("carried-1", "carried-9"), "ascii")
        case "cut short":
            path.write_text("".join(lines)[:-40], "ascii")
        case "another file":
            path.write_text(json.dumps({"format": "else"}) + "\n{}\n", "ascii")
        case "empty":
            path.write_text("", "ascii")
        case _:
            path.unlink()
    with pytest.raises(UsageError):
        terminal_of(path)
    assert take_in(central, path) == 1
    assert central.ask("GET", "/cases/carried-0").status_code == 404
