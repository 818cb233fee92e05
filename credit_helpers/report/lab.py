"""Open JupyterLab in the notebooks, with a kernel that has the package."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from credit_helpers.errors import Fault, ReportError
from credit_helpers.resources import PACKAGE, resource


def working_copy(folder: Path | None = None) -> Path:
    """Return the folder of notebooks to work in.

    In a checkout these are the notebooks themselves. Elsewhere the notebooks that travel with the
    program are copied to ``folder``; one that is there already stays as its owner left it.

    Parameters
    ----------
    folder : Path, optional
        ``notebooks`` in the working folder when it is not given.

    Raises
    ------
    ReportError
        When the folder cannot be written to.
    """
    packaged = resource("notebooks")
    if folder is None and not packaged.is_relative_to(PACKAGE):
        return packaged
    target = folder or Path("notebooks")
    try:
        target.mkdir(parents=True, exist_ok=True)
        for notebook in sorted(packaged.glob("*.ipynb")):
            if not (target / notebook.name).exists():
                shutil.copyfile(notebook, target / notebook.name)
    except OSError as error:
        raise ReportError(Fault("notebooks_in_use", {"folder": target})) from error
    return target


def open_lab(folder: Path, options: Sequence[str] = ()) -> int:
    """Run JupyterLab until it is closed and return its exit status.

    Parameters
    ----------
    folder : Path
        The notebooks.
    options : sequence of str
        More options of JupyterLab itself, for example ``--no-browser``.

    Raises
    ------
    ReportError
        When JupyterLab is not installed.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise ReportError(Fault("lab_missing"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data:
        write_kernel(Path(data) / "kernels" / "python3")
        paths = [data, os.environ.get("JUPYTER_PATH", "")]
        environ = {**os.environ, "JUPYTER_PATH": os.pathsep.join(filter(None, paths))}
        return subprocess.run(command(folder, options), env=environ, check=False).returncode


def command(folder: Path, options: Sequence[str] = ()) -> list[str]:
    """Return the command that opens JupyterLab, on this machine only."""
    # JupyterLab refuses to run as root unless told; inside a container everybody is.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    more = ["--allow-root"] if is_root else []
    server = [f"--ServerApp.root_dir={folder.absolute()}", "--ServerApp.ip=localhost"]
    return [sys.executable, "-m", "jupyterlab", *server, *more, *options]


def write_kernel(folder: Path) -> None:
    """Write the description of a kernel of this interpreter under the name that notebooks use."""
    folder.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Python 3 (credit-audit)", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
