"""The pages: made on the server, so that they work without a script; one script of our own sets the marks of an article."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any, get_args
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from ..printable import printable
from ..report.overview import by_time
from ..report.parts import asset, make_environment
from ..schemas.figures import Event, Modifier
from ..schemas.quotes import Act, QuoteType, SpeakerKind
from . import events, plots, reader, shares
from .articles import marked_article, together
from .corrections import judge, told_of
from .index import BeingMade
from .search import COUNTED, Asked, find_quote, search, speakers_of
from .site import Here, Site
from .speakers import most_quoted, names_of, one_speaker

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_TYPES_OF = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_ASSETS = {"report.css": "onrecord.report", "marks.js": "onrecord.report", "serve.css": __package__}
_ASSETS |= {"serve.js": __package__, "correct.js": __package__}
_SORTS = ("newest", "oldest")
_CONFIDENT = ("0.5", "0.7", "0.8", "0.9")
# what may be chosen in the form that corrects
_FORM: dict[str, Any] = {"kinds": get_args(QuoteType), "events": get_args(Event), "modifiers": get_args(Modifier)}
_MOST_WORDS = 1000  # characters of what is asked for


class BadQuestion(ValueError):
    """What was typed cannot be asked; the message says why."""


@router.get("/")
def quotes(request: Request, site: Here) -> HTMLResponse:
    """Search."""
    told = _told(request)
    asked = _asked(told)
    found = together(site.record, search(site.index, asked))
    more = urlencode({**told, "after": str(found.next)}) if found.next is not None else None
    found = replace(found, quotes=judge(site, found.quotes))
    many = f"more than {COUNTED:,}" if found.count > COUNTED and asked != Asked(after=asked.after) else f"{found.count:,}"
    name = None
    if asked.person:
        someone = one_speaker(site.record, site.index, asked.person)
        name = someone.name if someone else asked.person
    return _page(
        site, "search.html", told=told, found=found, more=more, many=many, person=name, total=site.index.total(),
        totals=shares.totals(site.record), outlets=shares.outlet_names(site.record, 300), kinds=get_args(SpeakerKind),
        acts=get_args(Act), confident=_CONFIDENT,
    )  # fmt: skip


@router.get("/quote/{quote_id}")
def one_quote(site: Here, quote_id: str) -> Response:
    """A quote's place: its article, opened there."""
    found = find_quote(site.index, quote_id)
    if found is None:
        raise HTTPException(404, "This quote is not in the record, or not in the newest version of its article.")
    return Response(status_code=303, headers={"Location": _address("quote", found["quote_id"], found["doc_id"])})


@router.get("/article/{doc_id}")
def article(site: Here, doc_id: str) -> HTMLResponse:
    """An article with its marks."""
    found = marked_article(site.record, doc_id)
    if found is None:
        raise HTTPException(404, "This article is not in the record.")
    return _page(site, "article.html", article=found, data=_data(found), corrections=told_of(site, doc_id=doc_id), **_FORM)


@router.get("/speakers")
def speakers(request: Request, site: Here) -> HTMLResponse:
    """Who is quoted most."""
    told = _told(request)
    return _page(site, "speakers.html", told=told, rows=most_quoted(site.record, told.get("name")))


@router.get("/speaker/{person_id}")
def speaker(site: Here, person_id: str) -> HTMLResponse:
    """One person or body."""
    found = one_speaker(site.record, site.index, person_id)
    if found is None:
        raise HTTPException(404, "Nobody is quoted under this id.")
    latest = together(site.record, search(site.index, Asked(person=person_id), 20))
    latest = replace(latest, quotes=judge(site, latest.quotes))
    ids = speakers_of(site.index, person_id)
    names = names_of(site.record, ids)
    corrections = told_of(site, names=ids)
    return _page(
        site, "speaker.html", speaker=found, times=by_time(found.days), latest=latest, names=names, corrections=corrections
    )


@router.get("/shares")
def shared(request: Request, site: Here) -> HTMLResponse:
    """Who is quoted by whom and when."""
    told = _told(request)
    within = shares.Within(told.get("pub"), _day(told, "from"), _day(told, "to"))
    outlets = shares.outlets_beside(site.record, within)
    return _page(
        site, "shares.html", told=told, outlets=outlets, names=shares.outlet_names(site.record, 300),
        types_over_time=plots.over_time(shares.by_type(site.record, within)),
        genders=plots.over_time(shares.by_gender(site.record, within)),
        matrix=shares.quoted_by(site.record, within, [o["publisher"] for o in outlets[:8]]),
    )  # fmt: skip


@router.get("/claims")
def claims(request: Request, site: Here) -> HTMLResponse:
    """Figures of events, and those of one as a timeline."""
    told = _told(request)
    event = told.get("event")
    if event is not None and event not in get_args(Event):
        raise BadQuestion(f"{event}: the events are {', '.join(get_args(Event))}")
    happened = events.Happened(event, told.get("place"), _day(told, "from"), _day(told, "to"))
    groups = events.claims(events.figures(site.record, happened)) if event or happened.place else []
    drawn = [(group, plots.conflict(group.claims, 220)) for group in groups]
    return _page(
        site, "claims.html", told=told, events=[e for e in get_args(Event) if e != "other"], drawn=drawn,
        rows=events.events(site.record, happened) if not groups else [],
    )  # fmt: skip


@router.get("/text")
def ask_for_text(site: Here) -> HTMLResponse:
    """A form for a text to read."""
    return _page(site, "text.html", article=None, data=None, text="", most=reader.MOST_CHARS)


@router.post("/text")
async def read_text(request: Request, site: Here) -> HTMLResponse:
    """A text with its marks."""
    from starlette.concurrency import run_in_threadpool

    body = (await request.body()).decode("utf-8", "replace")
    text = dict(parse_qsl(body)).get("text", "").replace("\r\n", "\n")
    if not text.strip() or len(text) > reader.MOST_CHARS:
        raise BadQuestion(f"Give a text of at most {reader.MOST_CHARS:,} characters.")
    found = await run_in_threadpool(site.reader.read, text, reader.marked)
    return _page(site, "text.html", article=found, data=_data(found), text=text, most=reader.MOST_CHARS)


@router.get("/assets/{name}")
def assets(name: str) -> Response:
    """Styles and scripts."""
    if name not in _ASSETS:
        raise HTTPException(404, "There is no such file.")
    return Response(_asset(name), media_type=_TYPES_OF[name[name.rindex(".") :]])


def add_errors(app: FastAPI) -> None:
    """Let errors of pages be pages, and those of the JSON be JSON."""

    async def failed(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 503 if isinstance(error, BeingMade) else 400
        why = str(error.detail if isinstance(error, HTTPException) else error)
        if request.url.path.startswith("/api/") or request.url.path == "/read":
            return JSONResponse({"detail": why}, status)
        site: Site = request.app.state.site
        return _page(site, "error.html", status, why=why, title=HTTPStatus(status).phrase)

    for kind in (HTTPException, BadQuestion, BeingMade):
        app.add_exception_handler(kind, failed)


# ------------------------------------------------------------------ what is asked


class Fields(dict[str, str]):
    """The fields of a form that are filled in; in a template the others are none."""

    def __missing__(self, name: str) -> None:
        return None


def _told(request: Request) -> Fields:
    return Fields({k: v.strip()[:_MOST_WORDS] for k, v in request.query_params.items() if v.strip()})


def _asked(told: Mapping[str, str]) -> Asked:
    for name, known in (("type", get_args(QuoteType)), ("act", get_args(Act)), ("kind", get_args(SpeakerKind)), ("sort", _SORTS)):
        if told.get(name, known[0]) not in known:
            raise BadQuestion(f"{name}={told[name]}: choose of {', '.join(known)}")
    try:
        confidence = float(told["conf"]) if "conf" in told else None
        after = int(told["after"]) % (1 << 62) if "after" in told else None
    except ValueError:
        raise BadQuestion("Confidence is a number from 0 to 1.") from None
    return Asked(
        told.get("q"), told.get("by"), told.get("person"), told.get("pub"), told.get("type"), told.get("act"), told.get("kind"),
        _day(told, "from"), _day(told, "to"), confidence, told.get("sort") == "oldest", after,
    )  # fmt: skip


def _day(told: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(told[name]) if name in told else None
    except ValueError:
        raise BadQuestion(f"{told[name]}: give a day such as 2026-10-01.") from None


# ------------------------------------------------------------------ pages


def _address(kind: str, id_: str, doc_id: str = "") -> str:
    """Where something is shown."""
    if kind == "quote":
        return f"/article/{quote(doc_id)}#quote={quote(id_)}"
    return f"/{kind}/{quote(id_)}"


@functools.cache
def _templates() -> Any:
    environment = make_environment(_address, __package__)
    environment.globals |= {"by_time": by_time, "stacks": plots.stacks, "query": lambda **told: urlencode(told)}
    return environment


def _page(site: Site, template: str, status: int = 200, **told: Any) -> HTMLResponse:
    rendered = _templates().get_template(template).render(name=printable(site.name), by=site.by, **told)
    return HTMLResponse(rendered, status)


@functools.cache
def _asset(name: str) -> str:
    return asset(name, _ASSETS[name])


def _data(article: Mapping[str, Any]) -> str:
    """An article as the script finds it in the page: no character of it ends the element that it stands in."""
    return json.dumps(article, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
