"""Tells whether anything changed that shapes what was made: a digest of it. It must not know what it is given."""

from hashlib import sha256


def digest(shaping: object) -> str:
    """16 hexadecimal digits of the sha256 of `shaping` (settings, nouns, tuples of them) as `repr` writes it."""
    return sha256(repr(shaping).encode()).hexdigest()[:16]
