"""The settings that exist: one pydantic model for each table of the file, with default and description of each key.

The descriptions become the reference (`reference.py`). This module must not read files or the environment.
"""

from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from syndicator.config import values
from syndicator.config.values import Expected
from syndicator.model import Permit

_FULL_TEXT = Literal["auto", "always", "never"]
_PUBLISH = Literal["auto", "review"]
_POSITION = Literal["top", "end"]
_IMAGES = Literal["keep", "copy", "link"]
_CANONICAL = Literal["original", "here"]
_LEVEL = Literal["debug", "info", "warning", "error"]
_FORMAT = Literal["auto", "text", "json"]


def _sentence(value: object) -> object:
    return {"sentence": value} if isinstance(value, str) else value


class Table(BaseModel):
    """A table of the file: keys that it does not know are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


class SiteTable(Table):
    """Where and as whom we publish."""

    base_url: values.SiteAddress = Field(
        description="the address under which the published files are reached",
        examples=["https://feeds.example.org"],
    )
    title: values.Line = Field(
        description="the name of the site that publishes", examples=["Feeds of the Example Collective"]
    )
    contact: values.Contact = Field(default="", description="who runs this; upstream servers see it in the User-Agent")
    hubs: values.WebAddresses = Field(default=(), description="WebSub hubs that are told when a publication changes")


class ServerTable(Table):
    """The built-in web server."""

    host: values.Line = Field(default="127.0.0.1", description="the address to listen on")
    port: values.Port = Field(default=8080, description="the port to listen on; 0 takes a free one")


class StoreTable(Table):
    """Where entries and the state of the subscriptions are kept."""

    url: values.StoreAddress = Field(
        default="sqlite:///var/syndicator.db", description="sqlite:///PATH, or postgresql://USER:PASSWORD@HOST/DATABASE"
    )


class OutputTable(Table):
    """Where the published files are written."""

    directory: values.Line = Field(default="var/public", description="the folder of the published files")


class FetchTable(Table):
    """Limits of every request to an upstream server."""

    allow_private_networks: values.Flag = Field(
        default=False, description="whether addresses of this machine and its local network may be fetched"
    )
    timeout: values.Duration = Field(default=timedelta(seconds=30), description="the longest a whole request may take")
    max_wire_bytes: values.Size = Field(default=10_000_000, description="the largest body, as sent")
    max_decoded_bytes: values.Size = Field(default=10_000_000, description="the largest body, decompressed")
    max_redirects: values.Few = Field(default=5, description="how many redirects are followed")


class SandboxTable(Table):
    """Limits of the processes that read what upstream sends."""

    workers: values.Count = Field(default=2, description="how many processes")
    deadline: values.Duration = Field(default=timedelta(seconds=2), description="the longest one task may take")
    patience: values.Duration = Field(
        default=timedelta(seconds=10), description="the longest a feed may take, entry by entry, after its task died"
    )
    memory: values.Size = Field(default=512 * 2**20, description="the most memory a process may have")


class DaemonTable(Table):
    """The scheduled worker."""

    concurrency: values.Count = Field(default=8, description="how many subscriptions are polled at a time")


class LogTable(Table):
    """What the program tells while it works."""

    level: Annotated[_LEVEL, Expected("debug, info, warning or error")] = Field(
        default="info", description="the least severe message that is shown"
    )
    format: Annotated[_FORMAT, Expected("auto, text or json")] = Field(
        default="auto", description="text, json, or auto: text on a terminal, JSON otherwise"
    )


class PluginsTable(Table):
    """Code of others that takes part."""

    enabled: values.Names = Field(default=(), description="the plugins that run, in this order")


class PermissionTable(Table):
    """A partner's word. One of sentence and from is needed; a sentence may also stand instead of the table."""

    sentence: values.Line | None = Field(
        default=None, description="the permission in words", examples=["letter of 3 May 2026 from the editors"]
    )
    granted_by: values.Line | None = Field(
        default=None, alias="from", description="who gave it", examples=["the editors of the Lighthouse"]
    )
    on: Annotated[date | None, Expected("a date such as 2026-05-03")] = Field(
        default=None, description="the day it was given", examples=[date(2026, 5, 3)]
    )
    scope: Annotated[
        tuple[Permit, ...],
        Field(min_length=1),
        BeforeValidator(values.words),
        Expected("a list of excerpt, verbatim, translate, commercial"),
    ] = Field(default=("excerpt", "verbatim"), description="what it grants: excerpt, verbatim, translate, commercial")
    until: Annotated[date | None, Expected("a date such as 2027-05-03")] = Field(
        default=None, description="the last day on which it counts", examples=[date(2027, 5, 3)]
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.sentence or self.granted_by):
            raise ValueError("neither sentence nor from")
        return self


class FilterTable(Table):
    """What tells entries apart. Each list may stay empty; nothing depends on upper and lower case."""

    categories: values.Names = Field(default=(), description="categories, by their whole name")
    authors: values.Names = Field(default=(), description="authors, by their whole name")
    languages: values.Languages = Field(default=(), description="languages; en means en-GB too")
    words: Annotated[values.Names, Expected("a list of words")] = Field(
        default=(), description="words or phrases, found as whole words in title and text"
    )


class KeepTable(FilterTable):
    """Only entries that meet every list here come in; one member of a list is enough."""


class DropTable(FilterTable):
    """Entries that have any member of any list here stay out."""


class TermsTable(Table):
    """What a partner asks of who publishes its texts. Keys that stand here win over those of a publication."""

    credit_line: values.CreditLine | None = Field(
        default=None,
        description="a line of the partner's own words, linked to the article, beside our credits",
        examples=["This article by {author} was first published by the Lighthouse."],
    )
    credit_position: Annotated[_POSITION | None, Expected("top or end")] = Field(
        default=None, description="where this line and our credits stand: top or end of the text", examples=["top"]
    )
    images: Annotated[_IMAGES, Expected("keep, copy or link")] = Field(
        default="keep",
        description="keep shows pictures where the text has them, from the partner's server; copy shows copies that we "
        "keep; link shows none and links to each",
    )
    keep_links: values.Flag = Field(
        default=True, description="whether the links in the text stay; never touched where the licence forbids changes"
    )
    counter_pixel: values.CounterPixel | None = Field(
        default=None,
        description="a picture by which the partner counts readers, below each whole text",
        examples=["https://lighthouse.example/count.gif?article={url}"],
    )
    canonical: Annotated[_CANONICAL | None, Expected("original or here")] = Field(
        default=None,
        description="the address that our page gives to search engines: original, also for a translation, or here; "
        "otherwise where the text came out first",
        examples=["original"],
    )
    footer: values.Markup | None = Field(
        default=None,
        description="the partner's words below each whole text; links and emphasis may be HTML",
        examples=["The Lighthouse is a magazine of the coast."],
    )


class SubscriptionTable(Table):
    """An upstream feed. NAME is yours to choose: a-z, 0-9 and -."""

    url: values.WebAddress = Field(description="the feed's address", examples=["https://lighthouse.example/feed/"])
    every: values.Rhythm = Field(default=timedelta(hours=1), description="how often it is polled, if upstream allows")
    language: values.Language | None = Field(
        default=None, description="its language, where neither feed nor entry says", examples=["en"]
    )
    licence: values.LicenceName | None = Field(
        default=None,
        validation_alias=AliasChoices("licence", "license"),
        description="its licence, where nothing upstream states one: an SPDX id or a web address",
        examples=["CC-BY-SA-4.0"],
    )
    permission: Annotated[
        PermissionTable | None,
        BeforeValidator(_sentence),
        Expected("one sentence, or a table with sentence or from, and on, scope, until"),
    ] = Field(
        default=None,
        description="a permission as one sentence, or as the table below",
        examples=["letter of 3 May 2026 from the editors"],
    )
    full_text: Annotated[_FULL_TEXT, Expected("auto, always or never")] = Field(
        default="auto",
        description="whether the page is read too: auto (where the feed has summaries only), always, never",
    )
    publish: Annotated[_PUBLISH, Expected("auto or review")] = Field(
        default="auto",
        description="auto publishes what the licence permits; with review entries wait: queue, publish, hold",
    )
    keep: KeepTable = Field(default=KeepTable(), description="which entries come in: the table below")
    drop: DropTable = Field(default=DropTable(), description="which entries stay out: the table below that")
    terms: TermsTable = Field(default=TermsTable(), description="what the partner asks for: the last table below")


class PublicationTable(Table):
    """A feed that we publish. NAME is the folder of its files: a-z, 0-9 and -."""

    title: values.Line = Field(description="its title", examples=["Translated for you"])
    subscriptions: Annotated[values.Names, Expected("a list of subscriptions' names")] = Field(
        description="where its entries come from; of equal entries the first subscription's is shown",
        examples=[["lighthouse"]],
    )
    language: values.Language | None = Field(
        default=None, description="the language its credits are said in", examples=["en"]
    )
    limit: values.Count = Field(
        default=50,
        description="how many entries it shows, newest first: up to twice as many, then the older half is archived",
    )
    languages: values.Languages = Field(
        default=(), description="the languages of the entries that it shows; none means all, en means en-GB too"
    )
    comments: values.Flag = Field(
        default=False,
        description="whether comments are published with their writers' names and texts; else only counted",
    )
    corrections: values.Flag = Field(
        default=False, description="whether an entry whose words upstream changed later says so, with the day"
    )
    credit_position: Annotated[_POSITION, Expected("top or end")] = Field(
        default="end", description="where the credits stand: top or end of the text, unless a partner's terms say"
    )


class File(Table):
    """The whole file."""

    site: SiteTable
    server: ServerTable = ServerTable()
    store: StoreTable = StoreTable()
    output: OutputTable = OutputTable()
    fetch: FetchTable = FetchTable()
    sandbox: SandboxTable = SandboxTable()
    daemon: DaemonTable = DaemonTable()
    log: LogTable = LogTable()
    plugins: PluginsTable = PluginsTable()
    subscriptions: dict[values.Name, SubscriptionTable] = {}
    publications: dict[values.Name, PublicationTable] = {}
