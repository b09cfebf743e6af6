// Composing: every pause is a save, and every save is answered with sums, findings and what they mean for the form.
// No money is reckoned here. What has not been saved yet is kept in the browser until it is.
"use strict";
(() => {
  const PAUSE = 280;
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const root = $("#composer");
  if (!root) return;
  const english = document.documentElement.lang === "en";
  const tell = (tr, en) => (english ? en : tr);
  const field = (at) => all("[data-at]", root).find((one) => one.dataset.at === at && one.type !== "radio");
  const news = () => JSON.parse($("#compose-news").dataset.news);

  let state = news();
  let queue = [];
  let flying = null;
  let timer = 0;
  let asked = false;
  let page = state.page;
  let waiting = {};
  let edited = null;

  // -- what is not saved yet is kept here ------------------------------------------------------------------------
  const key = () => `ulak-compose:${root.dataset.base}${state.draft || `${root.dataset.kind}${root.dataset.as}${root.dataset.from}`}`;
  function keep() {
    const changes = [...(flying ? flying.changes : []), ...queue];
    try {
      if (changes.length) localStorage.setItem(key(), JSON.stringify({ version: state.version, changes }));
      else localStorage.removeItem(key());
    } catch { /* full: the next save is a moment away */ }
  }
  function restore() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(key())); } catch { /* not ours */ }
    if (!kept || !Array.isArray(kept.changes) || !kept.changes.length) return;
    if (state.draft) state.version = kept.version;
    queue = kept.changes;
    for (const one of queue) { const input = one.do === "set" && field(one.at); if (input && input.type === "checkbox") input.checked = Boolean(one.value); else if (input && !input.matches("[data-coded]")) input.value = one.value; }
    window.ulak.say(tell("Kaydedilmemiş yazdıklarınız geri geldi.", "What you had not saved is back."), "info");
    soon(0);
  }

  // -- saving ------------------------------------------------------------------------------------------------------
  function record(at, value) {
    const last = queue.findLastIndex((one) => one.do !== "set");
    queue = queue.filter((one, place) => place <= last || one.at !== at);
    queue.push({ do: "set", at, value });
    keep();
    soon(PAUSE);
  }
  function soon(pause) { clearTimeout(timer); timer = setTimeout(() => flush(), pause); }
  async function flush(more = {}) {
    clearTimeout(timer);
    while (flying) await flying.done;
    const needed = queue.length || more.choose || (more.force && !state.draft);
    if (!needed) return true;
    let landed;
    flying = { changes: queue, done: new Promise((done) => { landed = done; }) };
    queue = [];
    $("#compose-saved").textContent = tell("Kaydediliyor …", "Saving …");
    const values = { draft: state.draft, version: state.version, kind: root.dataset.kind, as: root.dataset.as, from: root.dataset.from, page, of_lines: state.of_lines, changes: JSON.stringify(flying.changes), choose: more.choose || "" };
    const result = await ask("POST", root.dataset.save, values);
    const sent = flying.changes;
    flying = null;
    if (result === "ok") learn();
    else if (result !== "conflict") failed(result, sent);
    keep();
    landed();
    return result === "ok";
  }
  function failed(result, sent) {
    $("#compose-saved").textContent = tell("Kaydedilemedi", "Not saved");
    if (result === "refused") return;
    queue = [...sent, ...queue];
    if (result === "lost") soon(5000);
  }
  let outcome = "lost";
  const wire = $("#compose-wire");
  wire.addEventListener("htmx:afterRequest", (event) => {
    const status = event.detail.xhr.status;
    if (event.detail.successful) outcome = outcome === "conflict" ? outcome : "ok";
    else outcome = status === 401 ? "ended" : status >= 400 && status < 500 ? "refused" : "lost";
  });
  document.addEventListener("compose:conflict", () => { outcome = "conflict"; queue = []; try { localStorage.removeItem(key()); } catch { /* none */ } $("#compose-conflict").showModal(); });
  async function ask(method, address, values = {}) {
    outcome = "lost";
    close();
    const held = hold();
    try { await htmx.ajax(method, address, { source: wire, target: wire, swap: "innerHTML", values }); } catch { /* told by its event */ }
    release(held);
    return outcome;
  }
  const ended = $("#session-ended");
  if (ended) ended.addEventListener("close", () => soon(0));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && queue.length) flush(); });

  // -- parts are swapped without taking anything away from whoever types ------------------------------------------
  function hold() {
    const now = document.activeElement;
    return { id: now && now.id, begin: now && now.selectionStart, end: now && now.selectionEnd, open: all("details[open][data-more]", root).map((one) => one.dataset.more) };
  }
  function release(held) {
    for (const one of all("details[data-more]", root)) if (held.open.includes(one.dataset.more)) one.open = true;
    for (const one of queue) { const input = one.do === "set" && field(one.at); if (input && input.type === "checkbox") input.checked = Boolean(one.value); else if (input && !input.matches("[data-coded]")) input.value = one.value; }
    const now = held.id && document.getElementById(held.id);
    if (!now || now === document.activeElement || !document.activeElement || document.activeElement !== document.body) return;
    now.focus({ preventScroll: true });
    if (now.setSelectionRange && held.begin !== null && now.type === "text") now.setSelectionRange(held.begin, held.end);
  }

  // -- what a save is answered with --------------------------------------------------------------------------------
  function learn() {
    const before = state;
    const old = key();
    state = news();
    page = state.page;
    if (before.draft !== state.draft) try { localStorage.removeItem(old); } catch { /* none */ }
    show();
  }
  function show() {
    const here = $("#compose-saved");
    if (state.draft) here.textContent = `${tell("Kaydedildi", "Saved")} ${state.saved}`;
    $("[data-do=undo]", root).disabled = !state.undo;
    $("[data-do=redo]", root).disabled = !state.redo;
    for (const [name, gone] of Object.entries(state.hidden)) for (const part of all(`[data-part="${name}"]`, root)) part.hidden = gone;
    for (const [at, text] of Object.entries(state.values)) put(at, text);
    for (const [at, text] of Object.entries(state.linked)) put(at, text);
    for (const [line, amount] of Object.entries(state.amounts)) { const out = $(`[data-amount="${line}"]`, root); if (out) out.textContent = amount; }
    choose("type", state.type[0], state.type[1]);
    choose("sending", state.sending);
    $("#compose-mark").textContent = state.mark;
    $("#compose-verb").textContent = state.verb;
    for (const one of all('input[name="profile"]', root)) one.closest("label").hidden = Boolean(one.value) && !state.profiles.includes(one.value) && one.value !== state.profile[0];
    for (const one of all("input[type=checkbox][data-part-of]", root)) one.checked = !state.hidden[one.dataset.partOf];
    choose("profile", state.profile[2] ? "" : state.profile[0], state.profile[1] + (state.profile[2] ? tell(" (önerilen)", " (proposed)") : ""));
    const preview = $("[data-do=preview]", root);
    if (preview && state.draft) preview.href = `${root.dataset.base}${state.draft}/preview`;
    marks();
    const count = state.count ? tell(`${state.count} eksik ya da hata.`, `${state.count} missing or wrong.`) : tell("Eksik yok.", "Nothing is missing.");
    $("#compose-said").textContent = root.dataset.sums ? `${root.dataset.sums} ${state.payable}. ${count}` : count;
  }
  function choose(name, code, label) {
    const shown = label && $(`#compose-${name}`);
    if (shown) shown.textContent = label;
    for (const one of all(`input[name="${name}"]`, root)) one.checked = one.value === code;
  }
  function put(at, text) {
    const input = field(at);
    if (!input || queue.some((one) => one.at === at)) return;
    if (input === document.activeElement && input === edited && !input.matches("[data-coded]")) { waiting[at] = text; return; }
    if (input.value !== text) input.value = text;
  }
  function marks() {
    for (const box of all(".box--bad, .box--wait", root)) {
      box.classList.remove("box--bad", "box--wait");
      const input = $(".box__in", box), about = document.getElementById(`${input.id}-about`);
      input.removeAttribute("aria-invalid");
      if (about) { about.hidden = true; about.replaceChildren(); }
    }
    for (const one of state.found) if (one.weight !== "block" && (one.weight !== "missing" || asked)) mark(one);
  }
  function mark(one) {
    const input = document.getElementById(one.id), box = input && input.closest("[data-box]"), about = document.getElementById(`${one.id}-about`);
    if (!box || !about || !about.hidden) return;
    const line = box.parentElement.matches(".line") && $(".line__said", box.parentElement);
    if (line && about.parentElement !== line) line.append(about);
    const wrong = one.weight === "error" || one.weight === "missing";
    box.classList.add(wrong ? "box--bad" : "box--wait");
    if (wrong) input.setAttribute("aria-invalid", "true");
    about.hidden = false;
    about.dataset.weight = one.weight;
    about.append(`${one.text} ${one.weight === "missing" ? "" : one.repair}`.trim());
    one.fixes.forEach((label, place) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button button--small", textContent: place ? label : `${tell("Düzelt", "Repair")}: ${label}` });
      Object.assign(button.dataset, { mend: one.name, place });
      about.append(" ", button);
    });
    const more = box.closest("details:not([open])");
    if (more && one.weight !== "warning") more.open = true;
  }

  // -- fields ------------------------------------------------------------------------------------------------------
  root.addEventListener("input", (event) => {
    const input = edited = event.target;
    if (input.dataset.complete) seek(input);
    if (!input.dataset.at || input.type === "radio" || input.type === "checkbox") return;
    if (input.matches("[data-coded]")) { if (!input.value.trim()) record(input.dataset.at, ""); return; }
    record(input.dataset.at, input.value);
  });
  root.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type === "radio" && input.dataset.at) { record(input.dataset.at, input.value); soon(0); }
    else if (input.type === "checkbox" && input.dataset.at) { record(input.dataset.at, input.checked ? input.value : ""); soon(0); }
    else if (input.tagName === "SELECT" && input.dataset.at) { record(input.dataset.at, input.value); soon(0); }
  });
  root.addEventListener("focusout", (event) => {
    edited = null;
    const at = event.target.dataset && event.target.dataset.at;
    if (at && at in waiting) { const text = waiting[at]; delete waiting[at]; put(at, text); }
    setTimeout(() => { if (!document.activeElement || document.activeElement.dataset.complete === undefined) close(); }, 150);
    if (event.target.matches("[data-coded], [data-who]")) event.target.value = event.target.value.trim() ? event.target.defaultValue : "";
  });

  // -- suggestions -------------------------------------------------------------------------------------------------
  const list = $("#suggestions");
  let seeker = null, seeking = 0, turn = 0;
  function seek(input, pause = 140, takesFirst = false) {
    clearTimeout(seeking);
    seeker = input;
    seeking = setTimeout(async () => {
      const mine = ++turn, line = input.closest("[data-line]"), text = input.value;
      const query = new URLSearchParams({ text, line: line ? line.dataset.line : "0", kind: root.dataset.kind, profile: state.profile[0], type: state.type[0], day: state.day });
      let html = "";
      try {
        const answer = await fetch(`${root.dataset.base}complete/${input.dataset.complete}?${query}`, { headers: { "HX-Request": "true" } });
        if (answer.ok) html = await answer.text();
      } catch { return; }
      if (mine !== turn || document.activeElement !== input) return;
      list.innerHTML = html;
      list.dataset.text = text;
      if (!list.children.length) { close(); return; }
      input.closest("[data-box]").append(list);
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      const first = takesFirst && $("[role=option]", list);
      if (first) take(first);
    }, pause);
  }
  function close() {
    turn += 1;
    clearTimeout(seeking);
    if (list.hidden) return;
    list.hidden = true;
    if (seeker) { seeker.setAttribute("aria-expanded", "false"); seeker.removeAttribute("aria-activedescendant"); }
    document.getElementById("content").append(list);
  }
  function walk(step) {
    const options = all("[role=option]", list);
    if (!options.length) return;
    const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = options[(now + step + options.length) % options.length];
    for (const one of options) one.setAttribute("aria-selected", String(one === next));
    seeker.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }
  async function take(option) {
    const input = seeker, name = input.dataset.complete, line = input.closest("[data-line]");
    const at = line ? line.dataset.line : "0";
    queue = queue.filter((one) => one.at !== input.dataset.at);
    close();
    await flush({ choose: option.dataset.choose });
    const price = field(`/lines/${at}/price`) ? `/lines/${at}/price` : `/lines/${at}/fee`;
    const next = { customer: "/lines/0/name", item: field(`/lines/${at}/quantity`) ? `/lines/${at}/quantity` : price, withholding: price, exemption: price }[name];
    const to = option.dataset.choose.startsWith("named:") ? field("/customer/tax_id") : next && field(next);
    for (let box = to && to.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    if (to) { to.focus(); if (to.select) to.select(); }
  }
  list.addEventListener("mousedown", (event) => { event.preventDefault(); const option = event.target.closest("[role=option]"); if (option) take(option); });
  root.addEventListener("focusin", (event) => { if (event.target.matches("[data-coded], [data-who]")) { event.target.select(); seek(event.target, 0); } else if (event.target.dataset.complete && !event.target.value) seek(event.target, 0); });

  // -- keyboard ----------------------------------------------------------------------------------------------------
  root.addEventListener("keydown", (event) => {
    const input = event.target, open = !list.hidden && input === seeker;
    if (input.dataset.complete && (event.key === "ArrowDown" || event.key === "ArrowUp")) { event.preventDefault(); if (open) walk(event.key === "ArrowDown" ? 1 : -1); else seek(input, 0); return; }
    const pick = event.target.closest("details.pick[open]");
    if (pick && (event.key === "Escape" || event.key === "Enter") && input.type === "radio") { event.preventDefault(); pick.open = false; $("summary", pick).focus(); return; }
    if (event.key === "Escape" && open) { event.preventDefault(); event.stopPropagation(); close(); return; }
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !input.matches("input.box__in")) return;
    event.preventDefault();
    const options = open ? all("[role=option]", list) : [];
    const isChoice = input.matches("[data-coded], [data-who]"), isAnswer = open && list.dataset.text === input.value;
    const chosen = options.find((one) => one.getAttribute("aria-selected") === "true") || (isChoice && isAnswer && options[0]);
    if (chosen) take(chosen);
    // Whoever types faster than the answer comes means the first of what they typed, not of what still stands there.
    else if (isChoice && !isAnswer && input.value.trim() && input.value !== input.defaultValue) seek(input, 0, true);
    else if (input.closest("[data-line]")) down(input);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !$("dialog[open]")) { event.preventDefault(); send(); }
  });
  function down(input) {
    const line = Number(input.closest("[data-line]").dataset.line);
    const next = field(input.dataset.at.replace(/^\/lines\/\d+/, `/lines/${line + 1}`));
    if (next) { next.focus(); next.select(); } else add(line + 1);
  }

  // -- lines -------------------------------------------------------------------------------------------------------
  async function add(at) {
    queue.push({ do: "add", at: `/lines/${at}`, value: "" });
    page = Math.floor(at / 50) + 1;
    await flush();
    const name = field(`/lines/${at}/name`);
    if (name) name.focus();
  }
  async function paste(at, text) {
    queue.push({ do: "paste", at: `/lines/${at}`, value: text });
    await flush();
  }
  root.addEventListener("paste", (event) => {
    const line = event.target.closest("[data-line]");
    const text = event.clipboardData.getData("text/plain");
    if (!line || !/\t|\n.*\S/.test(text)) return;
    event.preventDefault();
    paste(Number(line.dataset.line), text);
  });

  // -- buttons -----------------------------------------------------------------------------------------------------
  const doing = {
    undo: () => again("undo"),
    redo: () => again("redo"),
    "add-line": () => add(state.lines),
    "add-row": async (button) => { queue.push({ do: "add", at: `/${button.dataset.list}/${button.dataset.count}`, value: "" }); await flush(); },
    more: (button) => { const rest = $(".line__rest", button.closest(".line")); rest.open = true; $("input", rest).focus(); },
    copy: async (button) => { queue.push({ do: "copy", at: `/lines/${button.dataset.row}`, value: "" }); await flush(); },
    remove: async (button) => { queue.push({ do: "remove", at: `/lines/${button.dataset.row}`, value: "" }); await flush(); window.ulak.say(tell("Satır silindi; “Geri al” ile döner.", "The line is removed; “Undo” brings it back."), "info"); },
    up: async (button) => { const at = Number(button.dataset.row); if (at) { queue.push({ do: "move", at: `/lines/${at}`, value: at - 1 }); await flush(); } },
    paste: async () => { const text = $("#compose-clip").value; $("#compose-paste").close(); $("#compose-clip").value = ""; if (text.trim()) await paste(Math.max(state.lines - 1, 0), text); },
    "same-address": () => { for (const name of ["street", "number", "town", "city", "postal_code"]) { const from = field(`/customer/address/${name}`), to = field(`/delivery_address/${name}`); if (from && to) { to.value = from.value; record(to.dataset.at, to.value); } } },
    versions: async () => { await flush({ force: true }); await htmx.ajax("GET", `${root.dataset.base}${state.draft}/versions`, { source: wire, target: "#compose-past", swap: "outerHTML" }); $("#compose-versions").showModal(); },
    plan: async () => { await flush({ force: true }); if (state.draft) await ask("POST", `${root.dataset.base}plan/${state.draft}`); },
    delete: async () => {
      if (flying) await flying.done;
      queue = [];
      keep();
      if (state.draft) await ask("POST", `${root.dataset.base}${state.draft}/delete`);
      else location.assign(root.dataset.base.replace(/compose\/$/, "outgoing"));
    },
    consumer: async () => { if (await flush({ choose: "consumer:" })) { const name = field("/lines/0/name"); if (name) name.focus(); } },
    send,
  };
  async function again(what) {
    await flush();
    if (state.draft && (await ask("POST", `${root.dataset.base}${state.draft}/${what}`, { page })) === "ok") learn();
  }
  async function mend(button) {
    const { mend: name, place } = button.dataset;
    await flush({ force: true });
    if ((await ask("POST", `${root.dataset.base}${state.draft}/mend`, { version: state.version, name, place, page })) === "ok") learn();
  }
  async function send() {
    asked = true;
    await flush({ force: true });
    if (!state.draft || queue.length) return;
    await htmx.ajax("GET", `${root.dataset.base}${state.draft}/confirm`, { source: wire, target: "#compose-confirm", swap: "outerHTML" });
    marks();
    $("#compose-send").showModal();
  }
  async function reach(at) {
    const steps = at.split("/"), wanted = steps[1] === "lines" ? Math.floor(Number(steps[2]) / 50) + 1 : page;
    if (wanted !== page) await turnTo(wanted);
    const input = field(at) || (at === "/customer/tax_id" && $("[data-who]", root));
    if (!input) return;
    for (let box = input.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    const who = at === "/customer/tax_id" && !input.value ? $("[data-who]", root) : input;
    who.scrollIntoView({ block: "center" });
    who.focus();
  }
  async function turnTo(wanted) {
    await flush({ force: true });
    if ((await ask("GET", `${root.dataset.base}${state.draft}/lines`, { page: wanted })) === "ok") learn();
    $("#compose-lines").scrollIntoView({ block: "start" });
  }
  root.addEventListener("pointerup", (event) => { const pick = event.target.closest(".pick__list label") && event.target.closest("details"); if (pick) setTimeout(() => { pick.open = false; $("summary", pick).focus(); }, 0); });
  document.addEventListener("click", (event) => { for (const pick of all("details.pick[open]", root)) if (!pick.contains(event.target)) pick.open = false; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, a");
    if (!button) return;
    if (button.dataset.go) reach(button.dataset.go);
    else if (button.dataset.mend) mend(button);
    else if (button.dataset.page) turnTo(Number(button.dataset.page));
    else if (button.dataset.do === "preview") preview(event);
    else if (doing[button.dataset.do]) { const menu = button.closest("details.menu"); if (menu) menu.open = false; doing[button.dataset.do](button); }
  });
  async function preview(event) {
    if (state.draft && !queue.length && !flying) return;
    event.preventDefault();
    const tab = window.open("about:blank");
    await flush({ force: true });
    if (tab && state.draft) tab.location = `${root.dataset.base}${state.draft}/preview`;
  }
  document.addEventListener("htmx:oobAfterSwap", (event) => { if (event.target && event.target.id === "compose-side" && !flying && outcome === "ok") { state = news(); marks(); } });

  document.addEventListener("DOMContentLoaded", () => { show(); restore(); const first = $("[data-who]", root); if (first && !first.value && !state.draft) first.focus(); });
})();
