"""Language tags as declared: spelled by RFC 5646, region kept. Nothing is detected here."""

import re
from typing import Literal

# RFC 5646 2.1 as far as it occurs: language, script, region, variants and extensions.
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-[a-z0-9]{2,8})*)", re.IGNORECASE)
_SAYS_NOTHING = frozenset({"und", "mul", "zxx"})
_RTL_LANGUAGES = frozenset(
    re.findall(
        r"\S+",
        """
        ar arc arz ckb dv fa ha-arab he iw khw ks mzn nqo pnb ps sd syr ug ur yi ji
        """,
    )
)
_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"})


def language_tag(*declared: str | None) -> str | None:
    """The first of `declared` that is a language tag, spelled as RFC 5646 2.1.1 recommends (`en_gb` → `en-GB`), or
    None.
    """
    for value in declared:
        match = _TAG.fullmatch((value or "").strip().replace("_", "-"))
        if match and match[1].lower() not in _SAYS_NOTHING:
            script, region = (match[2] or "").title(), (match[3] or "").upper()
            return "-".join(filter(None, (match[1].lower(), script, region))) + match[4].lower()
    return None


def direction(language: str | None) -> Literal["ltr", "rtl"]:
    """ "rtl" or "ltr" for a tag of `language_tag`: by its script where it names one, else by its language."""
    primary, _, rest = (language or "").partition("-")
    script = rest.partition("-")[0]
    if len(script) == 4:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary in _RTL_LANGUAGES else "ltr"
