// Everything that is shown goes through text nodes and set attributes: nothing that came from outside is ever markup.

export function h(tag, set = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(set)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...inside.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false && one !== ""));
  return made;
}

export function table(heads, rows) {
  const head = h("thead", {}, h("tr", {}, heads.map((one) => h("th", { scope: "col" }, one))));
  const body = h("tbody", {}, rows.map(({ cells, to }) => {
    const made = cells.map((cell, at) => {
      const [content, kind] = Array.isArray(cell) ? cell : [cell, ""];
      return h("td", { class: kind, "data-head": heads[at] || undefined }, h("div", { class: "in" }, content));
    });
    if (!to) return h("tr", {}, made);
    const go = (event) => { if (!event.target.closest("a, button")) location.hash = to; };
    return h("tr", { class: "open", onclick: go }, made);
  }));
  return h("div", { class: "scroll" }, h("table", {}, head, body));
}

export function field(label, control) {
  return h("label", {}, label, control);
}

export function choice(name, options, chosen) {
  return h("select", { name }, options.map(([value, label]) => h("option", { value, selected: value === chosen }, label)));
}

// A time of the center as people here write it; the text already is in Istanbul's zone.
export function time(text, seconds = true) {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)(:\d\d)?/.exec(text || "");
  return found ? `${found[3]}.${found[2]}.${found[1]} ${found[4]}${seconds ? found[5] || "" : ""}` : "";
}

export function chip(text, kind) {
  const mark = { good: "✓", bad: "✕", wait: "…" }[kind];
  return h("span", { class: `chip ${kind}` }, mark ? h("span", { "aria-hidden": "true" }, mark) : null, text);
}

export function kindOf(state) {
  if (state === 1300) return "good";
  return [1000, 1100, 1200, 1210, 1220].includes(state) ? "wait" : "bad";
}

export function stateChip(state) {
  return chip(String(state), kindOf(state));
}

// What a system response says: there 1200 is the best that can be said.
export function saidChip(code) {
  return chip(String(code), code === 1200 ? "good" : kindOf(code));
}
