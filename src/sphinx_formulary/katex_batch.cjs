// Reads {katex, css, options, macros, items: [[tex, display], …]}.
// Writes {version, answers: [{html} or {error}, …]}.
"use strict";

const fs = require("fs");
const vm = require("vm");

const job = JSON.parse(fs.readFileSync(0, "utf-8"));
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

function trust(context, refused) {
  const asked = typeof chosen.trust === "function" ? chosen.trust(context) : chosen.trust;
  const links = context.command === "\\href" || context.command === "\\url";
  const ours = context.command === "\\htmlId" && /^equation-[\w-]+$/.test(context.id);
  const foreign = context.command === "\\includegraphics" && context.protocol !== "_relative";
  const trusted = links ? LINKS.has(context.protocol) && asked !== false : ours || (asked && !foreign);
  if (!trusted) refused.push(`${context.command} is not allowed here` + (context.url ? `: ${context.url}` : ""));
  return Boolean(trusted);
}

// The numbers that we put into lines of an environment are not the author's TeX.
const anchors = /\\htmlId\{[\w-]+\}\{\\href\{#[\w-]+\}\{((?:[^{}]|\{[^{}]*\})*)\}\}/g;

function slim(html, tex) {
  let found = html;
  for (let last; last !== found; ) {
    last = found;
    found = found.replace(/<annotation[^>]*>[^<]*/, (text) => text.replace(anchors, "$1"));
  }
  if (!tex.includes("\\htmlClass"))
    found = found.replace(/ class="([^"]*)"/g, (_, names) => {
      const kept = names.split(" ").filter((name) => STYLED.has(name));
      return kept.length ? ` class="${kept.join(" ")}"` : "";
    });
  return found.replace(/;"/g, '"');
}

function render([tex, displayMode]) {
  const refused = [];
  const options = {
    strict: false,
    ...chosen,
    displayMode,
    output: "htmlAndMathml",
    throwOnError: true,
    trust: (context) => trust(context, refused),
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

process.stdout.write(JSON.stringify({ version: katex.version, answers: job.items.map(render) }));
