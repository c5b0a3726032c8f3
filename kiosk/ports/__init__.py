"""What the service needs from the outside, as protocols that adapters implement.

Responsible for: the calls, the facts they return, and who may call them from which thread.
Not responsible for: any adapter; `kiosk.app` alone knows those.

Rules for every adapter: no call blocks its caller for longer than a dictionary look-up, except where the
docstring says "blocks"; results come back through the `sink` given at construction, from any thread.
Exceptions that cross a port are from `kiosk.errors` only.
"""

from kiosk.core.sync import PrintOrder
from kiosk.ports.bundles import BundleFile, BundleShelf, Manifest
from kiosk.ports.clock import Clock
from kiosk.ports.devices import (
    CardReader,
    DeviceFact,
    DeviceSink,
    DocumentScanner,
    JobDone,
    JobSent,
    JobSettled,
    Journal,
    PaperForecast,
    PaperMemory,
    ReceiptPrinter,
    UnitMemory,
    Watch,
)
from kiosk.ports.person import Glass, Speaker
from kiosk.ports.store import CaseLine, CaseStore, StaffDirectory, StoredJob
from kiosk.ports.sync import (
    Accepted,
    AppointmentBook,
    AppointmentList,
    Central,
    Delivery,
    KeyBook,
    OrderBook,
    OrderReport,
    Outbox,
    OutboxDepth,
    Parcel,
    Parked,
    RetryLater,
    SyncSink,
    Tombstone,
    UploadProgress,
)
from kiosk.ports.trust import Enrolment, Signer, SigningKey

__all__ = [
    "Accepted",
    "AppointmentBook",
    "AppointmentList",
    "BundleFile",
    "BundleShelf",
    "CardReader",
    "CaseLine",
    "CaseStore",
    "Central",
    "Clock",
    "Delivery",
    "DeviceFact",
    "DeviceSink",
    "DocumentScanner",
    "Enrolment",
    "Glass",
    "JobDone",
    "JobSent",
    "JobSettled",
    "Journal",
    "KeyBook",
    "Manifest",
    "OrderBook",
    "OrderReport",
    "Outbox",
    "OutboxDepth",
    "PaperForecast",
    "PaperMemory",
    "Parcel",
    "Parked",
    "PrintOrder",
    "ReceiptPrinter",
    "RetryLater",
    "Signer",
    "SigningKey",
    "Speaker",
    "StaffDirectory",
    "StoredJob",
    "SyncSink",
    "Tombstone",
    "UnitMemory",
    "UploadProgress",
    "Watch",
]
