"""The tables and the chart of the way of working: the answers beside what the ledger proves."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.formats import EMPTY
from credit_helpers.views import style
from credit_helpers.views.marks import alt, from_to, rows_of
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

DAYS = "days"
CONTRADICTION = "contradiction"
ROOM = 118  # a score is at most 100; the rest is for its label
# Measures of so few days that their chapter writes a decimal.
IN_TENTHS = frozenset({"invoicing_days"})


def answers(frame: pd.DataFrame, words: Words) -> Table:
    """Return every question with the answer and what the ledger says of it.

    Parameters
    ----------
    frame : DataFrame
        ``audit.maturity_answers``, contradictions first.
    words : Words
    """
    rows = [
        {
            "question": words.raw(f"maturity.question.{row['question']}"),
            "maturity_step": words.raw(f"maturity.step.{row['step']}"),
            "answer": _answer(row, words),
            "ledger": _ledger(row, words),
            "proof": words.raw(f"maturity.status.{row['status']}"),
        }
        for row in frame.to_dict("records")
    ]
    keys = ["question", "maturity_step", "answer", "ledger", "proof"]
    shown = table("maturity_answers", pd.DataFrame(rows, columns=keys), words, keys=keys)
    return shown.styled("maturity_step", under="question")


def steps(frame: pd.DataFrame, words: Words) -> Table:
    """Return both scores per step, and how often answer and ledger contradict each other."""
    counts = ["questions_count", "answered_count", "contradictions_count"]
    keys = ["maturity_step", *counts[:2], "answer_score", "tested_score", "ledger_score", counts[2]]
    named = frame.assign(maturity_step=_steps(frame, words))
    totals: dict[str, Total] = dict.fromkeys(counts, "sum")
    totals["maturity_step"] = "label"
    return table("maturity_steps", named, words, keys=keys, totals=totals)


def scores(frame: pd.DataFrame, words: Words) -> go.Figure | None:
    """Draw per step the answers and what the ledger proves; nothing when it proves nothing."""
    rows = frame[frame["tested_score"].notna() & frame["ledger_score"].notna()]
    if rows.empty:
        return None
    said, proven = rows["tested_score"].tolist(), rows["ledger_score"].tolist()
    names = _steps(rows, words)
    pairs = [_pair(a, b, words) for a, b in zip(said, proven, strict=True)]
    title = _message(said, proven, names, words)
    chart = style.figure(
        title, unit=words.prose("charts.maturity.unit"), words=words,
        alt=alt(title, zip(names, pairs, strict=True)),
    )  # fmt: skip
    places = rows_of(chart, names)
    for place, start, end in zip(places, said, proven, strict=True):
        chart.add_scatter(
            x=[start, end], y=[place, place], mode="lines", showlegend=False, hoverinfo="skip",
            line={"color": style.RULE, "width": 3},
        )  # fmt: skip
    marks = {
        "answers": (said, style.MUTED, "circle-open"),
        "ledger": (proven, style.ACCENT, "circle"),
    }
    for key, (numbers, colour, symbol) in marks.items():
        chart.add_scatter(
            x=numbers, y=places, mode="markers", name=words.prose(f"charts.maturity.{key}"),
            marker={"color": colour, "symbol": symbol, "size": 8},
            hovertemplate="%{x:.0f}<extra></extra>",
        )  # fmt: skip
    for place, start, end, text in zip(places, said, proven, pairs, strict=True):
        chart.add_annotation(x=max(start, end), y=place, text=text, xanchor="left", xshift=8,
                             font={"color": style.INK, "size": style.LABEL_PX})  # fmt: skip
    chart.update_xaxes(range=[-3, ROOM], tickvals=[0, 25, 50, 75, 100], showticklabels=True)
    chart.update_xaxes(showgrid=True, zeroline=True)
    chart.update_layout(showlegend=False, height=chart.layout.height + 20)
    return chart


def _message(said: list[float], proven: list[float], names: list[str], words: Words) -> str:
    gaps = [answer - ledger for answer, ledger in zip(said, proven, strict=True)]
    place = max(range(len(gaps)), key=gaps.__getitem__)
    if round(gaps[place]) <= 0:
        return words.prose("charts.maturity.agrees")
    return words.prose(
        "charts.maturity.gap",
        step=names[place],
        answer=words.formats.number(said[place]),
        ledger=words.formats.number(proven[place]),
    )


def _steps(frame: pd.DataFrame, words: Words) -> list[str]:
    return [words.raw(f"maturity.step.{step}") for step in frame["step"]]


def _answer(row: dict[str, Any], words: Words) -> str:
    if pd.isna(row["answer"]):
        return words.raw("maturity.word.unanswered")
    if row["kind"] == DAYS:
        return words.prose("maturity.word.days", days_count=row["answer"])
    return words.label(f"flag.{'yes' if row['answer'] else 'no'}")


def _ledger(row: dict[str, Any], words: Words) -> str:
    """Return what the ledger measures, with its norm; a dash when it cannot tell."""
    if pd.isna(row["ledger"]):
        return EMPTY
    measured = words.raw(f"maturity.measure.{row['question']}")
    if row["kind"] == DAYS:
        word = "tenths" if row["question"] in IN_TENTHS else "days"
        value = words.prose(f"maturity.word.{word}", days_count=row["ledger"])
        return words.prose("maturity.word.measured", measure=measured, value=value)
    return words.prose(
        "maturity.word.against_norm",
        measure=measured,
        value=words.formats.share(row["ledger"]),
        norm=words.formats.share(row["norm"]),
    )


def _pair(said: float, proven: float, words: Words) -> str:
    return from_to(words.formats.number(said), words.formats.number(proven), words)
