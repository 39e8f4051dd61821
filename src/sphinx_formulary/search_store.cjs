// The files of an index while it is made: things on shelves, values in shards; written where they differ.
"use strict";

const crypto = require("crypto");
const fs = require("fs");
const path = require("path");

const FILE = 4000; // bytes of a file, about

// *out* is the folder; the others are those by which a browser finds a key and a place.
module.exports = (out, { home, hash, IN_FILE }) => {
  const files = new Map(); // name -> hash of the text

  function emit(name, data) {
    const text = `formularySearch.take(${JSON.stringify(name)}, ${JSON.stringify(data)});\n`;
    const target = path.join(out, `${name}.js`);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    if (!fs.existsSync(target) || fs.readFileSync(target, "utf-8") !== text) fs.writeFileSync(target, text);
    files.set(`${name}.js`, crypto.createHash("sha256").update(text).digest("hex"));
  }

  // Things in their order, as files of about equal size; each learns its place.
  function shelve(name, head, things, most = FILE, packed = (content) => content) {
    let file = -1;
    let room = 0;
    let content = [];
    const places = [];
    const flush = () => content.length && emit(`${name}-${file}`, { ...head, items: packed(content) });
    for (const thing of things) {
      const size = Buffer.byteLength(JSON.stringify(thing));
      if (file < 0 || size > room || content.length === IN_FILE) {
        flush();
        [file, room, content] = [file + 1, most, []];
      }
      places.push(file * IN_FILE + content.length);
      content.push(thing);
      room -= size;
    }
    flush();
    return places;
  }

  // Keys and their values, in as many files of about *most* bytes as they fill; tells how many these are.
  function shard(name, values, most = FILE) {
    const rows = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
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

  return { emit, shelve, shard, finish };
};
