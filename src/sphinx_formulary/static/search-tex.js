// Under what a formula in TeX can be found, however it is written; the build runs this file, too.
((room) => {
  "use strict";

  // Three small letters or more are a word, as in \mathrm{softmax}; fewer are symbols.
  const TOKEN = /\\(?:[A-Za-z]+\*?|[\s\S]|$)|%[^\n]*|[0-9]+(?:\.[0-9]+)?|[a-z]{3,}|\s+|[\s\S]/gu;
  const NOTHING = new Set(
    ("\\left \\right \\middle \\big \\Big \\bigg \\Bigg \\bigl \\bigr \\Bigl \\Bigr \\biggl \\biggr \\Biggl \\Biggr \\bigm " +
      "\\Bigm \\displaystyle \\textstyle \\scriptstyle \\limits \\nolimits \\, \\; \\: \\! \\> \\  ~ & " +
      "\\hline \\nonumber \\notag \\mathrm \\mathbf \\mathit \\mathsf \\mathtt \\mathcal \\mathscr \\mathfrak \\mathbb \\boldsymbol " +
      "\\bm \\pmb \\rm \\bf \\text \\textrm \\textbf \\textit \\mbox \\operatorname \\operatorname* \\mathop \\mathbin \\mathrel \\hphantom").split(" "),
  );
  const ARGUMENT_TOO = new Set(["\\begin", "\\end", "\\tag", "\\tag*", "\\label", "\\hspace", "\\hspace*", "\\phantom", "\\vphantom", "\\htmlId", "\\color"]);
  const SAME = {
    "\\dfrac": "\\frac", "\\tfrac": "\\frac", "\\cfrac": "\\frac", "\\le": "\\leq", "\\ge": "\\geq", "\\ne": "\\neq",
    "\\leqslant": "\\leq", "\\geqslant": "\\geq", "\\to": "\\rightarrow", "\\gets": "\\leftarrow", "\\lVert": "\\|",
    "\\rVert": "\\|", "\\Vert": "\\|", "\\lvert": "|", "\\rvert": "|", "\\vert": "|", "\\mid": "|", "\\parallel": "\\|",
    "\\lbrace": "\\{", "\\rbrace": "\\}", "\\varepsilon": "\\epsilon", "\\varphi": "\\phi", "\\vartheta": "\\theta", "\\ell": "l",
    "\\widehat": "\\hat", "\\widetilde": "\\tilde", "\\overline": "\\bar", "\\land": "\\wedge", "\\lor": "\\vee", "\\prime": "'",
    "\\lbrack": "[", "\\rbrack": "]", "\\ldots": "\\dots", "\\cdots": "\\dots", "\\dotsc": "\\dots", "\\dotsb": "\\dots", "\\colon": ":",
    "\\\\": "\n", "\\cr": "\n", "\\quad": "\n", "\\qquad": "\n", "\\intercal": "\\top", "\\transpose": "\\top", "\\ast": "*", "\\lt": "<", "\\gt": ">",
    "≤": "\\leq", "≥": "\\geq", "≠": "\\neq", "×": "\\times", "·": "\\cdot", "−": "-", "∑": "\\sum", "∏": "\\prod", "∫": "\\int",
    "√": "\\sqrt", "∞": "\\infty", "∂": "\\partial", "∇": "\\nabla", "→": "\\rightarrow", "∈": "\\in",
  };
  const GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma_ sigma tau upsilon phi chi psi omega";
  for (const [index, name] of GREEK.split(" ").entries()) {
    SAME[String.fromCharCode(0x3b1 + index)] = `\\${name}`;
    if (name !== "sigma_") SAME[String.fromCharCode(0x391 + index)] = `\\${name[0].toUpperCase()}${name.slice(1)}`;
  }

  // Macros replaced by what they stand for, with their arguments.
  function expanded(tex, macros, depth = 0) {
    if (depth > 8) return tex;
    let changed = false;
    const pieces = tex.match(TOKEN) || [];
    const out = [];
    for (let index = 0; index < pieces.length; index += 1) {
      const body = Object.hasOwn(macros, pieces[index]) ? macros[pieces[index]] : null;
      if (body === null) {
        out.push(pieces[index]);
        continue;
      }
      changed = true;
      const count = Math.max(0, ...[...body.matchAll(/#([1-9])/g)].map((match) => Number(match[1])));
      const given = [];
      for (let taken = 0; taken < count; taken += 1) {
        while (/^\s+$/.test(pieces[index + 1])) index += 1;
        const end = closing(pieces, index + 1);
        given.push(pieces.slice(index + 1, end + 1).join(""));
        index = end;
      }
      out.push(` ${body.replace(/#([1-9])/g, (_, number) => given[number - 1] ?? "")} `);
    }
    return changed ? expanded(out.join(""), macros, depth + 1) : tex;
  }

  // The index of the token at which the argument that begins at *index* ends.
  function closing(pieces, index) {
    if (pieces[index] !== "{") return index;
    let depth = 0;
    for (let at = index; at < pieces.length; at += 1) {
      if (pieces[at] === "{") depth += 1;
      if (pieces[at] === "}" && (depth -= 1) === 0) return at;
    }
    return pieces.length;
  }

  // A formula as a tree: symbols, and groups {sub, sup} behind them; what makes no difference is gone.
  function parsed(tex, macros) {
    const pieces = expanded(tex, macros).match(TOKEN) || [];
    let at = 0;
    function group(untilBrace) {
      const row = [];
      while (at < pieces.length) {
        let token = pieces[at];
        at += 1;
        if (token === "}") {
          if (untilBrace) return row;
        } else if (token === "{") row.push(...group(true));
        else if (ARGUMENT_TOO.has(token)) argument();
        else if (token === "_" || token === "^" || token === "'") script(row, token);
        else if (!NOTHING.has(token) && !/^\s|^%/.test(token)) row.push(...symbol(token));
      }
      return row;
    }
    function argument() {
      while (/^\s+$/.test(pieces[at])) at += 1;
      if (at >= pieces.length) return [];
      if (pieces[at] === "{") {
        at += 1;
        return group(true);
      }
      const token = pieces[at];
      at += 1;
      if (NOTHING.has(token)) return argument();
      return symbol(token);
    }
    function symbol(token) {
      const name = Object.hasOwn(SAME, token) ? SAME[token] : token;
      if (name === "\\frac" || name === "\\binom") return [{ name, parts: [argument(), argument()] }];
      if (name === "\\sqrt") {
        if (pieces[at] === "[") while (at < pieces.length && pieces[at - 1] !== "]") at += 1;
        return [{ name, parts: [argument()] }];
      }
      // An operator's name is a word: \log, \operatorname{softmax}.
      return [{ name: /^\\[a-z]+$/i.test(name) ? name.slice(1) : name }];
    }
    function script(row, token) {
      const content = token === "'" ? [{ name: "'" }] : argument();
      let base = row.at(-1);
      if (!base) row.push((base = { name: "" }));
      const key = token === "_" ? "sub" : "sup";
      base[key] = [...(base[key] || []), ...content];
    }
    const row = [];
    while (at < pieces.length) row.push(...group(false));
    return row;
  }

  // A tree as a line: scripts below before those above, e^x as exp x, ^T as the transpose.
  function* line(row) {
    for (const { name, parts, sub, sup } of row) {
      const power = name === "e" && sup && !sub;
      if (name) yield power ? "exp" : name.replace(/^\\(?=[a-z])/i, "");
      for (const [index, part] of (parts || []).entries()) {
        if (index) yield "/";
        yield* line(part);
      }
      if (sub) {
        yield "_";
        yield* line(sub);
      }
      if (power) yield* line(sup);
      else if (sup) {
        yield "^";
        if (sup.length === 1 && sup[0].name === "T") yield "top";
        else yield* line(sup);
      }
    }
  }

  // The same without what stands below and above: \log\sum_j\exp x_j is log sum exp x.
  function* spine(row) {
    for (const { name, parts, sup } of row) {
      if (name === "e" && sup) {
        yield "exp";
        yield* spine(sup);
      } else if (name) yield name.replace(/^\\(?=[a-z])/i, "");
      for (const part of parts || []) yield* spine(part);
    }
  }

  const BLANK = new Set(["/", "(", ")", "_", "^", "\n", ",", "."]);
  // Between the sides of a relation, and between formulas in one line.
  const BETWEEN = new Set(["=", "\n", "leq", "geq", "approx", "sim", "propto", "<", ">", ":", ",", "."]);

  // Everything under which a formula can be found: its symbols, and neighbours in both lines; the
  // first and the last symbols of each side too, so that a side is more than a part of one.
  function grams(tex, macros = {}) {
    const tree = parsed(tex, macros);
    const whole = [...line(tree)];
    const found = new Set();
    for (const [index, token] of whole.entries()) {
      if (token === "\n") continue;
      const [one, two] = [whole[index - 1], whole[index - 2]];
      const next = whole[index + 1];
      if (!BLANK.has(token)) found.add(token);
      if (index > 0 && one !== "\n") found.add(`${one} ${token}`);
      if (index > 1 && one !== "\n" && two !== "\n") found.add(`${two} ${one} ${token}`);
      if (BETWEEN.has(token)) continue;
      if (index === 0 || BETWEEN.has(one)) found.add(`[${token}`).add(`[${token} ${next}`);
      if (index === whole.length - 1 || BETWEEN.has(next)) found.add(`${token}]`).add(`${one} ${token}]`);
    }
    const bones = [...spine(tree)].filter((token) => !BLANK.has(token));
    for (let index = 1; index < bones.length; index += 1) found.add(`~${bones[index - 1]} ${bones[index]}`);
    return { grams: [...found], length: whole.length };
  }

  // Whether what was typed is a formula: 1, it is; 0.5, it may be one; 0, it is words.
  const formulaic = (text) => (/\\[A-Za-z|,;!]|[_^{}]/.test(text) ? 1 : /[=+|<>*/()≤≥√∑∏∫∂∇]/.test(text) ? 0.5 : 0);

  Object.assign(room, { grams, formulaic });
})(typeof module === "object" ? module.exports : (window.formularySearch ||= {}));
