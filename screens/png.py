"""Pixels as a file: PNG to keep, or PPM for whoever only looks once, which costs no packing.

Responsible for: the bytes of the file. Not responsible for: where pixels come from or where the file goes.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEADER: Final = ">IIBBBBB"
_EIGHT_BITS: Final = 8
_RGB: Final = 2
_CHANNELS: Final = 3
_QUICK: Final = 3


def png(width: int, height: int, rgb_from_bottom: bytes) -> bytes:
    """Write a picture whose rows come from the bottom up, three bytes a pixel, as OpenGL reads them."""
    stride = width * _CHANNELS
    rows = b"".join(b"\0" + row for row in _rows(height, stride, rgb_from_bottom))
    header = struct.pack(_HEADER, width, height, _EIGHT_BITS, _RGB, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows, _QUICK)), (b"IEND", b"")
    return _SIGNATURE + b"".join(_chunk(name, content) for name, content in chunks)


def ppm(width: int, height: int, rgb_from_bottom: bytes) -> bytes:
    """Write the same picture as it is."""
    return b"P6 %d %d 255\n" % (width, height) + b"".join(_rows(height, width * _CHANNELS, rgb_from_bottom))


def _rows(height: int, stride: int, rgb_from_bottom: bytes) -> Iterator[bytes]:
    for start in range((height - 1) * stride, -1, -stride):
        yield rgb_from_bottom[start : start + stride]


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)
