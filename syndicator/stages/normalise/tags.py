"""Language tags as declared, spelled by BCP 47, and what a tag implies: direction and script. Reads no text."""

import re
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.core import get_global

# RFC 5646 2.1 as far as it occurs: language, extended language, script, region, variants and extensions.
_TAG = re.compile(
    r"([a-z]{2,3})(?:-([a-z]{3}))?(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-[a-z0-9]{1,8})*)", re.IGNORECASE
)
_SAYS_NOTHING = frozenset({"und", "mul", "zxx", "mis", "all"})
_WITHDRAWN = frozenset({"iw", "in", "ji", "jw", "mo"})  # replaced in ISO 639-1; feeds still say them
_RTL_LANGUAGES = frozenset(
    re.findall(
        r"\S+",
        """
        ar arc arz ary ckb dv fa khw ks mzn nqo pnb prs ps sd sdh syr ug ur uzs he hbo yi
        """,
    )
)
_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"})


def language_tag(*declared: str | None) -> str | None:
    """The first of `declared` that names a language, spelled as RFC 5646 2.1.1 recommends (`en_gb` → `en-GB`), or None.

    English names count (`German` → `de`), three-letter codes are shortened where two letters do (RFC 5646 2.2.1),
    `und`, `x-default` and codes that no language has say nothing.
    """
    return next(iter(language_tags(*declared)), None)


def language_tags(*declared: str | None) -> tuple[str, ...]:
    """All of `declared` that name a language, as `language_tag` spells them, each once, in order."""
    return tuple(dict.fromkeys(tag for value in declared if value and (tag := _spelled(value))))


def base(tag: str) -> str:
    """The language of a tag without its script and region."""
    return tag.partition("-")[0]


@lru_cache(maxsize=256)
def script(tag: str) -> str | None:
    """The script in which a tag's language is mostly written (ISO 15924), by its own subtag, else CLDR's likely one."""
    own = re.search(r"-([A-Z][a-z]{3})(?:-|$)", tag)
    likely = get_global("likely_subtags").get(base(tag))
    return own[1] if own else likely.split("_")[1] if likely else None


def direction(language: str | None) -> Literal["ltr", "rtl"]:
    """ "rtl" or "ltr" for a tag of `language_tag`: by its script where it names one, else by its language."""
    primary, _, rest = (language or "").partition("-")
    named = rest.partition("-")[0]
    if len(named) == 4:
        return "rtl" if named in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary in _RTL_LANGUAGES else "ltr"


@lru_cache(maxsize=512)  # a feed says the same for each of its entries
def _spelled(value: str) -> str | None:
    told = re.split(r"[,;.@]", value, maxsplit=1)[0].strip().replace("_", "-")  # `fr, en`, `de_DE.UTF-8`
    match = _TAG.fullmatch(told)
    if match is None:
        return _by_name(value)
    primary = _current(match[2] or match[1])
    if primary in _SAYS_NOTHING or (len(primary) == 2 and primary not in _names()):
        return None
    written, region = (match[3] or "").title(), _territory((match[4] or "").upper())
    return "-".join(filter(None, (primary, written, region))) + match[5].lower()


def _current(code: str) -> str:
    code = code.lower()
    if len(code) == 2 and code not in _WITHDRAWN:
        return code
    shorter: str = get_global("language_aliases").get(code, code)
    return shorter if "_" not in shorter else code


def _territory(code: str) -> str:
    """The region as it is called now (`UK` → `GB`), or "" for what is none (`en-EN`)."""
    current = get_global("territory_aliases").get(code, (code,))
    return current[0] if len(current) == 1 and current[0] in Locale("en").territories else ""


def _by_name(value: str) -> str | None:
    wanted = value.strip().casefold()
    return next((code for code, name in _names().items() if name.casefold() == wanted and "_" not in code), None)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return dict(Locale("en").languages)
