"""What the terminal keeps, in one file that survives power cuts.

Responsible for: cases, outbox, print jobs, appointments and staff, kept through anything.
Not responsible for: carrying it to central (`kiosk.sync`), or deciding what is kept (`kiosk.core`).
"""

from kiosk.store.opening import Opened, SetAside, StoreSettings, look_into, open_store
from kiosk.store.setting_aside import mark_doubtful
from kiosk.store.store import Store

__all__ = ["Opened", "SetAside", "Store", "StoreSettings", "look_into", "mark_doubtful", "open_store"]
