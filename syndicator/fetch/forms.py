"""post_form: tells a hub something, through the same guard and limits as a GET. It must not know WebSub."""

from collections.abc import Mapping
from urllib.parse import urlencode

import httpx

from syndicator.fetch import answers
from syndicator.fetch.client import Client
from syndicator.fetch.exchange import exchange, opening
from syndicator.fetch.trouble import Trouble
from syndicator.fetch.urls import askable
from syndicator.model import Failed


async def post_form(client: Client, url: str, fields: Mapping[str, str]) -> int | Failed:
    """Posts `fields` as application/x-www-form-urlencoded (UTF-8); out comes the status of a 2xx answer.

    Redirects are not followed: a form must not be repeated at an address that nobody configured. Never raises for what
    the outside does.
    """
    try:
        headers = [*opening(client, "*/*"), (b"Content-Type", b"application/x-www-form-urlencoded")]
        request = httpx.Request("POST", askable(url), headers=headers, content=urlencode(fields).encode("ascii"))
        reply = await exchange(client, request, seconds=client.policy.timeout)
    except Trouble as trouble:
        return trouble.failed(url)
    return reply.status if 200 <= reply.status < 300 else answers.failed(reply, url, client.clock())
