"""What facilities publish is checked, numbered upwards, signed, and fetched only when it is new."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.central.command import main as central_main
from kiosk.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.central.room import Central

CONFIG = Path(__file__).resolve().parents[2] / "config"
BUNDLE = "/v1/terminals/lobby-1/bundle"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    shutil.copytree(CONFIG, folder)
    return folder


@pytest.fixture
def console(
    central: Central, config: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    settings = central.ground.settings
    database = ("--database", settings.database, "--keys", str(settings.key_file))

    def say(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        where = () if words else ("--config", str(config))
        done = main(["central", "publish", *database, *where, *words])
        said = capsys.readouterr()
        return done, (said.out + said.err).strip()

    return say


def pulled(central: Central, etag: str = "") -> Any:
    known = {"If-None-Match": etag} if etag else {}
    return central.browser.get(BUNDLE, headers={**central.as_terminal(), **known})


def test_a_checked_configuration_becomes_a_signed_version(
    central: Central, console: Callable[..., tuple[int, str]]
) -> None:
    central.pair()
    assert pulled(central).json() == {"manifest": None, "signature": None, "key_id": None}
    done, said = console()
    assert (done, said.split(" (")[0]) == (0, "Version 1 is published")
    told = pulled(central).json()
    manifest, signature = told["manifest"], base64.b64decode(told["signature"])
    assert central.ground.signing.vouches_for(b"council-kiosk/bundle/1\n" + manifest.encode(), signature)
    named = {file["path"]: file for file in json.loads(manifest)["files"]}
    assert {"kiosk.yaml", "services/report-missed-bin.yaml", "translations/cy.po"} <= set(named)
    assert not [path for path in named if path.startswith(("walks", "schema"))]
    one = named["services/report-missed-bin.yaml"]
    file = central.browser.get(f"{BUNDLE}/files/{one['sha256']}", headers=central.as_terminal()).json()
    assert file["content"] == (CONFIG / "services" / "report-missed-bin.yaml").read_text("utf-8")


def test_it_comes_again_only_when_something_was_published(
    central: Central, console: Callable[..., tuple[int, str]], config: Path
) -> None:
    central.pair()
    nothing = pulled(central).headers["etag"]
    assert pulled(central, nothing).status_code == 304
    console()
    etag = pulled(central, nothing).headers["etag"]
    assert pulled(central, etag).status_code == 304
    assert console() == (0, "Nothing has changed since version 1.")
    service = config / "services" / "street-light.yaml"
    service.write_text(service.read_text("utf-8") + "# reviewed in May\n", "utf-8")
    assert console()[0] == 0
    assert json.loads(pulled(central, etag).json()["manifest"])["version"] == 2


def test_a_configuration_with_problems_is_not_published(
    central: Central, console: Callable[..., tuple[int, str]], config: Path
) -> None:
    central.pair()
    (config / "services" / "street-light.yaml").write_text("name: 1\n", "utf-8")
    done, said = console()
    assert done != 0
    assert "CENTRAL-080" in said
    assert "kiosk check" in said
    assert pulled(central).json()["manifest"] is None


def test_going_back_is_a_newer_version_of_older_files(
    central: Central, console: Callable[..., tuple[int, str]], config: Path
) -> None:
    central.pair()
    console()
    before = json.loads(pulled(central).json()["manifest"])
    (config / "services" / "street-light.yaml").unlink()
    console()
    assert console("--again", "1")[1].startswith("Version 3 is published (as version 1)")
    after = json.loads(pulled(central).json()["manifest"])
    assert (after["version"], after["files"]) == (3, before["files"])
    assert "Version 1 again" in console("--list")[1]
    assert console("--again", "9")[0] != 0


def test_central_by_itself_publishes_nothing_that_was_not_checked(
    central: Central, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["publish", "--database", central.ground.settings.database, "--config", str(config)]
    assert central_main(words) != 0
    assert "CENTRAL-029" in capsys.readouterr().err


def test_a_bundle_is_for_terminals_that_are_let_in(
    central: Central, console: Callable[..., tuple[int, str]]
) -> None:
    console()
    assert central.browser.get(BUNDLE).status_code == 401
    central.pair()
    central.ask("POST", "/terminals/lobby-1/revocation")
    assert pulled(central).status_code == 410
