"""One true example of each document in openapi.yaml.

Responsible for: values that a test validates against the shapes.
Not responsible for: the shapes (`kiosk.central.wire`).
"""

import hashlib
import json
from typing import Any

CASE_ID = "0193a1f4-7c55-7b60-9f0e-2f1f6f6f2a11"
CENTRAL_ID = "5b1f7d6e-3f0e-4f51-8f3a-8a3f0a1f7c21"
APPOINTMENT_ID = "9c0f5b7a-58f5-4b0e-a3f7-6a0a4a5c1d55"
ORDER_ID = "c4a0a1de-6a55-49f4-9a51-6f7ad0a2be10"
KEY = f"{CASE_ID}:case.create:1"
NOON = "2026-11-24T12:00:00Z"
EARLIER = "2026-11-24T11:52:07Z"
BODY = json.dumps(
    {
        "schema": 1,
        "case_id": CASE_ID,
        "reference": "K7-3042-X",
        "service": "report-missed-bin",
        "lgsl": 524,
        "language": "en",
        "created_at": EARLIER,
        "terminal": "lobby-1",
        "queue": "",
        "queue_number": "",
        "appointment_id": "",
        "answers": {"which-bin": "brown", "phone": None},
    },
    separators=(",", ":"),
)
CASE_LINE: dict[str, Any] = {
    "central_id": CENTRAL_ID,
    "case_id": CASE_ID,
    "reference": "K7-3042-X",
    "service": "report-missed-bin",
    "language": "en",
    "terminal": "lobby-1",
    "created_at": EARLIER,
    "received_at": NOON,
    "queue": "",
    "queue_number": "",
    "appointment_id": "",
}
BOOKING: dict[str, Any] = {
    "full_name": "Olivia Hartley",
    "birth_date": "1950-03-27",
    "starts_at": "2026-11-24T17:30:00Z",
    "service": "council-tax",
    "queue": "A",
    "with_whom": "Sam Okafor",
}
APPOINTMENT = {**BOOKING, "appointment_id": APPOINTMENT_ID, "reference": "AP-347737-H"}
DESK_APPOINTMENT = {**APPOINTMENT, "state": "arrived", "queue_number": "A012", "arrived_at": NOON}
FACTS = {"outbox_waiting": 0, "outbox_parked": 0, "printer": {"condition": "ready", "reason": "none"}}
ORDER_LINES = [
    "Demo Borough Council",
    "Appointment",
    "5:30pm, Tuesday 24 November 2026",
    "Council tax",
    "AP-347737-H",
]
SERVICE = {"service": "council-tax", "title": "Council tax", "queue": "A"}

EXAMPLES: dict[str, Any] = {
    "Tombstones": {"tombstones": [{"case_id": CASE_ID, "reference": "", "made_at": NOON}], "most": 500},
    "Batch": {
        "batch_id": "6e9c1f2a-91b0-4a0e-9d43-0f9a1c7d1e02",
        "items": [
            {
                "key": KEY,
                "kind": "case.create",
                "sha256": hashlib.sha256(BODY.encode()).hexdigest(),
                "body": BODY,
            }
        ],
    },
    "BatchResult": {
        "batch_id": "6e9c1f2a-91b0-4a0e-9d43-0f9a1c7d1e02",
        "results": [
            {"key": KEY, "status": "created", "central_id": CENTRAL_ID, "problem": None},
            {
                "key": "another:case.create:1",
                "status": "rejected",
                "central_id": None,
                "problem": {
                    "type": "/problems/service-closed",
                    "title": "The service takes no cases now",
                    "detail": "The service 'blue-badge' takes no cases now: The team moves office.",
                },
            },
        ],
    },
    "SignedCouncilKeys": {
        "document": json.dumps(
            {
                "format": 1,
                "keys": [
                    {
                        "key_id": "b05c3a6e8d1f4a27",
                        "public_key": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                        "not_after": "2027-12-29T12:00:00+00:00",
                    }
                ],
            }
        ),
        "signature": f"{'A' * 86}==",
        "key_id": "21fe31dfa154a261",
    },
    "TerminalAppointments": {"appointments": [{**APPOINTMENT, "checked_in": False}]},
    "TerminalOrders": {
        "orders": [
            {
                "order_id": ORDER_ID,
                "kind": "appointment",
                "case_id": "",
                "appointment_id": APPOINTMENT_ID,
                "reference": "AP-347737-H",
                "lines": ORDER_LINES,
                "copy": 0,
            }
        ]
    },
    "OutcomeReport": {"outcome": "held", "reason": "paper-out"},
    "OutcomeRecorded": {"order_id": ORDER_ID, "recorded": True},
    "Heartbeat": {"facts": FACTS},
    "HeartbeatReceived": {"received": True},
    "SignedBundle": {
        "manifest": json.dumps(
            {
                "format": 1,
                "version": 12,
                "made_at": NOON,
                "note": "Garden waste is back",
                "files": [{"path": "kiosk.yaml", "sha256": hashlib.sha256(b"").hexdigest(), "bytes": 0}],
            }
        ),
        "signature": f"{'A' * 86}==",
        "key_id": "21fe31dfa154a261",
    },
    "BundleFile": {"sha256": hashlib.sha256(b"").hexdigest(), "content": ""},
    "UploadProgress": {"sha256": hashlib.sha256(b"").hexdigest(), "offset": 262144, "complete": False},
    "PairingRequest": {
        "code": "EY4K-5RNG",
        "public_key": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
        "proof": f"{'A' * 86}==",
    },
    "Paired": {
        "terminal": "lobby-1",
        "token": "an-example-and-no-token",
        "issued_at": NOON,
        "expires_at": "2026-12-24T12:00:00Z",
        "signing_keys": [
            {
                "key_id": "21fe31dfa154a261",
                "public_key": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            }
        ],
    },
    "NewAppointment": BOOKING,
    "DeskAppointment": DESK_APPOINTMENT,
    "DeskAppointments": {"appointments": [DESK_APPOINTMENT]},
    "NewState": {"state": "called"},
    "CaseLines": {"cases": [CASE_LINE]},
    "WholeCase": {
        **CASE_LINE,
        "answers": {"which-bin": "brown", "phone": None},
        "history": [
            {"at": EARLIER, "actor": "terminal lobby-1", "what": "made", "detail": "report-missed-bin"}
        ],
    },
    "ServiceSetting": {"accepting": False, "reason": "The team moves office until Monday."},
    "ServiceLine": {**SERVICE, "accepting": False, "reason": "The team moves office until Monday."},
    "ServiceLines": {"services": [{**SERVICE, "accepting": True, "reason": ""}]},
    "NewPrintOrder": {"terminal": "lobby-1", "appointment_id": APPOINTMENT_ID},
    "DeskOrder": {
        "order_id": ORDER_ID,
        "terminal": "lobby-1",
        "reference": "AP-347737-H",
        "copy_number": 0,
        "made_at": NOON,
        "made_by": "staff Morgan Reid",
        "outcome": "held",
        "reason": "paper-out",
        "words": "Held: needs paper",
    },
    "TerminalLines": {
        "terminals": [
            {
                "terminal": "lobby-1",
                "peer": "10.20.0.15",
                "paired_at": EARLIER,
                "revoked_at": None,
                "heard_at": NOON,
                "facts": FACTS,
            }
        ]
    },
    "PairingCode": {"terminal": "lobby-1", "code": "EY4K-5RNG", "ends_at": NOON},
    "EventPage": {
        "events": [
            {
                "event_id": CENTRAL_ID,
                "type": "case.created",
                "timestamp": NOON,
                "data": {
                    "case_id": CASE_ID,
                    "status": "open",
                    "central_id": CENTRAL_ID,
                    "reference": "K7-3042-X",
                    "service": "report-missed-bin",
                },
            }
        ],
        "next": "0.1",
    },
    "Revoked": {"terminal": "lobby-1", "revoked": True},
}
