"""The words by which publishing systems name the parts of a comment list, in class and id, and what each stands for.

A name is read from its last word about comments on: `comment-list` is a list, `w-comments-item` one of them,
`comment__content` what it says. Data and its matching: it must not look at a page.
"""

import re
from functools import lru_cache
from typing import Literal

from syndicator.stages.responses.words import set_of

Role = Literal["response", "wrapper", "list", "body", "author", "date", "meta", "chrome"]

_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\da-zA-Z_]+")
LONGEST = 200  # characters of a name, and names of an element: more is not meant to be read
_ONE = set_of(
    "comment cmt commentaire comentario comentari commento kommentar kommentaar komentar komentarz kommentti komment"
    " reactie yorum hozzaszolas coment comentariu iruzkin koment pingback trackback ping webmention"
)
_MANY = set_of(
    "comments commentlist commentslist cmts commentaires comentarios comentaris commenti kommentare kommentarer"
    " komentare komentarze komentari kommentit reacties yorumlar comentarii pingbacks trackbacks pings webmentions"
    " commentarea commentsarea thread pinglist trackbacklist"
)
_ABOUT = _ONE | _MANY
# What follows the word about comments.
_ITEM = set_of("item entry single row node post unit main level element root article media card child")
_WRAPPER = set_of("container wrapper wrap box block inner outer holder area highlight group")
_BODY = set_of(
    "content body text texte message msg txt inhalt texto testo tekst contenu contenido metni metin tresc conteudo"
    " contenuto szoveg innhold innehall"
)
_AUTHOR = set_of(
    "author auteur autor autore name user username fn nick nickname by poster commenter writer"
    " avtor yazar szerzo forfatter"
)
_DATE = set_of("date datetime time timestamp datum fecha tarih dato data published posted ago dateline")
_META = set_of("meta metadata info header head details vcard byline infos infobar kopf footer foot")
_LIST = set_of("list lists items thread threads children replies tree")
_CHROME = set_of(
    "reply replylink respond response form link button btn buttons actions action vote votes voting like likes dislike"
    " rating rate ratings karma share report flag abuse edit delete avatar gravatar icon count counter"
    " number num nr nav navigation pagination pager toggle policy notes notice rules more toolbar tools"
    " awaiting moderation permalink says login closed off none hidden anchor score cancel"
    " antwort antworten repondre responder controls options menu up down sr screen badge label"
)
# Before the word about comments: it is about comments and holds none, or those of other entries.
_NOT_HERE = set_of("recent latest teaser form respond no add leave post write new cancel submit show load hide")
# In names without a word about comments.
_BUTTONS = set_of(
    "like likes dislike dislikes vote votes voting upvote downvote karma rating ratings reply share report flag avatar"
    " gravatar actions buttons toolbar"
)
_DATE_ALONE = _DATE - {"posted", "data"}
_PEOPLE = set_of("author auteur autor autore user username benutzer usuario nick nickname commenter")
# Whole names without a word about comments.
_PLAIN: dict[str, Role] = {
    "fn": "author",
    "p-author": "author",
    "p-name": "author",
    "dt-published": "date",
    "published": "date",
    "submitted": "meta",
    "e-content": "body",
    "p-content": "body",
    "p-summary": "body",
    "user-generated": "body",
    "says": "chrome",
    "screen-reader-text": "chrome",
    "sr-only": "chrome",
    "visually-hidden": "chrome",
    "permalink": "chrome",
    "respond": "chrome",
    "rate": "chrome",
    "sharedaddy": "chrome",
    "edit-link": "chrome",
    "actions": "chrome",
    "links": "chrome",
    "signature": "chrome",
}
_NUMBERED = re.compile(rf"(?:[a-z]+[-_])??(?:{'|'.join(sorted(_ONE))})[-_]?(\d{{1,24}})", re.IGNORECASE)


def roles_of(names: str) -> frozenset[Role]:
    """The roles that the names in a class attribute or an id give an element; empty where they are about none."""
    return frozenset().union(*(_role_of(name) for name in names[:LONGEST].split()))


def number_of(identity: str) -> str | None:
    """The number in an id or fragment such as `comment-12`, `li-comment-12`, `c12`."""
    numbered = _NUMBERED.fullmatch(identity) if identity[-1:].isdigit() and len(identity) <= LONGEST else None
    return numbered[1] if numbered else None


def is_said(names: str) -> bool:
    """Whether a name is that of a comment's words and of no other's, as `comment-text` is."""
    return any("body" in _role_of(name) and name not in _PLAIN for name in names[:LONGEST].split())


@lru_cache(maxsize=4096)
def _role_of(name: str) -> frozenset[Role]:
    if plain := _PLAIN.get(name.lower()):
        return frozenset({plain})
    parts = [part.lower() for part in _PARTS.findall(name)]
    if _ABOUT.isdisjoint(parts):
        return _around(parts)
    at = max(place for place, part in enumerate(parts) if part in _ABOUT)
    if _NOT_HERE & set(parts[:at]):
        return frozenset()
    role = _named(parts[at], [part for part in parts[at + 1 :] if not part.isdigit()])
    return frozenset({role} if role else ())


def _named(word: str, rest: list[str]) -> Role | None:
    """What a name stands for: `word` is its last one about comments, `rest` comes after it."""
    if not rest:
        return "list" if word in _MANY else "response"
    while len(rest) > 1 and rest[-1] in _WRAPPER:
        rest = rest[:-1]
    last = rest[-1]
    tables: tuple[tuple[frozenset[str], Role], ...] = (
        (_CHROME, "chrome"),
        (_BODY, "list" if word in _MANY else "body"),
        (_AUTHOR, "author"),
        (_DATE, "date"),
        (_META, "meta"),
        (_LIST, "list"),
        (_ITEM, "response"),
        (_WRAPPER, "list" if word in _MANY else "wrapper"),
    )
    return next((role for words, role in tables if last in words), None)


def _around(parts: list[str]) -> frozenset[Role]:
    """What a name without a word about comments stands for in a response: `post-date`, `author-name`, `like-count`."""
    last = parts[-1] if parts else ""
    if not _BUTTONS.isdisjoint(parts):
        return frozenset({"chrome"})
    if last in _PEOPLE or (last == "name" and not _PEOPLE.isdisjoint(parts)):
        return frozenset({"author"})
    if last in _DATE_ALONE or last.endswith(("date", "time")):
        return frozenset({"date"})
    return frozenset({"meta"} if last in ("meta", "metadata") else ())
