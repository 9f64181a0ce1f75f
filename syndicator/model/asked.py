"""What was asked of us: subscriptions, publications, the site, and the limits of what may be done."""

from datetime import datetime, timedelta
from typing import Literal

from syndicator.model.credit import Credit, Original, Permit
from syndicator.model.noun import noun

CreditPosition = Literal["top", "end"]


@noun
class Permission:
    """A partner's word: `sentence` as recorded; `scope` what it grants; after `until` it counts as nothing."""

    sentence: str
    scope: tuple[Permit, ...] = ("excerpt", "verbatim")
    granted_by: str | None = None
    on: datetime | None = None
    until: datetime | None = None


@noun
class Filter:
    """What tells entries apart: categories and authors by their whole name, languages by tag ("en" means en-GB too),
    words wherever they stand in title and text.
    """

    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@noun
class Terms:
    """What a partner asks of who publishes its texts; the defaults ask for nothing.

    In `credit_line`, words without markup, and in `counter_pixel`, an address, names in braces stand for facts of the
    entry; in an Entry they are filled in, and `footer` (HTML) is clean. A `credit_position` wins over that of the
    publication. With the `images` "link" none is shown and each linked to; with "copy" those are shown that we have
    copies of, from our own folder. `canonical` is None where that address is
    the one at which the text came out first; "original" is that of the work, also of a translation of it.
    """

    credit_line: str | None = None
    credit_position: CreditPosition | None = None
    images: Literal["keep", "copy", "link"] = "keep"
    keep_links: bool = True
    counter_pixel: str | None = None
    canonical: Literal["original", "here"] | None = None
    footer: str | None = None


@noun
class Subscription:
    """An upstream feed that the configuration names.

    Only entries that meet every list of `keep` and no list of `drop` come in.
    """

    name: str
    url: str
    every: timedelta = timedelta(hours=1)
    language: str | None = None
    licence: str | None = None
    permission: Permission | None = None
    full_text: Literal["auto", "always", "never"] = "auto"
    publish: Literal["auto", "review"] = "auto"
    keep: Filter = Filter()
    drop: Filter = Filter()
    terms: Terms = Terms()


@noun
class Publication:
    """A feed that we republish; subscriptions in order of precedence. `languages` are those of its entries ("en" means
    en-GB too); none means all. `comments`: names and texts of commenters are published; `corrections`: an entry says
    when its words were changed after we first had it; `credit_position`: where the credits stand.
    """

    name: str
    title: str
    subscriptions: tuple[str, ...]
    language: str | None = None
    limit: int = 50
    languages: tuple[str, ...] = ()
    comments: bool = False
    corrections: bool = False
    credit_position: CreditPosition = "end"


@noun
class Override:
    """An editor's word on one entry, whose URL or id is `entry`; `file` is the name of the file that holds it.

    What is None stays as it was read. `roles` are those whose credits it states, `credits` who has them (perhaps
    nobody); `original` wins field by field, and with `no_original` the entry comes from nowhere else. Evidence is in
    the credits already.
    """

    file: str
    entry: str
    why: str
    withdraw: bool = False
    title: str | None = None
    language: str | None = None
    licence: str | None = None
    original: Original | None = None
    no_original: bool = False
    roles: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


@noun
class TranslationFile:
    """A translation that an editor wrote into `file`: `of` is the URL or id of the entry it was made from.

    `credits` are the translators and who reviewed their work; `reviewed` ends the day on which a human last compared it
    with the original; `markup` is not cleaned. `digest` is that of the file's bytes.
    """

    file: str
    of: str
    language: str
    title: str
    credits: tuple[Credit, ...]
    markup: str
    digest: str
    reviewed: datetime | None = None


@noun
class Mistake:
    """What is wrong with one file of an editor: `subject` is the file and key, `why` the value found and what was
    expected, `hint` what to do now.
    """

    subject: str
    why: str
    hint: str


@noun
class Site:
    """Where and as whom we publish; `base_url` without a trailing slash."""

    base_url: str
    title: str
    contact: str = ""
    hubs: tuple[str, ...] = ()


@noun
class FetchPolicy:
    """Limits of the HTTP door: sizes in bytes, times in seconds. `pause` is that between two pages of a host."""

    user_agent: str
    allow_private_networks: bool = False
    max_wire_bytes: int = 10_000_000
    max_decoded_bytes: int = 10_000_000
    timeout: float = 30.0
    max_redirects: int = 5
    pause: float = 1.0


@noun
class SandboxPolicy:
    """Limits of one hop: `deadline` in seconds, `memory` in bytes."""

    workers: int = 2
    deadline: float = 2.0
    patience: float = 10.0
    memory: int = 512 * 1024 * 1024
