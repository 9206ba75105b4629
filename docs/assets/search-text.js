// How texts stand in the search index, and how queries have to be written for it.
//
// The index holds Chinese as overlapping pairs (hooks/disclosure/search.py); here queries become the same pairs and
// results are turned back. Why: docs/contributing/decisions/0005-search.md.

export const CHINESE = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUN = new RegExp(`([${CHINESE}]+)|\\p{Nd}+|(?:(?![${CHINESE}\\p{Nd}])[\\p{L}\\p{N}_])+`, "gu");
const TOKEN = new RegExp(`^([${CHINESE}]{0,2})(.*)$`, "su");
const BREAK = "\ue001"; // between blocks, first after the title
const SPACE = "\ue000"; // a space of the text: plain ones only separate tokens
export const TITLE = "\ua66e"; // before each token of a title, indexed once more
export const FACET = "\ua66d"; // before what a page can be chosen by
const ANCHOR = 0xe100; // added to the characters of a heading's anchor, behind its BREAK
const HIDDEN = /^[\ue121-\ue17e]*/;
const BEFORE = 30;
const AFTER = 70;

/** Full-width letters and digits as plain ones, as the index has them. */
export const narrow = (text) => text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

/** One word of a query as Pagefind's phrase, or null where nothing of it can be searched for. */
export function phrase(word, sign = "") {
  const runs = [...narrow(word).matchAll(RUN)];
  // One character is the start of its pairs: not a phrase, but words that begin with it.
  if (runs.length === 1 && runs[0][1] && [...runs[0][0]].length === 1) return sign + runs[0][0];
  const tokens = runs.flatMap(([run, chinese], at) => {
    const characters = [...run];
    if (!chinese || characters.length === 1) return [run];
    const pairs = characters.slice(1).map((character, before) => characters[before] + character);
    // Where the run goes on beyond the query its first and last characters are inside pairs, so they are left out.
    return [...(at > 0 ? [characters[0]] : []), ...pairs, ...(at < runs.length - 1 ? [characters.at(-1)] : [])];
  });
  return tokens.length ? `"${tokens.map((token) => sign + token).join(" ")}"` : null;
}

/**
 * The text of an indexed page beyond its title, from its tokens: blocks with BREAK between them; and where its headings
 * begin in it, with their anchors.
 */
export function parse(content) {
  let text = "";
  const places = [];
  for (const block of content.split(BREAK).slice(1)) {
    const [hidden] = block.match(HIDDEN);
    const words = joined(block.slice(hidden.length));
    if (!words) continue;
    if (text) text += BREAK;
    const anchor = [...hidden].map((c) => String.fromCharCode(c.charCodeAt(0) - ANCHOR)).join("");
    if (anchor) places.push({ at: text.length, anchor, heading: words });
    text += words;
  }
  return { text, places };
}

/** A block from its tokens. */
function joined(tokens) {
  let text = "";
  let afterPair = false;
  for (const token of tokens.split(" ")) {
    const [, chinese, rest] = token.match(TOKEN);
    const characters = [...chinese];
    if (characters.length === 2) text += characters[1];
    else if (!afterPair) text += chinese;
    afterPair = characters.length === 2;
    text += rest;
  }
  return text.replaceAll(SPACE, " ").trim();
}

/** What matches the words of the query in a text, whatever punctuation stands where they have some. */
export function matcher(words) {
  const patterns = words.map((word) => {
    const runs = [...narrow(word).matchAll(RUN)];
    return runs.map(([run, chinese], at) => {
      const alike = at > 0 && Boolean(chinese) === Boolean(runs[at - 1][1]);
      return (at > 0 ? `[^\\p{L}\\p{N}_${BREAK}]${alike ? "+" : "*"}` : "") + run;
    }).join("");
  });
  return new RegExp(patterns.filter(Boolean).join("|") || "(?!)", "giu");
}

/**
 * Where a page matches: how often, and an excerpt from at most `most` of its sections. Those go first that hold more of
 * the words, then those that hold them in their text: headings are much alike.
 */
export function excerpts({ text, places }, pattern, most) {
  const starts = [{ at: 0, anchor: "", heading: "" }, ...places];
  const sections = starts.map((place, number) => ({
    ...place, to: starts[number + 1]?.at ?? text.length, words: new Set(),
  }));
  const matches = [...text.matchAll(pattern)];
  for (const match of matches) {
    const section = sections.findLast(({ at }) => at <= match.index);
    section.words.add(match[0]);
    if (match.index >= section.at + section.heading.length) section.first ??= match.index;
  }
  const order = (a, b) => b.words.size - a.words.size || ("first" in b) - ("first" in a) || a.at - b.at;
  const best = sections.filter(({ words }) => words.size).sort(order);
  const shown = best.length ? best.slice(0, most) : sections.slice(0, 1);
  return { count: matches.length, found: shown.map((section) => ({ ...section, excerpt: excerpt(text, section, pattern) })) };
}

/** The text of a section around its first match, or from its beginning. */
function excerpt(text, { at, heading, to, first }, pattern) {
  const low = at + heading.length;
  const start = Math.max(low, (first ?? low) - BEFORE);
  const end = Math.min(to, (first ?? low) + AFTER);
  const part = text.slice(start, end).replace(new RegExp(`^[ ${BREAK}]+|[ ${BREAK}]+$`, "g"), "");
  return marked((part && start > low ? "……" : "") + part + (part && end < to ? "……" : ""), pattern);
}

/** A text with its matches marked, as nodes: none of it becomes markup. */
export function marked(text, pattern) {
  const nodes = document.createDocumentFragment();
  const plain = (from, to) => text.slice(from, to).replaceAll(BREAK, " · ");
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    nodes.append(plain(at, match.index), mark);
    at = match.index + match[0].length;
  }
  nodes.append(plain(at));
  return nodes;
}
