// Reads {room, folder, ask: [[what, …arguments], …]}; writes the answers.
"use strict";
const fs = require("fs");
const path = require("path");

const { room, folder, ask } = JSON.parse(fs.readFileSync(0, "utf-8"));
const [words, tex, store, engine] = ["words", "tex", "files", "engine"].map((part) =>
  require(path.join(room, `search-${part}.js`)),
);
const files = new Map();

async function load(name) {
  if (!files.has(name)) {
    const script = fs.readFileSync(path.join(folder, `${name}.js`), "utf-8");
    new Function("formularySearch", script)({ take: (taken, data) => files.set(taken, data) });
  }
  return files.get(name);
}

const index = new store.Index(load);

// Where each hit leads to, in the order in which a reader sees them.
async function search(typed, filters) {
  const found = await engine.search(index, typed, filters);
  const articles = found.articles.slice(0, 10).map((hit) => engine.article(index, hit, found.terms));
  const formulas = found.formulas.slice(0, 10).map((hit) => engine.formula(index, hit));
  const shown = { articles: await Promise.all(articles), formulas: await Promise.all(formulas) };
  const groups = found.first === "formulas" ? ["formulas", "articles"] : ["articles", "formulas"];
  return { ...shown, order: groups.flatMap((group) => shown[group].map(({ url, id }) => [group, url, id])) };
}

const answers = {
  terms: (text) => [...words.terms(text)].map(([term]) => term),
  grams: (formula, macros) => tex.grams(formula, macros).grams.sort(),
  formulaic: tex.formulaic,
  encoded: store.encode,
  listed: async (key, share) => {
    await index.manifest();
    return (await index.list(key, share)).postings.length;
  },
  coded: (total, postings) => store.decode(store.encode(total, postings)),
  search,
};

(async () => {
  const told = [];
  for (const [what, ...given] of ask) told.push(await answers[what](...given));
  process.stdout.write(JSON.stringify(told));
})();
