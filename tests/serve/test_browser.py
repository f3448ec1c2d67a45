"""The pages in a real browser: a search is typed and answered, nothing leaves loopback, and everybody can use them."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from onrecord import tables as open_tables

from ..corrections.conftest import ferry_record as ferry_record
from ..report.test_browser import CHROMIUM, EVALUATES, FLAGS, IN_SIGHT, WORDS
from .serving import Served, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        opened = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def samples(sample_output: Path) -> Iterator[Served]:
    with serving(sample_output) as served:
        yield served


@pytest.fixture(scope="module")
def invented(invented_output: Path) -> Iterator[Served]:
    with serving(invented_output) as served:
        yield served


class Visit:
    """A browser that has opened the address that was printed; what its pages asked for and complained of."""

    def __init__(self, browser: Any, served: Served, path: str = "/", **context: Any) -> None:
        self.served = served
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(served.address)
        if path != "/":
            self.go(path)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.served.site}{path}")

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.context.close()
        if kind is None:
            assert self.complaints == []
            every = {urlsplit(url).netloc for url in self.asked if not url.startswith("data:")}
            assert every == {f"127.0.0.1:{self.served.port}"}


def quotes(output: Path, **wanted: Any) -> list[dict[str, Any]]:
    every = open_tables(output)["quotes"].to_table().to_pylist()
    return [q for q in every if all(q[k] == v for k, v in wanted.items())]


def test_a_search_is_typed(browser: Any, samples: Served, sample_output: Path) -> None:
    with Visit(browser, samples) as visit:
        page = visit.page
        assert "token" not in page.url and page.evaluate("document.cookie") == ""  # no script can read it
        assert page.text_content("#count") == f"{len(quotes(sample_output))} quotes"
        page.fill("[name=q]", "harbour wall")
        begin = time.perf_counter()
        page.keyboard.press("Enter")
        page.wait_for_url("**q=harbour*")
        assert time.perf_counter() - begin < 1
        wanted = [q for q in quotes(sample_output) if {"harbour", "wall"} <= set(re.findall(r"\w+", q["text"].casefold()))]
        assert page.locator(".list > li").count() == len(wanted) > 0
        assert page.input_value("[name=q]") == "harbour wall"
        page.select_option("[name=type]", "direct")
        page.fill("[name=q]", "")
        page.fill("[name=by]", "Tarn")
        page.click("text=Search")
        own = [q for q in quotes(sample_output, type="direct") if "Tarn" in (q["speaker_name"] or "")]
        assert page.locator(".list > li").count() == len(own) > 0
        page.click("main >> text=Clear")
        assert page.text_content("#count") == f"{len(quotes(sample_output))} quotes"


def test_a_quote_opens_in_its_article(browser: Any, samples: Served, sample_output: Path) -> None:
    with Visit(browser, samples) as visit:
        for quote in quotes(sample_output, type="direct")[:4]:
            visit.go(f"/quote/{quote['quote_id']}")
            page = visit.page
            page.wait_for_selector("html[data-ready=true]")
            assert page.evaluate(IN_SIGHT)
            found = "".join(page.locator("mark.found").all_text_contents())
            assert "".join(filter(str.isalnum, found)) == "".join(filter(str.isalnum, quote["text"]))
            assert page.is_visible("#card")
            words = page.evaluate(WORDS)
            for own in quotes(sample_output, doc_id=quote["doc_id"]):
                assert "".join(filter(str.isalnum, words[own["quote_id"]])) == "".join(filter(str.isalnum, own["text"]))
        page.click(".legend a >> nth=0")
        page.wait_for_url("**/speaker/*")
        assert page.locator("h1").text_content() in {q["speaker_name"] for q in quotes(sample_output)}


def addresses(output: Path) -> list[str]:
    quote = quotes(output, type="direct", speaker_status="named")[0]
    (person,) = {
        p["person_id"] for p in open_tables(output)["people"].to_table().to_pylist() if p["speaker_id"] == quote["speaker_id"]
    }
    own = [f"/article/{quote['doc_id']}#quote={quote['quote_id']}", f"/speaker/{person}", f"/?person={person}"]
    return ["/?q=the&type=direct", "/?q=zzz", "/speakers", "/shares", "/claims", "/claims?event=killed", "/text", *own]


@pytest.mark.parametrize(
    ("record", "width", "scheme"),
    [("samples", 1200, "light"), ("samples", 360, "dark"), ("invented", 1200, "dark"), ("invented", 360, "light")],
)
def test_no_barrier(
    request: Any, browser: Any, sample_output: Path, invented_output: Path, record: str, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    served = request.getfixturevalue(record)
    view = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}, "bypass_csp": True}
    with Visit(browser, served, **view) as visit:
        for address in addresses(sample_output if record == "samples" else invented_output):
            visit.go(address)
            found = Axe().run(visit.page).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], address
            assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                address
            )  # nothing runs over the edge


def test_keyboard_alone(browser: Any, samples: Served) -> None:
    with Visit(browser, samples) as visit:
        page = visit.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.type("vaccine")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=vaccine*")
        page.focus(".list blockquote a")
        page.keyboard.press("Enter")
        page.wait_for_selector("html[data-ready=true]")
        assert page.evaluate("document.activeElement.tagName") == "MARK" and page.is_visible("#card")
        page.keyboard.press("Escape")
        assert page.is_hidden("#card")


def test_nothing_runs_but_our_own_script(browser: Any, samples: Served, sample_output: Path) -> None:
    quote = quotes(sample_output)[0]
    with Visit(browser, samples, f"/article/{quote['doc_id']}") as visit:
        assert visit.page.evaluate(EVALUATES) == "EvalError"
        visit.page.evaluate("fetch('https://other.example/').catch(() => 0)")
        visit.complaints = [c for c in visit.complaints if "Content Security Policy" not in c and "Trusted" not in c]
        visit.asked = [url for url in visit.asked if "other.example" not in url]  # it was stopped before it was sent


@pytest.fixture(scope="module")
def ferry(ferry_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    folder = Path(shutil.copytree(ferry_record, tmp_path_factory.mktemp("ferry") / "out"))
    with serving(folder) as served:
        yield served, folder


def quote_of(folder: Path, words: str) -> dict[str, Any]:
    (row,) = [q for q in open_tables(folder, as_read=True)["quotes"].to_table().to_pylist() if words in q["text"]]
    return row


def sent(page: Any, press: Any) -> None:
    """Do something that is sent, and wait for the page as the server makes it anew."""
    page.evaluate("document.documentElement.dataset.ready = 'old'")
    press()
    page.wait_for_selector("html[data-ready=true]", timeout=60_000)


def test_a_quote_is_corrected_where_it_stands(browser: Any, ferry: tuple[Served, Path]) -> None:
    served, folder = ferry
    quote = quote_of(folder, "It was a long week")
    with Visit(browser, served, f"/article/{quote['doc_id']}#quote={quote['quote_id']}") as visit:
        page = visit.page
        page.wait_for_selector("html[data-ready=true]")
        page.keyboard.press("Enter")  # the quote has the focus
        assert page.is_visible("#correct") and page.text_content("#h-correct") == "Correct this quote"
        assert page.input_value("#correct [name=speaker]") == "Otto Lund"
        page.click("#correct >> text=Save")
        assert "Nothing was changed" in page.text_content("#correct .wrong")
        page.fill("#correct [name=words]", "a short week")
        page.click("#correct >> text=Save")
        page.wait_for_selector("#correct .wrong:has-text('does not have these words')", timeout=60_000)
        page.fill("#correct [name=words]", "It was a long week")
        page.fill("#correct [name=speaker]", "Ilse Tarn")
        page.fill("#correct [name=by]", "M. Kern")
        page.fill("#correct [name=why]", "she spoke")
        sent(page, lambda: page.click("#correct >> text=Save"))
        assert "Ilse Tarn" in page.text_content("#made li") and "M. Kern" in page.text_content("#made li")
        assert (
            page.is_visible("#card") and "Ilse Tarn" in page.text_content("#card") and "put right" in page.text_content("#card")
        )
        visit.go("/?q=week&by=Tarn")
        assert page.text_content("#count") == "1 quote"
        visit.go(f"/article/{quote['doc_id']}")
        page.wait_for_selector("html[data-ready=true]")
        sent(page, lambda: page.click("#made >> text=Take back"))
        assert "taken back by" in page.text_content("#made li") and page.locator("#made button").count() == 0
        visit.complaints = [c for c in visit.complaints if "400 (Bad Request)" not in c]  # the words that were wrong
    shown = open_tables(folder)["quotes"].to_table().to_pylist()
    assert [q["speaker_name"] for q in shown if q["quote_id"] == quote["quote_id"]] == ["Otto Lund"]


def test_a_figure_and_what_is_none(browser: Any, ferry: tuple[Served, Path]) -> None:
    served, folder = ferry
    doc = quote_of(folder, "It was a long week")["doc_id"]
    with Visit(browser, served, f"/article/{doc}") as visit:
        page = visit.page
        page.wait_for_selector("html[data-ready=true]")
        page.click("mark.f >> text=At least 15")
        assert (
            page.is_visible("#which") and page.locator("#correct select[name=which] option").count() == 2
        )  # it stands in a quote
        page.select_option("#correct select[name=which]", label="figure: At least 15")
        page.fill("#correct [name=value]", "14")
        page.select_option("#correct [name=event]", "killed")
        sent(page, lambda: page.click("#correct >> text=Save"))
        page.click("mark.f >> text=nine days")
        assert page.text_content("#none") == "There is no figure"
        sent(page, lambda: page.click("#none"))
        page.click("mark.f >> text=About 400")
        sent(page, lambda: page.click("#accept"))
        page.keyboard.press("Escape")
        assert page.locator("#made li").count() >= 3 and page.locator("mark.f >> text=nine days").count() == 0
    figures = {f["text"]: f for f in open_tables(folder)["figures"].to_table().to_pylist()}
    assert (figures["At least 15"]["value"], figures["At least 15"]["event"]) == (14.0, "killed")
    assert "nine days" not in figures and figures["About 400"]["corrected"] == []


def test_names_are_one_or_two(browser: Any, ferry: tuple[Served, Path]) -> None:
    served, folder = ferry
    with Visit(browser, served, "/speakers?name=Velden") as visit:
        page = visit.page
        page.click("tbody a >> text=Ann R. Velden")
        page.click('button.two[data-other="Ann Velden"]')
        page.wait_for_selector('button.two[data-other="Ann Velden"]', state="detached", timeout=60_000)
        page.fill("#one [name=other]", "Otto Lund")
        page.click("#one button")
        page.wait_for_selector('button.two[data-other="Otto Lund"]', timeout=60_000)
        assert page.locator(".made li").count() == 2
    names = {s["speaker_id"]: s["name"] for s in open_tables(folder)["document_speakers"].to_table().to_pylist()}
    person = {names[p["speaker_id"]]: p["person_id"] for p in open_tables(folder)["people"].to_table().to_pylist()}
    assert person["Otto Lund"] == person["Ann R. Velden"] != person["Ann Velden"]


def test_no_barrier_in_correcting(browser: Any, ferry: tuple[Served, Path]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    served, folder = ferry
    quote = quote_of(folder, "We got what we asked for")
    for width, scheme in ((1200, "light"), (360, "dark")):
        view = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}, "bypass_csp": True}
        with Visit(browser, served, f"/article/{quote['doc_id']}#quote={quote['quote_id']}", **view) as visit:
            visit.page.wait_for_selector("html[data-ready=true]")
            visit.page.keyboard.press("Enter")
            assert visit.page.is_visible("#correct")
            found = Axe().run(visit.page).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
            assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            visit.page.keyboard.press("Escape")
            assert visit.page.is_hidden("#correct")


def test_another_browser_without_the_token(browser: Any, samples: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    assert page.goto(samples.site).status == 403
    assert "token" in page.text_content("body")
    context.close()


def test_a_text_is_read(browser: Any, samples: Served) -> None:
    with Visit(browser, samples, "/text") as visit:
        page = visit.page
        page.fill("textarea", "“We will not wait,” said Ilse Tarn.\n\nAt least 12 people were killed in Tarvo, the council said.")
        page.click("form button")
        page.wait_for_selector("html[data-ready=true]")
        assert page.locator("mark.q.direct").first.text_content() == "We will not wait,"
        assert page.locator("mark.f").first.text_content() == "At least 12"
        assert page.locator(".legend").text_content().count("Ilse Tarn") == 1
