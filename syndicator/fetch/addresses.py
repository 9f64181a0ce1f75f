"""Which network addresses may be dialled.

An own table rather than `ipaddress.is_global`, whose verdicts differ between Python 3.11 releases.
Pure; it must not resolve names.
"""

import ipaddress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

# Networks that somebody may own and run a feed in; the policy opens them. RFC 1918, 6598, 1122, 4193, 4291.
_PRIVATE_4 = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8")))
_PRIVATE_6 = tuple(map(IPv6Network, ("fc00::/7", "::1/128")))

# Never a feed's home: IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast (RFC 5771), reserved (RFC 1112).
# Link-local (169.254/16) stays shut in every policy: clouds keep their machines' credentials there.
_NEVER_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
# IPv6 is the other way round: only global unicast (RFC 4291 2.4), without IETF protocol assignments and Teredo
# (RFC 2928, 4380), and documentation (RFC 3849, 9637).
_GLOBAL_6 = IPv6Network("2000::/3")
_NEVER_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052; the local-use prefix of RFC 8215 is outside 2000::/3 and so refused


def literal(text: str) -> IPv4Address | IPv6Address | None:
    """The address that `text` spells canonically (dotted quad, or IPv6 without brackets), or None."""
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def may_dial(address: IPv4Address | IPv6Address, *, allow_private: bool) -> bool:
    """Whether `address` may be connected to; an IPv4 address carried in an IPv6 one is judged in its place."""
    carried = _carried(address)
    if carried is not None:
        return may_dial(carried, allow_private=allow_private)
    if isinstance(address, IPv4Address):
        return _may_dial_4(address, allow_private)
    if any(address in network for network in _PRIVATE_6):
        return allow_private
    return address in _GLOBAL_6 and not any(address in network for network in _NEVER_6)


def _may_dial_4(address: IPv4Address, allow_private: bool) -> bool:
    if any(address in network for network in _PRIVATE_4):
        return allow_private
    return not any(address in network for network in _NEVER_4)


def _carried(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside an IPv4-mapped (RFC 4291), 6to4 (RFC 3056) or NAT64 (RFC 6052) one."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
