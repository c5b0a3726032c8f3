"""What a facility's journeys ask is what other systems are told, from the files to the protocol."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kiosk import cli
from kiosk.central.service import create_app
from kiosk.central.settings import CentralSettings
from kiosk.commands.services import published
from kiosk.settings import Loaded


def test_the_demo_facility_can_be_asked_for_from_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = f"sqlite:///{tmp_path / 'central.sqlite3'}"
    assert cli.main(["services"]) == 0
    file = tmp_path / "services.json"
    file.write_text(capsys.readouterr().out, "utf-8")
    assert cli.main(["central", "open311-services", str(file), "--database", database]) == 0
    with TestClient(create_app(CentralSettings(database)), base_url="http://localhost") as browser:
        listed = {row["service_code"] for row in browser.get("/open311/v2/services.json").json()}
        asked = browser.get("/open311/v2/services/fly-tipping.json").json()["attributes"]
    assert "fly-tipping" in listed
    assert "check-in" not in listed
    assert [(each["code"], each["datatype"], each["required"]) for each in asked][:2] == [
        ("what", "singlevaluelist", True),
        ("danger", "singlevaluelist", True),
    ]


def test_sensitive_services_and_names_are_not_asked_for_elsewhere(demo: Loaded) -> None:
    assert demo.facility is not None
    told = published(demo.facility)
    sensitive = {code for code, each in demo.facility.services.items() if each.sensitive}
    assert sensitive
    assert sensitive.isdisjoint(each["service_code"] for each in told)
    assert "full-name" not in json.dumps(told)


def test_a_file_that_holds_no_services_is_told_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "services.json"
    file.write_text('{"services": [{"service_code": "a", "nmae": "A"}]}', "utf-8")
    database = f"sqlite:///{tmp_path / 'central.sqlite3'}"
    assert cli.main(["central", "open311-services", str(file), "--database", database]) == 1
    assert "CENTRAL-044" in capsys.readouterr().err
