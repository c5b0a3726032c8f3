"""The way of a case from the terminal to central, and of lists and orders back.

Responsible for: carrying what the store keeps, exactly once, through any network.
Not responsible for: keeping it (`kiosk.store`), or what follows from what central says (`kiosk.conductor`).
"""

from kiosk.sync.client import CentralAddress, CentralClient, council_keys, pair
from kiosk.sync.courier import Courier, Shelves
from kiosk.sync.link import LinkWatch
from kiosk.sync.pacing import Pace

__all__ = [
    "CentralAddress",
    "CentralClient",
    "Courier",
    "LinkWatch",
    "Pace",
    "Shelves",
    "council_keys",
    "pair",
]
