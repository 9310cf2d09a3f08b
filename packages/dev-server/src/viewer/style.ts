/** The style of all pages: one column, light or dark as the system says, readable from 400 to 1280 pixels. No script needs it. */
export const STYLE: string = `
:root { color-scheme: light dark; --line: light-dark(#d9dce1, #3a3f47); --soft: light-dark(#586069, #a3abb5); --panel: light-dark(#f5f6f8, #1d2025); --accent: light-dark(#0b57d0, #8ab4f8); }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: light-dark(#fff, #141619); color: light-dark(#1b1f24, #e6e9ed); }
header { padding: 12px 16px; border-bottom: 1px solid var(--line); font-weight: 600; }
main { max-width: 1100px; margin: 0 auto; padding: 16px; }
h1 { font-size: 22px; margin: 8px 0 12px; overflow-wrap: anywhere; }
h2 { font-size: 16px; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: 12px; margin: 12px 0 4px; color: var(--soft); text-transform: uppercase; letter-spacing: .04em; }
a { color: var(--accent); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
ol { list-style: none; margin: 0; padding: 0; }
.traces > li { padding: 12px 0; border-bottom: 1px solid var(--line); }
.facts { margin: 4px 0; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
.facts > span:not(:empty) { margin-right: 12px; }
.tag { display: inline-block; max-width: 100%; padding: 1px 7px; border: 1px solid var(--line); border-radius: 9px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; vertical-align: bottom; }
.line { margin: 2px 0; font: 13px/1.5 ui-monospace, monospace; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.label { display: inline-block; width: 2.5em; color: var(--soft); }
.badge { font-size: 11px; font-weight: 600; padding: 1px 6px; border-radius: 4px; vertical-align: 2px; }
.badge.error { background: light-dark(#ffdad6, #8c1d18); color: light-dark(#8c1d18, #ffdad6); }
.badge.warning { background: light-dark(#ffefc8, #5c4200); color: light-dark(#5c4200, #ffefc8); }
.tree > li { border-left: 2px solid var(--line); padding: 4px 0 4px 10px; }
summary { cursor: pointer; overflow-wrap: anywhere; }
.type { font-size: 11px; font-weight: 600; color: var(--soft); }
.status { margin: 6px 0; color: light-dark(#8c1d18, #ffb4ab); overflow-wrap: anywhere; }
pre { margin: 0; padding: 10px; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace; }
${Array.from({ length: 9 }, (_, depth) => `.indent-${depth} { margin-left: calc(${depth} * clamp(8px, 2vw, 20px)); }`).join('\n')}
`
