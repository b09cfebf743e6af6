// Marks rows of the books' lists, and lets files be dropped. Pages work without it.
"use strict";
(() => {
  const english = document.documentElement.lang === "en";
  const count = () => {
    for (const bar of document.querySelectorAll("[data-bulk]")) {
      const marked = bar.closest("form").querySelectorAll("input[name=id]:checked").length;
      bar.hidden = marked === 0;
      bar.querySelector("[data-count]").textContent = english ? `${marked} marked` : `${marked} kayıt seçili`;
    }
  };
  document.addEventListener("change", count);
  document.addEventListener("htmx:afterSwap", count);
  count();
  const place = document.querySelector("[data-drop]");
  if (!place) return;
  const field = place.querySelector("input[type=file]");
  const over = (event) => { event.preventDefault(); place.classList.add("drop--over"); };
  place.addEventListener("dragover", over);
  place.addEventListener("dragleave", () => place.classList.remove("drop--over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("drop--over");
    if (event.dataTransfer.files.length) { field.files = event.dataTransfer.files; field.dispatchEvent(new Event("change", { bubbles: true })); }
  });
})();
