# ruff: noqa: E501 - a case a line
"""Pages that stand in an article's place are refused, and articles that look like them are read."""

from __future__ import annotations

import pytest

from onrecord.sources.records import RawArticle, Refusal

from .test_pages import BODY, article, paragraphs, read, source

TEASER = "<article><h2><a href='/news/{0}'>Headline {0} about the ferry at Lindvik</a></h2><p>In short: story {0} of the day.</p></article>"
CARD = "<div class='card'><a href='/news/{0}'><h3>Ferry story number {0} of this long year</h3></a><p>The board said “enough” in story {0}, and went home to think.</p><span>{0} hours ago</span></div>"
ITEM = "<li><a href='/news/{0}'>Ferry story number {0} of this long year at Lindvik</a></li>"
ROW = "<div class='row'><p><a href='/news/{0}'>Ferry story number {0} of this long year</a></p><p>The board decided in story {0} to close a ferry. <a href='/news/{0}'>Read more</a></p></div>"


def many(form: str, count: int = 9) -> str:
    return "".join(form.format(n) for n in range(count))


NONE = {
    "law of another region": ("451: Unavailable due to legal reasons", "<p>We recognize you are attempting to access this website from a country belonging to the European Economic Area (EEA), and therefore access cannot be granted at this time.</p>"),
    "another region": ("Ostmark Post", "<p>Our European visitors are important to us. This site is currently unavailable to visitors from the European Economic Area while we work on it.</p>"),
    "not here": ("Sorry", "<p>Sorry, this content is not available in your region.</p><p>You can return to our front page, or read other stories there.</p>"),
    "a script": ("Ostmark Post", "<p>You need to enable JavaScript to run this app. Please enable JavaScript in your browser settings and reload the page to continue.</p>"),
    "a guard": ("Attention Required! | Guard", "<p>This website is using a security service to protect itself from online attacks. The action you just performed triggered it. Your IP: 1.2.3.4</p>"),
    "a guard of another kind": ("Pardon Our Interruption", "<p>As you were browsing something about your browser made us think you were a bot. There are a few reasons this might happen: you've disabled cookies in your web browser.</p>"),
    "advertising": ("Ostmark Post", "<p>It looks like you are using an ad blocker. We rely on advertising to fund our journalism. Please disable your ad blocker and reload this page.</p>"),
    "consent": ("Welcome", "<p>Ostmark Post asks for your consent to use your personal data to: personalised advertising and content. Your personal data will be processed and information from your device (cookies) may be stored by 141 vendors.</p>"),
    "log in": ("Sign in | Ostmark Post", "<p>Sign in with your email address and password. New here? Register for free to read five articles a month and to receive our letters.</p>"),
    "subscribers": ("Ferry to close in May", "<p>This article is for subscribers only. Subscribe now for 1 krone a month to continue reading. Already a subscriber? Log in.</p>"),
    "a plan": ("Ferry to close in May", "<p>To continue reading this article, please subscribe. Choose the plan that suits you. Cancel anytime. Already have an account? Sign in here.</p>"),
    "a limit": ("Ferry to close in May", "<p>You have reached your limit of free articles this month. Subscribe for unlimited access to all our journalism.</p><p>Digital: 10 kroner a week. Print and digital: 20 kroner a week.</p>"),
    "maintenance": ("We'll be right back", "<p>The site is down for scheduled maintenance. Please check back in a few minutes. We apologise for the inconvenience and thank you.</p>"),
    "a server that fails": ("Internal Server Error", "<p>The server encountered an internal error or misconfiguration and was unable to complete your request. Please contact the server administrator.</p>"),
    "a gateway": ("502 Bad Gateway", "<p>The web server reported a bad gateway error. Please try again in a few minutes, or come back tomorrow morning.</p>"),
    "for sale": ("ostmarkpost.example", "<p>This domain is for sale! Buy this domain today. The domain name ostmarkpost.example may be for sale by its owner.</p>"),
    "gone, French": ("Page introuvable", "<p>La page que vous recherchez n'existe pas ou a été déplacée. Merci de revenir à la page d'accueil du site.</p>"),
    "gone, German": ("Seite nicht gefunden", "<p>Die angeforderte Seite wurde leider nicht gefunden. Bitte versuchen Sie es über die Suche oder die Startseite.</p>"),
    "gone, odd": ("Hmm, that’s odd", "<p>The page you were looking for doesn't exist. You may have mistyped the address or the page may have moved.</p>"),
    "gone for good": ("410 Gone", "<p>The requested resource is no longer available at this server and there is no forwarding address. Please remove all references to it.</p>"),
    "removed": ("Story removed", "<p>This story has been removed for legal reasons. We are sorry for any inconvenience that this may cause our readers.</p>"),
    "cards": ("News", many(CARD)), "links": ("Ostmark Post – the fjord’s news", f"<ul>{many(ITEM, 30)}</ul>"), "rows": ("Latest", many(ROW, 15)),
    "tag": ("Tag: Ferry", many(TEASER, 6)), "archives": ("Ferry Archives - Ostmark Post", many(ROW)),
    "author": ("Ann Veld, Author at Ostmark Post", "<p>Ann Veld covers transport for the Ostmark Post. She has worked here since 2011 and lives at Lindvik with two dogs.</p>" + many(ROW)),
    "search": ("Search", "<p>Showing 1-10 of 233 results for ferry</p>" + many(ROW)), "search 2": ("ferry - Search Results - Ostmark Post", many(TEASER, 4)),
    "search 3": ("You searched for ferry - Ostmark Post", many(ROW, 5)),
    "film": ("Watch: last ferry leaves", '<video src="x.mp4"></video><p>Watch the last ferry leave the quay at Lindvik on Tuesday night.</p>'),
    "pictures": ("In pictures", many("<figure><img src='{0}.jpg'><figcaption>{0}/12</figcaption></figure>") + "<p>See all pictures of the last ferry.</p>"),
    "about": ("About us", "<p>The Ostmark Post is the newspaper of the fjord, founded in 1911. Our newsroom has 12 people, and we print six days a week.</p>"),
    "privacy": ("Privacy Policy", 3 * "<p>We collect personal data when you visit our site. You may ask us to delete your personal data at any time, and we will answer within a month of that.</p>"),
    "subscribe": ("Subscribe", "<p>Choose your plan. Digital only: 10 kroner a week. Digital and print: 20 kroner a week. Cancel at any time. Gift subscriptions are available too.</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_article(name: str) -> None:
    title, inner = NONE[name]
    found = read(source(inner, title))
    assert isinstance(found, Refusal) and found.reason == "not_an_article", found


SOME = {
    "a brief among others": ("Ferry to close in May", paragraphs(BODY[:3]) + f"<section class='grid'>{many(CARD)}</section>"),
    "a river behind": ("Ferry to close in May", paragraphs(BODY) + f"</article><div class='river'>{many(CARD, 20)}</div><article>"),
    "documents behind": ("Ferry to close in May", paragraphs(BODY) + f"<ul>{many(ITEM, 6)}</ul>"),
    "a title like a page's": ("Contact lost with skipper", paragraphs(BODY)), "a title like a list's": ("Latest: ferry to close", paragraphs(BODY)),
    "opinion": ("A town without a boat", paragraphs(["There are towns that one can love without a reason, and Lindvik is one of them.", "It has no beach and no famous son. It has a quay, and from the quay a boat goes."])),
    "roundup": ("Monday briefing", many("<p>In <a href='/n/{0}'>story number {0} of the week</a>, the board met again and decided nothing at all for the town of Lindvik.</p>")),
    "ten best": ("Ten best ferries", many("<h3>{0}. The ferry of Lindvik</h3><p>It is old, slow and red, and it leaves at seven. Nobody forgets it.</p>")),
    "live": ("Ferry strike – live", many("<div class='post' id='p{0}'><h2>Update {0}</h2><p>The board said at ten past {0} that it would not talk to the crew today, and left.</p></div>")),
    "of cookies": ("New law on cookies", paragraphs(["Sites must ask before they set cookies from May on, the board of consent decided on Tuesday.", "Consent has to be as easy to refuse as to give. The law covers 640 sites in Ostmark."])),
    "of a paywall": ("Post puts up paywall", paragraphs(["The Ostmark Post will ask readers to pay from May on.", "To continue reading, they pay 10 kroner a week, said its editor Marta Okello.", "The paper lost 3 million kroner last year."])),
    "of works": ("Bridge closed for maintenance", paragraphs(["The bridge at Solvik is closed for maintenance until Friday.", "Drivers should try again later in the week. A ferry runs every hour."])),
    "of a server": ("Server failure stops trains", paragraphs(["A server failure stopped all trains in Ostmark on Monday morning for three hours.", "The internal server error was found at noon by two engineers.", "Some 9,000 people were late for work."])),
    "help": ("Help", paragraphs(["They had one word on the roof, and the pilot saw it at dawn.", "Per Solli and his two sons had sat there since Tuesday, when the river took the house."])),
    "film and article": ("Ferry to close in May", '<video src="x"></video>' + paragraphs(BODY)),
    "results": ("Election results", f"<table>{many('<tr><td>Party {0}</td><td>1,20{0} votes</td></tr>')}</table>" + paragraphs(["The party of the mayor lost two seats on Sunday. Turnout was 61 per cent."])),
}  # fmt: skip


@pytest.mark.parametrize("name", SOME)
def test_an_article_that_looks_like_none(name: str) -> None:
    title, inner = SOME[name]
    assert isinstance(found := read(source(inner, title)), RawArticle), found


def test_teasers_behind_an_article_are_no_part_of_it() -> None:
    text = article(source(*SOME["a brief among others"][::-1])).text
    assert text.split("\n\n") == ["Ferry to close in May", *BODY[:3]]


SITE = '<meta property="og:site_name" content="Ostmark Post">'


@pytest.mark.parametrize(
    ("printed", "head", "bare"),
    [
        ("Ferry to close in May | The Ostmark Post", "", "Ferry to close in May"),
        ("Ferry to close in May - Ostmark Post - News from the fjord", SITE, "Ferry to close in May"),
        ("Ferry to close in May :: Ostmark Post", SITE, "Ferry to close in May"),
        ("Ferry to close in May | Transport | Ostmark Post", SITE, "Ferry to close in May"),
        ("Ferry to close in May [Ostmark Post]", SITE, "Ferry to close in May"),
        ("Ferry to close in May", SITE + '<meta property="og:title" content="Ferry to close in May | Ostmark Post">', "Ferry to close in May"),
        ("Ostmark Post - Ferry to close in May", SITE, "Ferry to close in May"),
        ("Brexit – what next? | Ostmark Post", SITE, "Brexit – what next?"),
        ("‘We will wait’ - the town without a ferry - Ostmark Post", SITE, "‘We will wait’ - the town without a ferry"),
        ("Ferry to close in May - www.ostmarkpost.example", "", "Ferry to close in May"),
    ],
)  # fmt: skip
def test_titles_of_whole_pages(printed: str, head: str, bare: str) -> None:
    page = f"<html><head><title>{printed}</title>{head}</head><body><article>{paragraphs(BODY)}</article></body></html>"
    assert article(page).title == bare


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Oops!", "That page doesn’t seem to exist any more. Here are some of the stories that people read this week."),
        ("Brenn Courier", "The story you came for does not appear to exist. Try our front page, or the search above it."),
        ("Redirecting", "You are being redirected to https://courier.example/new - click here if you are not taken there"),
        ("courier.example", "Please enable JS and disable any blocker to view the site and its content today"),
        ("Datenschutz", "Wir verwenden Cookies und ähnliche Technologien. Mit Ihrer Zustimmung verarbeiten wir Ihre Daten."),
        ("Vos choix", "Nous et nos partenaires utilisons des cookies pour stocker des informations sur votre appareil."),
        ("Index of /news", "Name and date of each of the files of this folder: a.html 2026-10-05 and b.html 2026-10-05"),
    ],
)
def test_further_pages_in_the_place_of_an_article(title: str, words: str) -> None:
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"
    found = read(html)
    assert not isinstance(found, RawArticle) and found.reason == "not_an_article"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        (
            "Traffic redirected in Brenn",
            "Traffic was redirected on Monday, said Veld. You will be redirected at the bridge, she said.",
        ),
        ("Index of house prices falls", "House prices fell on Monday in all of the towns, said the office of Bo Lund in Brenn."),
        (
            "Schools enable JavaScript lessons",
            "Schools in Brenn will enable JavaScript lessons from May. You learn fast, said Veld.",
        ),
    ],
)
def test_articles_that_say_what_such_pages_say(title: str, words: str) -> None:
    html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{words}</p></article></body></html>"
    assert isinstance(read(html), RawArticle)


def test_a_recording_with_a_line_beside_it_is_no_article() -> None:
    html = "<html><body><h1>Listen: the wall</h1><audio src=x.mp3></audio><p>In this episode we talk about the wall of Brenn.</p></body>"
    found = read(html)
    assert not isinstance(found, RawArticle) and "recording" in found.detail
