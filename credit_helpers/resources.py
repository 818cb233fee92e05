"""Where the files that travel with the program are: templates and notebooks."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource(folder: str, *parts: str) -> Path:
    """Return the path of a file under ``notebooks/`` or ``templates/``.

    In an installed wheel these folders lie inside the package, in a checkout beside it.

    Parameters
    ----------
    folder : str
        ``"notebooks"`` or ``"templates"``.
    *parts : str
        Names below that folder.

    Examples
    --------
    >>> resource("templates", "text", "nl").name
    'nl'
    """
    inside = PACKAGE / f"_{folder}"
    root = inside if inside.is_dir() else PACKAGE.parent / folder
    return root.joinpath(*parts)
