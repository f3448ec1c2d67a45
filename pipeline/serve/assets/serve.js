"use strict";
// An article with its marks, opened at the quote that the address names.
(() => {
  const detail = document.getElementById("detail");
  const article = JSON.parse(document.getElementById("article").textContent);
  const { make, prepare, articleView, goTo } = marks((person, ...children) => (article.id ? make("a", { href: `/speaker/${person.id}` }, ...children) : make("span", null, ...children)));
  const opened = new Map();
  prepare(article);
  detail.replaceChildren(...articleView(article, opened));

  function show() {
    const id = new URLSearchParams(location.hash.slice(1)).get("quote");
    const quote = id && article.quotes.find((one) => one.id === id);
    if (quote) goTo(quote, opened);
    const figure = new URLSearchParams(location.hash.slice(1)).get("figure");
    if (figure) goTo(article.figs.find((one) => one.fid === figure), opened);
  }
  addEventListener("hashchange", show);
  show();
  document.documentElement.dataset.ready = "true";
})();
