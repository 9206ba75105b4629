// What of a text counts when it is searched, and how a page shows where it holds a query.
//
// The units are those of hooks/disclosure/search/units.py; a test holds both against each other.

export const CHINESE = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const DIGIT = "\\p{Nd}";
const LETTER = `(?:(?![${CHINESE}${DIGIT}])[\\p{L}\\p{N}_])`;
const RUN = new RegExp(`([${CHINESE}]+)|${DIGIT}+|${LETTER}+`, "gu");
const NUMBER = new RegExp(`^${DIGIT}`, "u");
const BREAK = "\n"; // between blocks, which have none inside
const PARTED = "_"; // between two runs of Chinese
const WORD = ["#", ";"]; // around a word or number
const LONGEST = 3; // units of a key
const BEFORE = 30;
const AFTER = 70;

/** Full-width letters and digits as plain ones. */
export const narrow = (text) => text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

/** The units of a text: its Chinese characters, its words, and where two runs of Chinese are parted. */
export function units(text) {
  const found = [];
  let afterChinese = false;
  for (const [run, chinese] of narrow(text).toLowerCase().matchAll(RUN)) {
    if (chinese && afterChinese) found.push(PARTED);
    found.push(...(chinese ? run : [WORD[0] + run + WORD[1]]));
    afterChinese = Boolean(chinese);
  }
  return found;
}

/**
 * The keys that have to stand in a page, each so many places behind the first, for it to hold these units; as few as are
 * enough. `open` is the beginning of a key.
 */
export function keysOf(wanted) {
  const key = (at) => ({ key: wanted.slice(at, at + LONGEST).join(""), at, open: wanted.length < LONGEST });
  const last = Math.max(wanted.length - LONGEST, 0);
  const starts = wanted.map((_, at) => at).filter((at) => at % LONGEST === 0 && at < last);
  return wanted.length ? [...starts, last].map(key) : [];
}

/** The text of a page behind its title, with BREAK between its blocks; and where its headings begin in it, with their anchors. */
export function joined(blocks) {
  let text = "";
  const places = [];
  for (const [anchor, block] of blocks) {
    if (text) text += BREAK;
    if (anchor) places.push({ at: text.length, anchor, heading: block });
    text += block;
  }
  return { text, places };
}

/**
 * What matches the words of the query in a narrow text, whatever punctuation stands where they have some. In texts words and
 * numbers count as wholes, as in the index; in names also what is part of one. Browsers that are too old for texts do not
 * know how `whole` is said.
 */
export function matcher(words, whole = false) {
  const patterns = words.map((word) => {
    const runs = [...narrow(word).matchAll(RUN)];
    return runs.map(([run, chinese], at) => {
      const parted = chinese && runs[at - 1]?.[1];
      const alike = NUMBER.test(run) ? DIGIT : LETTER;
      const one = whole && !chinese ? `(?<!${alike})${run}(?!${alike})` : run;
      return (at > 0 ? `[^\\p{L}\\p{N}_${BREAK}]${parted ? "+" : "*"}` : "") + one;
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
  const matches = [...narrow(text).matchAll(pattern)];
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
  for (const { 0: { length }, index } of narrow(text).matchAll(pattern)) {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(index, index + length);
    nodes.append(plain(at, index), mark);
    at = index + length;
  }
  nodes.append(plain(at));
  return nodes;
}
