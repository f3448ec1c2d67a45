"""Rows of the published tables from what the language room found in one article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..figures import FoundFigure
from ..figures.claims import Claim, read_claims
from ..quotes.attribution import Attribution
from ..schemas import ArticleColumns, CoSpeaker, DocumentSpeaker, Figure, Quote, Span
from ..schemas.ids import figure_id, quote_id, text_key
from ..speakers.credit import Speaker
from ..speakers.resolve import NamedSpeaker, names_in
from ..text.article import Article
from ..text.chars import Chars
from ..text.printed import sharing, type_of, verbatim, without_marks
from ..text.view import ArticleView
from .trust import figure_confidence, name_confidence

_ARTICLE = ("doc_id", "article_id", *ArticleColumns.model_fields)


def quote_rows(page: ArticleView, attributions: Sequence[Attribution], speakers: Sequence[Speaker]) -> list[Quote]:
    """Return the rows of ``quotes``, in text order; attributions and speakers correspond."""
    article, text = page.article, page.text
    rows: list[Quote] = []
    ids: dict[int, str] = {}
    told: set[str] = set()
    for a, speaker in zip(attributions, speakers, strict=True):
        if a.silent:
            continue
        lo, hi = min(s for s, _ in a.content), max(e for _, e in a.content)
        paragraph = page.paragraph_at(lo)
        quoted = [q for p in page.paragraphs_in(lo, hi) for q in sharing(page.quoted(p), lo, hi)]
        content = [c for span in a.content if (c := without_marks(text, span, quoted))[0] < c[1]]
        if not content:
            continue
        printed = verbatim(text, content, quoted)
        words = " ".join(text[s:e] for s, e in content)
        own_id = ids[id(a)] = quote_id(article.doc_id, content, a.cue_span[0] if a.cue_span else None)
        if own_id in told:
            continue  # a quotation without a cue that goes on from two others: its words stand once
        told.add(own_id)
        rows.append(
            Quote(
                quote_id=own_id,
                paragraph_index=paragraph.index,
                paragraph_kind=paragraph.kind,
                type=type_of(text, a.content, quoted) if printed else "indirect",
                act=a.cue.act if a.cue else "speech",
                text=words,
                content_spans=[Span(start_char=s, end_char=e) for s, e in content],
                verbatim_spans=[Span(start_char=s, end_char=e) for s, e in printed],
                text_key=text_key(words),
                **_cue(text, a),
                **_speaker(text, a, speaker),
                continues=ids.get(id(a.continues)) if a.continues is not None else None,
                excerpt_start=a.excerpt[0],
                excerpt_end=a.excerpt[1],
                excerpt=text[slice(*a.excerpt)],
                **_article(article),
            )
        )
    return rows


def figure_rows(page: ArticleView, found: Sequence[FoundFigure], quotes: Sequence[Quote]) -> list[Figure]:
    """Return the rows of ``figures``, in text order."""
    article, text = page.article, page.text
    ids = {id(f): figure_id(article.doc_id, f.start, f.end) for f in found}
    rows = []
    names = [(e.start, e.end) for e in page.entities]
    claims = read_claims(text, found, quotes, names)
    tellers = names_in(page, [c.teller for c in claims if c.teller is not None])
    for f, claim in zip(found, claims, strict=True):
        paragraph = page.paragraphs[f.paragraph]
        rows.append(
            Figure(
                figure_id=ids[id(f)],
                paragraph_index=paragraph.index,
                paragraph_kind=paragraph.kind,
                start_char=f.start,
                end_char=f.end,
                text=text[f.start : f.end],
                value=f.value,
                low=f.low,
                high=f.high,
                modifier=f.modifier,
                kind=f.kind,
                unit=f.unit,
                counted=f.counted,
                counted_lemma=f.counted_lemma,
                event=f.event,
                direction=f.direction,
                place=f.place,
                time_text=f.time_text,
                part_of=ids[id(f.part_of)] if f.part_of is not None else None,
                malformed=f.malformed,
                readings=list(f.readings),
                **_claimant(text, claim, tellers),
                confidence=None if f.malformed else figure_confidence(f.rule, f.evidence(text)),
                excerpt_start=f.sentence[0],
                excerpt_end=f.sentence[1],
                excerpt=text[slice(*f.sentence)],
                **_article(article),
            )
        )
    return rows


def speaker_rows(article: Article, speakers: Sequence[NamedSpeaker]) -> list[DocumentSpeaker]:
    """Return the rows of ``document_speakers``."""
    return [
        DocumentSpeaker(
            speaker_id=s.id,
            doc_id=article.doc_id,
            name=s.name,
            kind=s.kind,
            role=s.role,
            aliases=list(s.aliases),
            mention_count=s.mention_count,
            quote_count=s.quote_count,
            gender=s.gender,
            run_id=article.run_id,
        )
        for s in speakers
    ]


def _article(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in _ARTICLE}


def _cue(text: str, a: Attribution) -> dict[str, Any]:
    if a.cue_span is None or a.cue is None:
        return {}
    return {
        "cue_text": text[slice(*a.cue_span)],
        "cue_start": a.cue_span[0],
        "cue_end": a.cue_span[1],
        "cue_lemma": a.cue.lemma,
        "cue_class": a.cue.cue_class,
        "cue_polarity": a.cue.polarity,
    }


def _speaker(text: str, a: Attribution, s: Speaker) -> dict[str, Any]:
    root = a
    while root.source is None and root.continues is not None:
        root = root.continues
    source = root.source
    return {
        "speaker_mention": text[slice(*source)] if source else None,
        "speaker_start": source[0] if source else None,
        "speaker_end": source[1] if source else None,
        "speaker_mention_kind": s.mention_kind,
        "speaker_status": s.status,
        "speaker_id": s.id,
        "speaker_name": s.name,
        "speaker_role": s.role,
        "speaker_kind": s.kind,
        "speaker_gender": s.gender,
        "speaker_rule": s.rule,
        "confidence": a.confidence,
        "speaker_confidence": _name_confidence(s),
        "co_speakers": [CoSpeaker(mention=m, speaker_id=i, name=n) for m, i, n in s.co_speakers],
    }


def _name_confidence(s: Speaker) -> float | None:
    if s.name is None:
        return None
    sure = s.probability
    if sure is None and s.rule is not None:
        sure = name_confidence(s.rule, s.evidence, s.name)
    return min(sure, s.most) if sure is not None and s.most is not None else sure


def _claimant(text: str, claim: Claim, tellers: Mapping[Chars, tuple[str, str]]) -> dict[str, Any]:
    if claim.teller is not None:
        name, own_id = tellers.get(claim.teller, (None, None))
        return {
            "quote_id": claim.quote.quote_id if claim.quote is not None else None,
            "claimant_name": name,
            "claimant_id": own_id,
            "claimant_mention": text[slice(*claim.teller)],
            "claimant_status": "named" if name is not None else "unnamed",
            "claimant_confidence": None,  # none such has been judged
        }
    by = claim.claimed
    sure = None if by is None or by.speaker_confidence is None or by.confidence is None else by.confidence * by.speaker_confidence
    return {
        "quote_id": claim.quote.quote_id if claim.quote is not None else None,
        "claimant_name": by.speaker_name if by is not None else None,
        "claimant_id": by.speaker_id if by is not None else None,
        "claimant_mention": by.speaker_mention if by is not None else None,
        "claimant_status": claim.status,
        "claimant_confidence": sure,
    }
