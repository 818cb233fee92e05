"""What a process that makes reports need not load."""

import sys


def load_lightly() -> None:
    """Leave out a grammar that Jupyter's library of schemas would build when it is loaded.

    It checks internationalised addresses, which no notebook of ours has, and takes a third of the
    time that the program needs to start. To be called before Jupyter is loaded.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
