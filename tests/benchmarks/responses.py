"""The responses in pages, beside what trafilatura takes for comments where it is installed.

Two sets of real input (`shared`). Pings of real pages: each is to be found in its page (or, where that is not here, in
a list of the rows) with its kind, its source's address and its title; those from the page's own host are to be left
out. Pages with segments of their comments: recall is over the segments that the saved page has at all (scripts loaded
the others), each to be found in the words, title or name of some response; precision is the share of the responses
found (trafilatura: of the texts found, one a page) that stand in pages of which the set says that they have comments.
Whether what is found there is real the set does not say; of 60 responses drawn at random and read in November 2026, all
60 were.
"""

import gzip
import importlib.util
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HTMLParser, fromstring

from syndicator.model import Document, Response
from syndicator.stages.responses import read_page_responses

PINGS = "data/gold/pingback-pages/pingbacks.json"
PAGES = "data/pages/trafilatura-eval"
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+/")
_JOINED = re.compile(r"\s+[|\-–—·•*~>«»‹›]\s+")


def report(shared: Path) -> list[str]:
    """Lines of figures; none where the real input is absent."""
    pages = shared / PAGES
    lines = list(_pings(shared / PINGS, pages)) if (shared / PINGS).exists() else []
    return lines + (list(_comments(pages)) if pages.is_dir() else [])


def _pings(path: Path, pages: Path) -> Iterator[str]:
    rows: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in json.loads(path.read_text("utf-8")):
        rows[row["file"]].append(row)
    wanted = found = right = whole = own = 0
    for file, told in rows.items():
        url = told[0]["page"]
        body = _body(pages, file) or f"<ol class='commentlist'>{''.join(row['html'] for row in told)}</ol>".encode()
        read = {one.uri: one for one in read_page_responses(Document(body=body, url=url), url) if one.kind != "comment"}
        others = {_source(row): row for row in told if _host(_source(row)) != _host(url)}
        own += len(told) - len(others)
        wanted, found, right = wanted + len(others), found + len(read), right + len(others.keys() & read.keys())
        whole += sum(_is_whole(row, read[uri]) for uri, row in others.items() if uri in read)
    precision, recall = right / found if found else 1.0, right / wanted
    yield (
        f"pings: kinds F1 {_f1(precision, recall):.3f} ({right} of {wanted} found, {found - right} other), "
        f"title and site right {whole}/{right}, {own} of the site itself or twice"
    )


def _source(row: Mapping[str, Any]) -> str:
    return _ARCHIVE.sub("", row["first_href"])


def _is_whole(row: Mapping[str, Any], ping: Response) -> bool:
    """Whether the title and the site make up the link's words, parted at the last separator."""
    name = _spaced(fromstring(row["html"]).xpath("string((//a[@href])[1])"))
    separators = list(_JOINED.finditer(name))
    if not separators:
        return ping.title == name and ping.site is None
    before, after = name[: separators[-1].start()], name[separators[-1].end() :]
    if separators[-1][0].strip() in "»›":
        return ping.title == after and before.startswith(ping.site or "?")
    return (ping.title, ping.site) == (before, after)


def _comments(pages: Path) -> Iterator[str]:
    gold = json.loads((pages / "evaldata.json").read_text("utf-8"))
    bodies = {url: _body(pages, about["file"]) or b"" for url, about in gold.items()}
    shown = {url: _text_of(body) for url, body in bodies.items()}
    segments = {
        url: [_spaced(one) for one in about.get("comments") or () if _spaced(one) in shown[url]]
        for url, about in gold.items()
    }
    absent = sum(len(about.get("comments") or ()) for about in gold.values()) - sum(map(len, segments.values()))
    started = time.process_time()
    read = {url: read_page_responses(Document(body=body, url=url), url) for url, body in bodies.items()}
    spent = time.process_time() - started
    ours = {url: [f"{one.author}\n{one.title}\n{_spaced(one.content_text)}" for one in read[url]] for url in gold}
    total, speed = sum(map(len, ours.values())), len(gold) / spent
    yield f"comments: {total} responses in {len(gold)} pages, {speed:.0f} pages a second of CPU"
    yield _judged("syndicator", ours, gold, segments, absent)
    if importlib.util.find_spec("trafilatura"):
        yield _judged(
            "trafilatura", {url: _trafilatura(body, url) for url, body in bodies.items()}, gold, segments, absent
        )


def _judged(
    name: str,
    found: Mapping[str, Sequence[str]],
    gold: Mapping[str, Any],
    segments: Mapping[str, Sequence[str]],
    absent: int,
) -> str:
    there = [(url, segment) for url, told in segments.items() for segment in told]
    kept = sum(any(segment in text for text in found[url]) for url, segment in there)
    texts = [(url, text) for url, told in found.items() for text in told]
    real = sum(bool(gold[url].get("comments")) for url, _ in texts)
    wrong = len({url for url, _ in texts if not gold[url].get("comments")})
    precision, recall = real / len(texts) if texts else 1.0, kept / len(there)
    return (
        f"  {name}: F1 {_f1(precision, recall):.3f}, {kept} of {len(there)} segments of comments ({absent} are not in "
        f"the pages), {wrong} pages with responses that should have none"
    )


def _trafilatura(body: bytes, url: str) -> list[str]:
    import trafilatura

    document = trafilatura.bare_extraction(body, url=url, include_comments=True)
    return [text] if document and (text := _spaced(document.comments or "")) else []


def _body(pages: Path, file: str) -> bytes | None:
    path = pages / "html" / f"{file}.gz"
    return gzip.decompress(path.read_bytes()) if path.exists() else None


def _text_of(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return _spaced(fromstring(body).text_content())
    return _spaced(fromstring(body, parser=HTMLParser(encoding="utf-8")).text_content())


def _host(url: str) -> str:
    inner = _ARCHIVE.sub("", url)
    return (urlsplit(inner if "://" in inner else f"http://{inner}").hostname or "").removeprefix("www.")


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _spaced(text: str) -> str:
    return " ".join(text.split())
