"""Whom central tells what: back offices, and messages to visitors; one YAML file, named by --outward.

Responsible for: its shape, and a sentence with a place for what is wrong in it.
Not responsible for: webhooks, which are managed at the console; secrets, which stand in files of their own.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kiosk.central.bridge.profile import STANDARD, profiles
from kiosk.central.wire.words import Name
from kiosk.errors import SettingsError

NOTIFY = "https://api.notifications.service.gov.uk"
Label = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,29}$")]


Source = Literal["reference", "service", "status", "facility"]


class Part(BaseModel):
    """A part of the file; an unknown name is a mistake."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=True,
    )


class Office(Part):
    """One back office that speaks Open311.

    Attributes:
        endpoint: its address, without a format, such as ``https://open311.example.gov.uk/v2``.
        profile: a name of profiles.yaml.
        api_key_file: a file that holds the key and nothing else.
        services: which of our services it is given, and what it calls each.
    """

    endpoint: str
    profile: str = STANDARD
    api_key_file: Path
    jurisdiction: str = ""
    services: dict[Name, str] = Field(min_length=1)


class Message(Part):
    """One message to visitors.

    Attributes:
        on: the event that triggers it.
        statuses: with case.status, only these; empty takes all.
        services: only these; empty takes all.
        to: the answer that holds the telephone number or the address for email.
        personalisation: the template's fields, each filled from reference, service, status or facility.
    """

    on: Literal["case.created", "case.status"]
    kind: Literal["sms", "email"]
    template: Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]
    to: str
    services: tuple[Name, ...] = ()
    statuses: tuple[str, ...] = ()
    personalisation: dict[str, Source] = Field(default_factory=dict)


class Notify(Part):
    """GOV.UK Notify. `api_key_file` holds a key as Notify gives it: name, service and secret."""

    api_key_file: Path
    address: str = NOTIFY
    messages: tuple[Message, ...] = ()


class OutwardSettings(Part):
    """The whole file. `allow_private_addresses` allows http, and this council's own networks."""

    back_offices: dict[Label, Office] = Field(default_factory=dict)
    notify: Notify | None = None
    allow_private_addresses: bool = False

    @property
    def told(self) -> bool:
        """Whether somebody is told of cases."""
        return bool(self.back_offices) or self.notify is not None


NOTHING = OutwardSettings()


def read_outward(file: Path) -> OutwardSettings:
    """Read the file.

    Raises:
        SettingsError: it cannot be read, or something in it is not as agreed.
    """
    try:
        document = YAML(typ="safe").load(file.read_bytes()) or {}
        found = OutwardSettings.model_validate(document)
    except (OSError, YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(
            "CENTRAL-051",
            "The file of --outward cannot be read.",
            "Compare it with docs/central-api.md.",
            str(file),
        ) from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise _wrong(file, ".".join(map(str, first["loc"])), first["msg"]) from error
    for name, office in found.back_offices.items():
        if office.profile not in profiles():
            raise _wrong(file, f"back-offices.{name}.profile", f"must be one of {', '.join(profiles())}")
    return found


def _wrong(file: Path, place: str, why: str) -> SettingsError:
    return SettingsError(
        "CENTRAL-052",
        f"In the file of --outward, '{place}' is not as agreed: {why}.",
        "Correct it.",
        str(file),
    )


def read_secret(file: Path) -> str:
    """Read a secret from its file.

    Raises:
        SettingsError: it cannot be read, or is empty.
    """
    try:
        found = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        found = ""
    if not found:
        raise SettingsError(
            "CENTRAL-053",
            "A file with a secret cannot be read, or is empty.",
            "Put the key into it.",
            str(file),
        )
    return found
