"""``kiosk services``: what other systems may ask for, read off the journeys of a facility.

Responsible for: services.json, which ``kiosk central open311-services`` publishes.
Not responsible for: the protocol, which is central's.

Sensitive services, and those that need a card or an appointment, cannot be asked for from elsewhere.
"""

import argparse
import json
from typing import Any

from devices.catalogue import profile_names, reader_kinds
from kiosk.commands.arguments import Commands, add_config, parser_for
from kiosk.core.facility import Facility
from kiosk.core.journey import Asked, Service, Step
from kiosk.core.steps.address import AddressStep
from kiosk.core.steps.appointment import AppointmentStep
from kiosk.core.steps.card import CardStep
from kiosk.core.steps.choice import ChoiceStep
from kiosk.core.steps.dates import DateStep
from kiosk.core.steps.information import InformationStep
from kiosk.core.steps.writing import (
    EmailStep,
    FullNameStep,
    LongTextStep,
    MoneyStep,
    NumberStep,
    PhoneStep,
    WritingStep,
)
from kiosk.errors import SettingsError
from kiosk.settings import load_facility

ELSEWHERE_IN_THE_PROTOCOL = (AddressStep, EmailStep, FullNameStep, PhoneStep)
ONLY_HERE = (AppointmentStep, CardStep)


def add(commands: Commands) -> None:
    """Add the command."""
    what = "write down which services other systems may ask for, for: kiosk central open311-services"
    parser = parser_for(commands, "services", what, "kiosk services --config /etc/kiosk > services.json")
    add_config(parser)
    parser.set_defaults(carry_out=_services)


def _services(chosen: argparse.Namespace) -> int:
    loaded = load_facility(chosen.config, profiles=profile_names(), reader_kinds=reader_kinds())
    if loaded.facility is None:
        raise SettingsError(
            "KIOSK-005",
            "The configuration has problems.",
            "Look at them: python -m kiosk check.",
            str(chosen.config),
        )
    print(json.dumps({"services": published(loaded.facility)}, indent=2, ensure_ascii=False))
    return 0


def published(facility: Facility) -> list[dict[str, Any]]:
    """Return every service that can be asked for from elsewhere, as services.json has it."""
    groups = {each.group: each.name for each in facility.groups}
    return [
        {
            "service_code": each.service,
            "service_name": each.name,
            "description": each.hint,
            "keywords": f"lgsl {each.lgsl}" if each.lgsl else "",
            "group": groups.get(each.group, ""),
            "attributes": [row for step in each.journey if (row := attribute(step)) is not None],
        }
        for each in facility.services.values()
        if may_be_asked_for(each)
    ]


def may_be_asked_for(service: Service) -> bool:
    """Say whether somebody elsewhere can be asked what this service asks."""
    return not service.sensitive and not any(isinstance(step, ONLY_HERE) for step in service.journey)


def attribute(step: Step) -> dict[str, Any] | None:
    """Return a step as an attribute, or None when the protocol asks for it by a name of its own."""
    if isinstance(step, ELSEWHERE_IN_THE_PROTOCOL) or not isinstance(step, Asked):
        return None
    row = {"code": step.step, "required": not step.optional and not step.when, "description": step.ask}
    match step:
        case ChoiceStep():
            values = [{"key": offer.option, "name": offer.label} for offer in step.options]
            return {**row, "datatype": "multivaluelist" if step.many else "singlevaluelist", "values": values}
        case DateStep():
            return {**row, "datatype": "datetime", "datatype_description": step.hint}
        case NumberStep() | MoneyStep():
            return {**row, "datatype": "number", "datatype_description": step.hint}
        case LongTextStep():
            return {**row, "datatype": "text", "datatype_description": step.hint}
        case WritingStep():
            return {**row, "datatype": "string", "datatype_description": step.hint}
        case InformationStep():
            shown = " ".join(step.text)
            return {**row, "datatype": "text", "variable": False, "required": False, "description": shown}
        case _:
            return None
