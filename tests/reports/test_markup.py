from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bulkops.reports.html.markup import Html, el, prose, safe, scrolling, together
from bulkops.visible_text import visible


def test_a_text_is_escaped_and_markup_is_not():
    assert el("p", "a < b & c", el("b", "\"'")) == "<p>a &lt; b &amp; c<b>&quot;&#x27;</b></p>"


def test_markup_is_not_escaped_twice():
    assert together([el("b", "&"), "&"]) == "<b>&amp;</b>&amp;"


def test_attributes_are_escaped_named_and_rounded():
    assert el("a", "x", class_='"><script>', stroke_width=1.23456, x=7, href=None) == (
        '<a class="&quot;&gt;&lt;script&gt;" stroke-width="1.23" x="7">x</a>'
    )


def test_an_element_without_content_closes_itself():
    assert el("rect", x=1.0) == '<rect x="1"/>'
    assert el("rect", el("title", "a")) == "<rect><title>a</title></rect>"
    assert el("td") == "<td></td>"


def test_what_no_page_can_hold_is_shown():
    assert safe("\x1b[31m\0\ud800\x9f\uffff") == "␛[31m␀\ufffd\ufffd\ufffd"
    assert safe("\t\n") == "\t\n"
    assert safe("user\u202egpj.exe\u200b\tb") == "user\\u202egpj.exe\\u200b\tb"


def test_a_wide_table_can_be_scrolled_by_key_and_has_a_name():
    assert scrolling("A & B", el("tbody")) == (
        '<div class="scroll" role="region" aria-label="A &amp; B" tabindex="0">'
        "<table><caption>A &amp; B</caption><tbody></tbody></table></div>"
    )


def test_words_between_backticks_are_code():
    assert prose("Run `a<b` then `c`.") == "Run <code>a&lt;b</code> then <code>c</code>."


def test_a_single_backtick_is_a_backtick():
    assert prose("it`s <") == "it`s &lt;"


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_data(self, data):
        self.text += data


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"])), st.text())
def test_no_text_becomes_markup(text, value):
    reader = Reader()
    reader.feed(el("p", text, title=value))
    reader.close()
    assert [(tag, [name for name, _ in attrs]) for tag, attrs in reader.tags] == [("p", ["title"])]
    assert reader.text == visible(text)


def test_markup_stays_markup_when_it_is_put_together():
    assert isinstance(together([]), Html)
    assert together([]) == ""
