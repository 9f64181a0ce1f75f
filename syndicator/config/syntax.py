"""What is wrong with how a file is written, for a reader who never heard of TOML, YAML or UTF-8: the line, what stands
in it, and what to do.

It must not know a key or a setting.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

from syndicator.errors import ConfigError

CHECK = "then run: syndicator check"
_CURLY = re.compile("[“”„‟«»‘’‚‛]")
_TOML = (  # in what tomllib says, in the line that it names: what to do
    ("", _CURLY, 'put the text in straight quotes: KEY = "VALUE"'),
    ("hex|Unescaped", re.compile(r"\\"), "write / instead of \\, or put the text in '…'"),
    ("twice", re.compile(""), "join the two tables into one"),
    ("overwrite|Duplicate", re.compile(""), "the key stands there twice: keep one"),
    (r"Illegal character '\\n'|Unterminated", re.compile(""), "close the text with a quote"),
    ("table declaration|Invalid statement", re.compile(r"^\s*\["), "in […] stand names of a-z, 0-9 and -, joined by ."),
    ("Expected '='", re.compile(""), 'write KEY = "VALUE"'),
    ("Invalid value", re.compile("True|False"), "write true and false in small letters"),
    (
        "Invalid|inline table|after a statement",
        re.compile("="),
        'texts stand in quotes, KEY = "VALUE", and dates are as 2026-05-03',
    ),
)
_YAML = (  # in what PyYAML says: what that means, what to do
    (r"'\\t'", "a tab stands where a space must", "write a space instead"),
    ("':'", "a key without its colon", "write KEY: VALUE, with a space after the colon"),
    ("mapping values", "a colon too many", 'put a text that has a colon in "…"; each line is KEY: VALUE'),
    ("block end", "words after the closing quote", "put the whole text in '…', as title: '\"Sea\" and other words'"),
    ("start any token", "a sign that no text may begin with", 'put the text in "…"'),
)


def parsed_toml(path: Path, text: str) -> dict[str, Any]:
    """The tables and keys of `text`, which `path` holds. Raises ConfigError that names and shows the line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _toml(path, text, str(error)) from None


def _toml(path: Path, text: str, message: str) -> ConfigError:
    """What tomllib says of `text` in `message`, which ends with "(at line 3, column 5)" or "(at end of document)"."""
    why, _, where = message.removesuffix(")").partition(" (at ")
    lines = text.splitlines() or [""]
    number = min(int(place[0]) if (place := re.findall(r"\d+", where)) else len(lines), len(lines))
    line = lines[number - 1]
    advice = next((do for said, stands, do in _TOML if re.search(said, why) and stands.search(line)), "mend this")
    return ConfigError(f"{path}: line {number}", f"{why}, expected TOML{_shown(line)}", f"{advice}; {CHECK}")


def broken_yaml(path: Path, text: str, error: yaml.MarkedYAMLError) -> ConfigError:
    """What PyYAML says in `error` of the head of the file `path`; `text` is its lines up to the head's end."""
    said = error.problem or ""
    mark = error.context_mark if "':'" in said else error.problem_mark  # a missing colon is noticed one line too late
    means, advice = next(((why, do) for part, why, do in _YAML if re.search(part, said)), (said, "mend this"))
    lines = text.splitlines()
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    place = f"{path}: line {mark.line + 1}" if mark else str(path)
    return ConfigError(place, f"{means}, expected lines such as language: de{_shown(line)}", f"{advice}; {CHECK}")


def _shown(line: str) -> str:
    words = re.sub(r"//[^/\s]*@", "//***@", line.strip())  # a password in an address is nobody's business
    return f", found: {words[:80]}{'…' if len(words) > 80 else ''}" if words.isprintable() and words else ""


def not_utf8(path: Path, error: UnicodeDecodeError, what: str) -> ConfigError:
    """That `path` holds bytes which are no UTF-8, where `what` ("TOML", "text") was expected; it names the line."""
    line = error.object.count(b"\n", 0, error.start) + 1
    return ConfigError(f"{path}: line {line}", f"not UTF-8, expected {what} in UTF-8", f"save it as UTF-8, {CHECK}")
