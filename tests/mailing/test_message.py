"""Messages: what stands in their heads, and that a template's bytes read like a message built singly."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nums_wagtail.mailing.addresses import BadAddress, wire_address
from nums_wagtail.mailing.message import (
    Attachment,
    BadHeader,
    BuiltMail,
    MailFaces,
    MessageTemplate,
    build_message,
    new_message_id,
    place,
)
from nums_wagtail.mailing.quoted_printable import Body

WHEN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
STOP = "https://example.org/u/abc=def-" + "x" * 200
PLACE = place("unsubscribe")


def parsed(data: bytes) -> EmailMessage:
    return BytesParser(policy=default).parsebytes(data)


def for_rowan(faces: MailFaces, **more) -> EmailMessage:
    template = MessageTemplate(faces, from_="Updates <updates@example.org>", list_id="updates")
    message = template.for_recipient(
        to="rowan@example.org", message_id="<1@mail.example.org>", date=WHEN, unsubscribe_url=STOP, **more
    )
    return parsed(message.as_bytes())


def built(**more) -> EmailMessage:
    values = {
        "to": "rowan@example.org",
        "faces": MailFaces("Update 214", "Hello."),
        "from_": "Updates <updates@example.org>",
        "message_id": "<1@mail.example.org>",
        "date": WHEN,
    }
    return parsed(BuiltMail(build_message(**{**values, **more})).as_bytes())


@pytest.mark.promise("P056")
def test_a_message_id_is_random_and_ends_in_the_mail_domain():
    first, second = new_message_id(), new_message_id()
    assert first != second
    assert first.endswith("@mail.example.org>")


def test_a_letter_says_that_a_machine_wrote_it_and_belongs_to_no_list():
    message = built()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] is None
    assert message["Message-ID"] == "<1@mail.example.org>"
    assert message["Date"].datetime == WHEN


@pytest.mark.promise("P056")
def test_a_bulletin_carries_what_one_click_unsubscribing_needs():
    for message in (built(list_id="updates", unsubscribe_url=STOP), for_rowan(MailFaces("Update 214", "Hello."))):
        assert message["List-Id"] == "<updates.mail.example.org>"
        assert message["List-Unsubscribe"].replace(" ", "") == f"<{STOP}>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_is_not_promised_over_plain_http():
    assert built(list_id="updates", unsubscribe_url="http://127.0.0.1:8000/u/a")["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize("field", ["message_id", "from_", "reply_to", "unsubscribe_url", "list_id"])
def test_a_line_break_in_a_header_is_refused(field):
    with pytest.raises(BadHeader):
        built(**{field: "x\r\nBcc: eve@example.org"})


def test_a_line_break_in_a_subject_is_refused_by_the_template_too():
    with pytest.raises(BadHeader):
        for_rowan(MailFaces("Hello\nBcc: eve@example.org", "text"))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rowan",
        "a@example.org, b@example.org",
        "a@example.org\r\nRCPT TO:<b@example.org>",
        "<a@b>",
        "ü@example.org",
    ],
)
def test_what_no_server_would_take_is_refused_as_an_address(address):
    with pytest.raises(BadAddress):
        wire_address(address)


def test_an_international_domain_goes_out_in_its_ascii_form():
    assert wire_address("rowan@bücher.example.org") == "rowan@xn--bcher-kva.example.org"


def test_a_message_to_two_people_is_not_sent():
    email = build_message(
        to="a@example.org", faces=MailFaces("s", "t"), from_="u@example.org", message_id="<1@x>", date=WHEN
    )
    email.cc = ["b@example.org"]
    with pytest.raises(BadAddress):
        _ = BuiltMail(email).recipient


def test_a_template_fills_the_place_in_text_and_html():
    message = for_rowan(MailFaces("Update 214", f"Stop: {PLACE}\n", f'<p><a href="{PLACE}">Stop</a> é</p>'))
    assert message.get_body(("plain",)).get_content().splitlines() == [f"Stop: {STOP}"]
    assert f'href="{STOP}"' in message.get_body(("html",)).get_content()


def test_a_value_is_escaped_in_html_and_not_in_text():
    template = MessageTemplate(
        MailFaces("s", place("link"), f"<a href='{place('link')}'>"), from_="u@example.org", places=("link",)
    )
    message = template.for_recipient(
        to="a@example.org", message_id="<1@x>", date=WHEN, values={"link": "https://example.org/?a=1&b=2"}
    )
    for seen in (parsed(message.as_bytes()), parsed(BuiltMail(message.as_email()).as_bytes())):
        assert "a=1&b=2" in seen.get_body(("plain",)).get_content()
        assert "a=1&amp;b=2" in seen.get_body(("html",)).get_content()


def test_both_ways_to_the_same_message_read_the_same():
    faces = MailFaces(
        "Grüße, Update 214",
        f"Line one.\n.starts with a dot\nStop: {PLACE}",
        f"<p>Ünïcode {PLACE}</p>",
        (Attachment("update-214.pdf", b"%PDF-1.7 \x00\xff", "application/pdf"),),
    )
    template = MessageTemplate(faces, from_="Größe <u@example.org>", list_id="updates", reply_to="r@example.org")
    wire = template.for_recipient(to="a@example.org", message_id="<1@x>", date=WHEN, unsubscribe_url=STOP)
    fast, slow = parsed(wire.as_bytes()), parsed(BuiltMail(wire.as_email()).as_bytes())
    for name in ("From", "To", "Subject", "Reply-To", "Message-ID", "Date", "List-Id"):
        assert fast[name] == slow[name], name
    for kind in ("plain", "html"):
        contents = [m.get_body((kind,)).get_content().rstrip() for m in (fast, slow)]
        assert contents[0] == contents[1]
    assert [a.get_content() for a in fast.iter_attachments()] == [a.get_content() for a in slow.iter_attachments()]
    assert next(fast.iter_attachments()).get_filename() == "update-214.pdf"


def test_a_templates_bytes_are_seven_bit_short_lines():
    template = MessageTemplate(MailFaces("s", f"é {'x' * 500} {PLACE}\n", "<p>ü</p>"), from_="u@example.org")
    data = template.for_recipient(
        to="a@example.org", message_id="<1@x>", date=WHEN, unsubscribe_url="https://example.org/" + "y" * 300
    ).as_bytes()
    data.decode("ascii")
    head, _blank, body = data.partition(b"\r\n\r\n")
    assert max(len(line) for line in body.split(b"\r\n")) <= 76
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_value_with_white_space_inside_is_refused_as_a_header():
    template = MessageTemplate(MailFaces("s", "t"), from_="u@example.org")
    with pytest.raises(BadHeader):
        template.for_recipient(
            to="a@example.org", message_id="<1@x>", date=WHEN, unsubscribe_url="https://example.org/ x"
        )


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=120), min_size=2, max_size=4
    ),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=200),
)
def test_whatever_stands_round_a_place_comes_back_as_written(pieces, value):
    body = Body.of(PLACE.join(pieces), {PLACE: "unsubscribe"})
    head = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    data = head + body.fill({"unsubscribe": value})
    read = parsed(data).get_payload(decode=True).decode()
    wanted = value.join(pieces)
    assert read.replace("\r\n", "\n") == (wanted if wanted.endswith("\n") else wanted + "\n")
