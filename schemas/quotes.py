"""Who said what: a row per attribution of one utterance."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .article import ArticleColumns
from .base import Int32, Span, Struct, Table
from .documents import ParagraphKind
from .versions import added

QuoteType = Literal["direct", "mixed", "indirect"]
Act = Literal["speech", "thought", "stance"]
CueClass = Literal["say", "ask", "claim", "deny", "accuse", "admit", "warn", "promise", "demand", "agree", "other"]
Polarity = Literal["affirmed", "negated", "unrealised"]
MentionKind = Literal["name", "nominal", "pronoun", "none"]
SpeakerStatus = Literal["named", "unnamed", "unresolved", "none"]
SpeakerKind = Literal["person", "organisation", "government", "group", "media", "unnamed"]
Gender = Literal["female", "male", "other"]
SpeakerRule = Literal[
    "question above", "question of the interviewer", "running speaker", "person before",
    "label of the interviewer", "label of the interviewed",
    "relative pronoun", "reporter", "anonymous noun", "pronoun", "pronoun: somebody unnamed", "pronoun: several before", "name",
    "government", "abbreviation", "fullest name", "name in apposition", "body", "description", "title", "nobody of that role",
    "common noun", "linker", "same words",
]  # fmt: skip
# what each rule decides by, in the order in which the rules are asked (speakers.rules)
SPEAKER_RULES: dict[str, str] = {
    "question above": "A question stands before the words: who is introduced, or has spoken, before it answers.",
    "question of the interviewer": "A question without an attribution, after the reporter has spoken: unnamed.",
    "running speaker": "Words without an attribution: the speaker before; in an exchange, the other; of a heading, the next.",
    "person before": "Words without an attribution: the one person whom the sentence before is about.",
    "label of the interviewer": "Q, HOST: unnamed.",
    "label of the interviewed": "A: who is introduced, or has spoken, before the first label; else unresolved. AV: Ann Veld.",
    "relative pronoun": "Ann Veld, a baker, who said: the noun phrase before the clause.",
    "reporter": "I, we: the reporter, unnamed.",
    "anonymous noun": "Residents, a baker, some Republicans: a source that the article leaves unnamed.",
    "pronoun": "The most salient antecedent that fits; unresolved if there is none.",
    "pronoun: somebody unnamed": "The most salient antecedent is somebody whom the article leaves unnamed.",
    "pronoun: several before": "Several antecedents are nearly as salient: unresolved.",
    "name": "The name as printed is the fullest in the article.",
    "government": "A place, its capital or the seat of its government: the government.",
    "abbreviation": "An acronym of a name of the article.",
    "fullest name": "A surname or other short form of a name of the article.",
    "name in apposition": "The captain, Ann Veld: the name beside a noun.",
    "body": "Parliament, the electoral commission: a body by its own words, or by the article's before; the agencies.",
    "description": "The 38-year-old: the person spoken of last; the acting minister: who is named and quoted next.",
    "title": "The mayor, the bank: whom the article has told to be that, or what is called like it.",
    "nobody of that role": "The mayor, where the article names no mayor: unnamed.",
    "common noun": "A noun of which nobody can tell whom it stands for: unresolved.",
    "linker": "A trained network weighed the names of the article, and nobody, and found another likelier than the rules did.",
    "same words": "A headline, heading or pull quote without an attribution: who says the same words in the article.",
}


class CoSpeaker(Struct):
    """A further speaker of the same utterance (*X and Y said*)."""

    mention: str
    speaker_id: str | None = None
    name: str | None = None


class Quote(ArticleColumns):
    """An utterance and its attribution: what was said, by whom, and in which words."""

    quote_id: str = Field(description="Hash of doc_id, content spans and cue start.")
    doc_id: str = Field(description="The document.")
    article_id: str = Field(description="The article.")
    paragraph_index: Int32 = Field(description="Paragraph of the first content span.")
    paragraph_kind: ParagraphKind = Field(description="Kind of that paragraph.")
    type: QuoteType = Field(
        description="direct: at least 80 % of the content stands within quotation marks; mixed: some; indirect: none."
    )
    act: Act = Field(description="speech, thought (believe, hope) or stance (support, oppose).")
    text: str = Field(description="The content spans joined by one space.")
    content_spans: list[Span] = Field(description="Spans of the content, without the outer quotation marks.")
    verbatim_spans: list[Span] = Field(description="The parts printed between quotation marks; empty for indirect.")
    text_key: str = Field(description="Hash of the case-folded words: equal for the same words in any article.")
    cue_text: str | None = Field(None, description="The words that report the utterance (said, according to).")
    cue_start: Int32 | None = Field(None, description="Offset of the cue.")
    cue_end: Int32 | None = Field(None, description="Offset after the cue.")
    cue_lemma: str | None = Field(None, description="Lemma of the cue (say, accord).")
    cue_class: CueClass | None = Field(None, description="Class of the cue's lemma.")
    cue_polarity: Polarity | None = Field(None, description="affirmed, negated (has not said) or unrealised (may say).")
    speaker_mention: str | None = Field(None, description="The speaker as printed at the cue.")
    speaker_start: Int32 | None = Field(None, description="Offset of the mention.")
    speaker_end: Int32 | None = Field(None, description="Offset after the mention.")
    speaker_mention_kind: MentionKind = Field(description="name, nominal (the dictator), pronoun or none.")
    speaker_status: SpeakerStatus = Field(
        description="named; unnamed (an anonymous source); unresolved (we could not tell); none (nobody is given)."
    )
    speaker_id: str | None = Field(None, description="The speaker within document_speakers.")
    speaker_name: str | None = Field(None, description="Canonical name: the fullest in the article.")
    speaker_role: str | None = Field(None, description="Role or title printed with the name.")
    speaker_kind: SpeakerKind | None = Field(None, description="person, organisation, government, group, media.")
    speaker_gender: Gender | None = added(
        "1.2",
        "The person's gender as the article's own words tell it (titles, pronouns, mother, spokesman), never from a given name.",
    )
    speaker_rule: SpeakerRule | None = Field(
        None,
        description="The rule that decided the speaker, the first of these that could; null where nobody is given.",
    )
    co_speakers: list[CoSpeaker] = Field(default_factory=list, description="Further speakers of the same utterance.")
    confidence: float | None = Field(
        None, description="Probability that utterance and mention are right, calibrated on articles held back."
    )
    speaker_confidence: float | None = Field(
        None,
        description="Probability that the name is right; null where there is none, or if fewer than 5 by the rule were judged.",
    )
    continues: str | None = Field(None, description="quote_id of the row that this one goes on from.")
    excerpt_start: Int32 = Field(description="Offset of the whole sentences that hold speaker, cue and content.")
    excerpt_end: Int32 = Field(description="Offset after them.")
    excerpt: str = Field(description="documents.text[excerpt_start:excerpt_end].")
    corrected: list[str] | None = added(
        "1.4", "Columns that a person has put right, none where the row was found right; null as read, and in all files."
    )


QUOTES = Table("quotes", Quote, ("published_at", "quote_id"))
