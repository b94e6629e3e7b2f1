"""A receipt as a picture to keep: words and digits on a plain ground, and nothing that says what they are for."""

from __future__ import annotations

import io

from django.views.decorators.debug import sensitive_variables
from PIL import Image, ImageDraw, ImageFont

from nums_wagtail.vault.receipts import Receipt

#: Neutral among other pictures on a phone.
FILE_NAME = "note.png"

WIDTH, MARGIN = 720, 48
WORD_SIZE, DIGIT_SIZE = 56, 40
GROUND, INK, PALE = "#ffffff", "#1d2329", "#55606b"


@sensitive_variables()
def picture_of(receipt: Receipt) -> bytes:
    """A PNG of some 10 kB, made in memory, with no metadata in it."""
    words, digits = receipt.words, receipt.digits.split()
    large, small = ImageFont.load_default(WORD_SIZE), ImageFont.load_default(DIGIT_SIZE)
    step = int(WORD_SIZE * 1.4)
    height = 2 * MARGIN + step * len(words)
    picture = Image.new("RGB", (WIDTH, height), GROUND)
    draw = ImageDraw.Draw(picture)
    for number, (word, group) in enumerate(zip(words, digits, strict=True)):
        line = MARGIN + step * number + step // 2
        draw.text((MARGIN, line), word, INK, font=large, anchor="lm")
        draw.text((WIDTH - MARGIN, line), group, PALE, font=small, anchor="rm")
    kept = io.BytesIO()
    picture.quantize(16).save(kept, "PNG", optimize=True)
    return kept.getvalue()
