"""`python -m syndicator`, and the entry point of the installed command."""


def main() -> None:
    """Run the command line. The import is inside, so that a child process which imports this module pays nothing."""
    from syndicator.cli import cli  # noqa: PLC0415 - see above

    cli(prog_name="syndicator")


if __name__ == "__main__":
    main()
