import { get, keepToken, post } from "./api.js";
import { field, h, time } from "./dom.js";
import { language, say, speak } from "./words.js";
import { calls, envelope, flow } from "./flow.js";
import { customs, portal } from "./ends.js";
import { faults } from "./faults.js";
import { offices, probes, registry } from "./rooms.js";

const VIEWS = { flow, calls, faults, portal, customs, probes, offices, registry, envelope };
const RAIL = ["flow", "calls", "faults", "portal", "customs", "probes", "offices", "registry"];
const PACE = 2000;
const view = document.getElementById("view");
let shown = "";
let running = 0;
let held = null;

export function place() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/");
  return { name: VIEWS[name] ? name : "flow", rest: rest.map(decodeURIComponent), query: new URLSearchParams(query || "") };
}

export function notice(text, isBad = false) {
  const made = h("div", { class: isBad ? "bad" : "" }, text);
  document.getElementById("notice").append(made);
  setTimeout(() => made.remove(), isBad ? 9000 : 4000);
}

// What a button does: its failure is told, and what it changed is shown at once.
export function doing(action) {
  return async (event) => {
    event?.preventDefault?.();
    const pressed = event?.submitter || event?.currentTarget;
    if (pressed instanceof HTMLButtonElement) pressed.disabled = true;
    try {
      const said = await action(event);
      if (said) notice(said);
      await refresh(true);
    } catch (error) {
      notice([error.message, error.detail].filter(Boolean).join(" "), true);
    } finally {
      if (pressed instanceof HTMLButtonElement) pressed.disabled = false;
    }
  };
}

export async function refresh(isForced = false) {
  const turn = ++running;
  const here = place();
  try {
    const [status, told] = await Promise.all([get("/status"), VIEWS[here.name].load(here)]);
    if (turn !== running) return;
    top(status);
    const print = JSON.stringify([here.name, here.rest, String(here.query), language(), told]);
    if (print !== shown || isForced) {
      if (!isForced && held === location.hash && isBusy()) return;
      keep(() => view.replaceChildren(...VIEWS[here.name].show(told, here, status)));
      shown = print;
      held = location.hash;
    }
    rail(here.name, status);
  } catch (error) {
    if (turn !== running) return;
    if (error.code === "center.control-token") askToken(); else lost(error);
  }
}

// Nothing is pulled from under somebody who is writing.
function isBusy() {
  const active = document.activeElement;
  return view.contains(active) && /^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName);
}

// What was written into forms stays when the page is drawn anew.
function keep(draw) {
  const was = new Map();
  const isSame = held === location.hash;
  for (const one of isSame ? view.querySelectorAll("form[id] [name]") : []) was.set(`${one.form.id}/${one.name}`, one.value);
  const scroll = window.scrollY;
  draw();
  for (const one of view.querySelectorAll("form[id] [name]")) {
    const value = was.get(`${one.form.id}/${one.name}`);
    if (value !== undefined && value !== one.value) { one.value = value; one.dispatchEvent(new Event("change")); }
  }
  if (isSame) window.scrollTo(0, scroll);
}

function top(status) {
  const speed = status.clock.kind === "virtual" ? say("stands") : status.clock.speed === 1 ? "" : say("faster", { n: status.clock.speed });
  const move = (name, seconds) => h("button", { onclick: doing(async () => say("moved", { n: (await post("/clock", { advance: seconds })).tasks })) }, say(name));
  const dark = document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const turn = () => { const next = dark === "dark" ? "light" : "dark"; document.documentElement.dataset.theme = next; localStorage.setItem("ulak-center-theme", next); refresh(true); };
  const other = language() === "tr" ? "en" : "tr";
  document.getElementById("top").replaceChildren(
    h("div", { class: "name" }, say("name"), h("small", {}, say("simulated"))),
    h("div", { class: "clock" }, time(status.now), speed ? h("small", {}, speed) : null),
    h("div", { class: "set" }, move("h2", 7200), move("d1", 86400), move("d8", 691200)),
    h("div", { class: "set" },
      h("button", { class: "quiet", lang: other, onclick: () => { speak(other); refresh(true); } }, other === "en" ? "English" : "Türkçe"),
      h("button", { class: "quiet", onclick: turn }, say(dark === "dark" ? "light" : "dark"))),
  );
  document.title = `${say("name")} · ${time(status.now, false)}`;
}

function rail(name, status) {
  const total = Object.values(status.counts).reduce((sum, one) => sum + one, 0);
  const counts = { flow: total, faults: status.faults, registry: status.integrators };
  const current = name === "envelope" ? "flow" : name;
  document.getElementById("rail").replaceChildren(...RAIL.map((one) => h("a",
    { href: `#/${one === "flow" ? "" : one}`, "aria-current": one === current ? "page" : undefined },
    say(one), counts[one] ? h("span", { class: "count" }, counts[one].toLocaleString(language())) : null)));
}

function lost(error) {
  if (error.code !== "gone" && shown !== `!${error.message}`) {
    view.replaceChildren(h("h1", {}, error.message), h("p", { class: "soft" }, error.detail), h("p", {}, h("a", { href: "#/" }, say("back"))));
    shown = `!${error.message}`;
  }
  if (error.code === "gone") {
    const top = document.getElementById("top");
    if (!top.querySelector(".lost")) top.append(h("div", { class: "lost", role: "alert" }, `${error.message} ${error.detail}`));
  }
}

function askToken() {
  if (shown === "token") return;
  shown = "token";
  const input = h("input", { name: "token", type: "password", autocomplete: "off" });
  const go = (event) => { event.preventDefault(); keepToken(input.value); shown = ""; refresh(true); };
  view.replaceChildren(h("h1", {}, say("token")), h("p", { class: "soft" }, say("tokenSay")),
    h("form", { onsubmit: go }, field(say("token"), input), h("button", { class: "main" }, say("enter"))));
  input.focus();
}

const theme = localStorage.getItem("ulak-center-theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
speak(language());
window.addEventListener("hashchange", () => { refresh(true); view.focus(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
setInterval(() => { if (!document.hidden) refresh(); }, PACE);
refresh(true);
