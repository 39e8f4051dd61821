// Answers a query from the files of the index, of which it loads what the query needs.
((room) => {
  "use strict";
  const node = typeof module === "object";
  const { grams, formulaic } = node ? require("./search-tex.js") : room;
  const { IN_FILE } = node ? require("./search-files.js") : room;
  const { variantsOf } = node ? require("./search-query.js") : room;
  const { excerpt } = node ? require("./search-excerpt.js") : room;

  const CANDIDATES = 200;
  const GRAMS = 28; // that are asked for at most
  const OTHERS = 0.2; // what a further name counts

  const rarity = (total, documents) => Math.log(1 + (documents - total + 0.5) / (total + 0.5));

  // Adds up what each document has of a variant: the share of the terms, the rare ones counting more.
  async function score(index, { terms, weight }, prefix, count, share) {
    const rows = await Promise.all(terms.map(({ options }) => ranked(index, options, prefix, count, share)));
    const possible = rows.reduce((sum, row) => sum + row.most, 0) || 1;
    const scores = new Map();
    for (const row of rows) {
      for (const [key, { value, posting, rare }] of row.found) {
        if (!scores.has(key)) scores.set(key, { doc: posting.doc, value: 0, places: new Map(), hits: 0 });
        const entry = scores.get(key);
        entry.value += (weight * value) / possible;
        entry.hits += rare / possible;
        entry.places.set(posting.place, (entry.places.get(posting.place) || 0) + rare / possible);
      }
    }
    return scores;
  }

  // The best alternative for each thing; a formula is its place in its document. All alternatives are
  // as rare as the word that was typed or, where it is unknown, as the most frequent of them.
  async function ranked(index, options, prefix, count, share) {
    const lists = await Promise.all(options.map(([term]) => index.list(prefix + term, share)));
    const most = lists[0].total || Math.max(...lists.map(({ total }) => total));
    const rare = rarity(most, count);
    const found = new Map();
    for (const [at, { postings }] of lists.entries()) {
      const weight = rare * options[at][1];
      for (const posting of postings) {
        const key = prefix ? posting.doc * 65536 + posting.place : posting.doc;
        const value = weight * posting.weight;
        if (!(found.get(key)?.value >= value)) found.set(key, { value, posting, rare: weight });
      }
    }
    return { found, most: rare };
  }

  // A document counts by the variant that it has best and, less, by the others: whoever writes about
  // a thing uses its several names.
  async function best(index, variants, prefix, count, wanted) {
    const merged = new Map();
    const share = wanted ? wanted.size / index.known.documents : 1;
    for (const variant of variants) {
      for (const [key, entry] of await score(index, variant, prefix, count, share)) {
        if (wanted && !wanted.has(entry.doc)) continue;
        const value = entry.value * Math.min(1, entry.hits);
        const other = merged.get(key);
        if (!other) merged.set(key, { ...entry, value, sum: value });
        else merged.set(key, { ...(other.value >= value ? other : { ...entry, value }), sum: other.sum + value });
      }
    }
    return [...merged].map(([key, { sum, ...entry }]) => ({ key, ...entry, value: entry.value + OTHERS * (sum - entry.value) }))
      .sort((a, b) => b.value - a.value || a.key - b.key)
      .slice(0, CANDIDATES);
  }

  // The documents that all filters let pass; undefined without a filter.
  async function chosen(index, filters) {
    let kept;
    for (const [name, value] of Object.entries(filters)) {
      if (!value) continue;
      const { postings } = await index.list(`@${name}:${value}`, 0);
      const passed = new Set(postings.map(({ doc }) => doc));
      kept = kept ? new Set([...kept].filter((doc) => passed.has(doc))) : passed;
    }
    return kept;
  }

  // ---- the answer

  // {articles, formulas, first}: hits in order; `shown` makes of a hit what a reader sees.
  async function search(index, typed, filters = {}) {
    const manifest = await index.manifest();
    const formula = formulaic(typed);
    let text = index.simple(formula === 1 ? withoutTex(typed) : typed).trimStart();
    let variants = await variantsOf(index, text);
    if (!index.simplified && (await unknown(index, variants[0].terms))) {
      await index.variants();
      if (index.simple(text) !== text) variants = await variantsOf(index, (text = index.simple(text)));
    }
    const wanted = await chosen(index, filters);
    const [articles, named, written] = await Promise.all([
      best(index, variants, "", manifest.documents, wanted),
      best(index, variants, "#", manifest.formulas, wanted),
      formula ? best(index, texVariant(typed, manifest), "$", manifest.formulas, wanted) : [],
    ]);
    const likely = written[0]?.value || 0;
    const meant = formula === 1 || likely > 0.5 || likely > (articles[0]?.value || 0);
    return {
      articles: strong(articles),
      formulas: meant ? strong(together(written, named), 20) : strong(named),
      first: meant ? "formulas" : "articles",
      terms: marked(variants),
    };
  }

  // What is marked in a result -> whether it is so alone: the inside of a run of Chinese is no word.
  function marked(variants) {
    const terms = new Map();
    for (const { terms: row } of variants) {
      for (const [at, { word, options }] of row.entries()) {
        const inner = word.kind === "cjk" && row[at - 1]?.word.run === word.run && row[at + 1]?.word.run === word.run;
        for (const [key] of options) terms.set(key, terms.get(key) || !inner);
      }
    }
    return terms;
  }

  const withoutTex = (typed) => (typed.match(/[\u2e80-\u9fff]+/g) || []).join(" ");

  function texVariant(typed, { macros }) {
    const formula = typed.replace(/[\u2e80-\u9fff]+|\${1,2}|^\\[([]|\\[)\]]$/g, " ");
    const terms = telling(grams(formula, macros).grams).map((key) => ({ word: {}, options: [[key, 1]] }));
    return [{ terms, weight: 1 }];
  }

  // Of a long formula, so many of its grams that what they load stays small, some of each kind.
  function telling(all) {
    if (all.length <= GRAMS) return all;
    const kinds = { edges: [], bones: [], symbols: [], others: [] };
    for (const gram of all) {
      const kind = /^\[|\]$/.test(gram) ? "edges" : gram[0] === "~" ? "bones" : gram.includes(" ") ? "others" : "symbols";
      kinds[kind].push(gram);
    }
    // Three symbols in a row tell more than two.
    kinds.others = kinds.others.filter((gram) => gram.split(" ").length === 3);
    return Object.values(kinds).flatMap((grams) => spread(grams, GRAMS / 4));
  }

  function spread(all, count) {
    const share = (at) => Math.floor((at * count) / all.length);
    return all.length <= count ? all : all.filter((_, at) => share(at) !== share(at - 1));
  }

  // Words beside a formula choose among those that look like it.
  function together(written, named) {
    const words = new Map(named.map(({ key, value }) => [key, value]));
    return written.map((hit) => ({ ...hit, value: hit.value + 0.3 * (words.get(hit.key) || 0) }))
      .sort((a, b) => b.value - a.value || a.key - b.key);
  }

  const strong = (hits, weakest = 8) => hits.filter(({ value }) => value > (hits[0]?.value || 0) / weakest);

  async function unknown(index, terms) {
    for (const { word } of terms) {
      if (word.kind === "cjk" && !(await index.list(word.term)).total) return true;
    }
    return false;
  }

  // The file and the number in it of a place.
  const shelf = (place) => [Math.floor(place / IN_FILE), place % IN_FILE];

  async function article(index, { doc, places }, terms) {
    const [place] = [...places].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
    const [file, number] = shelf(place);
    const { items, ...head } = await index.load(`texts/${doc}-${file}`);
    const [id, heading, text] = items[number];
    return { ...head, id, heading, excerpt: excerpt(index, text, terms) };
  }

  async function formula(index, { doc, key }) {
    const [file, number] = shelf(key % 65536);
    const { items, ...head } = await index.load(`formulas/${doc}-${file}`);
    const [id, name, heading, html] = (await unpacked(items))[number];
    return { ...head, id, name, heading, html };
  }

  async function unpacked(text) {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(stream).text());
  }

  Object.assign(room, { search, article, formula });
})(typeof module === "object" ? module.exports : window.formularySearch);
