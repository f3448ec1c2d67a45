"""The report page in a real browser: it works, asks nothing of anybody, runs nothing of an article, and can be used by all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks.articles import write_articles
from onrecord import tables as open_tables
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.report.page import write_report

from .hostile import write_hostile

pytestmark = pytest.mark.browser
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync".split()
)
SERIOUS = ("serious", "critical")
# for each quote of an article, the words that its marks stand on
WORDS = """() => {
  const words = {};
  for (const mark of document.querySelectorAll(".text mark.q"))
    for (const item of mark.told) if (item.id && mark.classList.contains("q")) {
      const inside = item.spans.some(([from, to]) => item.article.text.slice(from, to).includes(mark.textContent));
      if (inside) words[item.id] = (words[item.id] || "") + mark.textContent;
    }
  return words;
}"""


IN_SIGHT = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
}"""
NO_HANDLERS = "() => [...document.querySelectorAll('*')].every(e => [...e.attributes].every(a => !a.name.startsWith('on')))"
# behind a timer, where what the browser allows its driver does not count
EVALUATES = """() => new Promise(done => setTimeout(() => {
  try { eval('1'); done('ran') } catch (error) { done(error.name) }
}))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        opened = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class Opened:
    """A page that was opened from disk, and what it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, fragment: str = "", **context: Any) -> None:
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.goto(f"{path.as_uri()}{fragment}")
        self.page.wait_for_selector("html[data-ready=true]")

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()
        assert self.complaints == []
        assert all(url.startswith("file://") for url in self.asked) and len(set(self.asked)) == 1

    def until(self, test: str, value: object = None) -> None:
        """Wait until a function holds in the page (Playwright's own would need eval, which the page forbids)."""
        for _ in range(200):
            if self.page.evaluate(test, value):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{test} never held for {value!r}")

    def go(self, fragment: str) -> None:
        self.page.evaluate("fragment => { location.hash = fragment }", fragment)
        self.until("fragment => location.hash === fragment", fragment)

    def count(self) -> str:
        return str(self.page.text_content("#count"))


@pytest.fixture(scope="module")
def samples(sample_output: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    write_report(open_tables(sample_output), path, "Samples")
    return path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    run([str(write_hostile(folder))], folder / "out", Config())
    write_report(open_tables(folder / "out"), folder / "report.html", "<script>window.hit='name'</script>")
    return folder / "out", folder / "report.html"


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("thousand")
    write_articles(folder / "in", 1000)
    run([str(folder / "in")], folder / "out", Config(workers=2))
    done = write_report(open_tables(folder / "out"), folder / "report.html", "Thousand")
    assert done.articles == done.of == 1000 and done.bytes < 5_000_000
    return folder / "report.html"


def quotes(output: Path, **wanted: Any) -> list[dict[str, Any]]:
    every = open_tables(output)["quotes"].to_table().to_pylist()
    return [q for q in every if all(q[k] == v for k, v in wanted.items())]


def test_search_and_filters(browser: Any, samples: Path, sample_output: Path) -> None:
    every = quotes(sample_output)
    with Opened(browser, samples) as opened:
        page = opened.page
        assert opened.count() == f"{len(every)} of {len(every)} quotes"
        for name, value, keep in [
            ("type", "direct", lambda q: q["type"] == "direct"),
            ("act", "stance", lambda q: q["act"] == "stance"),
            ("pub", "Brenn Courier", lambda q: q["publisher"] == "Brenn Courier"),
            ("conf", "0.9", lambda q: round(q["confidence"] or 0, 2) >= 0.9),
        ]:
            page.select_option(f"#filters [name={name}]", value)
            opened.until("value => location.hash.includes(value)", value.split()[0])
            assert opened.count().startswith(f"{sum(map(keep, every))} of ")
            page.click("#filters [type=reset]")
            opened.until("() => location.hash === '#'  || location.hash === ''")
        quote = next(q for q in every if q["speaker_status"] == "named")
        word, by = max(quote["text"].split(), key=len).upper(), quote["speaker_name"].split()[-1].lower()
        page.fill("#filters [name=q]", word)
        page.fill("#filters [name=by]", by)
        opened.until("by => location.hash.endsWith(by)", by)
        found = [q for q in every if word in q["text"].upper() and by in str(q["speaker_name"]).lower()]
        assert opened.count().startswith(f"{len(found)} of ")
        page.reload()
        page.wait_for_selector("html[data-ready=true]")
        assert page.input_value("#filters [name=q]") == word and opened.count().startswith(f"{len(found)} of ")
        page.goto(f"{samples.as_uri()}#from=2026-10-06&to=2026-10-06")
        on_the_day = sum(q["published_date"] == date(2026, 10, 6) for q in every)
        opened.until("n => document.getElementById('count').textContent.startsWith(`${n} of `)", on_the_day)


def test_a_link_opens_at_its_quote(browser: Any, samples: Path, sample_output: Path) -> None:
    quote = next(q for q in quotes(sample_output, type="direct") if len(q["content_spans"]) == 2)
    with Opened(browser, samples, f"#quote={quote['quote_id']}", viewport={"width": 1000, "height": 400}) as opened:
        page = opened.page
        focused = page.evaluate("document.activeElement.textContent")
        assert focused and quote["text"].startswith(focused)
        assert page.evaluate(IN_SIGHT)
        assert quote["speaker_name"] in page.text_content("#card") and quote["speaker_rule"] in page.text_content("#card")
        page.keyboard.press("Escape")
        assert page.is_hidden("#card")
        page.reload()
        page.wait_for_selector("html[data-ready=true]")
        assert page.evaluate("document.activeElement.textContent") == focused
        page.click(".legend a")
        opened.until("() => location.hash.startsWith('#speaker=')")
        assert page.text_content("#detail h2") and page.locator("#detail .list li").count() >= 1
        page.go_back()
        page.wait_for_selector(".article .text")
        opened.go("#quote=ffffffffffffffff")
        assert "not in this page" in page.text_content("#detail")


@pytest.mark.parametrize("which", ["samples", "hostile"])
def test_every_quote_sits_on_its_words(browser: Any, which: str, request: pytest.FixtureRequest, sample_output: Path) -> None:
    found = request.getfixturevalue(which)
    output, path = found if which == "hostile" else (sample_output, found)
    seen = 0
    with Opened(browser, path) as opened:
        for doc in {q["doc_id"] for q in quotes(output)}:
            opened.go(f"#article={doc[:12]}")
            opened.page.wait_for_selector(".article .text")
            words = opened.page.evaluate(WORDS)
            for quote in quotes(output, doc_id=doc):
                told = "".join(c for c in quote["text"] if c.isalnum())
                shown = "".join(c for c in words[quote["quote_id"][:12]] if c.isalnum())
                assert shown == told
                seen += 1
    assert seen == len(quotes(output)) > 0


def test_nothing_of_an_article_runs(browser: Any, hostile: tuple[Path, Path]) -> None:
    output, path = hostile
    with Opened(browser, path) as opened:
        page = opened.page
        fragments = [f"#article={d['doc_id']}" for d in open_tables(output)["documents"].to_table().to_pylist()]
        fragments += [f"#speaker={q['speaker_id']}" for q in quotes(output)[:3]] + [
            "#q=%3Cscript%3E",
            "#by=%3Cimg%20src%3Dx%3E",
            "#quote=<b>",
        ]
        for fragment in ["#overview", *fragments]:
            page.goto(f"{path.as_uri()}{fragment}")
            for element in page.query_selector_all("a:visible")[:40]:
                assert str(element.get_attribute("href")).startswith("#")
            assert page.evaluate("window.hit") is None
            assert page.locator("img, iframe, object, link, base, script[src]").count() == 0
            assert page.evaluate(NO_HANDLERS)
        assert page.evaluate(EVALUATES) == "EvalError"
        assert "\u202e" not in page.content() and "\x1b" not in page.content()
        opened.complaints = [c for c in opened.complaints if "eval" not in c.lower() and "trusted" not in c.lower()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_no_serious_barrier(browser: Any, samples: Path, sample_output: Path, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    quote = quotes(sample_output, type="direct")[0]
    views = [
        "#overview",
        f"#quote={quote['quote_id']}",
        f"#speaker={_person(sample_output, quote['speaker_id'])}",
        "#type=direct",
    ]
    for view in views:
        with Opened(
            browser, samples, view, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
        ) as opened:
            found = [v for v in Axe().run(opened.page).response["violations"] if v["impact"] in SERIOUS]
            assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
            assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")  # nothing runs over the edge


def _person(output: Path, speaker: str) -> str:
    (row,) = [p for p in open_tables(output)["people"].to_table().to_pylist() if p["speaker_id"] == speaker]
    return str(row["person_id"])


def test_keyboard_alone(browser: Any, samples: Path) -> None:
    with Opened(browser, samples) as opened:
        page = opened.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.focus("#titles a")
        page.keyboard.press("Enter")
        page.wait_for_selector(".article .text")
        page.focus(".text mark[tabindex='0']")
        assert page.is_visible("#card")
        assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "card"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "MARK"


def test_print(browser: Any, samples: Path) -> None:
    with Opened(browser, samples) as opened:
        opened.page.emulate_media(media="print")
        assert opened.page.is_hidden("nav") and opened.page.is_hidden("#filters") and opened.page.is_visible("#speakers")
        assert len(opened.page.pdf()) > 20_000


def test_a_thousand_articles(browser: Any, thousand: Path) -> None:
    with Opened(browser, thousand) as opened:
        page = opened.page
        every = int(opened.count().split(" ")[0].replace(",", ""))
        assert every > 5000 and page.locator("#found > li").count() == 50
        page.fill("#filters [name=q]", "council")
        opened.until("() => location.hash === '#q=council'")
        assert 0 < int(opened.count().split(" ")[0].replace(",", "")) < every
        page.click("#more")
        assert page.locator("#found > li").count() == 100
        assert "council" in str(page.text_content("#found > li:nth-child(100) blockquote")).lower()


def test_the_page_counts_what_the_command_counts(browser: Any, samples: Path, sample_output: Path) -> None:
    with Opened(browser, samples) as opened:
        told = opened.page.eval_on_selector_all(".totals dd", "found => found.map(e => e.textContent)")
    tables = open_tables(sample_output)
    assert told == [str(tables[t].count_rows()) for t in ("documents", "quotes", "figures", "rejects")]
