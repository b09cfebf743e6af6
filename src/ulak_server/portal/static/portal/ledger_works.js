// Uploads in pieces that go on after a broken line, and progress that says so when the server is away.
"use strict";
(() => {
  const AT_ONCE = 1;
  const WAITS = [2, 5, 10, 20, 30];

  // -- progress: a lost connection is told once, beside the bar, instead of a notice for each question -----------
  document.body.addEventListener("htmx:sendError", (event) => {
    const place = event.target.closest && event.target.closest("[data-progress]");
    if (!place) return;
    event.stopPropagation();
    const told = place.querySelector("[data-offline]");
    if (told) told.hidden = false;
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    // A server that is just starting answers for itself: the page waits, and asks again.
    const place = event.target.closest && event.target.closest("[data-progress]");
    if (!place || event.detail.xhr.status < 500) return;
    event.detail.shouldSwap = false;
    const told = place.querySelector("[data-offline]");
    if (told) told.hidden = false;
  });

  // -- uploads -------------------------------------------------------------------------------------------------------
  const form = document.getElementById("upload");
  if (!form) return;
  const field = form.querySelector("input[type=file]");
  const list = document.getElementById("uploads");
  const row = document.getElementById("upload-row");
  const words = document.getElementById("upload-words").dataset;
  const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
  const queue = [];
  let running = 0;
  field.required = false;
  field.classList.add("hidden");
  for (const one of form.querySelectorAll("[data-noscript]")) one.hidden = true;

  const place = form.querySelector("[data-drop]");
  const over = (event) => { event.preventDefault(); place.classList.add("drop--over"); };
  place.addEventListener("dragover", over);
  place.addEventListener("dragleave", () => place.classList.remove("drop--over"));
  place.addEventListener("drop", (event) => { event.preventDefault(); place.classList.remove("drop--over"); take(event.dataTransfer.files); });
  field.addEventListener("change", () => { take(field.files); field.value = ""; });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("beforeunload", (event) => { if (running) event.preventDefault(); });

  const filled = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const figure = (value) => value.toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const time = (seconds) => seconds < 90 ? filled(words.seconds, { n: Math.max(1, Math.round(seconds)) }) : filled(words.minutes, { n: Math.round(seconds / 60) });

  class Refused extends Error {}
  const passes = (status) => status >= 500 || [401, 408, 429].includes(status);

  function take(files) {
    for (const file of files) {
      const drawn = row.content.firstElementChild.cloneNode(true);
      drawn.querySelector(".upload__name").textContent = file.name;
      list.hidden = false;
      list.append(drawn);
      const upload = { file, drawn, bar: drawn.querySelector("progress"), stopped: false, tries: 0 };
      drawn.querySelector("progress").setAttribute("aria-label", file.name);
      drawn.querySelector("[data-stop]").addEventListener("click", () => { upload.stopped = true; if (upload.call) upload.call.abort(); });
      drawn.querySelector("[data-again]").addEventListener("click", () => { upload.stopped = false; upload.tries = 0; wait(upload); });
      wait(upload);
    }
  }
  function wait(upload) {
    tell(upload, words.waiting);
    show(upload, false);
    queue.push(upload);
    next();
  }
  function next() {
    while (running < AT_ONCE && queue.length) {
      running += 1;
      const upload = queue.shift();
      send(upload).finally(() => { running -= 1; next(); });
    }
  }
  function tell(upload, text, kind = "") {
    upload.drawn.querySelector(".upload__state").textContent = text;
    upload.drawn.className = `upload${kind ? ` upload--${kind}` : ""}`;
  }
  function show(upload, may) {
    upload.drawn.querySelector("[data-again]").hidden = !may;
    upload.drawn.querySelector("[data-stop]").hidden = may;
  }

  async function send(upload) {
    try {
      const begun = await begin(upload);
      upload.bar.value = upload.file.size ? begun.received / upload.file.size : 0;
      let at = begun.received;
      const from = { at, when: performance.now() };
      while (at < upload.file.size) at = (await piece(upload, begun, at, from)).received;
      tell(upload, words.done, "done");
      upload.bar.value = 1;
      upload.drawn.querySelector("[data-stop]").hidden = true;
      look();
    } catch (error) {
      ended(upload, error);
    }
  }
  function ended(upload, error) {
    if (upload.stopped) { tell(upload, words.stopped); show(upload, true); return; }
    if (error instanceof Refused) { tell(upload, error.message || words.failed, "bad"); upload.drawn.querySelector("[data-stop]").hidden = true; return; }
    const seconds = WAITS[Math.min(upload.tries, WAITS.length - 1)];
    upload.tries += 1;
    tell(upload, filled(words.lost, { n: seconds }), "bad");
    show(upload, true);
    setTimeout(() => { if (!upload.stopped && upload.drawn.querySelector("[data-again]").hidden === false) wait(upload); }, seconds * 1000);
  }
  async function begin(upload) {
    const body = new URLSearchParams({ name: upload.file.name, size: String(upload.file.size), modified: String(upload.file.lastModified) });
    const answer = await fetch(form.dataset.begin, { method: "POST", body, headers: { "X-CSRFToken": token, "HX-Request": "true" } });
    return read(answer);
  }
  function piece(upload, begun, at, from) {
    return new Promise((resolve, reject) => {
      const call = new XMLHttpRequest();
      const data = upload.file.slice(at, at + begun.most);
      call.open("POST", `${begun.piece}?offset=${at}`);
      call.setRequestHeader("X-CSRFToken", token);
      call.setRequestHeader("Content-Type", "application/octet-stream");
      call.setRequestHeader("HX-Request", "true");
      call.timeout = 120000;
      call.upload.addEventListener("progress", (event) => moved(upload, at + event.loaded, from));
      call.addEventListener("load", () => answered(call, resolve, reject));
      for (const name of ["error", "abort", "timeout"]) call.addEventListener(name, () => reject(new Error(name)));
      upload.call = call;
      call.send(data);
    });
  }
  function answered(call, resolve, reject) {
    let said = {};
    try { said = JSON.parse(call.responseText); } catch { /* a page of the server's */ }
    // 409: the server has more, or less, than was thought; it says how much.
    if (call.status === 200 || (call.status === 409 && Number.isInteger(said.received))) { resolve(said); return; }
    if (call.status === 401) document.dispatchEvent(new CustomEvent("ulak:session-ended"));
    reject(passes(call.status) ? new Error(String(call.status)) : new Refused(said.text || ""));
  }
  async function read(answer) {
    if (answer.status === 401) document.dispatchEvent(new CustomEvent("ulak:session-ended"));
    if (passes(answer.status)) throw new Error(String(answer.status));
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(said.text || "");
    return said;
  }
  function moved(upload, at, from) {
    upload.tries = 0;
    const seconds = (performance.now() - from.when) / 1000;
    const speed = seconds > 0.2 ? (at - from.at) / seconds : 0;
    const facts = { done: figure(at / 1e6), all: figure(upload.file.size / 1e6), rate: speed ? `${figure(speed / 1e6)} MB/s` : "…" };
    const left = speed ? ` · ${filled(words.left, { time: time((upload.file.size - at) / speed) })}` : "";
    tell(upload, filled(words.sending, facts) + left);
    upload.bar.value = upload.file.size ? at / upload.file.size : 1;
  }
  function look() {
    if (window.htmx) window.htmx.ajax("GET", form.dataset.files, { target: "#files", swap: "innerHTML" });
    else location.reload();
  }
})();
