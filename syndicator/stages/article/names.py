"""The words by which publishing systems name the parts of a page, in class and id. Data and its matching, no judgement.

They are English in most systems whatever the page's language, so they serve every language; what is not is listed too.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from lxml.etree import _Element

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST = 1_000  # characters of an element's names: more is not meant to be read
_REMEMBERED = 4_096  # names: the elements of a page and the pages of a site share theirs


def _words(*alternatives: str) -> re.Pattern[str]:
    """A pattern for whole words of a name; what separates them is a space, `-`, `_` or a digit."""
    return re.compile(r"(?:^|[\s_-])(?:" + "|".join(alternatives) + r")(?=$|[\s_-]|\d)")


# The thread below an article: often longer than the article.
THREAD = _words(
    r"comments?|commentlist|commentarea|commentsarea|respond|disqus\w*|fbcomments|replies|pingbacks?|trackbacks?",
    r"kommentare?|commentaires?|comentarios?|commenti",
)
_STRANGER = _words(
    # sharing
    r"share\w*|sharing|social\w*|sociable|sharedaddy|addtoany\w*|addthis\w*|a2a|ssba\w*|shariff\w*|heateor\w*|ctt",
    # other articles
    r"related\w*|relatedposts|yarpp\w*|recommend\w*|recirc\w*|readmore|read-more|see-also|also-read|trending|popular",
    r"more-(?:stories|articles|news|posts|from|on|like)|most-(?:read|popular|viewed)|outbrain\w*|taboola\w*|teasers?",
    # what is sold or asked for
    r"ads?|advert\w*|adslot|adsbygoogle|ad-?container|dfp|gpt|banners?|promo\w*|sponsor\w*|revcontent|cta",
    r"newsletters?\w*|subscri\w+|signup|sign-up|optin|opt-in|paywall\w*|donat\w+|mailchimp|mc4wp\w*|call-to-action",
    # ways about the site
    r"breadcrumbs?\w*|pagination|pager|page-?nav\w*|pagenavi|nav|navbar|navigation|(?:post|entry|article)-?nav\w*",
    r"menu|toolbar|toolbox|tools|sidebar\w*|widgets?|rail|masthead|site-(?:header|footer|nav\w*)|footer|colophon",
    # about the author and the entry
    r"author-?(?:bio|box|card|info|profile|description|about|details)|about-?(?:the-?)?author|bio|biography",
    r"tags|tag-?(?:list|links|cloud)|tagged|taxonomy|cat-links|categories|postmeta|entry-utility|postinfo",
    r"(?:entry|post|article)-(?:meta|footer)|timestamp|dateline-date|publish(?:ed)?-?(?:date|info)|read(?:ing)?-time",
    # messages of the site and what only some readers get
    r"cookies?\w*|cli|consent|gdpr|popup|pop-up|modal|overlay|lightbox|notice-bar|print-only|noprint|no-print",
    r"screen-reader-text|sr-only|visually-?hidden|off-?screen|skip-?link\w*|hidden",
    r"(?:rollover|tooltip|hover)-?(?:block|box|content|text|card)",
    r"ratings?|votes?|poll|likes?|feedback|reactions?|kksr\w*|video-?player|playlist|livestream|ticker",
)
CAPTION = _words(
    r"captions?(?:-text)?|credits?|media-caption|figcaption|image-(?:meta|caption|credit|text)|bildunterschrift|legende",
)
_LEAD = _words(
    r"standfirst|sub-?(?:title|head|heading|headline)|deck|dek|intro|introduction|lead|leader|lede|abstract|excerpt",
    r"summary|kicker-text|einleitung|default-einleitung|vorspann|chapo|entradilla|bajada|sottotitolo|ingress|anriss",
)
_BYLINE = _words(
    r"by-?lines?|by|posted-by|written-by|(?:entry|post|article|story)-(?:meta|info|footer|header-meta|author|details)",
    r"meta|postmeta|post-?info|author-?(?:by|line)|vcard|h-card|contributors?|credits|autor(?:es|as|en)?|auteurs?|autore",
)
_WRITER = _words(r"p-author|(?:[a-z]+-)?author-?(?:name|link|url)|author", r"auteur|autor|autora|autore")
_TRANSLATOR = _words(
    r"(?:[a-z]+-)?(?:translators?|translated-by|translation-(?:by|credits?))",
    r"traductor(?:es|as?)?|traducteurs?|traductrices?|tradut(?:or|ora|ores)|traduttor[ei]|traduttric[ei]|traducido-por",
    r"ue?bersetzer(?:in|innen)?|vertalers?|oversetter|oversatter|översättare|tlumacz|prekladatel|perevodchik",
    r"ceviren|cevirmen|penerjemah|penterjemah|metafrasi|tradukinto|kaantaja|fordito|traducator",
)
_DATE = _words(r"dates?", r"datetime", r"time", r"timestamp", r"dateline", r"published", r"updated", r"publishdate")
# The element of an article's body.
_BODY = re.compile(
    r"(?:^|\s)(?:[\w-]*[-_])?(?:entry|article|post|story|blog|news)[-_]{0,2}(?:content|body|text|fulltext|copy)(?=$|\s)"
)


def _remembered(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Whether `pattern` is found in the names of an element, each looked through once."""

    @lru_cache(maxsize=_REMEMBERED)
    def found(names: str) -> bool:
        return pattern.search(names) is not None

    return found


is_thread, is_stranger, is_caption = _remembered(THREAD), _remembered(_STRANGER), _remembered(CAPTION)
is_byline, is_writer, is_translator = _remembered(_BYLINE), _remembered(_WRITER), _remembered(_TRANSLATOR)
is_lead, is_date, is_body = _remembered(_LEAD), _remembered(_DATE), _remembered(_BODY)


def names_of(element: _Element) -> str:
    """The words of an element's class and id, in lower case, humps parted, or ""."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return _parted(names[:_LONGEST]) if len(names) > 1 else ""


@lru_cache(maxsize=_REMEMBERED)
def _parted(names: str) -> str:
    return _HUMP.sub("-", names).lower()
