"""The namespaces that parsing knows, and the bounds it keeps. Data only; nothing here is computed.

Bounds guard time and memory: a field past its bound is cut or dropped with a Note, never a reason to fail.
"""

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
XHTML = "http://www.w3.org/1999/xhtml"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
SY = "http://purl.org/rss/1.0/modules/syndication/"
SLASH = "http://purl.org/rss/1.0/modules/slash/"
WFW = "http://wellformedweb.org/CommentAPI/"
THR = "http://purl.org/syndication/thread/1.0"  # RFC 4685
TOMBSTONE = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721
CREATIVE_COMMONS = "http://backend.userland.com/creativeCommonsRssModule"
CC = "http://web.resource.org/cc/"
CC_NS = "http://creativecommons.org/ns#"

# What feedparser takes for the formats' own vocabulary, in lower case (its namespaces/_base.py); "" is no namespace.
FORMATS = frozenset(
    {
        "",
        "http://backend.userland.com/rss",
        "http://backend.userland.com/rss2",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://example.com/newformat#",
        "http://example.com/necho",
        "http://purl.org/echo/",
        "uri/of/echo/namespace#",
        "http://purl.org/pie/",
        "http://purl.org/atom/ns#",
        "http://purl.org/rss/1.0/modules/rss091#",
        ATOM.lower(),
    }
)

# Prefixes that feeds use without declaring them; what their authors mean is not in doubt.
CUSTOMARY = {
    "atom": ATOM,
    "cc": CC,
    "content": CONTENT,
    "creativeCommons": CREATIVE_COMMONS,
    "dc": DC,
    "dcterms": DCTERMS,
    "itunes": ITUNES,
    "media": "http://search.yahoo.com/mrss/",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "rdf": RDF,
    "slash": SLASH,
    "sy": SY,
    "thr": THR,
    "wfw": WFW,
    "xhtml": XHTML,
}

MAX_BODY = 16_000_000  # bytes; fetching stops at 10 MB, files given by hand may be larger
MAX_ENTRIES = 5_000  # an entry past the bound waits until those before it leave the document
MAX_DEPTH = 512  # elements; the cleaner is quadratic in nesting
MAX_ATTRIBUTES = 256  # of an element; canonicalising sorts them slowly
MAX_TEXT = 1_000_000  # characters of a content or summary
MAX_TITLE = 4_000
MAX_URL = 4_096  # an id or URL past the bound is dropped: half an address names something else
MAX_NAME = 1_000  # a person, a date, a category
MAX_REPEATS = 200  # elements of one name in an entry
MAX_EXTENSIONS = 500  # in an entry, nested ones included
MAX_EXTENSION = 4_000  # characters of an extension's text, or of an attribute
