"""The demo: a sample network of three invented sites, and a configuration that follows it.

`server.open_network` serves the network on loopback; `configuration` writes the syndicator.toml that subscribes to it;
`play` puts both together with the real daemon, `relay` puts three installations in a row. Between them the three sites
show each case of the gate: Tidewater has given a permission, Mole's feed states a licence (and one of its entries a
stricter one), Leuchtfeuer states nothing.
This module must not start anything.
"""

import json
from collections.abc import Mapping
from pathlib import Path

_CONFIGURATION = """\
[site]
base_url = "http://127.0.0.1:{port}"
title = "The Harbour Relay"
contact = "editors@relay.example"

[server]
host = "127.0.0.1"
port = {port}

[store]
url = {store}

[output]
directory = {output}

[fetch]
allow_private_networks = true      # the sample network is on this machine

# A permission: the editors wrote to us, so the whole text goes out.
[subscriptions.tidewater]
url = "{origin}/tidewater/feed/"
every = "1m"
permission = "letter of 3 March 2025 from the editors of Tidewater: reprint what you like, name author and translator"

# A licence: the feed itself says CC BY-SA, and one entry says NoDerivatives.
[subscriptions.mole]
url = "{origin}/mole/feed/"
every = "1m"

# Nothing stated: an excerpt and a link.
[subscriptions.leuchtfeuer]
url = "{origin}/lighthouse/feed/"
every = "1m"

[publications.english]
title = "Translated for you"
language = "en"
languages = ["en"]                 # of Mole's entries those in English
subscriptions = ["tidewater", "mole"]

[publications.deutsch]
title = "Für dich übersetzt"
language = "de"
subscriptions = ["mole", "leuchtfeuer"]
"""


def configuration(origin: str, folder: Path, port: int) -> str:
    """The demo's syndicator.toml, to be written as UTF-8.

    `origin` is where the sample network is served (no trailing slash), `folder` an absolute path for the store and the
    published files, `port` the loopback port that the daemon publishes at.
    """
    return _CONFIGURATION.format(
        origin=origin,
        port=port,
        store=_toml(f"sqlite:///{folder / 'syndicator.db'}"),
        output=_toml(str(folder / "public")),
    )


_HOP = """\
[site]
base_url = "{address}"
title = "Installation {number}"

[store]
url = {store}

[output]
directory = {output}

[fetch]
allow_private_networks = true

[publications.relay]
title = "The relay, installation {number}"
language = "en"
subscriptions = [{names}]
"""

_FOLLOWED = """
[subscriptions.{name}]
url = "{url}"
permission = "invented: reprint what you like, name author and translator"
"""


def hop_configuration(address: str, folder: Path, number: int, follows: Mapping[str, str]) -> str:
    """The syndicator.toml of installation `number` of the relay, which republishes the feeds `follows` (name → URL).

    `address` is where it is served, `folder` an absolute path for its store and its files.
    """
    head = _HOP.format(
        address=address,
        number=number,
        store=_toml(f"sqlite:///{folder / 'syndicator.db'}"),
        output=_toml(str(folder / "public")),
        names=", ".join(map(_toml, follows)),
    )
    return head + "".join(_FOLLOWED.format(name=name, url=url) for name, url in follows.items())


def _toml(text: str) -> str:
    """A TOML basic string; what JSON escapes, TOML 1.0 reads the same."""
    return json.dumps(text, ensure_ascii=False)
