// How the files of the index are read and, by the build, written.
((room) => {
  "use strict";

  // FNV-1a
  function hash(key) {
    let value = 0x811c9dc5;
    for (let index = 0; index < key.length; index += 1) {
      value = Math.imul(value ^ key.charCodeAt(index), 0x01000193);
    }
    return value >>> 0;
  }

  // Grams of formulas have smaller files, as a formula is found by many of them, and whole lists, which
  // are long, files of their own.
  const familyOf = (key) => ({ $: "grams", "+": "whole" })[key[0]] || "terms";

  // Terms of one word share a file with its synonyms and with the formulas that it names.
  const home = (key) => key.replace(/^[=#]/, "");

  // A list of postings as text: how many there are in all, then for each the distance to the
  // document before, the place in it, the weight. A digit has five bits and one that says whether more follow.
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = Object.fromEntries([...DIGITS].map((digit, value) => [digit, value]));
  const TOP = 63;

  function number(value) {
    let text = "";
    do {
      text += DIGITS[(value & 31) | (value > 31 ? 32 : 0)];
      value >>>= 5;
    } while (value);
    return text;
  }

  // *postings* are documents, places and levels of weight, one after the other.
  function encode(total, postings) {
    let text = number(total);
    let last = 0;
    for (let at = 0; at < postings.length; at += 3) {
      text += number(postings[at] - last) + number(postings[at + 1]) + DIGITS[postings[at + 2]];
      last = postings[at];
    }
    return text;
  }

  function decode(text) {
    let at = 0;
    function next() {
      let value = 0;
      for (let shift = 0; ; shift += 5) {
        const digit = VALUES[text[at++]];
        value |= (digit & 31) << shift;
        if (!(digit & 32)) return value;
      }
    }
    const total = next();
    const postings = [];
    let doc = 0;
    while (at < text.length) {
      doc += next();
      const place = next();
      postings.push({ doc, place, weight: VALUES[text[at++]] / TOP });
    }
    return { total, postings };
  }

  // A place in a document: a file of it, and what it is in that file.
  const IN_FILE = 16;

  const ENOUGH = 20; // postings that pass a filter

  // load(name) -> promise of what the file of that name holds.
  class Index {
    constructor(load) {
      this.load = load;
      this.shards = new Map();
      this.lists = new Map();
    }

    manifest() {
      this.started ||= this.load("manifest").then(async (manifest) => {
        this.known = manifest;
        if (manifest.traditional) await this.variants();
        return manifest;
      });
      return this.started;
    }

    async variants() {
      const pairs = [...(await this.load("variants"))];
      this.simplified = new Map(pairs.flatMap((character, at) => (at % 2 ? [] : [[character, pairs[at + 1]]])));
    }

    simple(text) {
      return this.simplified ? text.replace(/\p{Script=Han}/gu, (found) => this.simplified.get(found) ?? found) : text;
    }

    async value(key) {
      const family = familyOf(key);
      const shard = hash(home(key)) % this.known.shards[family];
      const found = await this.load(`${family}/${shard}`);
      return Object.hasOwn(found, key) ? found[key] : undefined;
    }

    // {total, postings}: the weightiest, or all where too few of those are among the *share* of documents
    // that a filter lets pass; of grams there are no others.
    async list(key, share = 1) {
      const first = await this.decoded(key);
      const few = first.total > first.postings.length && first.postings.length * share < ENOUGH;
      return few && familyOf(key) === "terms" ? this.decoded(`+${key}`) : first;
    }

    async decoded(key) {
      if (!this.lists.has(key)) {
        const text = await this.value(key);
        this.lists.set(key, text ? decode(text) : { total: 0, postings: [] });
      }
      return this.lists.get(key);
    }
  }

  Object.assign(room, { Index, familyOf, home, hash, encode, decode, IN_FILE, TOP });
})(typeof module === "object" ? module.exports : (window.formularySearch ||= {}));
