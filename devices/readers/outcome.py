"""What the service is told of a reading.

Responsible for: numbers turned into keyed hashes, payment cards refused.
Not responsible for: whether anybody asked for a card (the adapters).
"""

import hashlib
import hmac

from devices.readers.codec import BadFrame, CardNumber, Fault, Reading
from devices.readers.refusal import looks_like_payment_card
from kiosk.core.hardware import CardOutcome, CardPresented, CardPurpose, CardUnreadable
from kiosk.core.passport import is_passport


def token_of(digits: str, site_key: bytes) -> str:
    """Return the keyed hash of a card's number: the same card gives the same token at one site only."""
    return hmac.new(site_key, digits.encode("utf-8"), hashlib.sha256).hexdigest()


def card_outcome(
    reading: Reading, device: str, kind: str, site_key: bytes, *, purpose: CardPurpose
) -> CardOutcome:
    """Turn a reading into a fact; the number is in it only for the purpose that needs it.

    An access passport, which says nothing of a person, stays as it is for every purpose.
    """
    match reading:
        case CardNumber(digits) if is_passport(digits):
            return CardPresented(device, kind, token_of(digits, site_key), digits)
        case CardNumber(digits) if looks_like_payment_card(digits):
            return CardUnreadable(device, Fault.PAYMENT_CARD)
        case CardNumber(digits):
            number = digits if purpose is CardPurpose.NUMBER else ""
            return CardPresented(device, kind, token_of(digits, site_key), number)
        case BadFrame(fault):
            return CardUnreadable(device, fault)
