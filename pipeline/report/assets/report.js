"use strict";
// The page at work. Text of articles is only ever set as text; addresses are fragments of this page, or begin with http.
(() => {
  const ID = 12; // characters of an id of the tables that this page knows it by
  const STEP = 50; // rows that are shown at once
  const FILTERS = ["q", "by", "type", "act", "pub", "from", "to", "conf"];
  const at = (id) => document.getElementById(id);
  const articles = [], quotes = [], articleOf = new Map(), quoteOf = new Map(), people = new Map();

  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }
  const isolated = (text) => make("bdi", null, text);
  const percent = (share) => (share === undefined ? "not told" : `${Math.round(100 * share)} %`);
  const count = (n, what) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
  const link = (key, value, ...children) => make("a", { href: `#${new URLSearchParams({ [key]: value })}` }, ...children);

  // ---------------------------------------------------------------- articles

  async function inflated(block) {
    const bytes = Uint8Array.from(atob(block.trim()), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  function take(article) {
    articles.push(article);
    articleOf.set(article.id, article);
    for (const quote of article.quotes) {
      quote.article = article;
      quote.text = quote.spans.map(([from, to]) => article.text.slice(from, to)).join(" ");
      quote.small = quote.text.toLowerCase();
      quote.person = quote.who === undefined ? null : article.people[quote.who];
      quote.called = quote.person ? quote.name || quote.person.name : quote.ment ? article.text.slice(...quote.ment) : "";
      quote.names = `${quote.called} ${quote.person ? quote.person.name : ""}`.toLowerCase();
      quotes.push(quote);
      quoteOf.set(quote.id, quote);
      if (quote.person) {
        const known = people.get(quote.person.id) || { ...quote.person, quotes: [] };
        known.quotes.push(quote);
        people.set(quote.person.id, known);
      }
    }
  }

  // ---------------------------------------------------------------- lists

  function quoteRow(quote) {
    const said = quote.type === "direct" ? `“${quote.text}”` : quote.text;
    const who = quote.person ? link("speaker", quote.person.id, isolated(quote.called)) : isolated(quote.called || "nobody is named");
    const cue = quote.cue ? quote.article.text.slice(...quote.cue) : "";
    const told = [quote.role, quote.person ? "" : quote.called && quote.status, cue && `“${cue}”`, quote.pol, quote.type];
    const where = [quote.article.pub, quote.article.day].filter(Boolean).join(", ");
    return make("li", null,
      make("blockquote", { dir: "auto" }, link("quote", quote.id, said)),
      make("p", null, who, make("span", { class: "dim" }, ` ${told.filter(Boolean).join(" · ")} · ${percent(quote.conf)}`)),
      make("p", { class: "dim" }, link("article", quote.article.id, isolated(quote.article.title)), where && ` ${where}`));
  }

  function articleRow(article) {
    const told = [article.pub, article.day, count(article.quotes.length, "quote"), count(article.figs.length, "figure")];
    return make("li", null,
      link("article", article.id, isolated(article.title)),
      make("p", { class: "dim" }, told.filter(Boolean).join(" · ")));
  }

  // A list that shows STEP rows, and so many more each time that it is asked to.
  function lister(list, button, row) {
    let rows = [], shown = 0;
    const more = () => {
      const next = rows.slice(shown, shown + STEP);
      list.append(...next.map(row));
      shown += next.length;
      button.hidden = shown >= rows.length;
      return next.length ? list.children[shown - next.length] : null;
    };
    button.addEventListener("click", () => more().querySelector("a").focus());
    return (every) => {
      rows = every;
      shown = 0;
      list.replaceChildren();
      more();
    };
  }
  const showQuotes = lister(at("found"), at("more"), quoteRow);
  const showArticles = lister(at("titles"), at("further"), articleRow);

  // ---------------------------------------------------------------- filters

  const form = at("filters");

  function asked() {
    const values = Object.fromEntries(FILTERS.map((name) => [name, form.elements[name].value.trim()]));
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
  }

  function applied(filters) {
    const words = (filters.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    const by = (filters.by || "").toLowerCase(), least = Number(filters.conf || 0);
    return quotes.filter((quote) =>
      (!filters.type || quote.type === filters.type) && (!filters.act || quote.act === filters.act) &&
      (!filters.pub || quote.article.pub === filters.pub) && (!least || (quote.conf || 0) >= least) &&
      (!filters.from || (quote.article.day || "") >= filters.from) && (!filters.to || (quote.article.day || "9") <= filters.to) &&
      (!by || quote.names.includes(by)) && words.every((word) => quote.small.includes(word)));
  }

  function filter() {
    const found = applied(asked());
    at("count").textContent = `${found.length.toLocaleString("en")} of ${count(quotes.length, "quote")}`;
    showQuotes(found);
  }

  let waiting = 0;
  function changed() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      history.replaceState(null, "", `#${new URLSearchParams(asked())}`);
      filter();
    }, 120);
  }

  function offer() {
    const names = [...people.values()].sort((a, b) => b.quotes.length - a.quotes.length).slice(0, 300);
    at("names").append(...names.map((person) => make("option", { value: person.name })));
    const publishers = [...new Set(articles.map((article) => article.pub).filter(Boolean))].sort();
    form.elements.pub.append(...publishers.map((name) => make("option", { value: name }, name)));
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
      theirs[0].person ? link("speaker", theirs[0].person.id, isolated(theirs[0].called)) : "unnamed, or nobody",
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

  function speakerView(person) {
    const charts = [...document.querySelectorAll("#speakers tr[data-person]")].find((row) => row.dataset.person === person.id);
    const types = ["direct", "mixed", "indirect"].map((type) => [person.quotes.filter((quote) => quote.type === type).length, type]);
    const list = make("ol", { class: "list" }), button = make("button", { type: "button" }, "Show more");
    const when = charts && charts.querySelector(".when");
    const view = [
      make("h2", null, isolated(person.name)),
      make("p", { class: "about" }, make("span", null, person.kind || ""), make("span", null, count(person.quotes.length, "quote"),
        ": ", types.filter(([n]) => n).map(([n, type]) => `${n} ${type}`).join(", ")),
      make("span", null, `in ${count(new Set(person.quotes.map((quote) => quote.article)).size, "article")}`)),
      charts ? make("div", { class: "chart" }, ...[...charts.querySelector(".how").childNodes].map((node) => node.cloneNode(true)),
        ...(when ? [...when.childNodes].map((node) => node.cloneNode(true)) : [])) : "",
      list, button];
    lister(list, button, quoteRow)(person.quotes);
    return view;
  }

  // ---------------------------------------------------------------- the card

  const card = at("card");

  function line(name, ...values) {
    const told = values.filter((value) => value !== undefined && value !== "" && value !== null).join(", ");
    return told ? make("p", null, make("span", { class: "dim" }, `${name} `), isolated(told)) : "";
  }

  function cardOf(item) {
    const head = (text) => make("p", { class: "head" }, isolated(text));
    if (item.span) {
      const value = item.val === undefined ? [item.low, item.high].filter((n) => n !== undefined).join(" to ") : item.val.toLocaleString("en");
      return [head(item.bad ? "malformed number" : `${item.mod.replaceAll("_", " ")} ${value} ${item.unit || ""}`),
        line("counts", item.of), line("event", item.event), line("where, when", item.place, item.time),
        line("according to", item.by || item.status, item.by && item.status !== "named" ? item.status : ""), line("confidence", percent(item.conf))];
    }
    const cue = item.cue ? item.article.text.slice(...item.cue) : "none";
    return [head(item.called || "nobody is named"), line("", item.role), line("quote", item.type, item.act, item.cont && "goes on from the one before"),
      line("cue", cue, item.cls, item.pol), line("speaker", item.status, item.rule && `rule ${item.rule}`),
      line("confidence", percent(item.conf), item.sconf === undefined ? "" : `name ${percent(item.sconf)}`)];
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

  // ---------------------------------------------------------------- where the address leads

  function show(view, title) {
    const detail = at("detail");
    detail.replaceChildren(...(view || []));
    detail.hidden = !view;
    detail.className = "";
    at("record").hidden = Boolean(view);
    document.title = title ? `${title} · ${home}` : home;
    hideCard();
  }
  const home = document.title;
  const back = () => make("p", { class: "back" }, make("a", { href: "#quotes" }, "← The record"));
  const missing = (what) => [back(), make("p", { class: "notice" }, `This ${what} is not in this page.`)];

  function route() {
    const asks = new URLSearchParams(location.hash.slice(1));
    const short = (key) => (asks.get(key) || "").slice(0, ID);
    const quote = quoteOf.get(short("quote"));
    const article = quote ? quote.article : articleOf.get(short("article"));
    const person = people.get(short("speaker"));
    if (asks.get("quote") || asks.get("article")) {
      if (!article) return show(missing(asks.get("quote") ? "quote" : "article"));
      const opened = new Map();
      show([back(), ...articleView(article, opened)], article.title);
      at("detail").className = "article";
      const piece = quote && opened.get(quote);
      if (!piece) return at("top").focus(), scrollTo(0, 0);
      for (const other of document.querySelectorAll("mark")) other.classList.toggle("found", (other.told || []).includes(quote) && other.classList.contains("q"));
      piece.scrollIntoView({ block: "center" });
      return piece.focus({ preventScroll: true });
    }
    if (asks.get("speaker")) {
      show(person ? [back(), ...speakerView(person)] : missing("speaker"), person && person.name);
      return at("top").focus(), scrollTo(0, 0);
    }
    show(null);
    if (FILTERS.some((name) => asks.get(name))) {
      for (const name of FILTERS) form.elements[name].value = asks.get(name) || "";
      at("quotes").scrollIntoView();
    }
    filter();
    const section = location.hash.length > 1 && !location.hash.includes("=") && at(location.hash.slice(1));
    if (section) section.scrollIntoView();
  }

  async function begin() {
    if (typeof DecompressionStream === "undefined") throw new Error("this browser is too old to unpack them");
    for (const block of document.querySelectorAll("script.articles")) {
      for (const article of await inflated(block.textContent)) take(article);
      block.remove();
    }
    offer();
    showArticles(articles);
    form.addEventListener("input", changed);
    form.addEventListener("reset", () => setTimeout(changed));
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", route);
    route();
    document.documentElement.dataset.ready = "true";
  }
  begin().catch((error) => {
    at("count").textContent = "";
    at("failed").textContent = `Quotes and articles cannot be shown: ${error.message}.`;
    at("failed").hidden = false;
  });
})();
