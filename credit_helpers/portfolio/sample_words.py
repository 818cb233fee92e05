"""Word lists for the sample clients: invented companies, people and their trades.

Company names are put together from invented place-like words, so that no existing firm is meant.
"""

from __future__ import annotations

import numpy as np

HEADS = (
    "Velder", "Rijs", "Ooster", "Linde", "Duin", "Kraaien", "Zilver", "Brem", "Wilgen", "Meer",
    "Haver", "Klaver", "Molen", "Eiken", "Zwane", "Hazel", "Ganzen", "Roer", "Vossen", "Lepel",
    "Kievits", "Peppel", "Iepen", "Reiger", "Tarwe", "Winter", "Zomer", "Heide", "Turf", "Sluis",
)  # fmt: skip
TAILS = (
    "mark", "holt", "waal", "rade", "horst", "donk", "lage", "steeg", "koog", "vliet",
    "broek", "schans", "hage", "kamp", "wold", "terp", "dreef", "oord", "stede", "gaarde",
)  # fmt: skip
LEGAL_FORMS = ("B.V.", "B.V.", "B.V.", "B.V.", "V.O.F.", "B.V.", "Holding B.V.", "Groep B.V.")
SURNAMES = (
    "Aalbrecht", "Bakboord", "Cranendijk", "Dorresteen", "Eggerink", "Fokkinga", "Grevelaar",
    "Hulsbeek", "IJzerman", "Jongepier", "Kerkstra", "Lammersen", "Meulenaar", "Nijholt",
    "Oudejans", "Postelaar", "Quakkel", "Rozeboom", "Stuivenberg", "Tolhoek", "Uilenbroek",
    "Veenkamp", "Wagtendonk", "Zandstroom", "van Boekel", "de Graauw", "van der Spoel",
    "te Riele", "van Ommeren", "de Kievit", "Brinkhuis", "Schoorl", "Doeven", "Kuipéri",
)  # fmt: skip
TITLES = ("Dhr.", "Mevr.", "Fam.")
INITIALS = tuple("ABCDEFGHJKLMNPRSTW")
REGIONS = (
    "Groningen", "Friesland", "Drenthe", "Overijssel", "Gelderland", "Flevoland", "Utrecht",
    "Noord-Holland", "Zuid-Holland", "Noord-Brabant",
)  # fmt: skip
MANAGERS = ("S. Aalbrecht", "M. Fokkinga", "R. van Boekel", "J. Tolhoek")


def company_stems(rng: np.random.Generator, count: int) -> list[str]:
    """Return ``count`` different invented names without trade and legal form."""
    pairs = rng.permutation(len(HEADS) * len(TAILS))[:count]
    return [HEADS[p // len(TAILS)] + TAILS[p % len(TAILS)] for p in pairs]


def company_names(rng: np.random.Generator, trades: list[str]) -> list[str]:
    """Return one company name per trade given, all different (at most 600)."""
    forms = rng.choice(LEGAL_FORMS, len(trades))
    stems = company_stems(rng, len(trades))
    return [
        f"{stem} {trade} {form}" for stem, trade, form in zip(stems, trades, forms, strict=True)
    ]


def person_names(rng: np.random.Generator, count: int) -> list[str]:
    """Return ``count`` names of private persons; a name may occur twice, as in life."""
    titles = rng.choice(TITLES, count)
    first, second = rng.choice(INITIALS, count), rng.choice(INITIALS, count)
    surnames = rng.choice(SURNAMES, count)
    people = zip(titles, first, second, surnames, strict=True)
    return [f"{t} {a}.{b}. {s}" if t != "Fam." else f"{t} {s}" for t, a, b, s in people]
