// How it looks. A page changes it by custom properties (`--bp-accent`, ...) and by `::part(...)`.
//
// A sheet that is made in script needs no `unsafe-inline` in a page's policy.

const LIGHT = `
  --accent: var(--bp-accent, #0b5f6b);
  --on-accent: var(--bp-on-accent, #ffffff);
  --paper: var(--bp-paper, #ffffff);
  --raised: var(--bp-raised, #eef3f3);
  --ink: var(--bp-ink, #17262b);
  --soft: var(--bp-soft, #4d5d63);
  --line: var(--bp-line, #7c8b90);
  --hair: var(--bp-hair, #d5dcdc);
  --bad: var(--bp-bad, #9c2f14);
  --good: var(--bp-good, #17633a);
  --shadow: rgb(0 20 26 / 28%);
  color-scheme: light;
`;
const DARK = `
  --accent: var(--bp-accent-dark, #7fd1dd);
  --on-accent: var(--bp-on-accent-dark, #06282e);
  --paper: var(--bp-paper-dark, #162125);
  --raised: var(--bp-raised-dark, #22323a);
  --ink: var(--bp-ink-dark, #e8eeee);
  --soft: var(--bp-soft-dark, #afbdc0);
  --line: var(--bp-line-dark, #83959b);
  --hair: var(--bp-hair-dark, #35474d);
  --bad: var(--bp-bad-dark, #ffab94);
  --good: var(--bp-good-dark, #86d6a8);
  --shadow: rgb(0 0 0 / 60%);
  color-scheme: dark;
`;

const CSS = `
:host { ${LIGHT}
  --radius: var(--bp-radius, 1rem);
  font: 400 1rem/1.45 var(--bp-font, system-ui, sans-serif);
  color: var(--ink);
}
@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${DARK} } }
:host([theme="dark"]) { ${DARK} }
:host([hidden]) { display: none; }

*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
p, ul, ol, h2, h3, h4 { margin: 0; padding: 0; font-size: inherit; }
button, input, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { inline-size: 1.4em; block-size: 1.4em; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
[dir="rtl"] .icon.send { transform: scaleX(-1); }

.launcher, .panel { position: fixed; z-index: var(--bp-z-index, 2147483000); }
.launcher {
  inset-block-end: var(--bp-inset, 1.25rem);
  inset-inline-end: var(--bp-inset, 1.25rem);
  inline-size: 3.75rem;
  block-size: 3.75rem;
  display: grid;
  place-items: center;
  color: var(--on-accent);
  background: var(--accent);
  border: 2px solid transparent;
  border-radius: 50%;
  box-shadow: 0 .25rem 1rem var(--shadow);
}
.launcher .icon { inline-size: 1.9rem; block-size: 1.9rem; }
.badge {
  position: absolute;
  inset-block-start: -.3rem;
  inset-inline-end: -.3rem;
  min-inline-size: 1.5rem;
  padding-inline: .35rem;
  font-size: .85rem;
  font-weight: 700;
  line-height: 1.5rem;
  color: #fff;
  background: #b3261e;
  border-radius: 1rem;
}

.panel {
  inset-block-end: var(--bp-inset, 1.25rem);
  inset-inline-end: var(--bp-inset, 1.25rem);
  inline-size: var(--bp-width, 25rem);
  block-size: min(var(--bp-height, 43rem), 100dvh - 2 * var(--bp-inset, 1.25rem));
  display: flex;
  flex-direction: column;
  overflow: hidden;
  background: var(--paper);
  border: 1px solid var(--hair);
  border-radius: var(--radius);
  box-shadow: 0 .5rem 2.5rem var(--shadow);
  text-align: start;
}
.panel:focus-visible { outline-offset: -3px; }
header { display: flex; align-items: center; gap: .25rem; padding-block: .6rem; padding-inline: 1rem .6rem; color: var(--on-accent); background: var(--accent); }
header > div { flex: 1; min-inline-size: 0; }
h2 { font-weight: 700; line-height: 1.3; }
.about { font-size: .875rem; overflow-wrap: anywhere; }
header :focus-visible { outline-color: currentColor; outline-offset: -3px; }
.icon-button { display: grid; place-items: center; flex: none; inline-size: 2.75rem; block-size: 2.75rem; color: inherit; background: none; border: 2px solid transparent; border-radius: 50%; }
.icon-button:hover { border-color: currentColor; }
.status { padding: .5rem 1rem; font-size: .9rem; color: var(--ink); background: var(--raised); border-block-end: 2px solid var(--bad); }

.log { position: relative; flex: 1; min-block-size: 0; display: flex; }
.scroller { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 1rem; scrollbar-width: thin; }
.scroller:focus-visible { outline-offset: -3px; }
.messages { list-style: none; display: flex; flex-direction: column; gap: .75rem; }
.message { display: flex; flex-direction: column; gap: .5rem; align-items: flex-start; max-inline-size: 100%; position: relative; }
.message.buyer { align-items: flex-end; }
.message + .message.buyer, .message.buyer + .message.assistant { margin-block-start: .25rem; }
.who { font-size: .85rem; color: var(--soft); }
.bubble { max-inline-size: 88%; padding: .6rem .9rem; background: var(--raised); border: 1px solid transparent; border-radius: 1rem; border-start-start-radius: .25rem; overflow-wrap: anywhere; }
.buyer .bubble { color: var(--on-accent); background: var(--accent); border-start-start-radius: 1rem; border-end-end-radius: .25rem; }
.staff .bubble { border-color: var(--accent); }
.prose > * + * { margin-block-start: .45rem; }
.whole { white-space: nowrap; }
.prose p { white-space: pre-wrap; }
ul { padding-inline-start: 1.15rem; }
.state { font-size: .875rem; color: var(--soft); }
[data-state="not_sent"] .state, [data-state="refused"] .state, [data-state="failed"] .state { color: var(--bad); }

.choices, .controls { display: flex; flex-wrap: wrap; gap: .5rem; }
.choice { display: inline-flex; align-items: center; gap: .4rem; min-block-size: 2.75rem; padding: .45rem 1rem; text-align: start; font-weight: 600; color: var(--accent); background: var(--paper); border: 2px solid var(--accent); border-radius: 1.4rem; overflow-wrap: anywhere; }
@media (hover: hover) { .choice:hover { color: var(--on-accent); background: var(--accent); } }
.closed .choice, .closed.choice { color: var(--soft); background: none; border: 1px dashed var(--line); cursor: default; font-weight: 400; }
.closed .choice[aria-pressed="true"] { color: var(--ink); border: 2px solid var(--accent); font-weight: 600; }
.quiet { margin-inline-start: -.5rem; min-block-size: 1.75rem; padding: .1rem .5rem; font-size: .9rem; font-weight: 600; color: var(--accent); background: none; border: 0; border-radius: .4rem; text-decoration: underline; text-underline-offset: .2em; }
.field { display: flex; flex-wrap: wrap; gap: .5rem; align-items: flex-end; }
.field label { display: grid; gap: .2rem; font-size: .9rem; color: var(--soft); }
.field input { min-block-size: 2.75rem; min-inline-size: 9rem; padding: .3rem .75rem; font-size: 1rem; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; }

.card, .receipt { inline-size: 100%; padding: .9rem 1rem; border: 1px solid var(--hair); border-inline-start: .3rem solid var(--accent); border-radius: .75rem; overflow-wrap: anywhere; }
.card { display: grid; gap: .65rem; }
.card[data-outcome="not_eligible"] { border-inline-start-color: var(--soft); }
.card[data-outcome="eligible"], .card[data-status] { border-inline-start-color: var(--good); }
h3 { font-size: 1.1rem; font-weight: 700; line-height: 1.3; }
.label, .why > p { font-size: .875rem; color: var(--soft); }
.chips { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem; margin-block-start: .25rem; }
.chips li { padding: .05rem .55rem; font-size: .85rem; font-weight: 600; background: var(--raised); border-radius: .4rem; }
.countdown { padding: .6rem .8rem; background: var(--raised); border-radius: .6rem; }
.countdown strong { font-size: 1.25rem; }
meter { inline-size: 100%; block-size: .8rem; }
progress { inline-size: 100%; block-size: .6rem; accent-color: var(--accent); }
.copying { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem; padding-block: .4rem; padding-inline: .8rem .4rem; background: var(--raised); border-radius: .6rem; }
.reference { font-weight: 700; font-variant-numeric: tabular-nums; letter-spacing: .04em; }
.timeline { list-style: none; margin-block-start: .35rem; }
.timeline li { position: relative; padding-inline-start: 1.6rem; padding-block-end: .5rem; color: var(--soft); }
.timeline li::before { content: ""; position: absolute; inset-inline-start: .1rem; inset-block-start: .3rem; inline-size: .8rem; block-size: .8rem; border: 2px solid var(--line); border-radius: 50%; }
.timeline li:not(:last-child)::after { content: ""; position: absolute; inset-inline-start: .45rem; inset-block: 1.25rem -.15rem; border-inline-start: 2px solid var(--hair); }
.timeline .now { color: var(--ink); font-weight: 700; }
.timeline .now::before { border-color: var(--good); background: var(--good); }
.timeline .done::before { border-color: var(--good); }
.mark { font-weight: 400; }

.receipt { display: flex; gap: .75rem; inline-size: auto; max-inline-size: 92%; min-inline-size: min(100%, 15rem); padding: .6rem .75rem; border-inline-start: 1px solid var(--hair); background: var(--paper); }
.receipt > div { flex: 1; min-inline-size: 0; }
.receipt.gone .thumbnail, .receipt.gone h4 { opacity: .6; text-decoration: line-through; }
h4 { font-weight: 600; }
.thumbnail { flex: none; inline-size: 4.5rem; block-size: 4.5rem; display: grid; place-items: center; overflow: hidden; color: var(--soft); background: var(--raised); border-radius: .5rem; }
.thumbnail canvas { inline-size: 100%; block-size: 100%; }
details { font-size: .875rem; }
summary { min-block-size: 1.75rem; padding-block: .2rem; cursor: pointer; color: var(--soft); }
.evidence { display: grid; gap: .5rem; }
@media not (pointer: coarse) { .evidence [part="camera"] { display: none; } }

.typing { display: flex; gap: .3rem; inline-size: fit-content; margin-block-start: .75rem; padding: .85rem 1rem; background: var(--raised); border-radius: 1rem; }
.typing i { inline-size: .5rem; block-size: .5rem; background: var(--soft); border-radius: 50%; }
@media (prefers-reduced-motion: no-preference) {
  .typing i { animation: beat 1.2s infinite ease-in-out; }
  .typing i:nth-of-type(2) { animation-delay: .15s; }
  .typing i:nth-of-type(3) { animation-delay: .3s; }
  @keyframes beat { 40% { transform: translateY(-.3rem); } 80% { transform: none; } }
}
.welcome { display: grid; gap: .75rem; }
.down { position: absolute; inset-block-end: .75rem; inset-inline: 0; margin-inline: auto; inline-size: fit-content; display: flex; align-items: center; gap: .4rem; min-block-size: 2.5rem; padding: .3rem .9rem; color: var(--on-accent); background: var(--accent); border: 2px solid var(--paper); border-radius: 2rem; }

.composer { display: flex; align-items: flex-end; gap: .25rem; padding: .5rem; border-block-start: 1px solid var(--hair); color: var(--accent); }
textarea { flex: 1; min-inline-size: 0; min-block-size: 2.75rem; max-block-size: min(9rem, 30dvh); padding: .6rem .9rem; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 1.4rem; resize: none; line-height: 1.4; }
textarea::placeholder { color: var(--soft); opacity: 1; }
textarea:focus-visible, .field input:focus-visible { outline-offset: 0; }
.icon-button.send { color: var(--on-accent); background: var(--accent); }
.drop { display: none; position: absolute; inset: .5rem; place-items: center; font-weight: 700; color: var(--accent); background: var(--paper); border: 3px dashed; border-radius: var(--radius); }
.dropping .drop { display: grid; }

@media (max-width: 40rem), (max-height: 26rem) {
  .panel { inset: var(--bp-seen-top, 0) 0 auto; inline-size: 100%; block-size: var(--bp-seen-height, 100dvh); border: 0; border-radius: 0; }
}
@media (max-height: 26rem) {
  header { padding-block: 0; }
  .about { display: none; }
  .scroller { padding-block: .5rem; }
  .composer { padding-block: .2rem; }
}
@media (forced-colors: active) {
  .bubble, .panel, .launcher, .icon-button, .countdown, .typing, .chips li { border: 1px solid; }
  header { border-block-end: 1px solid; }
  .badge { border: 1px solid; background: Canvas; color: CanvasText; }
  .choice[aria-pressed="true"] { border: 3px solid Highlight; }
  .timeline .now::before { background: Highlight; forced-color-adjust: none; }
  .typing i { background: CanvasText; forced-color-adjust: none; }
}
`;

let made = null;

/** The sheet, which all elements of a page share. */
export function sheet() {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(CSS);
  }
  return made;
}
