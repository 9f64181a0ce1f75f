"""The name of our own vocabulary, which what writes it and what reads it must share. It must not hold anything else."""

SYN = "urn:uuid:26f61596-cbd8-4707-9ae0-1d48d54d6484"
"""A UUID URN, since a namespace name must be unique and stable and an installation has no domain that the project could
promise to keep (docs/decisions/0007-rendering.md). A change that breaks its readers takes a new UUID."""
