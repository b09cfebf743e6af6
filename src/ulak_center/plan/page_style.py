"""How the report looks: calm, the same tokens in light and dark, tables that become cards on a telephone."""

from __future__ import annotations

from typing import Final

__all__ = ["STYLE"]

STYLE: Final = """
:root { color-scheme: light dark; --ground: #fbfaf8; --paper: #fff; --ink: #24211d; --soft: #6b655c;
  --line: #e4dfd7; --accent: #0f5c63; --good: #1c6b3c; --good-ground: #e7f3ea; --bad: #a3241c; --bad-ground: #fbe9e6;
  --wait: #7a5a00; --wait-ground: #fbf1d9; --none-ground: #f0ede8; }
@media (prefers-color-scheme: dark) { :root { --ground: #1a1917; --paper: #22201e; --ink: #ece7df; --soft: #a59d91;
  --line: #38342f; --accent: #6fc3c9; --good: #82cf9d; --good-ground: #1d3325; --bad: #f09a90; --bad-ground: #40201d;
  --wait: #e2bd62; --wait-ground: #3a2f15; --none-ground: #2c2926; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }
main { max-width: 1200px; margin: 0 auto; padding: 24px 20px 64px; }
a { color: var(--accent); }
h1 { font-size: 26px; font-weight: 600; margin: 0 0 12px; }
h2 { font-size: 17px; font-weight: 600; margin: 40px 0 8px; }
h2 .id { color: var(--accent); }
h2 small { color: var(--soft); font-weight: 400; font-size: 12px; white-space: nowrap; }
h3 { font-size: 12px; margin: 8px 0 2px; color: var(--soft); font-weight: 600; }
small { color: var(--soft); }
.other { float: right; margin: 4px 0 0; }
.verdict { font-size: 17px; margin: 0 0 12px; font-weight: 600; }
.verdict.passed { color: var(--good); }
.verdict.failed { color: var(--bad); }
.verdict.not-run, .verdict.not-judged { color: var(--wait); }
.counts { display: flex; flex-wrap: wrap; gap: 8px; list-style: none; margin: 0 0 16px; padding: 0; }
.counts li { border: 1px solid var(--line); border-radius: 6px; background: var(--paper); padding: 8px 16px; }
.counts b { font-size: 20px; font-variant-numeric: tabular-nums; margin-right: 4px; }
.counts span { color: var(--soft); }
.note { border-left: 3px solid var(--wait); padding: 4px 0 4px 12px; margin: 0 0 8px; }
.note.quiet { border-color: var(--line); color: var(--soft); }
.facts { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; margin: 16px 0 0;
  padding: 4px 16px; }
.facts div { display: grid; grid-template-columns: 260px 1fr; gap: 4px 16px; padding: 6px 0; }
.facts div + div { border-top: 1px solid var(--line); }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; background: var(--paper); border: 1px solid var(--line);
  table-layout: fixed; }
thead th { text-align: left; font-weight: 500; color: var(--soft); font-size: 12px; }
th, td { padding: 7px 10px; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th:nth-child(1) { width: 104px; } th:nth-child(3) { width: 21%; } th:nth-child(4) { width: 30%; }
th:nth-child(5) { width: 128px; } th:nth-child(6) { width: 84px; }
tbody th { text-align: left; font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
.time { font-variant-numeric: tabular-nums; }
.time time, .time small { white-space: nowrap; }
.unpassed ul { margin: 0; padding-left: 20px; }
.chip { display: inline-block; white-space: nowrap; border-radius: 10px; padding: 0 9px; font-size: 13px; }
.passed .chip { color: var(--good); background: var(--good-ground); }
.failed .chip { color: var(--bad); background: var(--bad-ground); }
.not-run .chip { color: var(--soft); background: var(--none-ground); }
.not-judged .chip { color: var(--wait); background: var(--wait-ground); }
details { margin-top: 4px; }
summary { cursor: pointer; color: var(--soft); font-size: 12px; }
details ul { margin: 0; padding-left: 18px; font-size: 12px; max-height: 260px; overflow: auto; }
code { font: 12px/1.5 ui-monospace, monospace; }
@media screen and (max-width: 760px) {
  main { padding: 16px 12px 48px; }
  h2 small { display: block; }
  .facts div { grid-template-columns: 1fr; gap: 0; }
  .counts li { flex: 1 1 40%; padding: 6px 12px; }
  table, tbody, tr, td, tbody th { display: block; border: 0; }
  thead { display: none; }
  table { background: none; }
  tr { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 8px 12px;
    margin: 0 0 8px; }
  td, tbody th { padding: 2px 0; }
  td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); }
  td.title { font-weight: 500; }
}
@page { margin: 14mm; }
@media print {
  :root { color-scheme: light; --ground: #fff; --paper: #fff; --ink: #000; --soft: #555; --line: #ccc;
    --accent: #0f5c63; --good: #1c6b3c; --good-ground: #fff; --bad: #a3241c; --bad-ground: #fff; --wait: #7a5a00;
    --wait-ground: #fff; --none-ground: #fff; }
  body { font-size: 10px; }
  main { max-width: none; padding: 0; }
  .other { display: none; }
  .chip { padding: 0; font-size: 10px; }
  th:nth-child(1) { width: 86px; } th:nth-child(5) { width: 92px; } th:nth-child(6) { width: 66px; }
  thead th, summary, h3, code, details ul { font-size: 9px; }
  details::details-content { content-visibility: visible; }
  details ul { max-height: none; columns: 1; }
  details .documents { display: none; }
  h2 { break-after: avoid; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""
