// What a document gives to the index: how much it has of each term, and of each formula. It depends on
// the document alone, so that it can be kept until the document changes.
"use strict";

const zlib = require("zlib");
const { words, terms } = require("./static/search-words.js");
const { grams } = require("./static/search-tex.js");
const { TOP } = require("./static/search-files.js");

// How much a word counts by where it stands. In the body it counts by how often, in relation to
// the length; a weight near 1 is only had by a document that is about the word.
const WEIGHTS = { title: 16, short: 14, slug: 6, tags: 7, heading: 3, label: 2, description: 4, body: 1, code: 0.15 };
const FIRST_PASSAGE = 3; // what the opening counts where a result points to a section
const BRIEF = 12; // words of a title that counts half
const HALF = 5; // the sum that gives a weight of one half
const LONG = 4000; // characters of an article of middling length
const NAMES = { name: 4, heading: 2, before: 1.5, title: 1.5 }; // of formulas
const FORMULAS = 40000; // bytes of a file of formulas before it is packed
const SHORT = 4; // symbols of a formula in a sentence that is not worth to be found

// *simple* has characters simplified, *macros* are the site's, *shelved* puts things into files.
//
// A part is {texts, formulas, terms, forms, count}: the files of what results show, postings of words and of
// formulas, and how many formulas these are. Postings are [key, …] and [place, level of weight, …].
module.exports = ({ shelved, simple, macros }) => {
  class Postings {
    keys = [];
    values = [];

    put(key, place, weight) {
      this.keys.push(key);
      this.values.push(place, Math.max(1, Math.round(weight * TOP)));
    }
  }

  const counts = new Map(); // of short texts, which come again with each formula

  function counted(text) {
    const known = counts.get(text);
    if (known) return known;
    const found = new Map();
    for (const [term] of terms(simple(text))) found.set(term, (found.get(term) || 0) + 1);
    if (text.length < 200) counts.set(text, found);
    return found;
  }

  function textPart(document) {
    const { title, short, description, tags, category, date, url, own, passages } = document;
    const head = { url, title, date, category, tags };
    const items = passages.map(({ id, heading, text }) => [id, heading, text]);
    const { places, files: texts } = shelved(head, items);
    const postings = new Postings();
    const found = new Map(); // term -> {sum, body, best, place}
    let first = false;
    function count(text, weight, place, share) {
      for (const [term, times] of counted(text)) {
        if (!found.has(term)) found.set(term, { sum: 0, body: 0, best: 0, place: places[0] });
        const entry = found.get(term);
        entry[share] += share === "sum" ? weight * Math.min(times, 2) : weight * times;
        const fit = weight * times * (first ? FIRST_PASSAGE : 1);
        if (place !== undefined && fit > entry.best) [entry.best, entry.place] = [fit, place];
      }
    }
    count(title, WEIGHTS.title * whole(title), undefined, "sum");
    if (short !== title) count(short, WEIGHTS.short * whole(short), undefined, "sum");
    count(description, WEIGHTS.description, undefined, "sum");
    count(worded(slug(url)), WEIGHTS.slug, undefined, "sum");
    count(tags.join(" · "), WEIGHTS.tags, undefined, "sum");
    let length = 0;
    for (const [index, { heading, text, code, formulas }] of passages.entries()) {
      first = index === 0;
      count(heading, WEIGHTS.heading, places[index], "sum");
      count(text, WEIGHTS.body, places[index], "body");
      count(code, WEIGHTS.code, places[index], "body");
      count(labelled(formulas), WEIGHTS.label, places[index], "sum");
      length += text.length;
    }
    const share = 1 / (0.4 + (0.6 * length) / LONG);
    for (const [term, { sum, body, place }] of found) {
      const weight = (sum + body * share) * (own ? 1 : 0.5);
      postings.put(term, place, weight / (weight + HALF));
    }
    for (const name of [`category:${category}`, `year:${date.slice(0, 4)}`, ...tags.map((tag) => `tag:${tag}`)]) {
      postings.put(`@${name}`, 0, 1);
    }
    return { texts, terms: postings };
  }

  // A word is a larger part of a short title.
  const whole = (title) => 1 / (1 + [...words(title)].length / BRIEF);

  // The names that authors gave to formulas, as words.
  const worded = (anchor) => anchor.replace(/[-_:]/g, " ");
  const slug = (url) => decodeURI(url).replace(/\/$|\.html$/, "").replace(/.*\//, "");
  const labelled = (formulas) => formulas.map(([, anchor]) => worded(anchor)).join(" · ");

  function formulaPart(document) {
    const seen = new Set();
    const kept = [];
    for (const { id, heading, formulas } of document.passages) {
      for (const [number, anchor, name, before] of formulas) {
        const { tex, html, display } = document.formulas[number];
        const form = formed(tex);
        const key = `${tex} ${anchor}`;
        if (seen.has(key) || (!anchor && seen.has(tex)) || (!display && form.length <= SHORT)) continue;
        seen.add(key).add(tex);
        kept.push({ form, anchor, display, heading, before, item: [anchor || id, name, heading, html] });
      }
    }
    const head = { url: document.url, title: document.short };
    const { places, files: formulas } = shelved(head, kept.map(({ item }) => item), FORMULAS, packed);
    const postings = new Postings();
    for (const [index, { form, anchor, display, heading, before }] of kept.entries()) {
      const rank = (anchor ? 1 : display ? 0.75 : 0.6) * (document.own ? 1 : 0.4);
      for (const gram of form.grams) postings.put(`$${gram}`, places[index], brevity(form.length) * rank);
      const named = new Map();
      for (const [text, weight] of [
        [worded(anchor), NAMES.name], [heading, NAMES.heading], [before, NAMES.before],
        [`${document.title} ${document.short}`, NAMES.title],
      ]) for (const term of counted(text).keys()) named.set(term, (named.get(term) || 0) + weight);
      if (!anchor && !display) continue; // a part of a sentence has no name
      for (const [term, weight] of named) postings.put(`#${term}`, places[index], (rank * weight) / (weight + 4));
    }
    return { formulas, forms: postings, count: kept.length };
  }

  // KaTeX's HTML repeats itself: it is a sixth of its size when packed.
  const packed = (content) => zlib.deflateRawSync(JSON.stringify(content)).toString("base64");

  const brevity = (length) => 1 / (1 + length / 200);
  const known = new Map();

  function formed(tex) {
    if (!known.has(tex)) known.set(tex, grams(tex, macros));
    return known.get(tex);
  }

  return (document) => {
    counts.clear();
    return { ...textPart(document), ...formulaPart(document) };
  };
};
