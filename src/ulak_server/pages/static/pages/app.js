// What all pages can do by keyboard and without a reload. Pages work without it, but for what only a script can do.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const fold = (text) => text.toLocaleLowerCase("tr").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/ı/g, "i");
  const KEPT = "ulak-form";

  // -- on a phone the rail is a row that scrolls: where one is stands in sight -----------------------------------------
  const here = $(".rail a[aria-current=page]");
  if (here) { const row = here.closest("ul"), entry = here.parentElement; row.scrollLeft = entry.offsetLeft - row.offsetLeft - (row.clientWidth - entry.offsetWidth) / 2; }

  // -- opening, closing, sifting ---------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) { const box = document.getElementById(opener.dataset.opens); if (box) { event.preventDefault(); box.showModal(); } }
    const closer = event.target.closest("[data-closes]");
    if (closer) { const box = closer.closest(closer.dataset.closes); if (box.tagName === "DIALOG") box.close(); else box.remove(); }
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("input", (event) => {
    const list = event.target.dataset.sifts && document.getElementById(event.target.dataset.sifts);
    if (!list) return;
    const words = fold(event.target.value).split(/\s+/).filter(Boolean);
    for (const row of list.children) row.hidden = !words.every((word) => fold(row.dataset.words || row.textContent).includes(word));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.dataset && event.target.dataset.sifts) {
      const first = $("li:not([hidden]) a", document.getElementById(event.target.dataset.sifts));
      if (first) { event.preventDefault(); first.click(); }
    }
    if (event.key === "Escape") for (const menu of document.querySelectorAll("details.menu[open]")) { menu.open = false; $("summary", menu).focus(); }
    const writes = event.target.closest("input, textarea, select, [contenteditable]");
    const seeks = (event.key === "/" && !writes) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
    if (seeks && $("#seek")) { event.preventDefault(); $("#seek").focus(); $("#seek").select(); }
  });

  // -- a click is one click: what was sent is not sent twice -----------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    keep(form);
    for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
    setTimeout(() => { delete form.dataset.sent; for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled"); }, 8000);
  });

  // -- nothing written is lost when the session has ended --------------------------------------------------------
  function keep(form) {
    const fields = [];
    for (const field of form.elements) {
      if (!field.name || ["password", "file", "hidden", "submit", "button"].includes(field.type)) continue;
      if (["checkbox", "radio"].includes(field.type)) fields.push([field.name, field.value, field.checked]);
      else fields.push([field.name, field.value]);
    }
    if (!fields.length || !document.body.hasAttribute("data-signed-in") || location.pathname.startsWith("/sign-in")) return;
    try { sessionStorage.setItem(KEPT, JSON.stringify({ action: form.getAttribute("action") || location.pathname, fields })); } catch { /* full */ }
  }
  function restore() {
    const kept = sessionStorage.getItem(KEPT);
    if (!kept || location.pathname.startsWith("/sign-in")) return;
    sessionStorage.removeItem(KEPT);
    if (!sessionStorage.getItem("ulak-ended")) return;
    sessionStorage.removeItem("ulak-ended");
    const { action, fields } = JSON.parse(kept);
    const form = [...document.forms].find((one) => (one.getAttribute("action") || location.pathname) === action);
    if (!form) return;
    for (const [name, value, checked] of fields) {
      const found = [...form.elements].find((one) => one.name === name && (checked === undefined || one.value === value));
      if (found) { if (checked === undefined) found.value = value; else found.checked = checked; }
    }
    say(document.documentElement.lang === "en" ? "What you had written is back. It has not been sent yet." : "Yazdıklarınız geri geldi. Henüz gönderilmedi.", "info");
  }
  if (location.pathname.startsWith("/sign-in") && sessionStorage.getItem(KEPT)) sessionStorage.setItem("ulak-ended", "yes");
  document.addEventListener("ulak:session-ended", () => { const box = $("#session-ended"); if (box && !box.open) box.showModal(); });

  // -- notices ---------------------------------------------------------------------------------------------------
  function say(text, kind = "ok") {
    const box = document.createElement("div");
    box.className = `notice notice--${kind}`;
    const said = document.createElement("p");
    said.textContent = text;
    box.append(said);
    $("#notices").append(box);
    setTimeout(() => box.remove(), 8000);
  }
  function told() {
    const found = document.cookie.match(/(?:^|; )ulak_notice="?([^;"]*)/);
    if (!found) return;
    document.cookie = "ulak_notice=; max-age=0; path=/; samesite=strict";
    const [kind, ...rest] = decodeURIComponent(found[1]).split("|");
    say(rest.join("|"), ["ok", "info", "bad"].includes(kind) ? kind : "info");
  }
  window.ulak = { say };
  document.addEventListener("DOMContentLoaded", () => { told(); restore(); });
  document.addEventListener("htmx:afterRequest", told);
  document.addEventListener("htmx:sendError", () => say(document.documentElement.lang === "en" ? "The server cannot be reached; what you have written is still here." : "Sunucuya ulaşılamıyor; yazdıklarınız burada duruyor.", "bad"));

  // -- tables by keyboard: j, k, Enter, x --------------------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
    const rows = [...document.querySelectorAll("table[data-rows] tbody tr")];
    if (!rows.length || !["j", "k", "x", "Enter"].includes(event.key)) return;
    let now = rows.findIndex((row) => row.classList.contains("is-current"));
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      now = Math.max(0, Math.min(rows.length - 1, now + (event.key === "j" ? 1 : -1)));
      for (const row of rows) row.classList.remove("is-current");
      rows[now].classList.add("is-current");
      const link = $("a", rows[now]);
      if (link) link.focus({ preventScroll: true });
      rows[now].scrollIntoView({ block: "nearest" });
    } else if (now >= 0 && event.key === "x") {
      const box = $("input[type=checkbox]", rows[now]);
      if (box) { event.preventDefault(); box.click(); }
    } else if (now >= 0 && event.key === "Enter" && !event.target.closest("a, button, summary")) {
      const link = $("a", rows[now]);
      if (link) link.click();
    }
  });
})();
