// Reads lines of JSON: first {opencc, out, parts, macros, synonyms}, then for each document its key, and
// what it says unless the folder *parts* has what it gives to the index; writes the files of the search
// below *out*. A document at a time, since a large site has more than fits in one string.
//
// A document is {key, url, title, short, description, tags, category, date, own, formulas, passages}, a
// passage {id, heading, text, code, formulas: [[formula, anchor, name, before], …]}, where a formula
// is the number of one of the document's: {tex, display, html}.
"use strict";

const fs = require("fs");
const path = require("path");
const readline = require("readline");
const { terms, folded } = require("./static/search-words.js");
const { encode, familyOf } = require("./static/search-files.js");
const { shelved, store } = require("./search_store.cjs");
const parting = require("./search_part.cjs");

// Bytes of a file, about, and postings of a key that are loaded at first, the weightiest. A query takes
// many grams, and each of them from another file.
const FAMILIES = { terms: { file: 2500, first: 400 }, grams: { file: 1000, first: 200 }, whole: { file: 8000 } };

// Traditional characters as simplified ones, one for one: positions stay. *taken* tells which ones texts
// have had since it was last asked.
function simplifier(convert) {
  const variants = new Map();
  let met = new Set();
  function variant(character) {
    if (!variants.has(character)) {
      const found = convert(character);
      variants.set(character, found.length === character.length ? found : character);
    }
    return variants.get(character);
  }
  const simple = (text) => text.replace(/\p{Script=Han}/gu, (character) => (met.add(character), variant(character)));
  function taken() {
    const found = [...met].join("");
    met = new Set();
    return found;
  }
  return { variant, simple, taken, variants };
}

// What a document gives, which is made once: a part has all that depends on the document alone.
function partOf(folder, { key, ...document }, make) {
  const file = path.join(folder, key);
  if (!("url" in document)) return JSON.parse(fs.readFileSync(file, "utf-8"));
  const part = make(document);
  fs.writeFileSync(`${file}.new`, JSON.stringify(part));
  fs.renameSync(`${file}.new`, file);
  return part;
}

// Term -> its postings: document, place and weight, one after the other, as there are very many.
function merge(index, document, { keys, values }) {
  for (let at = 0; at < keys.length; at += 1) {
    const postings = index.get(keys[at]);
    if (postings) postings.push(document, values[2 * at], values[2 * at + 1]);
    else index.set(keys[at], [document, values[2 * at], values[2 * at + 1]]);
  }
}

// Of very many, the weightiest come first; all of a term where a filter lets few pass.
function putPostings(values, term, postings) {
  const family = familyOf(term);
  const total = postings.length / 3;
  const { first } = FAMILIES[family];
  values[family].set(term, encode(total, total > first ? weightiest(postings, first) : postings));
  if (total > first && family === "terms") values.whole.set(`+${term}`, encode(total, postings));
}

function weightiest(postings, first) {
  const order = Array.from({ length: postings.length / 3 }, (_, at) => at);
  order.sort((a, b) => postings[3 * b + 2] - postings[3 * a + 2] || a - b);
  return order.slice(0, first).sort((a, b) => a - b).flatMap((at) => postings.slice(3 * at, 3 * at + 3));
}

// The beginnings and the ends of words: one of them is right in a word with one mistake.
function putSpellings(values, words) {
  const lists = new Map();
  for (const word of words) {
    for (const key of new Set([`<${word.slice(0, 3)}`, `>${word.slice(-3)}`])) {
      if (!lists.has(key)) lists.set(key, []);
      lists.get(key).push(word);
    }
  }
  for (const [key, list] of lists) values.set(key, list.sort().join(" "));
}

// What the site calls by several names, by the first term of each name.
function putSynonyms(values, groups, simple) {
  const found = new Map();
  for (const group of groups) {
    for (const name of group) {
      const first = terms(simple(name)).next().value;
      if (!first) continue;
      const key = `=${first[0]}`;
      if (!found.has(key)) found.set(key, []);
      found.get(key).push([simple(folded(name)), group.filter((other) => other !== name).map(simple)]);
    }
  }
  for (const [key, list] of found) values.set(key, list);
}

// Characters that stand for a simplified one of this site, each before its own.
function pairs(convert, variants) {
  const used = new Set(variants.values());
  const found = [];
  for (let code = 0x3400; code <= 0x9fff; code += 1) {
    const character = String.fromCharCode(code);
    const other = convert(character);
    if (other !== character && other.length === 1 && used.has(other)) found.push(character + other);
  }
  return found.join("");
}

async function main() {
  const lines = readline.createInterface({ input: process.stdin, crlfDelay: Infinity })[Symbol.asyncIterator]();
  const { opencc, out, parts, macros, synonyms } = JSON.parse((await lines.next()).value);
  const convert = require(opencc).Converter({ from: "t", to: "cn" });
  const { variant, simple, taken, variants } = simplifier(convert);
  const given = parting({ shelved, simple, macros });
  const { emit, emitAll, shard, finish } = store(out);
  const [index, size] = [new Map(), { documents: 0, formulas: 0 }];
  for await (const line of lines) {
    const part = partOf(parts, JSON.parse(line), (document) => ({ ...given(document), characters: taken() }));
    for (const character of part.characters) variant(character);
    emitAll(`texts/${size.documents}`, part.texts);
    emitAll(`formulas/${size.documents}`, part.formulas);
    merge(index, size.documents, part.terms);
    merge(index, size.documents, part.forms);
    size.documents += 1;
    size.formulas += part.count;
  }
  const values = { terms: new Map(), grams: new Map(), whole: new Map() };
  for (const [term, postings] of index) putPostings(values, term, postings);
  putSpellings(values.terms, [...index.keys()].filter((term) => /^[a-z][a-z0-9]{3,}$/.test(term)));
  putSynonyms(values.terms, synonyms, simple);
  emit("variants", pairs(convert, variants));
  finish({
    shards: Object.fromEntries(
      Object.entries(FAMILIES).map(([name, { file }]) => [name, shard(name, values[name], file)]),
    ),
    traditional: [...variants].some(([character, found]) => character !== found),
    macros,
    ...size,
  });
}

main();
