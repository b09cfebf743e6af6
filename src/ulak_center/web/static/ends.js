import { get, post, save } from "./api.js";
import { choice, field, h, stateChip, table, time } from "./dom.js";
import { say } from "./words.js";
import { doing } from "./main.js";

const PROFILES = { invoice: ["TEMELFATURA", "TICARIFATURA"], despatch: ["TEMELIRSALIYE"] };

export const portal = {
  load: async () => {
    const [self, incoming, outgoing] = await Promise.all([get("/portal"), get("/portal/incoming?limit=50"), get("/portal/outgoing?limit=50")]);
    return { self, incoming, outgoing };
  },
  show: ({ self, incoming, outgoing }) => {
    const alias = (self.units.find((unit) => unit.role === "PK") || {}).alias;
    return [
      h("h1", {}, say("portal")), h("p", { class: "soft" }, say("portalSay", self)),
      h("h2", {}, say("inbox")), incoming.envelopes.length ? held(incoming.envelopes, "portal", answers) : h("p", { class: "empty" }, say("inboxEmpty", { alias })),
      h("h2", {}, say("outbox")), outgoing.envelopes.length ? sentOnes(outgoing.envelopes) : h("p", { class: "empty" }, say("outboxEmpty")),
      h("h2", {}, say("tools")), sending(),
    ];
  },
};

export const customs = {
  load: async () => ({ self: await get("/customs"), incoming: await get("/customs/incoming?limit=50") }),
  show: ({ self, incoming }) => [
    h("h1", {}, say("customs")), h("p", { class: "soft" }, say("customsSay")),
    h("dl", {}, h("dt", {}, "VKN"), h("dd", {}, self.number), h("dt", {}, say("aliasHead")), h("dd", {}, [...new Set(self.units.map((unit) => unit.alias))].join(", "))),
    incoming.envelopes.length ? held(incoming.envelopes, "customs", decisions) : h("p", { class: "empty" }, say("customsEmpty")),
  ],
};

function held(envelopes, end, buttons) {
  const rows = envelopes.flatMap((one) => one.documents.map((document) => ({ cells: [
    [time(document.answered || one.at), "time"], one.sender.title || one.sender.number, [[document.number, h("span", { class: "say mono" }, document.ettn)], ""],
    [[document.profile || document.kind, document.mark ? h("span", { class: "say" }, document.mark) : ""], ""],
    [[document.status === 1200 ? "" : stateChip(document.status), document.says || document.answer || "", document.reason ? h("span", { class: "say" }, document.reason) : ""], ""],
    h("div", { class: "set" }, buttons(document), h("button", { class: "quiet", onclick: doing(() => save(`/${end}/documents/${encodeURIComponent(document.ettn)}`, `${document.ettn}.xml`)) }, "XML")),
  ] })));
  return table([say("at"), say("from"), say("number"), say("profile"), say("answer"), ""], rows);
}

function answers(document) {
  if (document.answer || document.status !== 1200 || !(document.profile === "TICARIFATURA" || document.kind === "DESPATCHADVICE")) return null;
  return [answering(document, "KABUL", say("accept")), answering(document, "RED", say("reject"))];
}

function answering(document, answer, label) {
  return h("button", { onclick: doing(async () => {
    const reason = answer === "RED" ? window.prompt(say("reason")) : "";
    if (reason === null) return "";
    await post("/portal/answer", { ettn: document.ettn, answer, reason });
    return say("answered");
  }) }, label);
}

function decisions(document) {
  if (document.answer || document.status !== 1200) return null;
  const decide = (answer, label) => h("button", { onclick: doing(async () => {
    const reason = answer === "RED" ? window.prompt(say("reason")) : "";
    if (reason === null) return "";
    await post("/customs/answer", { ettn: document.ettn, answer, reason });
    return say("answered");
  }) }, label);
  if (document.profile === "IHRACAT") return [decide("KABUL", say("release")), decide("RED", say("reject"))];
  return document.profile === "YOLCUBERABERFATURA" && document.kind === "INVOICE" ? decide("GUMRUKONAY", say("release")) : null;
}

function sentOnes(envelopes) {
  return table([say("at"), say("state"), say("to"), say("documents"), say("envelope")], envelopes.map((one) => ({ to: `#/envelope/${encodeURIComponent(one.id)}`, cells: [
    [time(one.at), "time"], [[stateChip(one.state), h("span", { class: "say" }, one.label)], ""], [[one.receiver.number, h("span", { class: "say" }, one.receiver.alias)], ""],
    [[String(one.documents.length), " ", one.documents.filter((document) => document.answer).map((document) => `${document.answer} `)], ""],
    [h("a", { href: `#/envelope/${encodeURIComponent(one.id)}` }, one.id.slice(0, 8)), "mono"],
  ] })));
}

function sending() {
  const kind = choice("kind", [["invoice", say("invoice")], ["despatch", say("despatch")]], "invoice");
  const profile = choice("profile", [], "");
  const fit = () => {
    const was = profile.value;
    profile.replaceChildren(...PROFILES[kind.value].map((one) => h("option", { value: one }, one)));
    if (PROFILES[kind.value].includes(was)) profile.value = was;
  };
  kind.addEventListener("change", fit);
  fit();
  const count = (name, label) => field(label, h("input", { name, type: "number", min: "1", max: "100", value: "1" }));
  const submit = doing(async (event) => {
    const given = Object.fromEntries(new FormData(event.target));
    const told = await post("/portal/send", { ...given, receiver: given.receiver.trim(), alias: given.alias.trim(), documents: Number(given.documents), envelopes: Number(given.envelopes) });
    return say("sent", { n: told.envelopes.length });
  });
  return h("form", { id: "send", onsubmit: submit }, field(say("receiver"), h("input", { name: "receiver", inputmode: "numeric", required: true })),
    field(say("alias"), h("input", { name: "alias", required: true, placeholder: "urn:mail:…" })), field(say("kind"), kind), field(say("profile"), profile),
    count("envelopes", say("envelopesField")), count("documents", say("documentsField")), h("div", {}, h("button", { class: "main" }, say("send"))));
}
