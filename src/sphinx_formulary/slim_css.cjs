// Reads {packages, names, keep, sheets: [{name, css, purge}, …]} and writes {name: css, …}: sheets
// to purge without the rules that no name allows, all of them minified.
"use strict";

const { createRequire } = require("module");
const job = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const load = createRequire(job.packages + "/");
const { PurgeCSS } = load("purgecss");
const lightningcss = load("lightningcss");

const keep = job.keep.map((pattern) => new RegExp(pattern));
const PSEUDO = /^::?[\w-]+$/; // such as :focus-visible on its own: it asks for no name
const content = [{ raw: job.names.join(" "), extension: "txt" }];

// A custom property that another sheet names is in use.
function variables(sheet) {
  const others = job.sheets.filter((other) => other !== sheet);
  return [...new Set(others.flatMap(({ css }) => css.match(/--[\w-]+/g) || [])), ...keep];
}

// Without nesting, which PurgeCSS does not see through.
function minified({ name, css }) {
  const { code } = lightningcss.transform({
    filename: name,
    code: Buffer.from(css),
    minify: true,
    errorRecovery: true,
    include: lightningcss.Features.Nesting,
  });
  return code.toString();
}

async function purged(sheet) {
  const [{ css }] = await new PurgeCSS().purge({
    content,
    css: [{ raw: minified(sheet) }],
    safelist: { standard: [...keep, PSEUDO], variables: variables(sheet) },
    variables: true,
    keyframes: true,
  });
  return css;
}

// The notices that licences ask for; the tools drop them.
function notices(css) {
  return [...new Set(css.match(/\/\*![\s\S]*?\*\//g))];
}

async function slim(sheet) {
  const css = sheet.purge ? await purged(sheet) : minified(sheet);
  const lost = notices(sheet.css).filter((notice) => !css.includes(notice));
  return [sheet.name, lost.join("\n") + css];
}

Promise.all(job.sheets.map(slim)).then((done) => process.stdout.write(JSON.stringify(Object.fromEntries(done))));
