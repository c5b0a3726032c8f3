"""What terminals and central say of attachments.

Responsible for: how a case names them, and how far an upload is.
Not responsible for: the bytes, which travel as they are.
"""

from typing import Annotated

from pydantic import Field

from kiosk.central.wire.words import Answered, Heard, Sha256

MOST_ATTACHMENTS = 5


class Attachment(Heard):
    """An attachment of a case, by the digest of its bytes as they are uploaded.

    `key_id` names the key of the council that it is sealed to (HPKE, as cases are; `info` is "council-kiosk
    attachment 1", case_id and terminal, with line feeds between them), or is empty when it came in clear.
    """

    sha256: Sha256
    media_type: Annotated[str, Field(pattern=r"^[a-z0-9.+-]{1,39}/[a-z0-9.+-]{1,40}$")]
    key_id: Annotated[str, Field(pattern=r"^([0-9a-f]{16})?$")] = ""


Attachments = Annotated[tuple[Attachment, ...], Field(max_length=MOST_ATTACHMENTS)]


class UploadProgress(Answered):
    """How many bytes central keeps; `complete` once they are all there and have the digest."""

    sha256: str
    offset: int
    complete: bool
