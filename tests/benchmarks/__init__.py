"""Measurements, beside a peer in the same run: `./run.sh bench speed`. Nothing here asserts a time."""
