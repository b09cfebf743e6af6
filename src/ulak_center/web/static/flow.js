import { get, post, save } from "./api.js";
import { chip, h, kindOf, saidChip, stateChip, table, time } from "./dom.js";
import { say } from "./words.js";
import { doing } from "./main.js";

const TYPES = ["SENDERENVELOPE", "POSTBOXENVELOPE", "SYSTEMENVELOPE", "USERENVELOPE"];

export const flow = {
  load: ({ query }) => {
    const asked = new URLSearchParams({ limit: "100" });
    for (const name of ["state", "type", "party", "after"]) if (query.get(name)) asked.set(name, query.get(name));
    return get(`/envelopes?${asked}`);
  },
  show: (told, { query }, status) => {
    const isFiltered = [...query.keys()].length > 0;
    const rows = told.envelopes.map((one) => ({ to: `#/envelope/${encodeURIComponent(one.id)}`, cells: [
      [time(one.at), "time"],
      [[stateChip(one.state), h("span", { class: "say" }, one.label)], ""],
      [short(one.type), "tight"], who(one.sender), who(one.receiver),
      [h("a", { href: `#/envelope/${encodeURIComponent(one.id)}` }, one.id.slice(0, 8)), "mono"],
    ] }));
    const heads = [say("at"), say("state"), say("type"), say("from"), say("to"), say("envelope")];
    const body = rows.length ? table(heads, rows) : isFiltered ? h("p", { class: "empty" }, say("flowNone"))
      : h("div", { class: "empty" }, say("flowEmpty"), h("code", { class: "mono" }, `ulak wire send ZARF.zip --to ${location.origin}/EFaturaMerkez/services/EFatura`));
    return [h("h1", {}, say("flow")), h("p", { class: "soft" }, say("flowSay")), filters(query, status), body,
      told.next ? h("p", { class: "bar" }, h("a", { class: "button", href: link(query, { after: told.next }) }, say("more"))) : null].filter(Boolean);
  },
};

function filters(query, status) {
  const states = Object.entries(status.counts).map(([state, count]) => press(query, "state", state, [stateChip(Number(state)), ` ${count}`]));
  const types = TYPES.map((type) => press(query, "type", type, short(type)));
  const input = h("input", { name: "party", placeholder: say("party"), "aria-label": say("party"), value: query.get("party") || "" });
  const go = (event) => { event.preventDefault(); location.hash = link(query, { party: input.value.trim() }); };
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") go(event); });
  return h("div", { class: "bar" }, h("button", { "aria-pressed": String([...query.keys()].length === 0), onclick: () => { location.hash = "#/"; } }, say("all")), types, states, input);
}

function press(query, name, value, label) {
  const isOn = query.get(name) === value;
  return h("button", { "aria-pressed": String(isOn), onclick: () => { location.hash = link(query, { [name]: isOn ? "" : value }); } }, label);
}

function link(query, changes) {
  const next = new URLSearchParams(query);
  next.delete("after");
  for (const [name, value] of Object.entries(changes)) if (value) next.set(name, value); else next.delete(name);
  return String(next) ? `#/?${next}` : "#/";
}

const short = (type) => type.replace("ENVELOPE", "") || "–";

function who(party) {
  return [[party.number || "–", h("span", { class: "say" }, party.alias)], ""];
}

export const envelope = {
  load: ({ rest }) => get(`/envelopes/${encodeURIComponent(rest[0] || "")}`),
  show: (one) => [
    h("p", {}, h("a", { href: "#/" }, say("back"))),
    h("h1", { class: "mono" }, one.id),
    h("p", { class: "verdict" }, stateChip(one.state), " ", one.label || one.text),
    one.reason ? h("p", { class: "reason" }, one.reason, " ", h("span", { class: "soft mono" }, one.code)) : null,
    h("div", { class: "bar" }, h("button", { class: "main", onclick: doing(() => save(`/envelopes/${encodeURIComponent(one.id)}/zip`, `${one.id}.zip`)) }, say("zip"))),
    h("dl", {}, facts(one).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    h("h2", {}, say("timeline")), timeline(one),
    h("h2", {}, say("documents")), documents(one),
  ].filter(Boolean),
};

function facts(one) {
  const found = [[say("type"), one.type || "–"], [say("from"), `${one.sender.number} ${one.sender.alias}`], [say("to"), `${one.receiver.number} ${one.receiver.alias}`],
    [say("size"), `${one.size.toLocaleString("tr")} B`], [say("caller"), one.ours ? say("ours") : one.caller || "–"]];
  if (one.about) found.push([say("about"), h("a", { class: "mono", href: `#/envelope/${encodeURIComponent(one.about)}` }, one.about)], [say("says"), one.says ? saidChip(one.says) : "–"]);
  return found;
}

function timeline(one) {
  const steps = [
    ...one.states.map((step) => ({ at: step.at, kind: "", what: [stateChip(step.code), " ", step.label, step.reason ? h("span", { class: "soft mono" }, ` ${step.reason}`) : null], bad: kindOf(step.code) === "bad" })),
    ...one.responses.map((told) => ({ at: told.at, kind: "call", what: [h("a", { href: `#/envelope/${encodeURIComponent(told.id)}` }, say("response")), ` ${told.from.number} `, saidChip(told.code), " ", told.label] })),
    ...one.attempts.map((call) => ({ at: call.at, kind: "call", bad: call.outcome !== "ok", what: [`${call.operation} → ${call.endpoint} `, outcome(call.outcome), call.detail ? h("span", { class: "say" }, call.detail) : null] })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return h("ol", { class: "line" }, steps.map((step) => h("li", { class: `${step.kind} ${step.bad ? "bad" : ""}`.trim() }, h("time", {}, time(step.at)), step.what)));
}

export function outcome(text) {
  return text === "ok" ? chip("ok", "good") : chip(text, text.startsWith("fault:") || text.startsWith("ok ") ? "wait" : "bad");
}

function documents(one) {
  if (!one.documents.length) return h("p", { class: "empty" }, say("noDocuments"));
  const cancel = (ettn) => h("button", { onclick: doing(async () => { await post("/cancellations", { ettn }); return say("cancelled"); }) }, say("cancel"));
  return table([say("kind"), say("number"), "ETTN", say("profile"), say("answer"), ""], one.documents.map((row) => ({ cells: [
    row.kind, [row.number, "tight"], [row.ettn, "mono"], [[row.profile, h("span", { class: "say" }, row.type)], ""], row.answer,
    row.kind === "INVOICE" ? cancel(row.ettn) : "",
  ] })));
}

export const calls = {
  load: ({ query }) => get(`/log?limit=200${query.get("after") ? `&after=${encodeURIComponent(query.get("after"))}` : ""}`),
  show: (told) => [
    h("h1", {}, say("calls")), h("p", { class: "soft" }, say("callsSay")),
    told.calls.length ? table([say("at"), "", say("operation"), say("outcome"), say("side"), say("envelope"), say("seconds")], told.calls.map((one) => ({ cells: [
      [time(one.at), "time"], [one.direction === "in" ? "←" : "→", "tight"], one.operation, outcome(one.outcome), one.party,
      [one.envelope ? h("a", { href: `#/envelope/${encodeURIComponent(one.envelope)}` }, one.envelope.slice(0, 8)) : "", "mono"],
      [one.seconds.toFixed(3), "number"],
    ] }))) : h("p", { class: "empty" }, say("callsEmpty")),
    told.next ? h("p", { class: "bar" }, h("a", { class: "button", href: `#/calls?after=${told.next}` }, say("more"))) : null,
  ].filter(Boolean),
};
