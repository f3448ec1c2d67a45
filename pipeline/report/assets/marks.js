"use strict";
// Articles with their marks, in the report and in the pages that are served. Text of articles is only ever set as text.
// ``linked(person, ...children)`` makes the link to a person; the page has an element ``#card``.
const marks = (linked) => {
  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }
  const isolated = (text) => make("bdi", null, text);
  const percent = (share) => (share === undefined ? "not told" : `${Math.round(100 * share)} %`);
  const count = (n, what) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;

  // What the quotes of an article are shown by.
  function prepare(article) {
    for (const quote of article.quotes) {
      quote.article = article;
      quote.text = quote.spans.map(([from, to]) => article.text.slice(from, to)).join(" ");
      quote.person = quote.who === undefined ? null : article.people[quote.who];
      quote.called = quote.person ? quote.name || quote.person.name : quote.ment ? article.text.slice(...quote.ment) : "";
    }
  }

  // ---------------------------------------------------------------- one article

  const colour = (quote) => {
    if (quote.who === undefined) return "px";
    return `p${quote.who % 8}${quote.who >= 8 ? " far" : ""}`;
  };

  function marksOf(article) {
    const marks = [];
    for (const quote of article.quotes) {
      for (const [from, to] of quote.spans) marks.push({ from, to, quote, kind: "content" });
      if (quote.cue) marks.push({ from: quote.cue[0], to: quote.cue[1], quote, kind: "cue" });
      if (quote.ment) marks.push({ from: quote.ment[0], to: quote.ment[1], quote, kind: "ment" });
    }
    for (const figure of article.figs) marks.push({ from: figure.span[0], to: figure.span[1], figure, kind: "f" });
    return marks;
  }

  // The text between two offsets, cut wherever a mark begins or ends: each piece knows all marks that it lies in.
  function marked(article, marks, begin, end, opened) {
    const within = marks.filter((mark) => mark.from < end && mark.to > begin);
    const cuts = new Set([begin, end]);
    for (const mark of within) cuts.add(Math.max(begin, mark.from)).add(Math.min(end, mark.to));
    const places = [...cuts].sort((a, b) => a - b);
    return places.slice(0, -1).map((from, n) => {
      const here = within.filter((mark) => mark.from <= from && mark.to >= places[n + 1]);
      const text = article.text.slice(from, places[n + 1]);
      if (!here.length) return text;
      const piece = make("mark", null, text);
      const said = here.filter((mark) => mark.kind === "content").sort((a, b) => a.to - a.from - (b.to - b.from))[0];
      const names = new Set(here.map((mark) => (mark.kind === "content" ? "q" : mark.kind)));
      piece.className = [...names, said ? `${said.quote.type} ${colour(said.quote)}` : ""].join(" ").trim();
      const told = [...new Set(here.map((mark) => mark.quote || mark.figure))];
      const first = told.filter((item) => !opened.has(item) && (item.span || here.some((m) => m.quote === item && m.kind === "content")));
      for (const item of first) opened.set(item, piece);
      if (first.length) piece.tabIndex = 0;
      piece.told = told;
      return piece;
    });
  }

  function legend(article) {
    const groups = new Map();
    for (const quote of article.quotes) {
      const key = quote.person ? quote.person.id : "";
      groups.set(key, [...(groups.get(key) || []), quote]);
    }
    const ordered = [...groups.values()].sort((a, b) => Boolean(b[0].person) - Boolean(a[0].person)); // the unnamed last
    const rows = ordered.map((theirs) => make("li", null,
      make("span", { class: `chip ${colour(theirs[0])}`, "aria-hidden": "true" }),
      theirs[0].person ? linked(theirs[0].person, isolated(theirs[0].called)) : "unnamed, or nobody",
      make("span", { class: "dim" }, ` ${theirs.length}`)));
    const sample = (name, text) => make("li", null, make("mark", { class: name }, text));
    return make("aside", { class: "legend", "aria-label": "Speakers and marks" },
      make("h3", null, "Speakers"), make("ul", null, ...rows),
      make("h3", null, "Marks"), make("ul", null, sample("q direct px", "direct or mixed quote"), sample("q indirect px", "indirect quote"),
        sample("cue", "cue"), sample("ment", "speaker as printed"), sample("f", "figure")));
  }

  // Whether the text begins with the headline, which then needs not be told twice.
  const headed = (article) => article.paras.length > 0 && article.paras[0][2] === "headline";

  function articleView(article, opened) {
    const marks = marksOf(article);
    const paragraphs = article.paras.map(([from, to, kind]) =>
      make("p", { class: kind, dir: "auto" }, ...marked(article, marks, from, to, opened)));
    const told = [article.pub, article.by, article.day, article.lang && article.lang !== "en" ? `language: ${article.lang}` : ""];
    const url = /^https?:\/\//i.test(article.url || "") ? make("a", { href: article.url, rel: "noopener noreferrer" }, article.url) : "";
    return [
      make("header", null, make("h2", headed(article) ? { class: "hidden" } : null, isolated(article.title)),
        make("div", { class: "about dim" }, ...told.filter(Boolean).map(isolated), url)),
      make("div", { class: "text" }, ...paragraphs),
      legend(article)];
  }

  // ---------------------------------------------------------------- the card

  const card = document.getElementById("card");

  function line(name, ...values) {
    const told = values.filter((value) => value !== undefined && value !== "" && value !== null).join(", ");
    return told ? make("p", null, make("span", { class: "dim" }, `${name} `), isolated(told)) : "";
  }

  // What a person has put right.
  const putRight = (item) => line("a person", item.put && (item.put.length ? `put right: ${item.put.join(", ").replaceAll("_", " ")}` : "found it right"));

  function cardOf(item) {
    const head = (text) => make("p", { class: "head" }, isolated(text));
    if (item.span) {
      const value = item.val === undefined ? [item.low, item.high].filter((n) => n !== undefined).join(" to ") : item.val.toLocaleString("en");
      return [head(item.bad ? "malformed number" : `${item.mod.replaceAll("_", " ")} ${value} ${item.unit || ""}`),
        line("counts", item.of), line("event", item.event), line("where, when", item.place, item.time),
        line("according to", item.by || item.status, item.by && item.status !== "named" ? item.status : ""), line("confidence", percent(item.conf)), putRight(item), line("cite", item.cite)];
    }
    const cue = item.cue ? item.article.text.slice(...item.cue) : "none";
    return [head(item.called || "nobody is named"), line("", item.role), line("quote", item.type, item.act, item.cont && "goes on from the one before"),
      line("cue", cue, item.cls, item.pol), line("speaker", item.status, item.rule && `rule ${item.rule}`),
      line("confidence", percent(item.conf), item.sconf === undefined ? "" : `name ${percent(item.sconf)}`), putRight(item), line("cite", item.cite)];
  }

  function showCard(piece) {
    card.replaceChildren(...piece.told.flatMap(cardOf).filter(Boolean));
    card.hidden = false;
    const box = piece.getClientRects()[0], width = card.offsetWidth, room = document.documentElement.clientWidth;
    card.style.left = `${Math.max(8, Math.min(box.left, room - width - 8)) + scrollX}px`;
    const above = box.top - card.offsetHeight - 8;
    card.style.top = `${(above > 0 ? above : piece.getBoundingClientRect().bottom + 8) + scrollY}px`;
    piece.setAttribute("aria-describedby", "card");
  }

  function hideCard() {
    card.hidden = true;
    for (const piece of document.querySelectorAll("mark[aria-describedby]")) piece.removeAttribute("aria-describedby");
  }

  const pieceOf = (event) => (event.target instanceof Element && event.target.told ? event.target : null);
  for (const [shows, hides] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(shows, (event) => pieceOf(event) && showCard(event.target));
    document.addEventListener(hides, (event) => pieceOf(event) && hideCard());
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && hideCard());
  function toQuote(event) {
    const quote = pieceOf(event) && event.target.told.find((item) => item.id);
    if (quote) history.replaceState(null, "", `#${new URLSearchParams({ quote: quote.id })}`);
  }
  document.addEventListener("click", toQuote);
  document.addEventListener("keydown", (event) => event.key === "Enter" && toQuote(event));

  // Show which marks are those of a quote, and go there; whether it is in the page.
  function goTo(quote, opened) {
    const piece = quote && opened.get(quote);
    if (!piece) return false;
    for (const other of document.querySelectorAll("mark")) other.classList.toggle("found", (other.told || []).includes(quote) && other.classList.contains("q"));
    piece.scrollIntoView({ block: "center" });
    piece.focus({ preventScroll: true });
    return true;
  }

  return { make, isolated, percent, count, prepare, articleView, hideCard, goTo };
};
