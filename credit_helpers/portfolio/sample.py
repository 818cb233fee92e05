"""Sample clients: believable Dutch portfolios of thirty months, made from a seed.

Every name and amount is invented. The files look as a consultant gets them, in the layouts of
three kinds of package, with a few dirty rows.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from platformdirs import user_cache_dir

from credit_helpers.errors import Fault, InputError
from credit_helpers.portfolio.sample_answers import answer_lines
from credit_helpers.portfolio.sample_dirt import soil
from credit_helpers.portfolio.sample_files import write_table
from credit_helpers.portfolio.sample_layouts import LAYOUTS, Layout
from credit_helpers.portfolio.sample_profiles import END, PROFILES, Profile
from credit_helpers.portfolio.sample_tables import make_tables

SAMPLES = tuple(PROFILES)

_CLIENT = """\
# Een voorbeeldklant. Alle namen en bedragen zijn verzonnen.
# Elke regel hieronder mag weg; alleen wat afwijkt hoeft erin te staan.

name = "{title}"
language = "nl"          # nl of en: de taal van het rapport
currency = "EUR"
as_of = {end}       # peildatum
observed_on = {end} # de dag van de export

[brand]
firm = "Voorbeeld Credit Advies"
prepared_for = "de directie"

[formats]
dates = "{dates}"
decimals = "{decimals}"

# De vragenlijst over de werkwijze; dagen, of true en false.
[questionnaire]
{answers}

# Worden de bestanden of de kolommen niet herkend? Wijs ze dan hier aan.
[files]
{files}

# [columns.invoices]
# amount = "Bedrag incl. btw"  # ons woord = het kopje in het bestand

# Eigen normen leggen zich over het standaardbeleid:
# [policy.ageing]
# max_overdue_share = 0.25
"""


def sample_folder(name: str) -> Path:
    """Return the folder of a sample client, made on first use and kept in the user's cache.

    Parameters
    ----------
    name : str
        One of ``SAMPLES``.

    Raises
    ------
    InputError
        When there is no such sample.
    """
    _known(name)
    # The fingerprint keeps a sample of an older generator from being used again.
    cache_root = Path(user_cache_dir("credit-audit")) / f"{_version()}-{FINGERPRINT}"
    folder = cache_root / name
    if folder.is_dir():
        return folder
    try:
        cache_root.mkdir(parents=True, exist_ok=True)
        return _write_once(name, folder)
    except OSError:  # no writable cache: one of our own for as long as the system keeps it
        return write_sample(name, Path(tempfile.mkdtemp(prefix="credit-audit-")) / name)


def _write_once(name: str, folder: Path) -> Path:
    """Write beside the place where it belongs and move it there, for two may do so at once."""
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{name}-"))
    try:
        write_sample(name, draft / name)
        (draft / name).replace(folder)
    except OSError:
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def write_samples(folder: Path) -> list[Path]:
    """Write all sample clients as folders below ``folder`` and return those."""
    return [write_sample(name, Path(folder) / name) for name in SAMPLES]


def write_sample(name: str, folder: Path) -> Path:
    """Write a sample client into ``folder``: its tables and ``client.toml``.

    The same name gives the same bytes. Nothing in it happened after 31 October 2026.

    Parameters
    ----------
    name : str
        One of ``SAMPLES``.
    folder : Path
        Made when it does not exist; files of the same name are replaced.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        When there is no such sample.
    """
    _known(name)
    profile, layout = PROFILES[name], LAYOUTS[name]
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tables = make_tables(name)
    tables["invoices"] = soil(tables, profile.seed)
    for table, rows in tables.items():
        write_table(layout, table, rows, folder)
    settings = _client(name, profile, layout)
    (folder / "client.toml").write_text(settings, encoding="utf-8", newline="\n")
    return folder


def _client(name: str, profile: Profile, layout: Layout) -> str:
    return _CLIENT.format(
        title=profile.title,
        end=END,
        dates="year-month-day" if layout.date.startswith("%Y") else "day-month-year",
        decimals=layout.decimal,
        answers=answer_lines(name),
        files="\n".join(f'{table} = "{layout.file(table)}"' for table in layout.files),
    )


def _known(name: str) -> None:
    if name not in SAMPLES:
        values = {"name": name, "known": ", ".join(SAMPLES)}
        raise InputError(Fault("sample_unknown", values))


def _version() -> str:
    try:
        return version("credit-audit")
    except PackageNotFoundError:
        return "0"


def _fingerprint() -> str:
    sources = sorted(Path(__file__).parent.glob("sample*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]


# Taken when the generator is loaded: a program that runs on while its sources change must not
# leave an old sample under the name of a new one.
FINGERPRINT = _fingerprint()
