"""Find the browser that prints a report to PDF, and install one when there is none.

Needs nothing but the standard library, so that the set-up can run it first::

    python -m credit_helpers.report.browser
"""

import importlib.util
import logging
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

VARIABLE = "CREDIT_AUDIT_BROWSER"
"""Names the program to print with, or ``none`` to make no PDF at all."""

_PROGRAMS = (
    "microsoft-edge",
    "microsoft-edge-stable",
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
)
_WINDOWS_PLACES = (
    "Microsoft/Edge/Application/msedge.exe",
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
)
_MAC_PLACES = ("Microsoft Edge", "Google Chrome", "Chromium")
_LINUX_PLACES = (
    "/opt/microsoft/msedge/msedge",
    "/opt/google/chrome/chrome",
    "/usr/bin/chromium",
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
)
# Where Playwright's downloads lie inside its folder, on every system and of late versions.
_DOWNLOADS = (
    "chromium-*/chrome-*/chrome",
    "chromium-*/chrome-*/chrome.exe",
    "chromium-*/chrome-*/*.app/Contents/MacOS/*",
    "chromium_headless_shell-*/chrome-*/headless_shell*",
    "chromium_headless_shell-*/chrome-*/chrome-headless-shell*",
)
_MINUTES_TO_DOWNLOAD = 5

_log = logging.getLogger(__name__)


def find_browser() -> Path | None:
    """Return the program of an Edge, Chrome or Chromium that can print a page.

    The environment variable ``CREDIT_AUDIT_BROWSER`` goes first: the path or the name of a
    program, or ``none``. Then come the places where Edge, Chrome and Chromium are installed on
    Windows, macOS and Linux, in that order, and last the browser that Playwright downloaded.

    Returns
    -------
    Path or None
        ``None`` when there is no such browser, or when none is wanted.
    """
    chosen = os.environ.get(VARIABLE, "").strip()
    if chosen.lower() == "none":
        return None
    if chosen:
        program = shutil.which(str(Path(chosen).expanduser()))
        if program:
            return Path(program)
        _log.warning("%s names no program: %s. Looking for another browser.", VARIABLE, chosen)
    places = _places(sys.platform, os.environ, Path.home())
    return next((place for place in places if _is_program(place)), None)


def install_browser() -> Path | None:
    """Return a browser to print with, after installing one when there is none.

    Tries Playwright's download first and then, as root on Debian, the package ``chromium``.
    Says in plain words what it does, and what is left to do when nothing worked. Nothing is
    installed when ``CREDIT_AUDIT_BROWSER`` is ``none``.
    """
    if os.environ.get(VARIABLE, "").strip().lower() == "none":
        print(f"{VARIABLE} is none: reports are made without a PDF.")
        return None
    found = find_browser()
    for install in (_install_from_playwright, _install_from_debian):
        if found and _starts(found):
            break
        found = find_browser() if install() else None
    if found and _starts(found):
        print(f"Reports are printed to PDF with {found}.")
        return found
    print(_advice())
    return None


def _places(system: str, environ: Mapping[str, str], home: Path) -> Iterator[Path]:
    """Yield where a browser may be, the preferred first; most of them do not exist."""
    if system == "win32":
        roots = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        folders = [Path(environ[root]) for root in roots if environ.get(root)]
        yield from (folder / place for place in _WINDOWS_PLACES for folder in folders)
    elif system == "darwin":
        folders = [Path("/Applications"), home / "Applications"]
        for name in _MAC_PLACES:
            yield from (folder / f"{name}.app/Contents/MacOS/{name}" for folder in folders)
    else:
        found = (shutil.which(name, path=environ.get("PATH")) for name in _PROGRAMS)
        yield from (Path(program) for program in found if program)
        yield from map(Path, _LINUX_PLACES)
    yield from _downloaded(_downloads_folder(system, environ, home))


def _downloads_folder(system: str, environ: Mapping[str, str], home: Path) -> Path:
    """Return the folder in which Playwright keeps the browsers that it downloaded."""
    chosen = environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if chosen == "0":  # Playwright's word for: inside its own package
        spec = importlib.util.find_spec("playwright")
        package = Path(spec.origin).parent if spec and spec.origin else home
        return package / "driver/package/.local-browsers"
    if chosen:
        return Path(chosen)
    if system == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData/Local") / "ms-playwright"
    if system == "darwin":
        return home / "Library/Caches/ms-playwright"
    return Path(environ.get("XDG_CACHE_HOME") or home / ".cache") / "ms-playwright"


def _downloaded(folder: Path) -> Iterator[Path]:
    """Yield the browsers in Playwright's folder, the newest of a kind first."""
    for pattern in _DOWNLOADS:
        yield from sorted(folder.glob(pattern), key=lambda place: _revision(place, folder))


def _revision(place: Path, folder: Path) -> int:
    """Return minus the number in ``chromium-1234``, to sort the newest first.

    Examples
    --------
    >>> _revision(Path("downloads/chromium-1234/chrome-linux64/chrome"), Path("downloads"))
    -1234
    """
    number = place.relative_to(folder).parts[0].rpartition("-")[2]
    return -int(number) if number.isdigit() else 0


def _is_program(place: Path) -> bool:
    return place.is_file() and os.access(place, os.X_OK)


def _starts(program: Path) -> bool:
    """Tell whether the program starts; only Linux browsers can lack a system library."""
    if sys.platform in ("win32", "darwin"):
        return True
    return _run([str(program), "--version"], seconds=30)


def _install_from_playwright() -> bool:
    if importlib.util.find_spec("playwright") is None:
        return False
    print("No Edge, Chrome or Chromium found: fetching Chromium (some 170 MB) ...", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    return _run(command, seconds=_MINUTES_TO_DOWNLOAD * 60)


def _install_from_debian() -> bool:
    if not (_is_debian() and os.geteuid() == 0):
        return False
    print("Installing Debian's chromium ...", flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    seconds = _MINUTES_TO_DOWNLOAD * 60
    _run(["apt-get", "update", "-qq"], seconds=seconds, environ=environ)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    return _run(command, seconds=seconds, environ=environ)


def _run(command: list[str], *, seconds: int, environ: Mapping[str, str] | None = None) -> bool:
    """Tell whether a command ended well; what it prints is not shown."""
    try:
        done = subprocess.run(
            command,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _is_debian() -> bool:
    """Tell whether ``chromium`` is an ordinary package here; Ubuntu's is another thing."""
    if not sys.platform.startswith("linux") or not shutil.which("apt-get"):
        return False
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    names = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    return "debian" in names and "ubuntu" not in names


def _advice() -> str:
    """Return what to do by hand, for somebody who sees that there is no PDF."""
    package = " On Debian: sudo apt-get install chromium." if _is_debian() else ""
    return (
        "No browser to print with: reports are made as a page and a workbook, without a PDF.\n"
        f"Install Microsoft Edge, Google Chrome or Chromium.{package}\n"
        f"Is there one in an unusual place? Set {VARIABLE} to the path of its program."
    )


def main() -> int:
    """Install a browser when there is none; return 1 when there still is none."""
    return 0 if install_browser() else 1


if __name__ == "__main__":
    sys.exit(main())
