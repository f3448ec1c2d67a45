"""Quotation marks: text in, quoted stretches out."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.text.marks import find_quoted

STYLES = {
    "curly double": ("He said “stay here” twice.", ["stay here"]),
    "straight double": ('He said "stay here" twice.', ["stay here"]),
    "curly single": ("He said ‘stay here’ twice.", ["stay here"]),
    "straight single": ("He said 'stay here' twice.", ["stay here"]),
    "guillemets": ("He said «stay here» twice.", ["stay here"]),
    "guillemets turned": ("He said »stay here« twice.", ["stay here"]),
    "low-high": ("He said „stay here“ twice.", ["stay here"]),
    "low-high English close": ("He said „stay here” twice.", ["stay here"]),
    "backticks and apostrophes": ("He said ``stay here'' twice.", ["stay here"]),
    "two apostrophes": ("He said ''stay here'' twice.", ["stay here"]),
    "curly opens, straight closes": ('He said “stay here" twice.', ["stay here"]),
    "straight opens, curly closes": ('He said "stay here” twice.', ["stay here"]),
    "closing mark opens": ("”Stay here,” he said.", ["Stay here,"]),
    "opening mark closes": ("“Stay here,“ he said.", ["Stay here,"]),
    "two quotations": ("“A dog,” she said. “A cat.”", ["A dog,", "A cat."]),
    "nested, single in double": ("“She said ‘no’ to me,” he said.", ["She said ‘no’ to me,"]),
    "nested, double in single": ("‘She said “no” to me,’ he said.", ["She said “no” to me,"]),
    "nested, both close": ("“I told him: ‘Go.’”", ["I told him: ‘Go.’"]),
    "nested, same marks": ("“I read “Do you agree?” aloud,” he said.", ["I read “Do you agree?” aloud,"]),
    "bracket and ellipsis": ("“[We] will ... go on,” he said.", ["[We] will ... go on,"]),
    "after a dash": ("The plan—“mad,” he said—failed.", ["mad,"]),
    "open to the end": ("“We were told\nin time.", ["We were told\nin time."]),
    "closed only": ("We go home,” she said.", ["We go home,"]),
    "closed only, second sentence": ("It rained. We go home,” she said.", ["We go home,"]),
    "closed only, behind a quotation within it": ("Of all ‘farces,’ this is one,” he said.", ["farces,", "this is one,"]),
    "closed only, after a reported quotation": ("“We go,” he said in the year of the flood.”", ["We go,"]),
    "closed only, behind an abbreviation": ("The U.S. President lies,” he said.", ["The U.S. President lies,"]),
    "missing close before the attribution": ('"We go, Sol added. "Now."', ["We go,", "Now."]),
    "no space before it opens": ('She said,"We go," and left.', ["We go,"]),
    "no space behind the stop": ('It is "shut".  He left."We go," she said.', ["shut", "We go,"]),
    "opening mark closes behind a space": ("“We go “, he said.", ["We go "]),
    "closing mark opens before a space": ("It was ” treason of the worst” or theft.", [" treason of the worst"]),
    "unclosed before an attribution": ("“We go, said Sol Ada, the mayor. It rained.", ["We go,"]),
    "closed only, its comma behind": ("We go home”, she said.", ["We go home"]),
    "printed twice, one within closes too": ('"He called it "mad""', ['He called it "mad"']),
    "decade inside": ("‘Not since the ’90s,’ he said.", ["Not since the ’90s,"]),
    "possessive inside": ("‘The drivers’ pay is low,’ he said.", ["The drivers’ pay is low,"]),
    "dropped g inside": ("‘In the mornin’ it’s cold,’ he said.", ["In the mornin’ it’s cold,"]),
}
NO_QUOTATION = {
    "apostrophe": "It’s the council's fault, isn't it?",
    "plural possessive": "The workers’ union and the nurses' union met.",
    "feet and inches": "The plank is 6'3\" wide and 5' long.",
    "inches alone": 'A screen of 27" and one of 32" were sold.',
    "elision": "Rock ’n’ roll in the ’80s, ’tis said, was loud.",
    "a letter of a name": "‘Enbaqo was a clerk. It is said that ‘Enbaqo wrote books.",
    "empty marks": 'The field "" is empty.',
}


@pytest.mark.parametrize(("text", "quoted"), STYLES.values(), ids=STYLES)
def test_quoted(text: str, quoted: list[str]) -> None:
    assert [text[q.inner_start : q.inner_end] for q in find_quoted(text)] == quoted


@pytest.mark.parametrize("text", NO_QUOTATION.values(), ids=NO_QUOTATION)
def test_no_quotation(text: str) -> None:
    assert find_quoted(text) == []


def test_unclosed_is_told() -> None:
    (quoted,) = find_quoted("“We were told.")
    assert quoted.opened and not quoted.closed


MARKS = st.lists(st.sampled_from([*"“”‘’\"'«»„`.,!? ab3\n", "''", "``", " said Rees. ", "’90s", "6'3\""]), max_size=60).map(
    "".join
)


@given(MARKS)
def test_spans_are_ordered_and_within(text: str) -> None:
    end = 0
    for q in find_quoted(text):
        assert end <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text)
        assert text[q.inner_start : q.inner_end].strip()
        end = q.end


@given(MARKS, MARKS)
@example("3", '"‘')
def test_paragraphs_are_independent(before: str, text: str) -> None:
    shift = len(before)
    alone = [(q.start + shift, q.end + shift) for q in find_quoted(text)]
    assert [(q.start, q.end) for q in find_quoted(before + text, shift)] == alone
