"""The text of an entry as it was before an installation of ours put its words and pictures into it.

It knows what `stages/render` writes: the credit block, a partner's words, copies and links in the place of pictures.
It must not clean: what is left goes through the cleaner like any text.
"""

import re
from html import escape

from syndicator.model import Enclosure
from syndicator.stages.relayed.told import Relayed

_REST = r"(?:(?!</?p\b).)*</p>"  # no paragraph is in the block or in a partner's line
_ABOVE = re.compile(
    rf'\s*(?:<p class="syndicator-credit"{_REST}<hr>)?(?:<p class="syndicator-partner"{_REST})?', re.DOTALL
)
_PICTURE = re.compile(r'<(a|span) class="syndicator-picture"[^<>]*>[^<]*</\1>')  # a link in its place
_BESIDE = re.compile(rf'<p class="syndicator-picture">{_REST}', re.DOTALL)
_BELOW = {
    '<hr><p class="syndicator-credit"': re.compile(rf"<hr><p {_REST}\s*", re.DOTALL),
    '<hr><div class="syndicator-credit"': re.compile(r"<hr><div (?:(?!</?div\b).)*</div>\s*", re.DOTALL),  # 0.1
    '<section class="syndicator-partner"': re.compile(r"<section .*</section>\s*", re.DOTALL),
}


def without_block(markup: str) -> str:
    """`markup` without the credit block and a partner's words, above and below the text: they say for readers what is
    told for machines, and we say it anew, the block in the language of ours.
    """
    above = _ABOVE.match(markup)
    text = markup[above.end() :] if above else markup
    for opening, to_the_end in _BELOW.items():
        start = text.rfind(opening)
        text = text[:start] if start >= 0 and to_the_end.fullmatch(text, start) else text
    return text


def with_its_pictures(markup: str, told: Relayed) -> str:
    """`markup` with the pictures of the text as they were before copies, or links, took their place.

    So an entry is the same at each installation, whichever copies that has, and a credit finds its picture.
    """
    if told.terms.images != "copy":
        return markup
    html = iter(told.linked)
    text = _PICTURE.sub(lambda link: next(html, link[0]), _BESIDE.sub("", markup))
    for copy in told.copies:
        text = text.replace(f'"{escape(copy.at)}"', f'"{escape(copy.url)}"')
    return text


def with_its_enclosures(enclosures: tuple[Enclosure, ...], told: Relayed) -> tuple[Enclosure, ...]:
    """The enclosures with the pictures among them called by their own addresses, also those that have no copy yet."""
    copies = {copy.at for copy in told.copies}
    pictures = (Enclosure(url=url, type="image/*") for url in told.beside)
    return (*(one for one in enclosures if one.url not in copies), *pictures)
