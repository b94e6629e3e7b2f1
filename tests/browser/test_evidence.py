"""Files with a report in a real browser: sent by phone, blocked out with a mouse; recordings that still play."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from nums_wagtail.reports.cleaning.cleaner import Cleaner
from nums_wagtail.test import evidence_factories as files

from .people import Caseworker, Reporter

pytestmark = pytest.mark.browser

TOLD = "He left this note under my wiper. I took a photo of it, and of his car."
PICTURES = os.environ.get("NUMS_PICTURES")


@pytest.fixture
def pictures() -> Path | None:
    if not PICTURES:
        return None
    folder = Path(PICTURES)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.promise("P115")
@pytest.mark.promise("P122")
def test_a_photo_comes_from_a_phone_and_a_copy_of_it_is_blocked_out_with_a_mouse(site, phone, new_desk, pictures):
    reporter = Reporter(phone, site.address, pictures)
    reporter.opens_the_form()
    reporter.page.fill("[name=q-what_happened]", TOLD)
    reporter.opens_every_group()
    reporter.page.select_option("[name=q-region]", "north-west")
    reporter.page.set_input_files(
        "[name=files]",
        [
            {"name": "IMG_0412.jpg", "mimeType": "image/jpeg", "buffer": files.jpeg(1200, 900, turned=6)},
            {"name": "film.mov", "mimeType": "video/quicktime", "buffer": files.mp4(brand=b"qt  ")},
        ],
    )
    reporter.presses("Send and warn others")
    assert reporter.receipt()
    assert "film.mov" in reporter.reads()
    reporter.keeps_a_picture("e1-sent-with-files")

    robin = Caseworker(new_desk(), site.address, pictures)
    robin.signs_in("robin")
    robin.opens_the_case_that_says(TOLD)
    assert "1. Picture" in robin.reads()
    robin.keeps_a_picture("e2-case-with-files")
    whole = robin.downloads("Download file 1")
    assert files.CANARY not in whole
    assert Image.open(io.BytesIO(whole)).size == (900, 1200)

    robin.follows("Block out parts of file 1")
    robin.draws_over(0.6, 0.0, 1.0, 0.3)
    robin.draws_over(0.1, 0.8, 0.4, 0.9)
    robin.keeps_a_picture("e3-block-out")
    assert float(robin.page.input_value("[name=part-0-left]")) == pytest.approx(60, abs=1)
    robin.presses("Keep this copy")
    assert "The copy is kept" in robin.reads()
    robin.keeps_a_picture("e4-case-with-copy")
    copy = Image.open(io.BytesIO(robin.downloads("Download file 3"))).convert("RGB")
    assert copy.size == (900, 1200)
    assert max(copy.getpixel((800, 100))) < 12
    assert max(copy.getpixel((225, 1020))) < 12
    assert min(copy.getpixel((450, 600))) > 200


RECORD = """async (type) => {
    if (!MediaRecorder.isTypeSupported(type)) return null;
    const context = new AudioContext();
    const tone = context.createOscillator();
    const out = context.createMediaStreamDestination();
    tone.connect(out);
    tone.start();
    const recorder = new MediaRecorder(out.stream, { mimeType: type });
    const chunks = [];
    recorder.ondataavailable = (event) => chunks.push(event.data);
    const ended = new Promise((done) => { recorder.onstop = done; });
    recorder.start(200);
    await new Promise((done) => setTimeout(done, 1200));
    recorder.stop();
    await ended;
    return Array.from(new Uint8Array(await new Blob(chunks).arrayBuffer()));
}"""

PLAY = """async (bytes) => {
    const sound = await new OfflineAudioContext(1, 48000, 48000).decodeAudioData(new Uint8Array(bytes).buffer);
    return [sound.duration, Math.max(...sound.getChannelData(0))];
}"""


@pytest.mark.promise("P115")
def test_recordings_of_a_browser_still_play_after_they_were_cleaned(new_desk):
    page = new_desk().new_page()
    played = 0
    with Cleaner() as cleaner:
        for type in ("audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"):
            recorded = page.evaluate(RECORD, type)
            if recorded is None:  # this browser does not write it
                continue
            clean = cleaner.clean(bytes(recorded))
            seconds, loudest = page.evaluate(PLAY, list(clean.content))
            assert 0.5 < seconds < 3, type
            assert loudest > 0.1, type
            played += 1
        seconds, _loudest = page.evaluate(PLAY, list(cleaner.clean(files.wav()).content))
        assert seconds == pytest.approx(1, abs=0.05)
    assert played
