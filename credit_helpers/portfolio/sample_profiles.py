"""The three sample clients in numbers: size, season, sectors and habits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

START = np.datetime64("2024-05-01")
END = np.datetime64("2026-10-31")  # as-of date and day of the export
LAST = int((END - START).astype(int))  # days are counted from START; this is the last one
NEVER = 100_000  # the day of something that does not happen

WORKDAYS = (1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0)
MONDAYS = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
WITH_SATURDAY = (1.0, 1.0, 1.0, 1.0, 1.0, 0.3, 0.0)


@dataclass(frozen=True)
class Sector:
    """Habits of a sector: its share of the debtors, and how late they pay at what terms."""

    name: str
    trade: str  # the word in company names
    share: float
    late_days: float
    spread_days: float
    terms_days: tuple[int, ...] = (30,)
    is_consumer: bool = False


@dataclass(frozen=True)
class Profile:
    """One sample client.

    Parameters
    ----------
    median_cents : int
        Of an invoice of a debtor of middling size, without VAT.
    size_sigma, level_sigma, amount_sigma : float
        Spread (of the logarithm) of orders per debtor, of the debtor's usual amount, and of
        single invoices around it.
    season : tuple of float
        Twelve factors, January first.
    large_late_days : float
        What the largest debtors take on top of their sector.
    drift_days : float
        How much later everybody pays with each year.
    invoicing_lag_days : float
        Mean days from delivery to invoice.
    """

    title: str
    seed: int
    debtors_count: int
    invoices_count: int
    median_cents: int
    sectors: tuple[Sector, ...]
    season: tuple[float, ...]
    weekdays: tuple[float, ...] = WORKDAYS
    size_sigma: float = 0.9
    level_sigma: float = 0.5
    amount_sigma: float = 0.7
    growth: float = 1.06
    large_late_days: float = 0.0
    drift_days: float = 0.0
    part_share: float = 0.04
    credit_share: float = 0.02
    dispute_share: float = 0.01
    promise_share: float = 0.05
    stuck_share: float = 0.02
    never_share: float = 0.001
    reminder_days: tuple[int, ...] = (9, 22, 45)
    unapplied_count: int = 4
    invoicing_lag_days: float = 1.5
    reasons: tuple[str, ...] = ("Prijs klopt niet", "Levering onvolledig", "Inkoopnummer ontbreekt")
    number: str = "{year}{serial:06d}"
    customer: str = "{serial}"


PROFILES = {
    "wholesaler": Profile(
        title="Noordkaap Bouwstoffen B.V.",
        seed=20_261,
        debtors_count=260,
        invoices_count=12_000,
        median_cents=76_000,
        sectors=(
            Sector("Hoofdaannemers", "Bouw", 0.18, 21, 12, (30, 45, 60)),
            Sector("Aannemers", "Aannemers", 0.34, 12, 12, (30,)),
            Sector("Timmerbedrijven", "Timmerwerken", 0.16, 6, 9, (14, 30)),
            Sector("Installatie", "Techniek", 0.14, 8, 9, (30,)),
            Sector("Woningcorporaties", "Wonen", 0.08, 3, 6, (30,)),
            Sector("Schilders en afbouw", "Afbouw", 0.10, 14, 14, (14, 30)),
        ),
        season=(0.8, 0.9, 1.1, 1.1, 1.15, 1.1, 0.75, 0.8, 1.15, 1.15, 1.1, 0.8),
        large_late_days=24,
        drift_days=4,
        stuck_share=0.03,
        never_share=0.002,
        unapplied_count=5,
        number="{year}{serial:06d}",
        customer="{serial:06d}",
    ),
    "staffing": Profile(
        title="Schakel Flexwerk B.V.",
        seed=20_262,
        debtors_count=120,
        invoices_count=7_000,
        median_cents=165_000,
        sectors=(
            Sector("Logistiek", "Logistiek", 0.30, 14, 10, (14, 30)),
            Sector("Industrie", "Productie", 0.25, 12, 9, (30,)),
            Sector("Horeca", "Horeca", 0.15, 20, 14, (14,)),
            Sector("Zorg", "Zorg", 0.15, 8, 7, (30,)),
            Sector("Bouw", "Bouw", 0.15, 18, 12, (30,)),
        ),
        season=(0.9, 0.92, 0.95, 1.0, 1.0, 1.05, 1.05, 1.0, 1.05, 1.1, 1.15, 1.1),
        weekdays=MONDAYS,
        size_sigma=0.8,
        growth=1.1,
        large_late_days=10,
        drift_days=2,
        credit_share=0.09,
        dispute_share=0.10,
        reminder_days=(6, 18, 35),
        unapplied_count=3,
        invoicing_lag_days=6.0,
        reasons=("Uren niet akkoord", "Tarief klopt niet", "Inkoopnummer ontbreekt", "Dubbel"),
        number="F{year}-{serial:05d}",
        customer="D{serial:04d}",
    ),
    "installer": Profile(
        title="Warmtehuis Installaties B.V.",
        seed=20_263,
        debtors_count=900,
        invoices_count=4_500,
        median_cents=42_000,
        sectors=(
            Sector("Particulier", "", 0.84, 6, 12, (14,), True),
            Sector("VvE", "VvE", 0.06, 12, 10, (30,)),
            Sector("Vastgoed", "Vastgoed", 0.05, 16, 12, (30,)),
            Sector("Winkels", "Winkel", 0.05, 12, 12, (14, 30)),
        ),
        season=(1.2, 1.1, 1.0, 0.92, 0.9, 0.85, 0.8, 0.85, 1.0, 1.1, 1.15, 1.1),
        weekdays=WITH_SATURDAY,
        size_sigma=0.7,
        level_sigma=0.5,
        amount_sigma=0.8,
        growth=1.08,
        large_late_days=4,
        part_share=0.03,
        stuck_share=0.04,
        never_share=0.012,
        reminder_days=(7, 16, 30),
        unapplied_count=6,
        reasons=("Werk niet af", "Klacht over kwaliteit", "Prijs hoger dan offerte"),
        number="INV{year}{serial:05d}",
        customer="{serial:05d}",
    ),
}
