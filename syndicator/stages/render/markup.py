"""Small readings of HTML that is clean already: links that may be followed, text without tags, an excerpt without
media.

Cleaning is the normaliser's; nothing here makes markup safe.
"""

import re
from html import escape
from urllib.parse import urlsplit

from lxml import etree, html

MEDIA_TAGS = ("img", "picture", "source", "video", "audio", "track", "iframe", "embed", "object", "svg", "canvas")
WEB_ADDRESS = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
MEDIA = re.compile(f"<(?:{'|'.join(MEDIA_TAGS)})\\b", re.IGNORECASE)


def linkable(url: str | None) -> str | None:
    """`url` if a reader may be led there (http or https with a host), else None: "javascript:" is no link."""
    return url if url and WEB_ADDRESS.match(url) else None


def host(url: str | None) -> str:
    """The host of `url` without "www.", or "" where it has none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:  # "http://[": an address that no library splits
        return ""


def anchor(label: str, url: str | None, **attributes: str | None) -> str:
    """HTML: `label` (plain text) linked to `url` where that is linkable, else the label alone; all escaped."""
    text = f"<bdi>{escape(label)}</bdi>"
    target = linkable(url)
    if target is None:
        return text
    extra = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f'<a href="{escape(target)}"{extra}>{text}</a>'


def plain(markup: str) -> str:
    """The text of an HTML fragment, white space folded."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    return " ".join(_tree(markup).text_content().split())


def without_media(markup: str) -> str:
    """`markup` without pictures, sound, films and frames: an excerpt carries none (docs/explanation/the-gate.md)."""
    if not MEDIA.search(markup):
        return markup
    tree = _tree(markup)
    for each in list(tree.iter(*MEDIA_TAGS)):
        each.drop_tree()
    serialised = etree.tostring(tree, encoding="unicode", method="html")
    return str(serialised).removeprefix("<div>").removesuffix("</div>")


def _tree(markup: str) -> html.HtmlElement:
    # huge_tree: without it libxml2 drops what is nested deeper than 256; size and depth are bounded by the normaliser
    return html.fragment_fromstring(
        markup, create_parent="div", parser=html.HTMLParser(huge_tree=True, encoding="utf-8")
    )
