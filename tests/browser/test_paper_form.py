"""A filled paper form on its way: photographed by an outreach worker, keyed by staff beside the picture."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from nums_wagtail.test import evidence_factories as files

from .people import Caseworker, Reader

pytestmark = pytest.mark.browser

#: Juniper works for Harbour Outreach in the demo's story.
JUNIPER = "juniper@example.org"
TOLD = "He said he was from the council and would not leave."
PICTURES = os.environ.get("NUMS_PICTURES")


@pytest.fixture
def pictures() -> Path | None:
    if not PICTURES:
        return None
    folder = Path(PICTURES)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_a_sheet_is_photographed_on_a_phone_and_keyed_beside_its_picture(site, phone, new_desk, pictures):
    juniper = Reader(phone, site.address, pictures)
    juniper.signs_in_with(JUNIPER)
    juniper.follows(re.compile("Report for somebody"))
    juniper.keeps_a_picture("p1-project")
    juniper.follows("Report for somebody")
    juniper.keeps_a_picture("p2-report-for-somebody")
    juniper.opens("/n/ours/key/")
    juniper.keeps_a_picture("p3-key-yourself")
    juniper.opens("/n/ours/picture/")
    juniper.page.set_input_files(
        "[name=files]", [{"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": files.jpeg(1240, 1754)}]
    )
    juniper.page.get_by_label("Yes, warn others.").check()
    juniper.keeps_a_picture("p4-photograph")
    juniper.presses("Send")
    assert "belongs to the person it happened to" in juniper.reads()
    juniper.keeps_a_picture("p5-sent")
    juniper.follows("Reports of your project")
    assert "Received" in juniper.reads()
    assert juniper.page.evaluate("document.documentElement.scrollWidth") <= 320
    juniper.keeps_a_picture("p6-list")

    robin = Caseworker(new_desk(), site.address, pictures)
    robin.signs_in("robin")
    robin.opens_the_case_that_says("Harbour Outreach")
    robin.keeps_a_picture("p7-case")
    robin.follows("Key this sheet")
    picture = robin.page.locator(".nums-keying__pictures img")
    assert picture.evaluate("one => one.complete && one.naturalWidth") == 1240
    box, form = picture.bounding_box(), robin.page.locator(".nums-keying form").bounding_box()
    assert box["x"] >= form["x"] + form["width"]
    robin.page.fill("[name=q-what_happened]", TOLD)
    robin.keeps_a_picture("p8-key-beside")
    robin.presses("Keep what the sheet says")
    robin.waits_to_read(TOLD)

    robin.opens("/admin/cases/key/")
    robin.page.set_input_files(
        "[name=files]", [{"name": "IMG_2.jpg", "mimeType": "image/jpeg", "buffer": files.jpeg(1240, 1754)}]
    )
    beside = robin.page.locator(".nums-keying__pictures img")
    beside.wait_for()
    assert beside.evaluate("one => one.decode().then(() => one.naturalWidth)") == 1240
    robin.keeps_a_picture("p9-key-new")
