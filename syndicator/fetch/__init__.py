"""The HTTP door: asks the outside, within limits, and answers with values.

    client.py     one connection pool, one TLS context, one turn a host          follow.py    get: redirects by hand
    network.py    names to judged addresses, the judged literal dialled          forms.py     post_form: hub pings
    exchange.py   one request, one reply                                         body.py      the bounded body
    urls.py       which URLs may be asked       addresses.py  which addresses    fields.py    header fields read
    answers.py    a reply becomes an Answer     trouble.py    what went wrong, in words
    robots.py     the robots.txt of a site

This package alone imports httpx and httpcore. It must not parse documents, store, log, or raise for what
the outside does.
"""

from syndicator.fetch.client import Client, open_client
from syndicator.fetch.follow import FEED_TYPES, PAGE_TYPES, get
from syndicator.fetch.forms import post_form
from syndicator.fetch.robots import robots_txt

__all__ = ["FEED_TYPES", "PAGE_TYPES", "Client", "get", "open_client", "post_form", "robots_txt"]
