"""Clean text: safe markup, absolute URLs, captions once, languages, times, the identity of an address.

Nothing reaches an Entry's markup without passing `clean_html` (nh3). This stage never changes an author's words:
quotes, [brackets] and no-break spaces stay as they were written. It must not read credits, licences or responses.
"""

from syndicator.stages.normalise.body import Body, excerpt, html_of, read_body
from syndicator.stages.normalise.clean import clean_html, is_bounded
from syndicator.stages.normalise.identity import article_keys, same_article
from syndicator.stages.normalise.languages import read_language
from syndicator.stages.normalise.paragraphs import body_text, standfirst
from syndicator.stages.normalise.tags import direction, language_tag
from syndicator.stages.normalise.text import as_markup, plain_text
from syndicator.stages.normalise.times import plausible_time, plausible_times
from syndicator.stages.normalise.urls import absolute, without_tracking

__all__ = [
    "Body",
    "absolute",
    "article_keys",
    "as_markup",
    "body_text",
    "clean_html",
    "direction",
    "excerpt",
    "html_of",
    "is_bounded",
    "language_tag",
    "plain_text",
    "plausible_time",
    "plausible_times",
    "read_body",
    "read_language",
    "same_article",
    "standfirst",
    "without_tracking",
]
