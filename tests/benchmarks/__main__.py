"""`python -m tests.benchmarks NAME …`: run the named benchmarks, or all."""

import sys

from tests.benchmarks import publishing, quality, speed

BENCHMARKS = {"speed": speed.main, "publishing": publishing.main, "quality": quality.main}


def main() -> None:
    """Run the benchmarks named on the command line."""
    names = sys.argv[1:] or list(BENCHMARKS)
    for name in names:
        if name not in BENCHMARKS:
            sys.exit(f"no such benchmark: {name} (there are: {', '.join(BENCHMARKS)})")
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
