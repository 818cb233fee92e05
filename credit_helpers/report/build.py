"""Make the report of one client: page, PDF, workbook, notebook and results."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat

from credit_helpers.audit import PSEUDONYMISED, SAMPLE, Audit, open_audit
from credit_helpers.errors import CreditHelpersError, Fault, InputError, ReportError
from credit_helpers.report.assemble import assemble, chapters, set_parameters
from credit_helpers.report.cover import Cover
from credit_helpers.report.deck import require_deck, write_deck
from credit_helpers.report.email import write_email
from credit_helpers.report.evidence import with_cells
from credit_helpers.report.execute import execute
from credit_helpers.report.handover import RESULTS, cover_of
from credit_helpers.report.html import render
from credit_helpers.report.kernel import Worker
from credit_helpers.report.own import own_chapters
from credit_helpers.report.pdf import print_pdf
from credit_helpers.report.place import in_place_of
from credit_helpers.report.results import fingerprint, plain, sha256, write_json
from credit_helpers.report.stated import stated, together
from credit_helpers.report.version import program_version

REPORTS = Path("reports")
# Parameters that name a file or a folder.
PATHS = ("client", "policy", "previous")
LIBRARIES = ("numpy", "pandas", "papermill", "nbconvert", "plotly", "xlsxwriter", "playwright")


@dataclass(frozen=True)
class Order:
    """What is asked for.

    Parameters
    ----------
    client : str
        A file, a client folder, or a sample such as ``"sample:wholesaler"``.
    as_of : str
        As-of date as 2026-10-31; empty for that of the client's settings or of the export.
    language : str
        ``"nl"`` or ``"en"``; empty for that of the client's settings.
    policy : str
        TOML file with the policy values that differ; empty for the standard policy.
    previous : str
        Folder of an earlier report, to compare with; empty for that of the client's settings.
    output : str
        The folder for the files; empty for ``<reports>/<client>/<as_of>``.
    reports : Path
        The folder of all clients' reports.
    taken : frozenset of Path
        Folders that hold the reports of other clients of the same run.
    is_pseudonymised : bool
        Whether names and numbers become pseudonyms, so that the report can be shared.
    has_deck : bool
        Whether slides are made as well.
    """

    client: str
    as_of: str = ""
    language: str = ""
    policy: str = ""
    previous: str = ""
    output: str = ""
    reports: Path = REPORTS
    taken: frozenset[Path] = frozenset()
    is_pseudonymised: bool = False
    has_deck: bool = False

    @property
    def source(self) -> str:
        """The client as :func:`open_audit` takes it."""
        return f"{PSEUDONYMISED}{self.client}" if self.is_pseudonymised else self.client

    @property
    def stated(self) -> Order:
        """The order as the files of the report state it: shared ones hold no path."""
        without = {"client": "", "policy": "", "previous": ""}
        return replace(self, **without) if self.is_pseudonymised else self


@dataclass(frozen=True)
class Built:
    """A report that was made.

    Parameters
    ----------
    folder : Path
        Where its files are.
    warnings : tuple of str
        What the reader should know, in the language of the report.
    results : mapping
        What ``results.json`` holds.
    """

    folder: Path
    warnings: tuple[str, ...]
    results: Mapping[str, Any]


def build_report(
    client: str | Path,
    *,
    as_of: str = "",
    language: str = "",
    policy: str | Path = "",
    previous: str | Path = "",
    output: str | Path = "",
) -> Built:
    """Make a client's report and put it in its folder when it is complete.

    See :class:`Order` for what is given.

    Raises
    ------
    InputError, PolicyError
        Before anything is made.
    ReportError
        When the report cannot be made or written; an earlier one then stays as it was.
    """
    order = Order(
        str(client),
        as_of=as_of,
        language=language,
        policy=str(policy),
        previous=str(previous),
        output=str(output),
    )
    return build(order)


def build(order: Order) -> Built:
    """Make the report of an order; see :func:`build_report`."""
    if order.has_deck:
        require_deck()
    # It loads the program on another core while the files are read here.
    with Worker() as worker:
        audit = open_audit(
            order.source,
            as_of=order.as_of,
            language=order.language,
            policy=order.policy,
            previous=order.previous,
        )
        return _built(audit, order, worker)


def _built(audit: Audit, order: Order, worker: Worker) -> Built:
    own = order.reports / audit.client.slug / f"{audit.as_of:%Y-%m-%d}"
    folder = Path(order.output) if order.output else own
    try:
        if folder in order.taken:
            raise InputError(Fault("client_twice", {"name": audit.client.name}))
        with in_place_of(folder.absolute()) as made:
            warnings = _make(audit, order, made, worker)
            results = json.loads((made / RESULTS).read_text(encoding="utf-8"))
    except CreditHelpersError as error:
        error.language = audit.language
        raise
    return Built(folder, tuple(warnings), results)


def _make(audit: Audit, order: Order, folder: Path, worker: Worker) -> list[str]:
    """Write every file and return the warnings."""
    notebook = _notebook(audit, order, folder, worker)
    nbformat.write(notebook, folder / "notebook.ipynb")
    cover = cover_of(audit)
    page = folder / "report.html"
    results = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
    text = with_cells(render(notebook, cover, audit.words), results, audit.words)
    page.write_text(text, encoding="utf-8", newline="\n")
    write_json(_run(audit, order.stated), folder / "run.json")
    results |= together(results, plain(stated(audit.words)))
    write_json(results, folder / RESULTS)
    write_email(results, folder)
    if order.has_deck:
        write_deck(results, folder)
    faults = [*_differing(folder), *_print(page, cover)]
    if order.is_pseudonymised:
        faults.append(Fault("pseudonymised"))
    return [*_to_ask(audit), *(fault.text(audit.language) for fault in faults)]


def _to_ask(audit: Audit) -> list[str]:
    """Return what somebody should answer before the report is relied upon."""
    words, ledger = audit.words, audit.ledger
    notes = [note for note in ledger.notes if note.asks]
    notes += audit.previous.notes if audit.previous else ()
    texts = [words.prose(f"errors.note.{note.code}", **note.values) for note in notes]
    if ledger.observed_on is None and (audit.quality["check"] == "stale_ledger").any():
        latest_on = audit.snapshot.items["issued_on"].max()
        texts.append(words.prose("errors.ledger_stale", latest_on=latest_on, as_of=audit.as_of))
    return [*texts, *_left_out(audit)]


def _left_out(audit: Audit) -> list[str]:
    """Return which remarks of the consultant's are in no chapter of the report."""
    words = audit.words
    titles = [words.label(f"chapter.{s}") for s in audit.remarks if audit.missing(s)]
    return [words.prose("remarks.left_out", chapter=title) for title in titles]


def _notebook(audit: Audit, order: Order, folder: Path, worker: Worker) -> nbformat.NotebookNode:
    """Return the executed report, with the client and the policy as they were given."""
    subjects = [subject for subject in chapters() if not audit.missing(subject)]
    given = {
        "client": order.source,
        "as_of": f"{audit.as_of:%Y-%m-%d}",
        "language": audit.language,
        "policy": order.policy,
        "previous": order.previous,
    }
    # The kernel works in the folder of the report, where no file of the client's is.
    absolute = {name: _absolute(str(given[name])) for name in PATHS}
    own = () if order.is_pseudonymised else own_chapters(audit.client.folder)
    notebook = assemble(subjects, parameters=given, remarked=audit.remarks, own=own)
    asked = {**given, **absolute}
    values = {**asked, "output": str(folder)}
    opened = (tuple(asked.values()), audit)
    executed = execute(notebook, values, folder=folder, worker=worker, opened=opened)
    stated = {name: getattr(order.stated, name) for name in PATHS}
    set_parameters(executed, {**given, **stated, "output": ""})
    return executed


def _absolute(path: str) -> str:
    if path.startswith(PSEUDONYMISED):
        return PSEUDONYMISED + _absolute(path.removeprefix(PSEUDONYMISED))
    return path if not path or path.startswith(SAMPLE) else str(Path(path).absolute())


def _print(page: Path, cover: Cover) -> list[Fault]:
    """Print the PDF; without a browser the rest is still delivered, with what to do about it."""
    try:
        print_pdf(page, page.with_suffix(".pdf"), cover)
    except ReportError as error:
        page.with_suffix(".pdf").unlink(missing_ok=True)
        return list(error.faults)
    return []


def _differing(folder: Path) -> list[Fault]:
    checks = json.loads((folder / RESULTS).read_text(encoding="utf-8"))["checks"]
    count = sum(check["left"] != check["right"] for check in checks)
    return [Fault("checks_differ", {"count": count})] if count else []


def _run(audit: Audit, order: Order) -> dict[str, Any]:
    policy = plain(audit.policy.flat())
    files = [{"name": f.name, "sha256": f.sha256, "table": f.table} for f in audit.ledger.sources]
    return {
        "client": audit.client.name,
        "parameters": {
            "client": Path(order.client).name,
            "as_of": f"{audit.as_of:%Y-%m-%d}",
            "language": audit.language,
            "policy": Path(order.policy).name,
            "previous": Path(order.previous).name,
        },
        "files": files,
        "policy": policy,
        "policy_sha256": sha256(policy),
        "fingerprint": fingerprint(audit),
        "version": program_version(),
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
        },
    }
