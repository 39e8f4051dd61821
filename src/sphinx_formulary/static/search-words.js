// The words of a text, in any script. The build and the browser run this same file, so both cut text alike.
((room) => {
  "use strict";

  const CJK = "\\u2e80-\\u2fdf\\u3005\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const RUN = new RegExp(`[${CJK}]+|[[\\p{L}\\p{N}\\p{M}]--[${CJK}]]+(?:['’][[\\p{L}\\p{N}]--[${CJK}]]+)*`, "gv");
  const IS_CJK = new RegExp(`^[${CJK}]`, "u");
  // FlashAttention is two words in one, and so is YOLOv3.
  const HUMP = /\p{Lu}+(?=v\p{N})|\p{Lu}*[\p{Ll}\p{M}]+\p{N}*|\p{Lu}+\p{N}*|\p{N}+/gu;
  const MARKS = /\p{M}/gu;

  // Written differently, the same to whoever searches; ligatures and full-width forms are in NFKC.
  const folded = (word) => word.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(/['’]s?$/, "");

  // Only the plural, since a stem that is too short finds what nobody meant.
  function stemmed(word) {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    if (/(?:ss|us|is)$/.test(word)) return word;
    if (/ies$/.test(word)) return word.slice(0, -3) + "y";
    if (/(?:sh|ch|x|ss)es$/.test(word)) return word.slice(0, -2);
    return word.replace(/s$/, "");
  }

  // The words of a text, in order. A run of Chinese is cut into pairs of characters that overlap; a
  // run of one character is a word. {term, start, end, kind: "cjk" | "word", run}; runs that touch
  // or are joined by a hyphen have `joins`: the run before them is part of the same name.
  // A formula in a text stands between invisible separators, and is no word.
  const EDGE = "\u2063";
  const FORMULA = new RegExp(`${EDGE}[^${EDGE}]*${EDGE}`, "g");
  const withoutFormulas = (text) => text.replace(FORMULA, (formula) => " ".repeat(formula.length));

  function* words(text) {
    let last = -2;
    let run = 0;
    for (const match of withoutFormulas(text).matchAll(RUN)) {
      const [found] = match;
      const start = match.index;
      run += 1;
      if (IS_CJK.test(found)) {
        yield* pairs(found, start, run);
      } else {
        const between = text.slice(last, start);
        yield {
          term: stemmed(folded(found)), start, end: start + found.length, kind: "word", run,
          raw: found, joins: last >= 0 && /^[-‐‑–_./]?$/.test(between),
        };
        last = start + found.length;
      }
    }
  }

  function* pairs(found, start, run) {
    const characters = [...found];
    let at = start;
    if (characters.length === 1) yield { term: found, start, end: start + found.length, kind: "cjk", run };
    for (const [index, character] of characters.slice(0, -1).entries()) {
      const term = character + characters[index + 1];
      yield { term, start: at, end: at + term.length, kind: "cjk", run, last: index === characters.length - 2 };
      at += character.length;
    }
  }

  // The words inside a word: FlashAttention has flash and attention.
  function humps(raw) {
    const found = raw.match(HUMP) || [];
    return found.length > 1 ? found.map((part) => stemmed(folded(part))).filter((part) => part.length > 1) : [];
  }

  // Two words that follow each other, as one term; in Chinese every term is such a pair.
  const pair = (one, other) => `${one.term} ${other.term}`;

  function follows(text, one, other) {
    return one?.kind === "word" && other.kind === "word" && /^[\s\-‐‑–/]*$/.test(text.slice(one.end, other.start));
  }

  // Everything under which a text can be found: [term, start, end] for each.
  function* terms(text) {
    let whole = null; // what hyphens join: Ring-AllReduce
    let last = null;
    for (const word of words(text)) {
      if (follows(text, last, word)) yield [pair(last, word), last.start, word.end];
      last = word;
      yield [word.term, word.start, word.end];
      if (word.kind === "cjk") {
        // Each character can be asked for by itself: 熵
        const [first, second] = word.term;
        if (second) yield [first, word.start, word.start + first.length];
        if (word.last) yield [second, word.start + first.length, word.end];
        continue;
      }
      for (const part of humps(word.raw)) yield [part, word.start, word.end];
      if (word.joins && whole) {
        whole = { raw: whole.raw + word.raw, start: whole.start };
        yield [stemmed(folded(whole.raw)), whole.start, word.end];
      } else {
        whole = { raw: word.raw, start: word.start };
      }
    }
  }

  Object.assign(room, { folded, words, terms, pair, follows, EDGE });
})(typeof module === "object" ? module.exports : (window.formularySearch ||= {}));
