import { get, post, remove } from "./api.js";
import { choice, field, h, table } from "./dom.js";
import { say } from "./words.js";
import { doing } from "./main.js";

const PLACES = {
  timeout: ["take"], refuse: ["take"], outage: ["take", "deliver"], error: ["take"], fault: ["take"], slow: ["take", "deliver"], "wrong-hash": ["take", "deliver"],
  status: ["judge", "take"], "unknown-alias": ["judge"], lost: ["respond", "deliver", "take"], unreachable: ["deliver"], duplicate: ["deliver"], "out-of-order": ["deliver"],
};
const OPERATIONS = ["sendDocument", "getApplicationResponse", "sendDocumentFile", "getBatchStatus", "receiveDocumentFile", "getUserList", "userList"];
const USUAL = { status: 503, overtakers: 1, share: 1 };
const WANTS = { fault: ["number"], status: ["number"], error: ["status"], slow: ["seconds"], "out-of-order": ["overtakers"] };

export const faults = {
  load: () => get("/faults"),
  show: (told) => [
    h("h1", {}, say("faults")), h("p", { class: "soft" }, say("faultsSay")),
    told.faults.length ? list(told.faults) : h("p", { class: "empty" }, say("faultsEmpty")),
    h("h2", {}, say("add")), form(),
  ],
};

function list(found) {
  const drop = (id) => h("button", { onclick: doing(() => remove(`/faults/${id}`).then(() => "")) }, say("drop"));
  return h("div", {}, table(["#", say("fault"), say("place"), say("times"), say("conditions"), ""], found.map((one) => ({ cells: [
    [String(one.id), "number"], [[say(`f.${one.action}`), h("span", { class: "say mono" }, one.action)], ""], say(`p.${one.place}`),
    one.times === null ? say("forever") : String(one.times), conditions(one), drop(one.id),
  ] }))), h("div", { class: "bar" }, h("button", { onclick: doing(() => remove("/faults").then(() => "")) }, say("clear"))));
}

function conditions(one) {
  return Object.entries(one).filter(([name, value]) => !["id", "action", "place", "times"].includes(name) && value && value !== USUAL[name])
    .map(([name, value]) => `${name} = ${value}`).join(", ");
}

function form() {
  const action = choice("action", Object.keys(PLACES).map((one) => [one, say(`f.${one}`)]), "timeout");
  const spot = choice("place", [], "");
  const inputs = {
    number: number("number", "2003", say("numberField")), status: number("status", "503", say("httpStatus")),
    seconds: number("seconds", "30", say("seconds")), overtakers: number("overtakers", "1", say("overtakers")),
  };
  const fit = () => {
    const was = spot.value;
    spot.replaceChildren(...PLACES[action.value].map((one) => h("option", { value: one }, say(`p.${one}`))));
    if (PLACES[action.value].includes(was)) spot.value = was;
    for (const [name, made] of Object.entries(inputs)) made.hidden = !(WANTS[action.value] || []).includes(name);
  };
  action.addEventListener("change", fit);
  fit();
  const submit = doing(async (event) => {
    const given = Object.fromEntries(new FormData(event.target));
    const asked = { action: given.action, place: given.place, times: Number(given.times) || null };
    for (const name of WANTS[given.action] || []) asked[name] = Number(given[name]);
    for (const name of ["operation", "party"]) if (given[name]) asked[name] = given[name].trim();
    if (Number(given.after)) asked.after = Number(given.after);
    if (given.share !== "" && Number(given.share) !== 1) asked.share = Number(given.share);
    await post("/faults", asked);
    return "";
  });
  return h("form", { id: "fault", onsubmit: submit }, field(say("fault"), action), field(say("place"), spot), Object.values(inputs),
    number("times", "1", say("timesField")).firstChild.parentNode,
    field(say("operation"), choice("operation", [["", say("operationAny")], ...OPERATIONS.map((one) => [one, one])], "")),
    field(say("party"), h("input", { name: "party" })), number("after", "0", say("after")), number("share", "1", say("share"), "0.01"),
    h("div", {}, h("button", { class: "main" }, say("add"))));
}

function number(name, value, label, step = "1") {
  return field(label, h("input", { name, type: "number", min: "0", step, value, inputmode: "numeric" }));
}
