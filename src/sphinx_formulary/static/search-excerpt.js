// The part of a text that shows why it was found.
((room) => {
  "use strict";
  const { words, EDGE } = typeof module === "object" ? require("./search-words.js") : room;

  const EXCERPT = 110; // characters, about

  // The sentences with most of the words: [[text, marked], …].
  function excerpt(index, text, terms) {
    const marks = spans([...words(index.simple(text))].filter(({ term }) => terms.has(term)), terms);
    const near = (start) => marks.filter((mark) => mark.start >= start && mark.start < start + EXCERPT);
    const weigh = ({ start }) => new Set(near(start).flatMap(({ found }) => found)).size;
    const centre = marks.reduce((top, mark) => (weigh(mark) > weigh(top) ? mark : top), marks[0] || { start: 0 });
    const from = beginning(text, centre.start);
    const end = ending(text, from, centre.start);
    const pieces = [];
    let at = from;
    for (const { start, end: stop } of marks.filter((mark) => mark.start >= from && mark.end <= end)) {
      pieces.push([text.slice(at, start), false], [text.slice(start, stop), true]);
      at = stop;
    }
    pieces.push([text.slice(at, end), false]);
    const shown = pieces.map(([piece, marked]) => [piece.replaceAll(EDGE, "").replace(/\s*\n\s*/g, " "), marked]);
    return [...(from ? [["… ", false]] : []), ...shown, ...(end < text.trimEnd().length ? [[" …", false]] : [])];
  }

  // Marks that touch as one: {start, end, found}, found being its terms.
  function spans(marks, terms) {
    const joined = [];
    for (const { term, start, end } of marks) {
      const last = joined.at(-1);
      if (last && start <= last.end) Object.assign(last, { end: Math.max(end, last.end), found: [...last.found, term] });
      else joined.push({ start, end, found: [term] });
    }
    return joined.filter(({ found }) => found.length > 1 || terms.get(found[0]));
  }

  const END = /[。！？；\n]|[.!?;]\s/g;

  // Where the sentence begins, unless that is far away.
  function beginning(text, at) {
    const near = Math.max(0, at - EXCERPT / 2);
    const stops = [...text.slice(near, at).matchAll(END)];
    if (stops.length) return near + stops[0].index + stops[0][0].length;
    return near && outside(text, near);
  }

  function ending(text, from, centre) {
    const least = Math.max(centre + 20, from + EXCERPT);
    const stop = text.slice(least).search(/[。！？；\n]|[.!?;]\s/);
    return stop >= 0 && stop < 40 ? least + stop + 1 : outside(text, Math.min(text.length, least));
  }

  // A place that is not inside a formula or a word.
  function outside(text, at) {
    let place = at;
    if (text.slice(0, place).split(EDGE).length % 2 === 0) place = (text.indexOf(EDGE, place) + 1 || text.length);
    while (place < text.length && /[A-Za-z0-9]/.test(text[place]) && /[A-Za-z0-9]/.test(text[place - 1] || "")) place += 1;
    return place;
  }

  Object.assign(room, { excerpt });
})(typeof module === "object" ? module.exports : window.formularySearch);
