"""The firm's own look: from one file, checked before anything is made."""

from __future__ import annotations

import base64

import pytest
from lxml import html as markup
from nbformat.v4 import new_notebook

from credit_helpers.errors import InputError, ReportError
from credit_helpers.intake.client import read_client
from credit_helpers.report.cover import Cover
from credit_helpers.report.html import render

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BRAND = """
firm = "Kantoor <b>Noord</b>"
accent = "#6B0B2C"
logo = "logo.png"
address = "Stationsplein 1, Zwolle"
disclaimer = "Alleen bestemd voor <i>de directie</i>."
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "client").mkdir()
    (tmp_path / "brand.toml").write_text(BRAND, encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(PNG)
    return tmp_path / "client"


def faults(folder, text: str, name: str = "brand.toml") -> list[str]:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_client(folder)
    assert caught.value.text("nl") and caught.value.text("en")
    return [fault.code for fault in caught.value.faults]


def test_one_file_serves_all_clients_below_it(folder):
    brand = read_client(folder).brand
    assert (brand.firm, brand.accent) == ("Kantoor <b>Noord</b>", "#6B0B2C")
    assert base64.b64decode(brand.logo) == PNG


def test_the_clients_own_settings_go_first(folder):
    (folder / "brand.toml").write_text('firm = "Map"', encoding="utf-8")
    (folder / "client.toml").write_text('[brand]\nfirm = "Eigen"', encoding="utf-8")
    brand = read_client(folder).brand
    assert (brand.firm, brand.accent) == ("Eigen", "")


def test_logo_address_and_disclaimer_stand_on_the_cover(folder, words):
    brand = read_client(folder).brand
    cover = Cover(
        client_name="A", as_of="nu", firm=brand.firm, accent=brand.accent,
        address=brand.address, disclaimer=brand.disclaimer, logo=brand.logo,
    )  # fmt: skip
    page = render(new_notebook(), cover, words)
    tree = markup.document_fromstring(page)
    (logo,) = tree.xpath("//header//img")
    assert logo.get("src").startswith("data:image/png;base64,iVBORw0KGgo")
    assert logo.get("alt") == "Kantoor <b>Noord</b>"
    below = [p.text_content() for p in tree.xpath("//footer/p")]
    assert below == [
        "Kantoor <b>Noord</b> · Stationsplein 1, Zwolle",
        "Alleen bestemd voor <i>de directie</i>.",
    ]
    assert tree.xpath("//header//b | //header//i") == []
    assert "--accent:#6B0B2C" in page


def test_a_pale_colour_is_refused_wherever_it_stands(folder):
    assert faults(folder, 'accent = "#FFD400"') == ["accent_pale"]
    (folder / "brand.toml").unlink()
    assert faults(folder, '[brand]\naccent = "#FFD400"', "client.toml") == ["accent_pale"]
    with pytest.raises(ReportError, match="4,5"):
        Cover(client_name="A", as_of="nu", accent="#FFD400")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('acent = "#0B5C6B"', ["config_key_unknown"]),
        ('accent = "blauw"', ["config_value_wrong"]),
        ("firm = 3", ["config_value_wrong"]),
        ('logo = "../logo.png"', ["file_missing"]),
        ('logo = "ander.png"', ["file_missing"]),
        ("firm = ", ["config_unreadable"]),
    ],
)
def test_what_is_wrong_is_told(folder, text, codes):
    assert faults(folder, text) == codes


def test_a_font_of_the_firm_takes_the_headings(folder, words):
    (folder / "brand.toml").write_text('font = "huis.woff2"', encoding="utf-8")
    (folder / "huis.woff2").write_bytes(b"wOF2" + bytes(20))
    brand = read_client(folder).brand
    page = render(new_notebook(), Cover(client_name="A", as_of="nu", font=brand.font), words)
    rule = '@font-face{font-family:"Source Serif 4";font-weight:600;src:url(data:font/woff2;base64,'
    assert page.count(rule + "d09GMg") == 1
    assert rule not in render(new_notebook(), Cover(client_name="A", as_of="nu"), words)
    for data in (b"<svg>", b"wOF2" + bytes(200_000)):
        (folder / "huis.woff2").write_bytes(data)
        assert faults(folder, 'font = "huis.woff2"') == ["font_wrong"]


@pytest.mark.parametrize("data", [b"<svg onload='alert(1)'/>", PNG + bytes(200_000)])
def test_a_logo_is_a_small_picture(folder, data):
    (folder / "logo.png").write_bytes(data)
    assert faults(folder, 'logo = "logo.png"') == ["logo_wrong"]
