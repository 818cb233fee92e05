"""The table of roll rates: where each euro of a bucket is a month later."""

from __future__ import annotations

import pandas as pd

from credit_helpers.views.codes import buckets_in
from credit_helpers.views.table import Table, table
from credit_helpers.words import Words


def matrix(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return which share of each bucket is where a month later; nothing without two month ends.

    Parameters
    ----------
    frame : DataFrame
        ``audit.roll_rates``.
    words : Words
    """
    if frame.empty or not frame["start_cents"].any():
        return None
    buckets = buckets_in(frame)
    cents = [*(f"{name}_cents" for name in buckets), "paid_cents", "other_cents", "rolled_cents"]
    shares = [key.replace("_cents", "_share") for key in cents]
    keys = ["bucket", "months_count", "start_cents", *cents, *shares]
    months = int(frame["months_count"].iloc[0])
    note = words.prose("labels.note.roll_rates", months_count=months)
    shown = table("roll_rates", frame, words, keys=keys, note=note)
    for key in ("months_count", *cents):
        shown = shown.styled(key, only_workbook=True)
    return shown
