"use strict";
// What a person puts right: a form at each quote and figure of an article, and the names of a speaker.
(() => {
  const status = document.getElementById("corrected");
  const dialog = document.getElementById("correct");

  async function post(path, body) {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    const told = await answer.json().catch(() => ({ detail: "The page could not be reached; it may need its address anew." }));
    if (!answer.ok) throw new Error(typeof told.detail === "string" ? told.detail : told.detail.map((one) => one.msg).join("; "));
    return told;
  }

  // The page is made anew by the server, which has the record as it is now.
  async function sent(path, body, complain, after = () => location.reload()) {
    complain.textContent = "";
    for (const button of document.querySelectorAll("button")) button.disabled = true;
    status.textContent = "Saving …";
    try {
      after(await post(path, body));
    } catch (error) {
      status.textContent = "";
      complain.textContent = error.message;
    } finally {
      for (const button of document.querySelectorAll("button")) button.disabled = false;
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button.undo") : null;
    if (button) sent(`/api/corrections/${button.dataset.id}/undo`, {}, status);
  });

  // ---------------------------------------------------------------- the names of a speaker

  const joined = (told) => location.assign(told.person_id ? `/speaker/${told.person_id}` : "/speakers");
  for (const button of document.querySelectorAll("button.two"))
    button.addEventListener("click", () =>
      sent("/api/corrections", { person: [button.dataset.one, button.dataset.other], verdict: "two" }, status, joined));
  const one = document.getElementById("one");
  if (one)
    one.addEventListener("submit", (event) => {
      event.preventDefault();
      sent("/api/corrections", { person: [one.dataset.one, one.elements.other.value], verdict: "one" }, status, joined);
    });

  // ---------------------------------------------------------------- quotes and figures

  if (!dialog) return;
  const form = dialog.querySelector("form"), wrong = dialog.querySelector(".wrong");
  const fields = { quote: ["speaker", "role", "type", "words"], figure: ["value", "modifier", "unit", "event", "claimant"] };
  let items = [], from = null;
  try {
    form.elements.by.value = localStorage.getItem("by") || form.elements.by.value;
  } catch { /* nothing is kept */ }

  const kindOf = (item) => (item.span ? "figure" : "quote");
  const whole = (item) => (item.span ? item.called : item.text);
  const asRead = (item) => (item.span
    ? { value: item.val === undefined ? "" : String(item.val), modifier: item.mod, unit: item.unit || "", event: item.event || "", claimant: item.by || "" }
    : { speaker: item.name || "", role: item.role || "", type: item.type, words: item.text });
  const chosen = () => items[Number(form.elements.which.value)];

  function fill() {
    const item = chosen(), kind = kindOf(item);
    for (const name of ["quote", "figure"]) form.querySelector(`fieldset.${name}`).hidden = name !== kind;
    for (const [name, value] of Object.entries(asRead(item))) form.elements[name].value = value;
    document.getElementById("h-correct").textContent = `Correct this ${kind}`;
    document.getElementById("none").textContent = `There is no ${kind}`;
    document.getElementById("cite").textContent = item.cite;
    wrong.textContent = "";
  }

  function open(piece) {
    items = piece.told;
    from = piece;
    for (const item of items) if (item.span) item.called = piece.textContent;
    form.elements.which.replaceChildren(...items.map((item, n) => {
      const option = document.createElement("option");
      option.value = String(n);
      option.textContent = `${kindOf(item)}: ${whole(item).slice(0, 50)}`;
      return option;
    }));
    document.getElementById("which").hidden = items.length < 2;
    fill();
    if (!dialog.open) dialog.show();
  }

  function close() {
    dialog.close();
    if (from) from.focus({ preventScroll: true });
  }

  function send(what) {
    const item = chosen(), kind = kindOf(item), before = asRead(item);
    const body = { [kind]: item.span ? item.fid : item.id, by: form.elements.by.value, why: form.elements.why.value || null, ...what };
    if (!what.verdict) {
      const changed = fields[kind].filter((name) => form.elements[name].value.trim() !== before[name].trim());
      if (!changed.length) {
        wrong.textContent = "Nothing was changed; if it is right as it is, say so.";
        return;
      }
      body.changes = Object.fromEntries(changed.map((name) => [name, form.elements[name].value]));
    }
    try {
      localStorage.setItem("by", form.elements.by.value);
    } catch { /* nothing is kept */ }
    history.replaceState(null, "", `#${new URLSearchParams({ [kind]: item.span ? item.fid : item.id })}`);
    sent("/api/corrections", body, wrong);
  }

  const piece = (event) => (event.target instanceof Element && event.target.told ? event.target : null);
  document.addEventListener("click", (event) => {
    if (piece(event) && getSelection().isCollapsed) open(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && piece(event)) {
      event.preventDefault();
      open(event.target);
    } else if (event.key === "Escape" && dialog.open) close();
  });
  form.elements.which.addEventListener("change", fill);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send({});
  });
  document.getElementById("accept").addEventListener("click", () => send({ verdict: "accept" }));
  document.getElementById("none").addEventListener("click", () => send({ verdict: "none" }));
  document.getElementById("close").addEventListener("click", close);
})();
