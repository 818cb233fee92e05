"""The version of this program."""

from importlib.metadata import PackageNotFoundError, version

DISTRIBUTION = "credit-audit"


def program_version() -> str:
    """Return the version of this program; ``"0"`` when it runs without being installed."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "0"
