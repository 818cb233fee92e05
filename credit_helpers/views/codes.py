"""Codes of the tables in the reader's words: buckets, risks, steps, reasons."""

from __future__ import annotations

import re

import pandas as pd

from credit_helpers.words import Words

_BUCKET = re.compile(r"not_due|no_due_date|d\d+_(?:\d+|plus)")
_BETWEEN = re.compile(r"d(\d+)_(\d+)")
_BEYOND = re.compile(r"d(\d+)_plus")
PAID_BY = re.compile(r"paid_d(\d+)_share")
"""A column with the share that was paid so many days after the invoice."""

# Columns that hold codes, and the section of labels.toml that has their words.
CODES = {
    "bucket": "bucket",
    "days_late_class": "bucket",
    "terms_class": "bucket",
    "late_class": "bucket",
    "kind": "kind",
    "risk": "risk",
    "approach": "approach",
    "trait": "group",
    "verdict": "payer_verdict",
    "reasons": "reason",
    "faults": "limit_fault",
    "first_status": "first_status",
    "life_stage": "life_stage",
    "drift": "drift",
    "signal": "warning_signal",
    "signals": "warning_signal",
    "reported_signal": "reported_signal",
    "rhythm": "rhythm",
    "weekday": "weekday",
    "paydex_class": "risk",
    "size": "size",
    "behaviour": "behaviour_group",
    "step": "step",
    "channel": "channel",
    "tone": "tone",
    "check": "quality_check",
    "what": "tie_out",
    "tie_cause": "tie_cause",
    "reason": "quarantine",
    "table": "input_table",
    "overdue_cause": "cause",
    "error": "cause",
    "first_action_class": "first_action",
    "severity": "severity",
    "department": "department",
    "effect_kind": "effect_kind",
    "effort": "effort",
    "subject": "chapter",
    "serves": "chapter",
}


def is_bucket(name: str) -> bool:
    """Return whether a name is that of an ageing bucket, whatever its edges are.

    Examples
    --------
    >>> is_bucket("d31_60"), is_bucket("overdue")
    (True, False)
    """
    return _BUCKET.fullmatch(name) is not None


def buckets_in(frame: pd.DataFrame) -> list[str]:
    """Return the buckets that a table has a column of, in order of the columns.

    Examples
    --------
    >>> buckets_in(pd.DataFrame(columns=["name", "not_due_cents", "d1_30_cents", "overdue_cents"]))
    ['not_due', 'd1_30']
    """
    stems = [
        str(column).removesuffix("_cents") for column in frame if str(column).endswith("_cents")
    ]
    return [stem for stem in stems if is_bucket(stem)]


def bucket_label(bucket: str, words: Words, *, in_days: bool = False) -> str:
    """Return the name of an ageing bucket, whatever its edges are.

    Parameters
    ----------
    bucket : str
        ``not_due``, ``d1_30``, ``d91_plus``, ...; both days belong to the bucket.
    words : Words
    in_days : bool
        Whether the word "days" is written as well.

    Examples
    --------
    >>> bucket_label("d1_30", Words("nl")), bucket_label("d91_plus", Words("nl"), in_days=True)
    ('1–30', '> 90 dagen')
    """
    kind = "_days" if in_days else ""
    if found := _BETWEEN.fullmatch(bucket):
        return words.prose(f"labels.bucket.between{kind}", first=found[1], last=found[2])
    if found := _BEYOND.fullmatch(bucket):
        return words.prose(f"labels.bucket.beyond{kind}", last=int(found[1]) - 1)
    return words.label(f"bucket.{bucket}")


def word_of(section: str, code: str, words: Words) -> str:
    """Return the word of one code, or of several that are joined by a semicolon.

    Examples
    --------
    >>> word_of("severity", "high", Words("en")), word_of("severity", "high;low", Words("en"))
    ('high', 'high, low')
    """
    if section == "bucket":
        return bucket_label(code, words)
    if section == "quarantine":  # the same words as where the file is checked
        return words.raw(f"errors.quarantine.{code}.reason")
    return ", ".join(words.label(f"{section}.{part}") for part in code.split(";") if part)


def in_words(values: pd.Series, section: str, words: Words) -> pd.Series:
    """Return a column of codes as a column of words; an unknown one stays missing."""
    known = {code: word_of(section, str(code), words) for code in values.dropna().unique()}
    return values.map(known).astype("string")
