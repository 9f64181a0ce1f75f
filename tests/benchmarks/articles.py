"""The article in a page, beside trafilatura and readability-lxml where they are installed.

The pages are real input (`shared`). The metric of the first set is its own: precision and recall over 4-gram shingles
of words, each page weighing the same, F1 of their means. Of the second set, segments that must and must not appear.
"""

import gzip
import importlib.util
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from lxml.html import fromstring, tostring

from syndicator import chain
from syndicator.model import Document, FeedHead, ParsedEntry, Subscription
from syndicator.stages.article import read_article

Extractor = Callable[[bytes, str], str]

_WORD = re.compile(r"\w+")
_BLOCK = re.compile(
    r"<(?:/?(?:p|div|li|h\d|td|th|tr|blockquote|figcaption|section|article|pre|dd|dt)|br)\b", re.IGNORECASE
)
_NOW = datetime(2026, 11, 1, tzinfo=UTC)


def report(shared: Path) -> list[str]:
    """One line for each extractor and set of pages under `shared`; none where the real input is absent."""
    pages = shared / "data" / "pages"
    if not pages.is_dir():
        return []
    return [
        line
        for name, extract in extractors().items()
        for line in (_shingles(name, extract, pages), _segments(name, extract, pages))
    ] + [_speed(pages)]


def extractors() -> Mapping[str, Extractor]:
    """Ours, with and without what stands in figures, and the peers that are installed."""
    found: dict[str, Extractor] = {"syndicator": _ours, "syndicator without captions": _without_captions}
    if importlib.util.find_spec("trafilatura"):
        found["trafilatura"] = _trafilatura
    if importlib.util.find_spec("readability"):
        found["readability-lxml"] = _readability
    return found


def _ours(body: bytes, url: str) -> str:
    article = read_article(Document(body=body, url=url))
    return _text(article.markup) if article else ""


def _without_captions(body: bytes, url: str) -> str:
    article = read_article(Document(body=body, url=url))
    if article is None:
        return ""
    root = fromstring(f"<div>{article.markup}</div>")
    for figure in root.xpath(".//figure[not(ancestor::figure)]"):
        figure.drop_tree()
    return _text(tostring(root, encoding="unicode"))


def _trafilatura(body: bytes, url: str) -> str:
    import trafilatura

    return trafilatura.extract(body, url=url, include_comments=False) or ""


def _readability(body: bytes, url: str) -> str:
    import readability

    try:
        return _text(readability.Document(body.decode("utf-8", "replace"), url=url).summary())
    except readability.readability.Unparseable:
        return ""


def _text(markup: str) -> str:
    return str(fromstring(f"<div>{_BLOCK.sub(lambda tag: ' ' + tag[0], markup)}</div>").text_content())


def _shingles(name: str, extract: Extractor, pages: Path) -> str:
    folder = pages / "article-extraction-benchmark"
    gold = json.loads((folder / "ground-truth.json").read_text())
    bodies = {key: gzip.decompress((folder / f"{key}.html.gz").read_bytes()) for key in gold}
    started = time.process_time()
    texts = {key: extract(bodies[key], gold[key]["url"]) for key in gold}
    spent = time.process_time() - started
    scores = [_score(gold[key]["articleBody"], texts[key]) for key in gold]
    precision = statistics.mean(score[0] for score in scores)
    recall = statistics.mean(score[1] for score in scores)
    f1 = 2 * precision * recall / (precision + recall)
    return (
        f"{name}: text of {len(gold)} pages, F1 {f1:.4f} (precision {precision:.4f}, recall {recall:.4f}), "
        f"{len(gold) / spent:.0f} pages a second of CPU"
    )


def _score(gold: str, text: str) -> tuple[float, float]:
    """Precision and recall of one page."""
    true, found = _grams(gold), _grams(text)
    both = (true & found).total()
    if true == found:
        return 1.0, 1.0
    return both / found.total() if found else 0.0, both / true.total() if true else 0.0


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(gram for at in range(max(1, len(words) - 3)) if (gram := tuple(words[at : at + 4])))


def _segments(name: str, extract: Extractor, pages: Path) -> str:
    folder = pages / "trafilatura-eval"
    wanted = unwanted = missing = present = 0
    for url, about in json.loads((folder / "evaldata.json").read_text()).items():
        body = gzip.decompress((folder / "html" / f"{about['file']}.gz").read_bytes())
        text = _spaced(extract(body, url))
        wanted += len(about["with"])
        missing += sum(_spaced(segment) not in text for segment in about["with"])
        unwanted += len(about["without"])
        present += sum(_spaced(segment) in text for segment in about["without"])
    return f"{name}: {wanted - missing} of {wanted} segments kept, {present} of {unwanted} unwanted ones left"


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _speed(pages: Path) -> str:
    folder = pages / "article-extraction-benchmark"
    gold = json.loads((folder / "ground-truth.json").read_text())
    materials = [
        chain.Material(
            parsed=ParsedEntry(fingerprint="", link=about["url"]),
            id=about["url"],
            page=Document(body=gzip.decompress((folder / f"{key}.html.gz").read_bytes()), url=about["url"]),
        )
        for key, about in gold.items()
    ]
    subscription = Subscription(name="pages", url="https://pages.example/feed")
    importlib.import_module("syndicator.stages.normalise.identifier")  # as the sandbox does, once for all hops
    started = time.process_time()
    chain.derive(materials, FeedHead(), subscription, _NOW)
    return f"whole pure chain: {len(materials) / (time.process_time() - started):.0f} pages a second of CPU"
