import { get, post, remove } from "./api.js";
import { chip, choice, field, h, stateChip, table, time } from "./dom.js";
import { say } from "./words.js";
import { doing } from "./main.js";

const CALLS = ["wrong-hash", "wrong-name", "duplicate", "unknown-id", "unknown-operation", "malformed", "not-soap"];
const PROBES = ["stray-response", "bad-invoice"];
let lastCall = null;
let lastAccount = null;

export const probes = {
  load: async () => ({ ...(await get("/probes?limit=50")), lastCall }),
  show: (told) => [
    h("h1", {}, say("probes")), h("p", { class: "soft" }, say("probesSay")),
    h("h2", {}, say("probe")), target("probe", PROBES, say("send"), async (given) => { await post("/probes", given); return say("probeSent"); }),
    h("h2", {}, say("wrongCall")), target("call", CALLS, say("callIt"), async (given) => { lastCall = await post("/calls", given); return ""; }),
    told.lastCall ? h("p", { class: "verdict" }, told.lastCall.right ? chip(say("right"), "good") : chip(say("wrong"), "bad"), ` ${say(`k.${told.lastCall.kind}`)}: ${told.lastCall.code ?? "–"} ${told.lastCall.message}`) : null,
    h("h2", {}, say("probes")), told.probes.length ? table([say("at"), say("probe"), say("to"), say("state"), say("outcome"), say("envelope")], told.probes.map((one) => ({ to: `#/envelope/${encodeURIComponent(one.id)}`, cells: [
      [time(one.at), "time"], say(`k.${one.kind}`), [[one.receiver.number, h("span", { class: "say" }, one.receiver.alias)], ""], [[probeChip(one), one.label ? h("span", { class: "say" }, one.label) : null], ""],
      [[one.accepted === null ? say("unknown") : say(one.accepted ? "accepted" : "refused"), " ", one.responses.map((response) => chip(String(response.code), right(one) ? "good" : "bad"))], ""],
      [h("a", { href: `#/envelope/${encodeURIComponent(one.id)}` }, one.id.slice(0, 8)), "mono"],
    ] }))) : h("p", { class: "empty" }, say("probesEmpty")),
  ].filter(Boolean),
};

// A bad invoice must be taken and then refused; whoever answers it by 1200 has not looked.
function right(one) {
  return one.kind === "bad-invoice" ? one.accepted && one.responses.some((response) => response.code !== 1200) : one.state === 1300;
}

function probeChip(one) {
  return right(one) ? chip(String(one.state), "good") : one.kind === "bad-invoice" && one.state === 1300 ? chip("1300", "bad") : stateChip(one.state);
}

function target(id, kinds, label, act) {
  const submit = doing((event) => {
    const given = Object.fromEntries(new FormData(event.target));
    return act({ ...given, receiver: given.receiver.trim(), alias: given.alias.trim() });
  });
  return h("form", { id, onsubmit: submit }, field(say("kind"), choice("kind", kinds.map((one) => [one, say(`k.${one}`)]), kinds[0])),
    field(say("receiver"), h("input", { name: "receiver", inputmode: "numeric", required: true })), field(say("alias"), h("input", { name: "alias", required: true, placeholder: "urn:mail:…" })),
    h("div", {}, h("button", { class: "main" }, label)));
}

export const offices = {
  load: async () => ({ archive: await get("/archive/packages?limit=1000"), ledger: await get("/ledger/packages?limit=1000") }),
  show: (told) => [h("h1", {}, say("offices")), h("p", { class: "soft" }, say("officesSay")), ...["archive", "ledger"].flatMap((name) => [h("h2", {}, say(name)), packages(told[name].packages)])],
};

function packages(found) {
  if (!found.length) return h("p", { class: "empty" }, say("officesEmpty"));
  const kind = (status) => (status === 30 ? "good" : [10, 15].includes(status) ? "wait" : "bad");
  return table([say("at"), say("package"), say("state"), say("owner"), say("from"), say("why")], [...found].reverse().map((one) => ({ cells: [
    [time(one.received), "time"], [one.id, "mono"], chip(String(one.status), kind(one.status)), [one.owner || "–", "tight"], [one.sender, "tight"], one.reason,
  ] })));
}

export const registry = {
  load: async () => ({ ...(await get("/integrators")), account: lastAccount }),
  show: (told) => [
    h("h1", {}, say("registry")), h("p", { class: "soft" }, say("registrySay")),
    h("h2", {}, say("integrators")), told.integrators.length ? integrators(told.integrators) : h("p", { class: "empty" }, say("integratorsEmpty")),
    h("h2", {}, say("register")), registering(),
    h("h2", {}, say("lookUp")), looking(), told.account ? account(told.account) : null,
    h("h2", {}, say("lists")), h("p", {}, h("a", { href: "/EFaturaMerkez/userList.jsp" }, say("listsLink"))),
  ].filter(Boolean),
};

function integrators(found) {
  const turn = (one) => (one.suspended
    ? h("button", { onclick: doing(() => remove(`/suspensions/${one.number}`).then(() => "")) }, say("resume"))
    : h("button", { onclick: doing(() => post("/suspensions", { number: one.number }).then(() => "")) }, say("suspend")));
  return table([say("number"), say("title"), say("endpoint"), ""], found.map((one) => ({ cells: [
    [one.number, "tight"], [[one.title, " ", one.suspended ? chip(say("suspended"), "bad") : null], ""],
    [[...new Set([one.endpoint_gb, one.endpoint_pk])].map((url) => h("span", { class: "say mono" }, url)), ""], turn(one),
  ] })));
}

function registering() {
  const submit = doing(async (event) => {
    const given = Object.fromEntries(new FormData(event.target));
    await post("/integrators", { number: given.number.trim(), title: given.title.trim(), endpoint_gb: given.endpoint.trim(), endpoint_pk: given.endpoint.trim() });
    return say("registered");
  });
  const input = (name, label, more = {}) => field(label, h("input", { name, required: true, ...more }));
  return h("form", { id: "integrator", onsubmit: submit }, input("number", "VKN", { inputmode: "numeric" }), input("title", say("title")), input("endpoint", say("endpoint"), { type: "url" }), h("div", {}, h("button", { class: "main" }, say("register"))));
}

function looking() {
  const submit = doing(async (event) => { lastAccount = await get(`/accounts/${encodeURIComponent(new FormData(event.target).get("number").trim())}`); return ""; });
  return h("form", { id: "look", onsubmit: submit }, field("VKN/TCKN", h("input", { name: "number", inputmode: "numeric", required: true })), h("div", {}, h("button", {}, say("look"))));
}

function account(found) {
  return h("div", {}, h("p", { class: "verdict" }, `${found.number} ${found.title}`, h("span", { class: "soft" }, ` ${found.kind} · ${found.method}`)),
    table([say("aliasHead"), say("role"), say("use"), say("operator"), say("created"), say("deleted")], found.units.map((unit) => ({ cells: [
      unit.alias, unit.role, unit.use, unit.operator || "GİB", [time(unit.created, false), "time"], [time(unit.deleted, false), "time"],
    ] }))));
}
