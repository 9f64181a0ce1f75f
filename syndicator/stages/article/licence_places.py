"""What a place in a page says of a licence that stands there: that it is one, and whose. It must not read the words."""

import re

from lxml.etree import _Element

from syndicator.stages.article.names import CAPTION, THREAD, names_of

_RELATIONS = frozenset(
    {
        "license",
        "licence",
        "cc:license",
        "xhv:license",
        "dct:license",
        "dc:license",
        "dcterms:license",
        "schema:license",
    }
)
# Addresses that are a licence whatever the link is called.
KNOWN = re.compile(
    r"//(?:www\.|i\.)?(?:creativecommons\.org/(?:licen[sc]es|publicdomain|l)/|licensebuttons\.net/l/|artlibre\.org"
    r"|gnu\.org/(?:licenses/(?:old-licenses/)?|copyleft/)fdl|nationalarchives\.gov\.uk/doc/open-government-licence)",
    re.IGNORECASE,
)
APART = frozenset(
    {
        *(
            "figure",
            "figcaption",
            "picture",
            "blockquote",
            "iframe",
            "object",
            "pre",
            "code",
            "select",
            "script",
            "style",
        ),
        "noscript",
        "template",
    }
)
_TYPES = re.compile(r"(?:Image|Video|Audio|Media|Music|Photograph|Comment|Dataset|Software)", re.IGNORECASE)
_PICTURES = re.compile(r"dcmitype/(?:StillImage|MovingImage|Image|Sound|Software|Dataset)", re.IGNORECASE)
_STRANGE = re.compile(
    r"(?:^|[\s_-])(?:gallery|slideshow|carousel|blogroll|linkcat|tagcloud|tag-?cloud|teasers?|related\w*|recommend\w*|popular|trending"
    r"|embed\w*|oembed\w*|recent-?(?:posts|comments|entries)|flickr\w*|instagram\w*|photos|photostream|pictures|podcasts?|newsletters?|next|prev(?:ious)?|photo-?credits?|image-?credits?|img-?credits?|media-?credits?|picture-?credits?|attachment)(?=$|[\s_-]|\d)"
)
_LEGAL = re.compile(
    r"foot|copyright|copyleft|licen[sc]e|lizenz|licencia|licenza|licence|legal|rights|rechte|colophon|imprint|impressum|credits|sidebar|widget"
    r"|site-info|(?:^|[\s_-])(?:cc|secondary|tertiary|rightside|leftside|aside)(?=$|[\s_-]|\d)"
)


def is_declared(element: _Element) -> bool:
    """rel=license (HTML, RFC 4946), RDFa, microdata; rel=copyright where it leads to a licence (MediaWiki)."""
    relations = filter(None, map(element.get, ("rel", "property", "itemprop")))
    said = " ".join(relations).lower().split()
    if not said:
        return False
    if "copyright" in said and KNOWN.search(element.get("href", "")):
        return True
    return not _RELATIONS.isdisjoint(said)


def pictured_places(root: _Element) -> dict[_Element, bool]:
    """The elements in which a licence says that it is a picture's, a sound's or a program's (dct:type)."""
    types = (one for one in root.iter("a", "span", "link", "meta") if _PICTURES.search(one.get("href", "")))
    return {
        parent: True for one in types if (parent := one.getparent()) is not None and parent.tag not in ("head", "body")
    }


def stands_strangely(element: _Element, known: dict[_Element, bool]) -> bool:
    """Whether it or what it stands in is strange; `known` remembers, for thousands may stand in one element."""
    if element not in known:
        parent = element.getparent()
        known[element] = _is_strange(element) or (parent is not None and stands_strangely(parent, known))
    return known[element]


def _is_strange(element: _Element) -> bool:
    """Whether a licence in it is that of something else than the article or its site."""
    if element.tag in APART or _TYPES.search(f"{element.get('itemtype', '')} {element.get('typeof', '')}"):
        return True
    if re.search(r"\.(?:jpe?g|png|gif|svg|webp|mp[34])\b", element.get("about", ""), re.IGNORECASE):
        return True
    names = names_of(element)
    if element.tag in ("html", "body") or not names:
        return False
    return any(pattern.search(names) for pattern in (CAPTION, THREAD, _STRANGE))


def is_legal(element: _Element) -> bool:
    """Whether it is a place for legal words: a footer, a sidebar, an imprint."""
    if element.tag in ("footer", "aside") or element.get("role") == "contentinfo":
        return True
    return element.tag not in ("html", "body") and _LEGAL.search(names_of(element)) is not None
