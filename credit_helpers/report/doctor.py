"""Whether this machine can make a report, and how to mend what is not in order."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from credit_helpers.errors import CreditHelpersError, ReportError

PYTHON = (3, 11)
FREE_MB = 500
FONTS = ("inter", "source-serif-4")


@dataclass(frozen=True)
class Diagnosis:
    """What was found for one part of the machine.

    Parameters
    ----------
    code : str
        ``"python"``, ``"kernel"``, ...; its sentences stand in ``labels.doctor``.
    is_well : bool
    found : str
        What is there: a version, a path, a size.
    is_essential : bool
        Whether no report can be made without it.
    """

    code: str
    is_well: bool
    found: str = ""
    is_essential: bool = True


def examine(output: Path) -> list[Diagnosis]:
    """Return the diagnosis of every part, in the order in which a report needs them.

    Parameters
    ----------
    output : Path
        The folder in which reports will be written.
    """
    parts: dict[str, Callable[[], tuple[bool, str]]] = {
        "python": _python,
        "kernel": _kernel,
        "templates": _templates,
        "fonts": _fonts,
        "disk": lambda: _disk(output),
        "output": lambda: _writable(output),
        "browser": _browser,
    }
    found = []
    for code, part in parts.items():
        is_well, shown = _tried(part)
        found.append(Diagnosis(code, is_well, shown, is_essential=code != "browser"))
    return found


def _tried(part: Callable[[], tuple[bool, str]]) -> tuple[bool, str]:
    try:
        return part()
    except CreditHelpersError as error:
        return False, str(error)
    except Exception as error:  # a doctor who faints helps nobody
        return False, f"{type(error).__name__}: {error}"


def _python() -> tuple[bool, str]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return sys.version_info[:2] >= PYTHON, f"{version} ({sys.executable})"


def _kernel() -> tuple[bool, str]:
    """Start a kernel, let it import the program, and stop it."""
    import nbformat

    from credit_helpers.report.execute import execute

    def code(source: str, tag: str) -> Any:
        return nbformat.v4.new_code_cell(source, metadata={"tags": [tag]})

    source = "import credit_helpers, sys; sys.executable"
    notebook = nbformat.v4.new_notebook(cells=[code("", "parameters"), code(source, "setup")])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        done = execute(notebook, {}, folder=Path(folder))
    shown = done.cells[1].outputs[0]["data"]["text/plain"].strip("'")
    return Path(shown) == Path(sys.executable), shown


def _templates() -> tuple[bool, str]:
    from credit_helpers.report.assemble import chapters
    from credit_helpers.resources import resource

    count = len(chapters())
    page = resource("templates", "audit", "index.html.j2")
    return count > 0 and page.is_file(), str(count)


def _fonts() -> tuple[bool, str]:
    from credit_helpers.resources import resource

    folder = resource("templates", "audit", "fonts")
    missing = [name for name in FONTS if not any(folder.glob(f"{name}*.[otw]*"))]
    return not missing, ", ".join(missing or FONTS)


def _disk(output: Path) -> tuple[bool, str]:
    folder = next(f for f in (output.absolute(), *output.absolute().parents) if f.is_dir())
    free = min(shutil.disk_usage(place).free for place in (folder, tempfile.gettempdir()))
    return free >= FREE_MB * 1_000_000, f"{free / 1e9:.1f} GB"


def _writable(output: Path) -> tuple[bool, str]:
    from credit_helpers.report.place import in_place_of

    folder = output.absolute() / "credit-audit-doctor"
    existed = output.exists()
    try:
        with in_place_of(folder) as made:
            (made / "report.html").write_text("")
    except ReportError:
        return False, str(output.absolute())
    shutil.rmtree(folder)
    if not existed:
        output.rmdir()
    return True, str(output.absolute())


def _browser() -> tuple[bool, str]:
    from credit_helpers.report.browser import find_browser

    program = find_browser()
    if program is None:
        return False, ""
    if sys.platform == "win32":  # there a browser opens a window when asked for its version
        return True, str(program)
    done = subprocess.run(
        [str(program), "--version"], capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode == 0, f"{done.stdout.strip()} ({program})"
