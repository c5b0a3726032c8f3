"""Reading and writing a descriptor that never blocks.

Responsible for: turning what the system says about a read or a write into bytes, a count, or a project error.
Not responsible for: opening anything.
"""

import os

from devices.links.link import READ_CHUNK, lost


def read_now(descriptor: int, address: str) -> bytes:
    """Return what a descriptor holds, empty when it has nothing yet; an end of file is a lost device."""
    try:
        taken = os.read(descriptor, READ_CHUNK)
    except BlockingIOError:
        return b""
    except OSError as error:
        raise lost(address, error.strerror or "read failed") from error
    if not taken:
        raise lost(address, "end of file")
    return taken


def read_into(descriptor: int, room: bytearray, address: str) -> int:
    """Read into a buffer that the caller can wipe, and return how many bytes that was; 0 for nothing yet."""
    try:
        count = os.readv(descriptor, [room])
    except BlockingIOError:
        return 0
    except OSError as error:
        raise lost(address, error.strerror or "read failed") from error
    if not count:
        raise lost(address, "end of file")
    return count


def write_now(descriptor: int, payload: bytes, address: str) -> int:
    """Write what goes now and return the count; 0 when the system's buffer is full."""
    try:
        return os.write(descriptor, payload)
    except BlockingIOError:
        return 0
    except OSError as error:
        raise lost(address, error.strerror or "write failed") from error
