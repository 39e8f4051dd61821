// Reads {katex, css, options, macros, items: [[tex, display], …]}.
// Writes {version, answers: [{html} or {error}, …]}.
"use strict";

const fs = require("fs");
const os = require("os");
const vm = require("vm");
const { Worker, isMainThread, parentPort, workerData } = require("worker_threads");

const job = isMainThread ? JSON.parse(fs.readFileSync(0, "utf-8")) : workerData;
const katex = require(job.katex);
const chosen = typeof job.options === "string" ? evaluated(job.options.trim()) : job.options;

// sphinxcontrib-katex takes the inside of a JavaScript object, with or without its braces.
function evaluated(text) {
  return vm.runInNewContext(text.startsWith("{") ? `(${text})` : `({${text}})`);
}

// Where a link of a formula may lead, whatever the options say: never to a script.
const LINKS = new Set(["http", "https", "mailto", "_relative"]);

// Classes that a rule of KaTeX's CSS names; the others only tell the kind of a symbol.
const STYLED = new Set(
  [...fs.readFileSync(job.css, "utf-8").matchAll(/\.(-?[A-Za-z_][\w-]*)/g)].map((match) => match[1]),
);

function trust(context, tex, refused) {
  const asked = typeof chosen.trust === "function" ? chosen.trust(context) : chosen.trust;
  const links = context.command === "\\href" || context.command === "\\url";
  const ours = context.command === "\\htmlId" && tex.includes(`\\tag{\\htmlId{${context.id}}{`);
  const foreign = context.command === "\\includegraphics" && context.protocol !== "_relative";
  const trusted = links ? LINKS.has(context.protocol) && asked !== false : ours || (asked && !foreign);
  if (!trusted) refused.push(`${context.command} is not allowed here` + (context.url ? `: ${context.url}` : ""));
  return Boolean(trusted);
}

// The numbers that we put into lines of an environment are not the author's TeX.
const anchors = /\\htmlId\{[^{}]+\}\{((?:[^{}]|\{[^{}]*\})*)\}/g;

function withoutAnchors(html) {
  let found = html;
  for (let last; last !== found; ) {
    last = found;
    found = found.replace(/<annotation[^>]*>[^<]*/, (text) => text.replace(anchors, "$1"));
  }
  return found;
}

// What stays of a class attribute, by its whole text: there are few, in every formula.
const attributes = new Map();

function attribute(text, names) {
  if (names === undefined) return text.slice(0, -2) + '"'; // a style without its last semicolon
  let kept = attributes.get(text);
  if (kept === undefined) {
    const styled = names.split(" ").filter((name) => STYLED.has(name));
    kept = styled.length ? ` class="${styled.join(" ")}"` : "";
    attributes.set(text, kept);
  }
  return kept;
}

// KaTeX puts the invisible sign of a function beside its name where MathML counts the children:
// E_{\min} would have a third one.
const SCRIPTS = new Set(["msub", "msup", "msubsup", "munder", "mover", "munderover", "mfrac", "mroot"]);
const APPLIED = "<mo>\u2061</mo>";

function withoutStrayChildren(html) {
  if (!html.includes(APPLIED)) return html;
  const open = [];
  return html.replace(/<mo>\u2061<\/mo>|<(\/?)(m[a-z]+)[^>]*>/g, (tag, closes, name) => {
    if (tag === APPLIED) return SCRIPTS.has(open.at(-1)) ? "" : tag;
    if (closes) open.pop();
    else open.push(name);
    return tag;
  });
}

function slim(html, tex) {
  const found = withoutStrayChildren(tex.includes("\\htmlId") ? withoutAnchors(html) : html);
  return tex.includes("\\htmlClass") ? found : found.replace(/ class="([^"]*)"| style="[^"]*;"/g, attribute);
}

function render([tex, displayMode]) {
  const refused = [];
  const options = {
    strict: false,
    ...chosen,
    displayMode,
    output: "htmlAndMathml",
    throwOnError: true,
    trust: (context) => trust(context, tex, refused),
    // A copy each time: \gdef writes into it.
    macros: { ...chosen.macros, ...job.macros },
  };
  try {
    const html = katex.renderToString(tex, options);
    return refused.length ? { error: refused[0] } : { html: slim(html, tex) };
  } catch (error) {
    return { error: error.rawMessage || String(error) };
  }
}

// A thread takes some time to start, in which it could have rendered so many formulas.
const A_THREAD = 1000;

function inThread(items) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: { ...job, items } });
    worker.on("message", resolve);
    worker.on("error", reject);
  });
}

async function main() {
  const threads = Math.min(os.availableParallelism(), Math.ceil(job.items.length / A_THREAD));
  const size = Math.ceil(job.items.length / threads);
  const parts = Array.from({ length: threads }, (_, part) => job.items.slice(part * size, (part + 1) * size));
  const answers = threads > 1 ? (await Promise.all(parts.map(inThread))).flat() : job.items.map(render);
  process.stdout.write(JSON.stringify({ version: katex.version, answers }));
}

if (isMainThread) main();
else parentPort.postMessage(job.items.map(render));
