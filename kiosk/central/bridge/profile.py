"""How one back office speaks Open311: its profile, a row of profiles.yaml.

Responsible for: reading profiles, and saying what is wrong with one.
Not responsible for: what follows from a profile (`encode`, `decode`, `decide`).
"""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

PLACE = Path(__file__).with_name("profiles.yaml")
STANDARD = "standard"


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


class Profile(BaseModel):
    """One way to speak Open311; each attribute is explained in profiles.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_hyphens, populate_by_name=True)

    seen: Literal["documents", "run"]
    format: Literal["xml", "json"]
    device_id: str
    own_id: str
    unknown_attributes: bool
    optional: bool
    wrapped_json: bool
    down_as_400: bool
    timeout_s: float = Field(gt=0, le=600)
    settle_s: float = Field(ge=0, le=3600)
    look_up: Literal["none", "parameter", "description"]
    look_up_parameter: str
    polls: int = Field(ge=1, le=100)
    poll_every_s: float = Field(gt=0, le=3600)
    updates: bool


@cache
def profiles() -> dict[str, Profile]:
    """Return every profile by its name."""
    rows = YAML(typ="safe").load(PLACE)
    standard = rows[STANDARD]
    return {name: Profile.model_validate({**standard, **row}) for name, row in rows.items()}
