"""Views that answer what people ask of a record most: DuckDB's SQL, over the views of the tables."""

from __future__ import annotations

ANALYSES = """
-- Quotes and figures of the newest version of each article; the views below count these.
CREATE OR REPLACE VIEW latest_quotes AS
  SELECT q.* FROM quotes q ANTI JOIN
    (SELECT doc_id FROM documents QUALIFY version < max(version) OVER (PARTITION BY article_id)) old USING (doc_id);
CREATE OR REPLACE VIEW latest_figures AS
  SELECT f.* FROM figures f ANTI JOIN
    (SELECT doc_id FROM documents QUALIFY version < max(version) OVER (PARTITION BY article_id)) old USING (doc_id);

-- How much was quoted in each month, and how; the month is null for what has no date.
CREATE OR REPLACE VIEW quotes_by_month AS
  SELECT date_trunc('month', published_date)::DATE AS month, count(*) AS quotes,
         count(*) FILTER (type = 'direct') AS direct, count(*) FILTER (type = 'mixed') AS mixed,
         count(*) FILTER (type = 'indirect') AS indirect, count(DISTINCT doc_id) AS documents
  FROM latest_quotes GROUP BY month;

-- Outlets side by side: how many articles and quotes, how many of these have a named speaker, how they came.
CREATE OR REPLACE VIEW outlets AS
  SELECT publisher, documents, coalesce(quotes, 0) AS quotes, coalesce(named, 0) AS named, coalesce(direct, 0) AS direct,
         coalesce(mixed, 0) AS mixed, coalesce(indirect, 0) AS indirect, coalesce(speakers, 0) AS speakers, first_day, last_day
  FROM (SELECT publisher, count(*) AS documents, min(published_date) AS first_day, max(published_date) AS last_day
        FROM latest_documents GROUP BY publisher) d
  LEFT JOIN (SELECT publisher AS outlet, count(*) AS quotes, count(*) FILTER (speaker_status = 'named') AS named,
                    count(*) FILTER (type = 'direct') AS direct, count(*) FILTER (type = 'mixed') AS mixed,
                    count(*) FILTER (type = 'indirect') AS indirect, count(DISTINCT speaker_id) AS speakers
             FROM latest_quotes GROUP BY publisher) q ON outlet IS NOT DISTINCT FROM publisher;

-- Which outlet quotes which person or body, how often, and from when to when.
CREATE OR REPLACE VIEW who_quotes_whom AS
  SELECT publisher, coalesce(p.person_id, q.speaker_id) AS person_id, any_value(coalesce(p.name, q.speaker_name)) AS name,
         any_value(speaker_kind) AS kind, count(*) AS quotes, count(*) FILTER (type = 'direct') AS direct,
         count(DISTINCT doc_id) AS documents, min(published_date) AS first_day, max(published_date) AS last_day
  FROM latest_quotes q LEFT JOIN people p USING (speaker_id) WHERE q.speaker_id IS NOT NULL
  GROUP BY publisher, coalesce(p.person_id, q.speaker_id);

-- Quotes of women and of men, by month and outlet, where the article's own words tell it; not_told are those of other people.
CREATE OR REPLACE VIEW gender_share AS
  SELECT date_trunc('month', published_date)::DATE AS month, publisher, count(*) FILTER (speaker_gender = 'female') AS women,
         count(*) FILTER (speaker_gender = 'male') AS men, count(*) FILTER (speaker_gender = 'other') AS others,
         count(*) FILTER (speaker_gender IS NULL) AS not_told, round(women / nullif(women + men, 0), 3) AS share_of_women
  FROM latest_quotes WHERE speaker_kind = 'person' GROUP BY month, publisher HAVING count(speaker_gender) > 0;

-- Claims side by side: figures on one event, unit, place and time, with the least and the most that any gives; and whether
-- another source gives another number. A source that gives several counts several things, or has learned more.
CREATE OR REPLACE VIEW claims AS
  WITH told AS (
    SELECT *, coalesce(unit, counted_lemma) AS counts, lower(coalesce(place, doc_id)) AS at_place, lower(time_text) AS at_time,
           lower(coalesce(claimant_name, claimant_mention, publisher, doc_id)) AS source,
           concat(coalesce(value, low, high), ' ', low, ' ', high) AS given
    FROM latest_figures WHERE event <> 'other' AND NOT malformed AND part_of IS NULL),
  beside AS (
    SELECT *, min(given) OVER same AS first_given, arg_min(source, given) OVER same AS first_source,
           max(given) OVER same AS last_given, arg_max(source, given) OVER same AS last_source
    FROM told WINDOW same AS (PARTITION BY event, counts, at_place, at_time))
  SELECT event, counts, place, time_text, coalesce(claimant_name, claimant_mention, claimant_status) AS claimant, text, modifier,
         value, low, high, min(coalesce(low, value, high)) OVER same AS least, max(coalesce(high, value, low)) OVER same AS most,
         count(*) OVER same AS claims, published_date, publisher, title, url, doc_id, figure_id,
         coalesce(given <> CASE WHEN source <> first_source THEN first_given  -- the first, or the last, that another source gives
                           ELSE min(given) FILTER (source <> first_source) OVER same END, false)
         OR coalesce(given <> CASE WHEN source <> last_source THEN last_given
                              ELSE max(given) FILTER (source <> last_source) OVER same END, false) AS differ
  FROM beside WINDOW same AS (PARTITION BY event, counts, at_place, at_time);

-- Each wording where it was first published, in how many articles of how many outlets it stands, and when it was last printed.
CREATE OR REPLACE VIEW first_said AS
  SELECT q.text_key, q.text, speaker_name, published_date AS first_day, publisher, title, url, documents, outlets, last_day,
         doc_id, q.quote_id
  FROM (SELECT arg_min(quote_id, (coalesce(published_at, 'infinity'), quote_id)) AS quote_id, count(DISTINCT doc_id) AS documents,
               count(DISTINCT publisher) AS outlets, max(published_date) AS last_day
        FROM latest_quotes GROUP BY text_key) printed
  JOIN latest_quotes q USING (quote_id);
"""
