import { language, say } from "./words.js";

const KEY = "ulak-center-token";
export class Problem extends Error {
  constructor(told) {
    super(told.title || "");
    this.code = told.code;
    this.detail = told.detail || "";
    this.pointer = told.pointer || "";
  }
}

export function keepToken(token) { sessionStorage.setItem(KEY, token); }

export async function ask(method, path, body) {
  const headers = { "Accept-Language": language() };
  const token = sessionStorage.getItem(KEY);
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(`/control${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Problem({ code: "gone", title: say("gone"), detail: say("goneDetail") });
  }
  const text = await answer.text();
  let told;
  try { told = JSON.parse(text); } catch { told = {}; }
  if (!answer.ok) throw new Problem({ title: `HTTP ${answer.status}`, ...told });
  return told;
}

export const get = (path) => ask("GET", path);
export const post = (path, body) => ask("POST", path, body);
export const remove = (path) => ask("DELETE", path);

// Files are fetched with the token and saved, since a link could not bear it.
export async function save(path, name) {
  const token = sessionStorage.getItem(KEY);
  const answer = await fetch(`/control${path}`, { headers: token ? { Authorization: `Bearer ${token}` } : {} });
  if (!answer.ok) throw new Problem({ title: `HTTP ${answer.status}` });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
