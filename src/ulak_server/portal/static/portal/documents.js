// Lists of documents: the bar of marked rows, periods, and what a saved view holds.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const boxes = () => [...document.querySelectorAll("#marked input[name=id]")];

  function count() {
    const bar = $("#marked .bulk");
    if (!bar) return;
    const marked = boxes().filter((box) => box.checked).length;
    const all = $("input[name=all]", bar);
    if (!marked && all) all.checked = false;
    bar.hidden = !marked;
    $("[data-count]", bar).textContent = marked;
    const head = $("#mark-all");
    head.checked = marked > 0 && marked === boxes().length;
    head.indeterminate = marked > 0 && !head.checked;
  }
  // Which filters are on, while the bar itself stays.
  function lit() {
    for (const menu of document.querySelectorAll("#filters details")) {
      const on = [...menu.querySelectorAll("input, select")].some((one) => (one.type === "checkbox" ? one.checked : one.value));
      $("summary", menu).classList.toggle("filter--on", on);
    }
  }
  document.addEventListener("change", (event) => {
    if (event.target.closest("#filters")) lit();
    if (event.target.id === "mark-all") for (const box of boxes()) box.checked = event.target.checked;
    if (event.target.closest("#marked")) count();
  });
  document.addEventListener("click", (event) => {
    const period = event.target.closest("[data-from]");
    if (period) {
      $("#f-from").value = period.dataset.from;
      $("#f-until").value = period.dataset.until;
      $("#f-until").dispatchEvent(new Event("change", { bubbles: true }));
    }
    const download = event.target.closest("[data-download]");
    // A download leaves the page as it is: it may be asked for again.
    if (download) setTimeout(() => { const form = $("#marked"); delete form.dataset.sent; for (const one of form.querySelectorAll("[aria-disabled]")) one.removeAttribute("aria-disabled"); }, 1500);
    if (event.target.closest("[data-opens=save-view]")) $("#save-view [data-query]").value = location.search.slice(1);
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.id !== "filters") return;
    const kept = event.detail.parameters;
    for (const name of [...new Set([...Object.keys(kept)])]) if (kept[name] === "") delete kept[name];
  });
  document.addEventListener("htmx:afterSwap", count);
  document.addEventListener("DOMContentLoaded", count);
})();
