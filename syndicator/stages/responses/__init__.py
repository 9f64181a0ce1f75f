"""Comment feeds and comment lists in pages to responses: which is a comment and which a ping, by structure.

Names are kept as signed; an e-mail address never leaves. This stage must not read credits: a ping's words are its own.
"""

from syndicator.stages.responses.deleted import deleted, listed
from syndicator.stages.responses.feed import article_title, is_comment_feed, read_responses
from syndicator.stages.responses.page import read_page_responses
from syndicator.stages.responses.together import together
from syndicator.stages.responses.wordpress import preferred_feeds, rest_address, typed_by_rest

__all__ = [
    "article_title",
    "deleted",
    "is_comment_feed",
    "listed",
    "preferred_feeds",
    "read_page_responses",
    "read_responses",
    "rest_address",
    "together",
    "typed_by_rest",
]
