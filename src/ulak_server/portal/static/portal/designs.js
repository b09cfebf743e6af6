// The paper beside the form: drawn anew a moment after each change, by sending the form into the frame.
"use strict";
(() => {
  const form = document.getElementById("design");
  if (!form) return;
  const PAUSE = 450;
  let waiting;

  function draw() {
    const { action, target } = { action: form.getAttribute("action"), target: form.getAttribute("target") };
    form.setAttribute("action", form.dataset.preview);
    form.setAttribute("target", "preview");
    // Not requestSubmit: nothing is saved, so nothing is to be checked or counted as sent.
    HTMLFormElement.prototype.submit.call(form);
    form.setAttribute("action", action);
    if (target) form.setAttribute("target", target); else form.removeAttribute("target");
    form.dispatchEvent(new CustomEvent("drawn"));
  }
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(draw, PAUSE);
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.getElementById("paper").addEventListener("change", soon);
  draw();
})();
