"""What the terms of the report mean, for the explanations that the page shows beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from credit_helpers.views.codes import PAID_BY, is_bucket
from credit_helpers.words import Words

# Term of labels.definition by the name of the column or figure that it explains.
TERM_OF = {
    "average_days_delinquent": "average_days_delinquent",
    "best_possible_dso_days": "best_possible_dso",
    "bucket": "bucket",
    "countback_dso_days": "countback_dso",
    "days_late": "days_late",
    "dso_days": "dso",
    "floored_days_late": "days_late",
    "impact_cents": "impact",
    "oldest_cents": "bucket",
    "outstanding_cents": "open_item",
    "overdue_share": "overdue",
    "priority_score": "priority",
    "release_cents": "release",
    "unweighted_days_late": "days_late",
    "utilisation_share": "utilisation",
}
# In a heading the word speaks for itself.
PLAIN_IN_HEADINGS = frozenset({"outstanding_cents", "oldest_cents", "release_cents"})


# The figures of a chapter of which its margin names the cell.
HEADLINES = {
    "ageing": ("ageing.outstanding_cents", "ageing.overdue_cents", "ageing.oldest_cents"),
    "dso": ("dso.dso_days", "dso.release_cents"),
    "behaviour": ("behaviour.days_late",),
    "concentration": ("concentration.top1_share", "concentration.hhi_index"),
    "limits": ("limits.excess_cents", "limits.uninsured_cents"),
}


@dataclass(frozen=True)
class Meaning:
    """What a figure means, and where it can be checked.

    Parameters
    ----------
    key : str
        Name of the column or figure.
    term, text : str
        The term and its definition.
    figure : str
        Name of the figure whose cell the report names; empty for a column.
    label : str
        What a screen reader calls the explanation of a figure.
    """

    key: str
    term: str
    text: str
    figure: str = ""
    label: str = ""


def meaning(figure: str, words: Words) -> Meaning | None:
    """Return what a figure such as ``dso.dso_days`` means; ``None`` without a definition.

    Examples
    --------
    >>> meaning("dso.dso_days", Words("en")).term
    'DSO'
    """
    key = figure.rpartition(".")[2]
    term = TERM_OF.get(key)
    if term is None:
        return None
    known = _known(key, term, words)
    label = words.prose("labels.figure.about", term=known.term)
    return replace(known, figure=figure, label=label)


def figure_label(figure: str, words: Words) -> str:
    """Return what a figure is called, for example in the workbook.

    Examples
    --------
    >>> figure_label("dso.release_cents", Words("nl"))
    'Vrij te maken kasgeld'
    """
    known = (f"figure_name.{figure}", f"column.{figure.rpartition('.')[2]}")
    return next((words.label(key) for key in known if words.has(f"labels.{key}")), "")


def headings(keys: Iterable[str], words: Words) -> list[Meaning]:
    """Return what columns and figures mean: the definition of their term, else their sentence."""
    found = []
    for key in sorted(set(keys)):
        if key in TERM_OF and key not in PLAIN_IN_HEADINGS:
            found.append(_known(key, TERM_OF[key], words))
        elif text := column_meaning(key, words):
            found.append(Meaning(key, figure_label(key, words), text))
        elif key in TERM_OF:
            found.append(_known(key, TERM_OF[key], words))
    return found


def _known(key: str, term: str, words: Words) -> Meaning:
    return Meaning(key, words.label(f"definition.{term}"), words.label(f"definition_text.{term}"))


def column_meaning(key: str, words: Words) -> str:
    """Return what a column of a table means, in a sentence; empty when nobody has said it.

    Examples
    --------
    >>> column_meaning("d31_60_cents", Words("en")) == column_meaning("d91_plus_cents", Words("en"))
    True
    """
    stem, _, unit = key.rpartition("_")
    known = [f"columns.{key}"]
    if is_bucket(stem) and unit == "cents":
        known.append("columns.in_bucket_cents")
    if is_bucket(stem) and unit == "share":
        known.append("columns.rolled_to_share")
    if PAID_BY.fullmatch(key):
        known.append("columns.paid_by_share")
    if words.has(f"labels.behaviour_group.{stem}"):
        known.append(f"columns.of_behaviour_{unit}")
    return next((words.raw(name) for name in known if words.has(name)), "")
