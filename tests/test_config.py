"""What a configuration says, what may stand in the environment instead, and how a mistake is named."""

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from syndicator import __version__
from syndicator.config import Config, Log, Server, judged, load, reference, why_no_address
from syndicator.errors import ConfigError
from syndicator.model import FetchPolicy, Permission, Publication, SandboxPolicy, Site, Subscription, Terms

ROOT = Path(__file__).resolve().parents[1]

SITE = """
[site]
base_url = "https://feeds.example.org"
title = "Feeds"
"""
FERRY = """
[subscriptions.night-ferry]
url = "https://ferry.example/feed/"
"""
PORT = """
[publications.port]
title = "The port"
subscriptions = ["night-ferry"]
"""


@pytest.fixture
def read(tmp_path):
    """A function that loads TOML text, with variables of the environment by keyword."""

    def read(text: str, **environ: str) -> Config:
        (tmp_path / "syndicator.toml").write_text(text, encoding="utf-8")
        return load(tmp_path / "syndicator.toml", environ)

    return read


@pytest.fixture
def refused(read, tmp_path):
    """A function that gives the message about TOML text that is refused, the file called FILE."""

    def refused(text: str, **environ: str) -> str:
        with pytest.raises(ConfigError) as caught:
            read(text, **environ)
        return str(caught.value).replace(str(tmp_path / "syndicator.toml"), "FILE")

    return refused


# ── what a file means ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_site_is_all_that_a_file_must_have(read, tmp_path):
    assert read(SITE) == Config(
        path=tmp_path / "syndicator.toml",
        site=Site(base_url="https://feeds.example.org", title="Feeds"),
        server=Server(host="127.0.0.1", port=8080),
        store_url=f"sqlite:///{tmp_path}/var/syndicator.db",
        output=tmp_path / "var/public",
        fetch=FetchPolicy(user_agent=f"syndicator/{__version__} (+https://feeds.example.org)"),
        sandbox=SandboxPolicy(),
        log=Log(level="info", format="auto"),
        concurrency=8,
        plugins=(),
        subscriptions={},
        publications={},
    )


def test_the_small_example_follows_one_feed_and_publishes_one():
    config = load(ROOT / "config/syndicator.toml", {})
    assert config.subscriptions == {
        "lighthouse": Subscription(
            name="lighthouse", url="https://lighthouse.example/feed/", language="en", licence="CC-BY-SA-4.0"
        )
    }
    assert config.publications == {
        "english": Publication(
            name="english", title="Translated for you", subscriptions=("lighthouse",), language="en", limit=50
        )
    }
    assert config.fetch.user_agent == f"syndicator/{__version__} (+https://feeds.example.org; feeds@example.org)"


def test_a_subscription_that_gives_only_its_address_has_the_defaults_of_the_model(read):
    assert read(SITE + FERRY).subscriptions == {
        "night-ferry": Subscription(name="night-ferry", url="https://ferry.example/feed/")
    }


def test_a_publication_may_wait_for_its_first_subscription(read):
    assert read(SITE + PORT.replace('["night-ferry"]', "[]")).publications["port"].subscriptions == ()


def test_a_feed_may_stand_in_two_publications(read):
    quay = PORT.replace("publications.port", "publications.quay").replace("The port", "The quay")
    config = read(SITE + FERRY + PORT + quay)
    assert [publication.subscriptions for publication in config.publications.values()] == [("night-ferry",)] * 2


@pytest.mark.parametrize(
    ("text", "span"),
    [("90s", timedelta(seconds=90)), ("15m", timedelta(minutes=15)), ("1h", timedelta(hours=1)), ("2d", timedelta(2))],
)
def test_durations_are_a_number_and_a_unit(read, text, span):
    assert read(f'{SITE}{FERRY}every = "{text}"').subscriptions["night-ferry"].every == span


@pytest.mark.parametrize(
    ("value", "count"), [('"64kB"', 64_000), ('"2MiB"', 2_097_152), ('"1GB"', 10**9), ("5000", 5000)]
)
def test_sizes_are_a_number_of_bytes_with_or_without_a_unit(read, value, count):
    assert read(f"{SITE}[fetch]\nmax_wire_bytes = {value}").fetch.max_wire_bytes == count


def test_a_site_address_loses_its_trailing_slash(read):
    assert read(SITE.replace("example.org", "example.org/feeds/")).site.base_url == "https://feeds.example.org/feeds"


@pytest.mark.parametrize("key", ["licence", "license"])
def test_a_licence_may_be_spelled_either_way(read, key):
    assert read(f'{SITE}{FERRY}{key} = "CC-BY-4.0"').subscriptions["night-ferry"].licence == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("value", "permission"),
    [
        ('"letter of 3 May"', Permission(sentence="letter of 3 May", scope=("excerpt", "verbatim"))),
        (
            '{from = "Ada", on = 2026-05-03, until = 2027-05-03, scope = ["verbatim", "translate"]}',
            Permission(
                sentence="granted by Ada on 2026-05-03",
                scope=("verbatim", "translate"),
                granted_by="Ada",
                on=datetime(2026, 5, 3, tzinfo=UTC),
                until=datetime.combine(date(2027, 5, 3), time.max, UTC),
            ),
        ),
        (
            '{sentence = "for a year", until = 2027-05-03}',
            Permission(sentence="for a year", until=datetime.combine(date(2027, 5, 3), time.max, UTC)),
        ),
    ],
    ids=["a sentence", "a table, its last day counted whole", "a sentence with an end"],
)
def test_a_permission_is_a_sentence_or_a_table(read, value, permission):
    assert read(f"{SITE}{FERRY}permission = {value}").subscriptions["night-ferry"].permission == permission


def test_a_partners_terms_are_a_table_of_its_subscription(read):
    terms = """[subscriptions.night-ferry.terms]
credit_line = " By {author}, {date}: {title} ({url}) "
credit_position = "top"
images = "link"
keep_links = false
counter_pixel = "https://count.example/p.gif?u={url}&i={id}"
canonical = "original"
footer = '''
<p>Join <a href="https://ferry.example/join">us</a>.</p>
'''"""
    assert read(SITE + FERRY + terms).subscriptions["night-ferry"].terms == Terms(
        credit_line="By {author}, {date}: {title} ({url})",
        credit_position="top",
        images="link",
        keep_links=False,
        counter_pixel="https://count.example/p.gif?u={url}&i={id}",
        canonical="original",
        footer='<p>Join <a href="https://ferry.example/join">us</a>.</p>',
    )


def test_a_publication_says_where_its_credits_stand(read):
    config = read(f'{SITE}{FERRY}{PORT}credit_position = "top"')
    assert config.publications["port"].credit_position == "top"


def test_relative_paths_count_from_the_files_folder_wherever_the_program_is_started(tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/syndicator.toml").write_text(SITE)
    monkeypatch.chdir(tmp_path)
    config = load(Path("site/syndicator.toml"), {"SYNDICATOR_OUTPUT__DIRECTORY": "public"})
    assert config.output == tmp_path / "site/public"
    assert config.store_url == f"sqlite:///{tmp_path}/site/var/syndicator.db"


@pytest.mark.parametrize("url", ["sqlite:////srv/feeds.db", "postgresql://ada:pass@db.example/feeds"])
def test_absolute_store_addresses_are_taken_as_they_are(read, url):
    assert read(f'{SITE}[store]\nurl = "{url}"').store_url == url


def test_a_file_may_begin_with_a_byte_order_mark(read):
    assert read("\ufeff" + SITE).site.title == "Feeds"


def test_a_configuration_pickles_and_does_not_show_the_stores_password(read):
    config = read(f'{SITE}[store]\nurl = "postgresql://ada:hunter2@db.example/feeds"')
    assert pickle.loads(pickle.dumps(config)) == config
    assert "hunter2" not in repr(config)


# ── the environment ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_environment_wins_over_the_file(read):
    config = read(
        SITE + FERRY + PORT,
        SYNDICATOR_SITE__TITLE="Quayside",
        SYNDICATOR_SERVER__PORT="0",
        SYNDICATOR_FETCH__ALLOW_PRIVATE_NETWORKS="true",
        SYNDICATOR_SITE__HUBS="https://hub.example/, https://other.example/",
        SYNDICATOR_SUBSCRIPTIONS__NIGHT_FERRY__URL="https://ferry.example/atom",
        SYNDICATOR_SUBSCRIPTIONS__NIGHT_FERRY__PERMISSION__FROM="Ada",
        SYNDICATOR_SUBSCRIPTIONS__NIGHT_FERRY__TERMS__KEEP_LINKS="false",
        SYNDICATOR_PUBLICATIONS__PORT__LIMIT="7",
    )
    assert (config.site.title, config.server.port, config.fetch.allow_private_networks) == ("Quayside", 0, True)
    assert config.site.hubs == ("https://hub.example/", "https://other.example/")
    assert config.subscriptions["night-ferry"].url == "https://ferry.example/atom"
    assert config.subscriptions["night-ferry"].permission == Permission(sentence="granted by Ada", granted_by="Ada")
    assert config.subscriptions["night-ferry"].terms == Terms(keep_links=False)
    assert config.publications["port"].limit == 7


def test_the_environments_licence_replaces_the_files_license(read):
    config = read(f'{SITE}{FERRY}license = "CC0-1.0"', SYNDICATOR_SUBSCRIPTIONS__NIGHT_FERRY__LICENCE="CC-BY-4.0")
    assert config.subscriptions["night-ferry"].licence == "CC-BY-4.0"


def test_a_secret_may_stand_in_a_file_that_the_environment_names(read, tmp_path):
    (tmp_path / "secret").write_text("postgresql://ada:hunter2@db.example/feeds\n")
    config = read(SITE, SYNDICATOR_STORE__URL_FILE=str(tmp_path / "secret"))
    assert config.store_url == "postgresql://ada:hunter2@db.example/feeds"


def test_variables_that_are_no_settings_are_left_alone(read):
    environ = {"SYNDICATOR_CONFIG": "x", "SYNDICATOR_TEST_PROGRAMS": "y", "SYNDICATOR_TEST_A__B": "z", "HOME__X": ""}
    assert read(SITE, **environ) == read(SITE)


KUBERNETES = {
    "SYNDICATOR_SERVICE_HOST": "10.0.0.11",
    "SYNDICATOR_SERVICE_PORT": "8080",
    "SYNDICATOR_SERVICE_PORT_HTTP": "8080",
    "SYNDICATOR_PORT": "tcp://10.0.0.11:8080",
    "SYNDICATOR_PORT_8080_TCP": "tcp://10.0.0.11:8080",
    "SYNDICATOR_PORT_8080_TCP_ADDR": "10.0.0.11",
    "SYNDICATOR_PORT_8080_TCP_PROTO": "tcp",
}


def test_what_kubernetes_sets_for_a_service_of_our_name_is_left_alone(read):
    assert read(SITE, **KUBERNETES) == read(SITE)


@pytest.mark.parametrize(
    ("variable", "advice"),
    [
        ("SYNDICATOR_SERVER", "the nearest known one is SYNDICATOR_SERVER__PORT"),
        ("SYNDICATOR_PORT", "the nearest known one is SYNDICATOR_SERVER__PORT"),
        ("SYNDICATOR_LOG_LEVEL", "the nearest known one is SYNDICATOR_LOG__LEVEL"),
        ("SYNDICATOR_CONFG", "the nearest known one is SYNDICATOR_CONFIG"),
        ("SYNDICATOR_NONSENSE", "settings are SYNDICATOR_SECTION__KEY"),
        ("SYNDICATOR_SUBSCRIPTIONS__NIGHT_FERRY__LICENS", "is SYNDICATOR_SUBSCRIPTIONS__NIGHT_FERRY__LICENCE"),
    ],
)
def test_a_variable_that_begins_as_a_setting_must_be_one(refused, variable, advice):
    assert f"environment: {variable}: no such setting, " in refused(SITE + FERRY, **{variable: "1"})
    assert advice in refused(SITE + FERRY, **{variable: "1"})


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        (
            {"SYNDICATOR_FETCH__TIMOUT": "3s"},
            "SYNDICATOR_FETCH__TIMOUT: no such setting, the nearest known one is SYNDICATOR_FETCH__TIMEOUT\n",
        ),
        (
            {"SYNDICATOR_SUBSCRIPTIONS__NIGHT_FERY__URL": "https://ferry.example/"},
            "no such setting, the nearest known one is SYNDICATOR_SUBSCRIPTIONS__NIGHT_FERRY__URL",
        ),
        (
            {"SYNDICATOR_SERVER__PORT": "http"},
            "environment: SYNDICATOR_SERVER__PORT: 'http', expected a port from 0 to 65535",
        ),
        (
            {"SYNDICATOR_STORE__URL_FILE": "absent"},
            "environment: SYNDICATOR_STORE__URL_FILE: 'absent', expected a readable file of text",
        ),
        (
            {"SYNDICATOR_SITE__TITLE": "a", "SYNDICATOR_SITE__TITLE_FILE": "syndicator.toml"},
            "environment: SYNDICATOR_SITE__TITLE_FILE: said twice, also by SYNDICATOR_SITE__TITLE",
        ),
        (
            {"SYNDICATOR_STORE__URL_FILE": "syndicator.toml"},
            "environment: SYNDICATOR_STORE__URL_FILE: the content of the file, expected sqlite:///PATH or postgresql",
        ),
    ],
    ids=["unknown key", "unknown name", "bad value", "absent file", "said twice", "bad secret, not shown"],
)
def test_a_mistake_in_the_environment_names_the_variable(refused, environ, message):
    assert message in refused(SITE + FERRY, **environ)


# ── mistakes ─────────────────────────────────────────────────────────────────────────────────────────────────────


MISTAKES = [
    (SITE + 'titel = "x"', "FILE: site.titel: unknown key, the nearest known one is title"),
    (SITE + "[sevrer]\nport = 1", "FILE: sevrer: unknown key, the nearest known one is server"),
    (SITE + "[log]\nzzz = 1", "FILE: log.zzz: unknown key, known are format, level"),
    (
        f'{SITE}{FERRY}licens = "CC0-1.0"',
        "FILE: subscriptions.night-ferry.licens: unknown key, the nearest known one is licence\n",
    ),
    (
        f'{SITE}{FERRY}permission = {{form = "Ada"}}',
        "FILE: subscriptions.night-ferry.permission.form: unknown key, the nearest known one is from",
    ),
    (
        f'{SITE}{FERRY}licence = "MIT"\nlicense = "MIT"',
        "FILE: subscriptions.night-ferry.license: said twice, expected licence or license, not both",
    ),
    ('[site]\ntitle = "x"', "FILE: site.base_url: missing, expected an http:// or https:// address in ASCII"),
    ("", "FILE: site: missing, expected a table"),
    ("site = 3", "FILE: site: 3, expected a table"),
    (SITE + "[server]\nport = 70000", "FILE: server.port: 70000, expected a port from 0 to 65535"),
    (SITE + "[server]\nport = true", "FILE: server.port: true, expected a port from 0 to 65535"),
    (SITE + '[fetch]\ntimeout = "30"', "FILE: fetch.timeout: '30', expected a duration such as 90s, 15m, 1h or 2d"),
    (SITE + '[fetch]\nmax_wire_bytes = "5kb"', "FILE: fetch.max_wire_bytes: '5kb', expected a size such as 10MB"),
    (SITE + '[store]\nurl = "sqlite://"', "FILE: store.url: 'sqlite://', expected sqlite:///PATH or postgresql://"),
    (SITE + '[store]\nurl = "mysql://a:b@c/d"', "FILE: store.url: 'mysql://***@c/d', expected sqlite:///PATH"),
    (SITE.replace("https", "gopher"), "FILE: site.base_url: 'gopher://feeds.example.org', expected an http://"),
    (f'{SITE}contact = "Ada (editor)"', "FILE: site.contact: 'Ada (editor)', expected an e-mail or web address"),
    (f'{SITE}hubs = ["x"]', "FILE: site.hubs.0: 'x', expected a list of web addresses"),
    (f'{SITE}{FERRY}every = "59s"', "night-ferry.every: '59s', expected a duration of at least 1m"),
    (f'{SITE}{FERRY}language = "en_GB"', "night-ferry.language: 'en_GB', expected a language tag such as en"),
    (f'{SITE}{FERRY}licence = "CC BY"', "night-ferry.licence: 'CC BY', expected an SPDX id such as CC-BY-SA-4.0"),
    (f'{SITE}{FERRY}terms.images = "hide"', "night-ferry.terms.images: 'hide', expected keep, copy or link"),
    (f'{SITE}{FERRY}terms.credit_position = "bottom"', "terms.credit_position: 'bottom', expected top or end"),
    (f'{SITE}{FERRY}terms.canonical = "https://a.example/"', "'https://a.example/', expected original or here"),
    (
        f'{SITE}{FERRY}terms.credit_line = "By {{name}}"',
        "'By {name}', expected one line of text without HTML; {author},",
    ),
    (
        f'{SITE}{FERRY}terms.credit_line = "<b>By us</b>"',
        "terms.credit_line: '<b>By us</b>', expected one line of text",
    ),
    (
        f'{SITE}{FERRY}terms.counter_pixel = "http://a.example/"',
        "'http://a.example/', expected the https:// address of a",
    ),
    (f'{SITE}{FERRY}terms.counter_pixel = "https://a.example/{{slug}}"', "{slug}', expected the https:// address of a"),
    (
        f"{SITE}{FERRY}terms.footer = '<script src=\"x\"></script>'",
        "terms.footer: '<script src=\"x\"></script>', expected",
    ),
    (f"{SITE}{FERRY}terms.footer = ''", "night-ferry.terms.footer: '', expected text, or simple HTML without pictures"),
    (f'{SITE}{FERRY}terms.credit = "x"', "night-ferry.terms.credit: unknown key, the nearest known one is credit_line"),
    (f'{SITE}{FERRY}{PORT}credit_position = "middle"', "port.credit_position: 'middle', expected top or end"),
    (f'{SITE}{FERRY}publish = "no"', "night-ferry.publish: 'no', expected auto or review"),
    (f"{SITE}{FERRY}permission = {{}}", "night-ferry.permission: a table, expected one sentence, or a table with"),
    (f'{SITE}{FERRY}permission = ""', "night-ferry.permission.sentence: '', expected one line of text"),
    (SITE + FERRY.replace("night-ferry", '"Night ferry"'), "'Night ferry', expected a name of a-z, 0-9 and -"),
    (f"{SITE}{FERRY}{PORT}limit = 1001", "publications.port.limit: 1001, expected a whole number from 1 to 1000"),
    (
        SITE + FERRY + PORT.replace('["night-ferry"]', "3"),
        "publications.port.subscriptions: 3, expected a list of subscriptions' names",
    ),
    (
        SITE + FERRY + PORT.replace('["night-ferry"]', '["night-fery"]'),
        "FILE: publications.port.subscriptions: 'night-fery', expected a subscription; "
        "the nearest known one is night-ferry",
    ),
    (SITE + "every = 1h", "FILE: line 5: Expected newline"),
    (SITE + 'broken = "', "FILE: line 5: Unterminated string, expected TOML"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES, ids=[message for _, message in MISTAKES])
def test_a_mistake_is_named_with_file_key_value_and_what_was_expected(refused, text, message):
    assert message in refused(text)


def test_all_mistakes_are_told_at_once_and_what_to_do(refused):
    text = f'{SITE}titel = "x"\n[server]\nport = "high"\n{PORT}'
    assert refused(text, SYNDICATOR_LOG__LEVEL="loud").splitlines() == [
        "configuration refused: FILE: site.titel: unknown key, the nearest known one is title",
        "also: FILE: server.port: 'high', expected a port from 0 to 65535",
        "also: environment: SYNDICATOR_LOG__LEVEL: 'loud', expected debug, info, warning or error",
        "also: FILE: publications.port.subscriptions: 'night-ferry', expected a subscription; known are none",
        "hint: mend this, then run: syndicator check",
    ]


def test_a_file_that_is_not_there_says_how_to_make_one(tmp_path):
    with pytest.raises(ConfigError, match="there is no such file\nhint: make one with: syndicator init"):
        load(tmp_path / "absent.toml", {})


def test_what_cannot_be_read_is_refused_with_a_hint(tmp_path):
    (tmp_path / "picture").write_bytes(b"\x89PNG")
    for path, why in (
        (tmp_path, "cannot be read: Is a directory\nhint: name the file: syndicator --config .*/syndicator.toml"),
        (tmp_path / "picture/below", "cannot be read: Not a directory\nhint: check the path and its rights"),
        (tmp_path / "picture", "line 1: not UTF-8, expected TOML in UTF-8\nhint: save it as UTF-8"),
    ):
        with pytest.raises(ConfigError, match=why):
            load(path, {})


def test_broken_toml_has_a_hint(refused):
    assert refused(SITE + "every = 1h").endswith("; then run: syndicator check")


# ── before something is written ──────────────────────────────────────────────────────────────────────────────────


def test_a_text_is_judged_as_if_it_stood_in_the_file(tmp_path):
    path = tmp_path / "absent.toml"
    assert judged(SITE, path, {"SYNDICATOR_SITE__TITLE": "Quayside"}).site.title == "Quayside"
    with pytest.raises(ConfigError, match=f"{path}: server.port: 'x', expected a port"):
        judged(f"{SITE}[server]\nport = 'x'", path, {})


@pytest.mark.parametrize("url", ["https://ferry.example/feed/", "http://[::1]:8080/a", "https://fähre.example/ä"])
def test_an_address_is_judged_as_that_of_a_subscription_is(url, read):
    assert why_no_address(url) is None
    assert read(f'{SITE}[subscriptions.a]\nurl = "{url}"').subscriptions["a"].url == url


NO_ADDRESSES = [
    "",
    "http://[::1",
    "javascript:alert(1)",
    "ftp://a.example/",
    "/feed",
    "https://a.example/b c",
    "http://a:99999/",
]


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_what_is_no_address_says_what_was_expected(url, refused):
    why = why_no_address(url)
    assert why == "expected an http:// or https:// address"
    assert f"subscriptions.a.url: '{url}', {why}" in refused(f'{SITE}[subscriptions.a]\nurl = "{url}"')


# ── the reference ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (reference.TOML, reference.full_toml),
        (reference.PAGE, reference.settings_page),
        (reference.FILES_PAGE, reference.files_page),
    ],
)
def test_the_generated_files_are_up_to_date(path, text):
    assert (ROOT / path).read_text(encoding="utf-8") == text(), "run ./run.sh docs"


def test_the_full_example_loads_and_has_the_defaults(read, tmp_path):
    full = load(ROOT / reference.TOML, {})
    short = read(
        f"{SITE.replace('Feeds', 'Feeds of the Example Collective')}"
        '[subscriptions.lighthouse]\nurl = "https://lighthouse.example/feed/"\n'
        '[publications.english]\ntitle = "Translated for you"\nsubscriptions = ["lighthouse"]'
    )
    moved = {"path": full.path, "output": full.output, "store_url": full.store_url}
    assert replace(short, **moved) == full


def test_the_full_example_loads_with_every_optional_key_uncommented(read):
    text = reference.full_toml()
    optional = [line for line in text.splitlines() if line.startswith("# permission = ")]
    for line in text.splitlines():
        is_key = line.startswith("# ") and (" = " in line or line.startswith("# ["))
        if is_key and line not in optional:
            text = text.replace(f"\n{line}\n", f"\n{line[2:]}\n")
    permission = read(text).subscriptions["lighthouse"].permission
    assert permission.sentence == "letter of 3 May 2026 from the editors"
