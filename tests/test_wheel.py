"""The wheel holds all that a consultant needs: it works far from the checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
LEDGER = """\
Factuurnummer;Debiteurnummer;Naam;Factuurdatum;Vervaldatum;Bedrag;Betaald op
F-1001;00123;Bakkerij De Korenaar;05-01-2026;04-02-2026;1.210,00;
F-1002;00123;Bakkerij De Korenaar;02-03-2026;01-04-2026;605,50;
F-1003;00124;Van Dijk Installaties;12-01-2026;11-02-2026;2.420,00;20-02-2026
F-1004;00124;Van Dijk Installaties;16-02-2026;18-03-2026;1.815,00;
F-1005;00125;Coöperatie Noordzee;08-12-2025;07-01-2026;9.075,25;
F-1006;00125;Coöperatie Noordzee;09-02-2026;11-03-2026;-907,50;
F-1007;00126;Smit & Zonen;20-02-2026;22-03-2026;302,50;23-03-2026
"""
# A virtual environment of the session's own must not leak into the commands below.
LEAKS = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PYTEST_ADDOPTS")


def run(*command: str | Path, cwd: Path) -> str:
    """Return what a command printed; fail with its complaints when it did not end well."""
    environ = {name: value for name, value in os.environ.items() if name not in LEAKS}
    environ |= {"CREDIT_AUDIT_BROWSER": "none", "UV_COMPILE_BYTECODE": "0"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def find_uv() -> str | None:
    own = ROOT / ".uv/bin/uv"
    return str(own) if own.exists() else shutil.which("uv")


def programs(environment: Path) -> Path:
    return environment / ("Scripts" if os.name == "nt" else "bin")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, made by way of the source distribution where uv can."""
    folder = tmp_path_factory.mktemp("dist")
    uv = find_uv()
    if uv:
        run(uv, "build", "--out-dir", folder, ROOT, cwd=folder)
    else:
        run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
        pip = programs(folder / "venv") / "pip"
        run(pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The folder of programs of a new environment with nothing but the wheel in it."""
    environment = tmp_path_factory.mktemp("consultant") / "venv"
    uv = find_uv()
    if uv:
        run(uv, "venv", "--python", sys.executable, environment, cwd=environment.parent)
        install = (uv, "pip", "install", "--python", environment)
    else:
        run(sys.executable, "-m", "venv", environment, cwd=environment.parent)
        install = (programs(environment) / "pip", "install")
    run(*install, "--constraint", CONSTRAINTS, wheel, cwd=environment.parent)
    return programs(environment)


def names_under(folder: str) -> set[str]:
    """Return the files in a folder of the checkout, but what editors and Jupyter leave there."""
    files = (path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*"))
    return {
        path.as_posix()
        for path in files
        if (ROOT / folder / path).is_file()
        and not any(part.startswith((".", "__")) for part in path.parts)
    }


@pytest.mark.parametrize("folder", ["notebooks", "templates"])
def test_the_wheel_holds_the_chapters_and_the_templates(wheel, folder):
    prefix = f"credit_helpers/_{folder}/"
    held = zipfile.ZipFile(wheel).namelist()
    packed = {name.removeprefix(prefix) for name in held if name.startswith(prefix)}
    assert packed == names_under(folder) != set()


def test_the_wheel_holds_nothing_beside_the_package(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"credit_helpers", "credit_audit-0.1.0.dist-info"}


def test_a_report_is_made_without_the_checkout(installed, tmp_path):
    ledger = tmp_path / "bakkers.csv"
    ledger.write_text(LEDGER, "utf-8")
    output = tmp_path / "out"
    command = (installed / "credit-audit", "report", ledger)
    run(*command, "--as-of", "2026-03-31", "--output", output, cwd=tmp_path)
    made = {path.name for path in output.rglob("*") if path.stat().st_size}
    assert {"report.html", "evidence.xlsx", "results.json", "notebook.ipynb"} <= made
