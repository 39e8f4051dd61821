// The files of an index while it is made: things on shelves, values in shards; written where they differ.
"use strict";

const crypto = require("crypto");
const fs = require("fs");
const path = require("path");
const { home, hash, IN_FILE } = require("./static/search-files.js");

const FILE = 4000; // bytes of a file, about

// Things in their order, as contents of files of about equal size; each has its place.
function shelved(head, things, most = FILE, packed = (content) => content) {
  let room = 0;
  let items = [];
  const files = [];
  const places = [];
  for (const thing of things) {
    const size = Buffer.byteLength(JSON.stringify(thing));
    if (!files.length || size > room || items.length === IN_FILE) {
      [room, items] = [most, []];
      files.push(items);
    }
    places.push((files.length - 1) * IN_FILE + items.length);
    items.push(thing);
    room -= size;
  }
  return { places, files: files.map((items) => ({ ...head, items: packed(items) })) };
}

// A store below the folder *out*.
function store(out) {
  const files = new Map(); // name -> hash of the text

  function emit(name, data) {
    const text = `formularySearch.take(${JSON.stringify(name)}, ${JSON.stringify(data)});\n`;
    const target = path.join(out, `${name}.js`);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    if (!fs.existsSync(target) || fs.readFileSync(target, "utf-8") !== text) fs.writeFileSync(target, text);
    files.set(`${name}.js`, crypto.createHash("sha256").update(text).digest("hex"));
  }

  function emitAll(name, contents) {
    for (const [number, content] of contents.entries()) emit(`${name}-${number}`, content);
  }

  // Keys and their values, in as many files of about *most* bytes as they fill; tells how many these are.
  function shard(name, values, most = FILE) {
    const rows = [...values];
    const length = (value) => (typeof value === "string" ? value : JSON.stringify(value)).length;
    const size = rows.reduce((sum, [key, value]) => sum + key.length + length(value) + 8, 0);
    const count = Math.max(1, Math.ceil(size / most));
    const shards = Array.from({ length: count }, () => ({}));
    for (const [key, value] of rows) shards[hash(home(key)) % count][key] = value;
    for (const [number, content] of shards.entries()) emit(`${name}/${number}`, content);
    return count;
  }

  // The manifest names the version of all other files. Files that are not made any more are deleted.
  function finish(manifest) {
    const version = crypto.createHash("sha256");
    for (const name of [...files.keys()].sort()) version.update(name).update(files.get(name));
    emit("manifest", { version: version.digest("hex").slice(0, 12), ...manifest });
    for (const entry of fs.readdirSync(out, { recursive: true })) {
      const target = path.join(out, entry);
      const name = entry.split(path.sep).join("/");
      if (fs.statSync(target).isFile() && !files.has(name)) fs.unlinkSync(target);
    }
  }

  return { emit, emitAll, shard, finish };
}

module.exports = { shelved, store };
