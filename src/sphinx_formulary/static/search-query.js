// From what was typed to lists of terms: several where a thing has several names.
((room) => {
  "use strict";
  const node = typeof module === "object";
  const { folded, words, pair, follows } = node ? require("./search-words.js") : room;

  const ALTERNATIVES = { synonym: 0.95, joined: 1, prefix: 0.75, near: 0.8 };
  const MOST = { variants: 8, spellings: 8 };

  // How many letters two words differ by; neighbours that are exchanged are one mistake.
  function distance(one, other) {
    let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
    for (let row = 1; row <= one.length; row += 1) {
      const next = [row];
      for (let column = 1; column <= other.length; column += 1) {
        const same = one[row - 1] === other[column - 1];
        next.push(Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + !same));
        if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
          next[column] = Math.min(next[column], before[column - 2] + 1);
        }
      }
      [before, last] = [last, next];
    }
    return last[other.length];
  }

  // Where other languages are written they are rare, and would count for much.
  const ASKED = /\b(?:what|why|how|when|which|who|is|are|do|does|to|the|a|an|of|and|or|in|on|for|with|by|from)\b/gi;

  function meant(text) {
    const rest = text.replace(ASKED, (word) => " ".repeat(word.length));
    return rest.trim() ? rest : text;
  }

  // A variant is a list of terms; a term has alternatives, of which the best counts: [[key, weight], …].
  async function variantsOf(index, text) {
    const found = [...words(meant(text))];
    const plain = found.map((word) => ({ word, options: [[word.term, 1]] }));
    const open = found.at(-1)?.kind === "word" && found.at(-1).end === text.length ? found.at(-1) : null;
    await Promise.all(plain.map((term) => addSpellings(index, term, term.word === open)));
    const variants = [{ terms: [...plain, ...pairs(text, found)], weight: 1 }];
    variants.push(...(await joined(index, plain)), ...(await synonyms(index, text, plain)));
    return variants.slice(0, MOST.variants);
  }

  // Words that were typed one behind the other count more where they stand so.
  function pairs(text, found) {
    return found.slice(1).flatMap((word, at) =>
      follows(text, found[at], word) ? [{ word: { ...word, kind: "pair" }, options: [[pair(found[at], word), 1]] }] : [],
    );
  }

  // Words that begin so, where a word may not be finished; words spelled nearly so, where it is unknown.
  async function addSpellings(index, { word, options }, open) {
    const { term, kind } = word;
    if (kind !== "word" || term.length < 3 || !/^[a-z]/.test(term)) return;
    const { total } = await index.list(term);
    if (total && !open) return;
    const starts = ((await index.value(`<${term.slice(0, 3)}`)) || "").split(" ");
    const longer = starts.filter((other) => other !== term && other.startsWith(term));
    if (open) for (const other of longer.slice(0, MOST.spellings)) options.push([other, ALTERNATIVES.prefix]);
    if (total || longer.length || term.length < 4) return;
    const ends = ((await index.value(`>${term.slice(-3)}`)) || "").split(" ");
    const allowed = term.length < 8 ? 1 : 2;
    const near = [...new Set([...starts, ...ends])]
      .map((other) => [other, distance(term, other)])
      .filter(([other, apart]) => other && apart <= allowed)
      .sort((a, b) => a[1] - b[1]);
    for (const [other, apart] of near.slice(0, MOST.spellings)) options.push([other, ALTERNATIVES.near ** apart]);
  }

  // flash attention is FlashAttention, too.
  async function joined(index, terms) {
    const variants = [];
    for (let at = 0; at + 1 < terms.length; at += 1) {
      const [one, other] = [terms[at].word, terms[at + 1].word];
      if (one.kind !== "word" || other.kind !== "word") continue;
      const term = { word: other, options: [[one.term + other.term, ALTERNATIVES.joined]] };
      await addSpellings(index, { word: { ...other, term: one.term + other.term }, options: term.options }, false);
      const known = await Promise.all(term.options.map(async ([key]) => (await index.list(key)).total));
      if (known.some(Boolean)) variants.push({ terms: [...terms.slice(0, at), term, ...terms.slice(at + 2)], weight: 1 });
    }
    return variants;
  }

  async function synonyms(index, text, terms) {
    const variants = [];
    const lower = folded(text);
    for (const { word } of terms) {
      for (const [name, others] of (await index.value(`=${word.term}`)) || []) {
        const start = lower.indexOf(name, Math.max(0, word.start - 1));
        if (start < 0 || start > word.start) continue;
        const inside = ({ word: { start: from, end } }) => from < start + name.length && end > start;
        const before = terms.filter((term) => !inside(term) && term.word.start < start);
        const after = terms.filter((term) => !inside(term) && term.word.start >= start);
        for (const other of others) {
          const instead = [...words(other)].map((found) => ({ word: found, options: [[found.term, 1]] }));
          variants.push({ terms: [...before, ...instead, ...after], weight: ALTERNATIVES.synonym });
        }
      }
    }
    return variants;
  }

  Object.assign(room, { variantsOf });
})(typeof module === "object" ? module.exports : window.formularySearch);
