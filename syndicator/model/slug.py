"""The names of pages of ours: words for who reads the address, and a number that tells equal words apart. It must not
know what is named.
"""

import re
import unicodedata
from hashlib import sha256

LONGEST = 60  # characters of words


def slug(words: str, identity: str) -> str:
    """`words` in small ASCII letters and 10 hex digits of sha256(`identity`); those alone where no letter is left."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    beginning = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-")
    number = sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{beginning}-{number}" if beginning else number
