"""Finding a browser: what is asked for first, then what is installed, then the download."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from credit_helpers.report import browser

LINUX = "linux"


@pytest.fixture
def bare(monkeypatch, tmp_path) -> Path:
    """A machine without any browser; returns its home folder."""
    monkeypatch.setattr(sys, "platform", LINUX)
    monkeypatch.setattr(browser, "_LINUX_PLACES", ())
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name in (browser.VARIABLE, "PLAYWRIGHT_BROWSERS_PATH", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def program(place: Path, *, status: int = 0) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"#!/bin/sh\nexit {status}\n")
    place.chmod(place.stat().st_mode | stat.S_IXUSR)
    return place


def test_a_bare_machine_has_none(bare):
    assert browser.find_browser() is None


def test_the_variable_goes_first(bare, monkeypatch):
    program(bare / "bin/chromium")
    chosen = program(bare / "my own/chrome")
    monkeypatch.setenv(browser.VARIABLE, str(chosen))
    assert browser.find_browser() == chosen


def test_the_variable_may_be_the_name_of_a_program(bare, monkeypatch):
    chosen = program(bare / "bin/brave")
    monkeypatch.setenv(browser.VARIABLE, "brave")
    assert browser.find_browser() == chosen


def test_a_variable_that_names_nothing_is_said_and_passed_over(bare, monkeypatch, caplog):
    installed = program(bare / "bin/chromium")
    monkeypatch.setenv(browser.VARIABLE, "/nowhere/chrome")
    assert browser.find_browser() == installed
    assert "CREDIT_AUDIT_BROWSER names no program: /nowhere/chrome" in caplog.text


def test_none_means_no_browser(bare, monkeypatch, capsys):
    program(bare / "bin/chromium")
    monkeypatch.setenv(browser.VARIABLE, "none")
    assert browser.find_browser() is None
    assert browser.install_browser() is None
    assert "without a PDF" in capsys.readouterr().out


def test_edge_goes_before_chrome_before_chromium(bare):
    for name in ("chromium", "google-chrome", "microsoft-edge"):
        installed = program(bare / "bin" / name)
        assert browser.find_browser() == installed


def test_a_file_that_cannot_be_run_is_no_browser(bare):
    folder = bare / ".cache/ms-playwright/chromium-1234/chrome-linux64"
    folder.mkdir(parents=True)
    (folder / "chrome").write_text("half a download")
    (folder / "chrome").chmod(0o644)
    assert browser.find_browser() is None


def test_the_newest_download_comes_last_of_all(bare):
    downloads = bare / ".cache/ms-playwright"
    program(downloads / "chromium-999/chrome-linux/chrome")
    program(downloads / "chromium_headless_shell-1234/chrome-linux/headless_shell")
    newest = program(downloads / "chromium-1234/chrome-linux64/chrome")
    assert browser.find_browser() == newest
    installed = program(bare / "bin/chromium")
    assert browser.find_browser() == installed


def test_the_folder_of_downloads_can_be_elsewhere(bare, monkeypatch):
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(bare / "shared"))
    shell = "chromium_headless_shell-1234/chrome-headless-shell-linux64/chrome-headless-shell"
    downloaded = program(bare / "shared" / shell)
    assert browser.find_browser() == downloaded


def test_places_on_windows(tmp_path):
    environ = {"PROGRAMFILES": "C:/Program Files", "LOCALAPPDATA": "C:/Users/an/AppData/Local"}
    places = [place.as_posix() for place in browser._places("win32", environ, tmp_path)]
    assert places[:3] == [
        "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
        "C:/Users/an/AppData/Local/Microsoft/Edge/Application/msedge.exe",
        "C:/Program Files/Google/Chrome/Application/chrome.exe",
    ]


def test_places_on_a_mac(tmp_path):
    downloaded = program(
        tmp_path / "Library/Caches/ms-playwright/chromium-1234/chrome-mac-arm64"
        "/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing"
    )
    places = list(browser._places("darwin", {}, tmp_path))
    assert places[0].as_posix() == "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"
    assert places[-1] == downloaded


def test_install_does_nothing_when_there_is_one(bare, monkeypatch, capsys):
    installed = program(bare / "bin/chromium")
    monkeypatch.setattr(browser, "_install_from_playwright", pytest.fail)
    assert browser.install_browser() == installed
    assert str(installed) in capsys.readouterr().out


def test_install_goes_on_to_debian_when_the_download_does_not_start(bare, monkeypatch):
    download = bare / ".cache/ms-playwright/chromium-1234/chrome-linux64/chrome"

    def from_playwright() -> bool:
        return bool(program(download, status=127))  # a system library is missing

    def from_debian() -> bool:
        return bool(program(bare / "bin/chromium"))

    monkeypatch.setattr(browser, "_install_from_playwright", from_playwright)
    monkeypatch.setattr(browser, "_install_from_debian", from_debian)
    assert browser.install_browser() == bare / "bin/chromium"


def test_install_says_what_to_do_when_nothing_works(bare, monkeypatch, capsys):
    monkeypatch.setattr(browser, "_install_from_playwright", lambda: False)
    monkeypatch.setattr(browser, "_install_from_debian", lambda: False)
    assert browser.main() == 1
    said = capsys.readouterr().out
    assert "without a PDF" in said
    assert "Install Microsoft Edge, Google Chrome or Chromium." in said
    assert "CREDIT_AUDIT_BROWSER" in said


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ({"ID": "debian"}, True),
        ({"ID": "raspbian", "ID_LIKE": "debian"}, True),
        ({"ID": "ubuntu", "ID_LIKE": "debian"}, False),  # its chromium is a snap
        ({"ID": "fedora"}, False),
    ],
)
def test_only_debian_has_chromium_as_a_package(bare, monkeypatch, release, expected):
    program(bare / "bin/apt-get")
    monkeypatch.setattr(browser.platform, "freedesktop_os_release", lambda: release)
    assert browser._is_debian() is expected


def test_the_file_runs_by_itself():
    """The set-up runs it with a bare Python, before the package is installed."""
    command = [sys.executable, "-I", "-S", browser.__file__]
    environ = {browser.VARIABLE: "none"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == "CREDIT_AUDIT_BROWSER is none: reports are made without a PDF.\n"
