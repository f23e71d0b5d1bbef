"""Bytes made small, as a browser unzips them, and written in letters that need no escape."""

import base64
import zlib

UNSAFE, SAFE = b"&<>", b".,:"
"""Letters of the usual base85 that would be escaped in the page, and what stands for them."""


def zipped(raw: bytes) -> bytes:
    """Deflated without a header, in which versions of Python differ."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(raw) + packer.flush()


def letters(raw: bytes) -> str:
    """Four bytes in five letters, where base64 takes five and a third."""
    text = base64.b85encode(raw)
    return text.translate(bytes.maketrans(UNSAFE, SAFE)).decode()
