"""What the summary shows: six key figures with their course, and a judgement per area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd
from babel.numbers import get_currency_symbol

from credit_helpers.formats import EMPTY, is_alike, is_missing, unit_of
from credit_helpers.views.benchmark import group_of
from credit_helpers.views.codes import buckets_in
from credit_helpers.views.glossary import meaning
from credit_helpers.views.show import KeyFigure
from credit_helpers.views.table import Table, table
from credit_helpers.words import Words

MILLION_CENTS = 100_000_000
THOUSAND_FROM_CENTS = 1_000_000
MONTHS_PER_YEAR = 12


def key_figures(audit: Any) -> list[KeyFigure]:
    """Return balance, overdue share, DSO, oldest part, days late and cash to release."""
    makers = {
        "ageing.outstanding_cents": _outstanding,
        "ageing.overdue_share": _overdue,
        "dso.dso_days": _dso,
        "ageing.oldest_cents": _oldest,
        "behaviour.days_late": _days_late,
        "dso.release_cents": _release,
    }
    figures = {name: maker(audit) for name, maker in makers.items()}
    return [
        replace(
            figure,
            about=meaning(name, audit.words),
            name=name,
            against=_with_previous(figure.against, name, audit),
        )
        for name, figure in figures.items()
    ]


def judgements(rows: Iterable[Any], words: Words) -> Table:
    """Return the judgement per area, and what it was held against."""
    found = [
        {
            "area": words.label(f"area.{row.area}"),
            "judgement": words.label(f"judgement.{row.verdict}"),
            "figure": words.label(f"column.{row.measure_name}"),
            "value": _measured(row.value, row.unit, words),
            "against": words.prose(
                "labels.word.norm", target=_measured(row.threshold, row.unit, words)
            ),
            "benchmark": _published(row, words),
            "policy_key": row.policy_key,
            "measure": row.measure_name,
        }
        for row in rows
    ]
    keys = ["area", "judgement", "figure", "value", "against", "benchmark", "policy_key"]
    shown = table("judgements", pd.DataFrame(found, columns=[*keys, "measure"]), words, keys=keys)
    shown = shown.styled("policy_key", only_workbook=True).styled("benchmark", under="figure")
    return shown.styled("figure", about="measure")


def short_money(cents: float, words: Words) -> tuple[str, str]:
    """Return an amount in three or four digits, and its unit.

    Examples
    --------
    >>> short_money(108_312_300, Words("nl")), short_money(17_112_300, Words("en"))
    (('1,08', 'mln €'), ('171', '€ thousand'))
    """
    symbol = get_currency_symbol(words.currency, locale=words.formats.locale)
    if pd.isna(cents):
        return EMPTY, ""
    if abs(cents) >= MILLION_CENTS:
        decimals = 2 if abs(cents) < 10 * MILLION_CENTS else 1
        number = words.formats.number(cents / MILLION_CENTS, decimals=decimals)
        return number, words.prose("labels.unit.million", symbol=symbol)
    if abs(cents) >= THOUSAND_FROM_CENTS:
        number = words.formats.number(cents / 100_000)
        return number, words.prose("labels.unit.thousand", symbol=symbol)
    return words.formats.number(cents / 100), symbol


def in_large(value: Any, unit: str, words: Words) -> tuple[str, str]:
    """Return a key figure as it stands large, and its unit beside it.

    Examples
    --------
    >>> in_large(31_873_000, "cents", Words("nl")), in_large(0.947, "share", Words("nl"))
    (('319', 'dzd €'), ('95', '%'))
    """
    if is_missing(value):
        return EMPTY, ""
    if unit == "cents":
        return short_money(value, words)
    if unit == "share":
        return _percent(value, words)
    return words.formats.by_unit(value, unit), ""


def _with_previous(against: str, name: str, audit: Any) -> str:
    """Return what a figure is held against, with its value in the last audit where there is one."""
    if audit.previous is None:
        return against
    words, unit = audit.words, unit_of(name)
    value = words.formats.by_unit(audit.previous.judged_figures.get(name), unit)
    if value == EMPTY:
        return against
    shown = words.prose("labels.word.days", number=value) if unit == "days" else value
    return f"{against} · {words.prose('labels.against.previous', previous=shown)}"


def _outstanding(audit: Any) -> KeyFigure:
    words, totals, trend = audit.words, audit.ageing_totals, audit.ageing_trend
    value, unit = short_money(totals.outstanding_cents, words)
    course = trend["outstanding_cents"].tolist()
    year_ago = course[-1 - MONTHS_PER_YEAR] if len(course) > MONTHS_PER_YEAR else 0
    if year_ago > 0:
        change = totals.outstanding_cents / year_ago - 1
        sign = "+" if change >= 0 else ""
        against = words.prose(
            "labels.against.outstanding", change=sign + words.formats.share(change)
        )
    else:
        against = words.prose("labels.against.outstanding_now", debtors_count=totals.debtors_count)
    return KeyFigure(words.label("figure.outstanding"), value, unit, against, course)


def _overdue(audit: Any) -> KeyFigure:
    words, norm = audit.words, audit.policy.ageing.max_overdue_share
    totals = audit.ageing_totals
    share = totals.overdue_share
    of_what = _of_dated(totals, totals.overdue_cents, words)
    return KeyFigure(
        words.label("figure.overdue"),
        *_percent(share, words),
        against=words.prose(f"labels.against.overdue{of_what}", target_share=norm),
        trend=audit.ageing_trend["overdue_share"].tolist(),
        target=norm,
        is_beyond=share > norm and totals.outstanding_cents > 0,
    )


def _dso(audit: Any) -> KeyFigure:
    words, figures = audit.words, audit.dso
    value, unit = _days(figures.dso_days, words)
    key = "unknown" if pd.isna(figures.dso_days) else "dso"
    against = words.prose(
        f"labels.against.{key}",
        best_days=figures.best_possible_dso_days, target_days=figures.target_days,
    )  # fmt: skip
    return KeyFigure(
        words.label("figure.dso"),
        value,
        unit,
        against,
        audit.dso_series["dso_days"].tolist(),
        figures.target_days,
        figures.dso_days > figures.target_days,
    )


def _oldest(audit: Any) -> KeyFigure:
    words, totals, trend = audit.words, audit.ageing_totals, audit.ageing_trend
    norm = audit.policy.ageing.max_d91_plus_share
    value, unit = short_money(totals.oldest_cents, words)
    overdue = [b for b in buckets_in(trend) if b not in ("not_due", "no_due_date")]
    return KeyFigure(
        words.prose("labels.figure.oldest", past_days=totals.oldest_from_days - 1),
        value,
        unit,
        words.prose(
            f"labels.against.oldest{_of_dated(totals, totals.oldest_cents, words)}",
            oldest_share=totals.oldest_share, target_share=norm,
        ),
        trend[f"{overdue[-1]}_cents"].tolist() if overdue else (),
        norm * totals.aged_cents,
        totals.oldest_share > norm and totals.outstanding_cents > 0,
    )  # fmt: skip


def _of_dated(totals: Any, part_cents: int, words: Words) -> str:
    """Return the end of the key of a text about a share: of all, or of what has a due date.

    It is of all when the share of all reads the same.
    """
    whole, aged = totals.outstanding_cents, totals.aged_cents
    return "" if is_alike(part_cents, whole, aged, words.formats) else "_dated"


def _days_late(audit: Any) -> KeyFigure:
    words, figures, policy = audit.words, audit.behaviour, audit.policy.behaviour
    value, unit = _days(figures.days_late, words)
    key = "unknown" if pd.isna(figures.days_late) else "days_late"
    against = words.prose(
        f"labels.against.{key}",
        target_days=policy.max_days_late, window_days=policy.window_days,
        recent_days=figures.recent_days_late,
    )  # fmt: skip
    return KeyFigure(
        words.label("figure.days_late"),
        value,
        unit,
        against,
        audit.behaviour_by_month["days_late"].tail(25).tolist(),
        policy.max_days_late,
        figures.days_late > policy.max_days_late,
    )


def _release(audit: Any) -> KeyFigure:
    words, figures = audit.words, audit.dso
    value, unit = short_money(figures.release_cents, words)
    key = "unknown" if pd.isna(figures.release_cents) else "release"
    against = words.prose(f"labels.against.{key}", target_days=figures.target_days)
    return KeyFigure(words.label("figure.release"), value, unit, against)


def _percent(share: float, words: Words) -> tuple[str, str]:
    if pd.isna(share):
        return EMPTY, ""
    return words.formats.share(share).removesuffix("%"), words.label("unit.percent")


def _days(days: float, words: Words) -> tuple[str, str]:
    if pd.isna(days):
        return EMPTY, ""
    return words.formats.days(days), words.label("unit.days")


def _published(row: Any, words: Words) -> str:
    """Return what is published of other companies, with its year, its kind and its source."""
    if row.benchmark is None:
        return ""
    published = row.benchmark
    return words.prose(
        f"labels.benchmark.{published.measure}",
        own=_measured(row.compared, unit_of(published.measure), words),
        published=words.prose(
            f"labels.benchmark.{published.kind}",
            group=group_of(published.sector, published.size, words),
            year=str(published.year),
            value=_measured(published.value, unit_of(published.measure), words),
            source=published.source,
        ),
    )


def _measured(value: float, unit: str, words: Words) -> str:
    text = words.formats.by_unit(value, unit)
    return f"{text} {words.label('unit.days')}" if unit == "days" and text != EMPTY else text
