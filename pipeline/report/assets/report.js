// The page at work. Text of articles is only ever set as text; addresses are fragments of this page, or begin with http.
(() => {
  const ID = 12; // characters of an id of the tables that this page knows it by
  const STEP = 50; // rows that are shown at once
  const FILTERS = ["q", "by", "type", "act", "pub", "from", "to", "conf"];
  const at = (id) => document.getElementById(id);
  const link = (key, value, ...children) => make("a", { href: `#${new URLSearchParams({ [key]: value })}` }, ...children);
  const { make, isolated, percent, count, prepare, articleView, hideCard, goTo } = marks((person, ...children) => link("speaker", person.id, ...children));
  const articles = [], quotes = [], articleOf = new Map(), quoteOf = new Map(), people = new Map();

  // ---------------------------------------------------------------- articles

  async function inflated(block) {
    const bytes = Uint8Array.from(atob(block.trim()), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  function take(article) {
    articles.push(article);
    articleOf.set(article.id, article);
    prepare(article);
    for (const quote of article.quotes) {
      quote.small = quote.text.toLowerCase();
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

  // ---------------------------------------------------------------- one speaker

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
      return goTo(quote, opened) || (at("top").focus(), scrollTo(0, 0));
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
