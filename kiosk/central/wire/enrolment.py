"""What a terminal and central say to each other when it is paired and when its token is renewed.

Responsible for: the pairing request and what both give.
Not responsible for: everything else that terminals say (`kiosk.central.wire.terminal`).
"""

from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.wire.words import Answered, Heard

KEY = r"^[A-Za-z0-9+/]{43}=$"
PROOF = r"^[A-Za-z0-9+/]{86}==$"


class PairingRequest(Heard):
    """The one-time code that the desk shows, the terminal's own key, and proof that it has the secret half.

    `public_key` is a raw Ed25519 key in base64. `proof` is the signature, in base64, over the text
    `council-kiosk/pairing/1`, a line feed, the code as it is sent here, a line feed, and the key's 32 bytes.
    """

    code: Annotated[str, Field(max_length=40)]
    public_key: Annotated[str, Field(pattern=KEY)]
    proof: Annotated[str, Field(pattern=PROOF)]


class SigningKey(Answered):
    """A key by which central signs what terminals pull: raw Ed25519 in base64."""

    key_id: str
    public_key: str


class Paired(Answered):
    """Who the terminal is, and its token for a while: to be renewed after a third of its life."""

    terminal: str
    token: str
    issued_at: AwareDatetime
    expires_at: AwareDatetime
    signing_keys: list[SigningKey]
