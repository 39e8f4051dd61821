// Reads {katex, macros, items: [[tex, display], …]} and writes [{html, mathml} or {error}, …].
"use strict";

const job = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const katex = require(job.katex);

function render([tex, displayMode]) {
  // A copy of the macros each time: \gdef writes into them.
  const options = () => ({ displayMode, throwOnError: true, strict: false, macros: { ...job.macros } });
  try {
    return {
      html: katex.renderToString(tex, { ...options(), output: "htmlAndMathml" }),
      mathml: katex.renderToString(tex, { ...options(), output: "mathml" }),
    };
  } catch (error) {
    return { error: error.rawMessage || String(error) };
  }
}

process.stdout.write(JSON.stringify(job.items.map(render)));
