"""Names as SPDX has them. The list itself is that of `packaging`, which keeps it current."""

from collections.abc import Sequence

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression


def canonical(name: str) -> str | None:
    """`name`, an id or an expression of ids, as SPDX writes it, or None where it is none."""
    try:
        return canonicalize_license_expression(name)
    except InvalidLicenseExpression:
        return None


def creative_commons(parts: Sequence[str], version: str, port: str) -> str | None:
    """The id of a Creative Commons licence: its port's where SPDX lists that, else the international one's.

    Without a version SPDX has no id; the name then goes without one too ("CC-BY-SA"), for no version was stated.
    """
    name = "-".join(("CC", *(part.upper() for part in parts)))
    if not version:
        return name
    ported = canonical(f"{name}-{version}-{port.upper()}") if port else None
    return ported or canonical(f"{name}-{version}")
