"""A bulletin made at the console comes with the published version, as terminals can read it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.cli import main
from kiosk.settings import load_facility

if TYPE_CHECKING:
    from tests.central.room import Central

CONFIG = Path(__file__).resolve().parents[2] / "config"
BUNDLE = "/v1/terminals/lobby-1/bundle"
MAY = ("--from", "2026-05-04 09:00", "--until", "2026-05-05 17:00")
ENGLISH = 'The "lift": out of order # ask {here}'
Say = Callable[..., tuple[int, str]]


@pytest.fixture
def say(central: Central, capsys: pytest.CaptureFixture[str]) -> Say:
    settings = central.ground.settings

    def done(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        where = ("--database", settings.database, "--keys", str(settings.key_file))
        result = main(["central", words[0], *where, *words[1:]])
        said = capsys.readouterr()
        return result, (said.out + said.err).strip()

    return done


def pulled(central: Central, etag: str = "") -> Any:
    known = {"If-None-Match": etag} if etag else {}
    return central.browser.get(BUNDLE, headers={**central.as_terminal(), **known})


def named(central: Central) -> dict[str, str]:
    return {file["path"]: file["sha256"] for file in json.loads(pulled(central).json()["manifest"])["files"]}


def bulletins(central: Central) -> list[str]:
    return [path for path in named(central) if path.startswith("bulletins/")]


def publish(say: Say, config: Path = CONFIG) -> None:
    assert say("publish", "--config", str(config))[0] == 0


def add(say: Say, *words: str, name: str = "lift") -> tuple[int, str]:
    return say("bulletin", "add", name, *MAY, *(words or ("--text", f"en={ENGLISH}", "--text", "cy=Lifft")))


def test_what_is_written_at_central_is_read_at_the_terminal(
    central: Central, say: Say, tmp_path: Path
) -> None:
    central.pair()
    publish(say)
    etag = pulled(central).headers["etag"]
    assert add(say)[0] == 0
    assert pulled(central, etag).status_code == 200
    folder = tmp_path / "pulled"
    for path, sha256 in named(central).items():
        file = central.browser.get(f"{BUNDLE}/files/{sha256}", headers=central.as_terminal()).json()
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(file["content"], "utf-8")
    loaded = load_facility(folder, local=CONFIG)
    assert loaded.problems == ()
    (bulletin,) = loaded.facility.bulletins
    assert bulletin.texts == {"cy": "Lifft", "en": ENGLISH}
    assert (bulletin.begins, bulletin.ends) == (datetime(2026, 5, 4, 9), datetime(2026, 5, 5, 17))  # noqa: DTZ001 - local


def test_publishing_and_going_back_leave_it_and_only_its_end_takes_it_away(
    central: Central, say: Say, tmp_path: Path
) -> None:
    central.pair()
    publish(say)
    add(say)
    config = tmp_path / "config"
    shutil.copytree(CONFIG, config)
    (config / "services" / "street-light.yaml").unlink()
    publish(say, config)
    assert bulletins(central) == ["bulletins/lift.yaml"]
    assert say("publish", "--again", "1")[0] == 0
    assert "services/street-light.yaml" in named(central)
    assert bulletins(central) == ["bulletins/lift.yaml"]
    assert "lift\nfrom: 2026-05-04 09:00" in say("bulletin", "list")[1]
    assert say("bulletin", "end", "lift")[0] == 0
    assert bulletins(central) == []
    assert say("bulletin", "list")[1] == "There is no bulletin."


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--text", "cy=Lifft"), "KIOSK-048"),
        (("--text", "The lift"), "KIOSK-048"),
        (("--text", "en=" + "x" * 121), "KIOSK-048"),
        (("--text", "en=a", "--text", "en=b"), "KIOSK-048"),
        (("--text", "en=a", "--until", "soon"), "KIOSK-047"),
        (("--text", "en=a", "--until", "2026-05-04 09:00"), "KIOSK-047"),
    ],
)
def test_what_a_terminal_would_refuse_is_not_published(
    central: Central, say: Say, words: tuple[str, ...], code: str
) -> None:
    central.pair()
    publish(say)
    done, said = add(say, *words)
    assert done != 0
    assert code in said
    assert bulletins(central) == []


def test_a_wrong_name_or_none_to_end_or_nothing_published_is_told(central: Central, say: Say) -> None:
    central.pair()
    assert "KIOSK-045" in add(say)[1]
    publish(say)
    assert "KIOSK-046" in add(say, name="../kiosk")[1]
    assert "KIOSK-049" in say("bulletin", "end", "lift")[1]


@pytest.mark.parametrize("words", [("list",), ("end", "lift"), ("add", "lift", *MAY, "--text", "en=Hello")])
def test_the_database_may_be_named_at_the_end_as_for_every_other_act(
    central: Central, say: Say, words: tuple[str, ...]
) -> None:
    settings = central.ground.settings
    publish(say)
    add(say)
    where = ("--database", settings.database, "--keys", str(settings.key_file))
    assert main(["central", "bulletin", *words, *where]) == 0
