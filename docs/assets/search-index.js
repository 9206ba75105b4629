// The index of texts, in parts (hooks/disclosure/search/): which parts can hold a query, and which of their pages do.
//
// Whatever is not fetched is an error for whoever asked, and is fetched anew when it is asked for again.

import { SITE } from "./search-names.js";
import { keysOf, units } from "./search-text.js";

const TEXTS = new URL("search/texts/", SITE);
export const AT_FIRST = 2; // parts
const AT_ONCE = 8;
const UNIT = /#[^;]*;|./gu;
const FEW = 3; // parts that are asked without looking up first which of them have the keys

const fetched = new Map();

/** What is made of a file, once for all who ask for it. */
function once(address, make) {
  if (!fetched.has(address)) {
    const made = make(address);
    fetched.set(address, made);
    made.catch(() => fetched.delete(address));
  }
  return fetched.get(address);
}

async function answered(address, options) {
  const answer = await fetch(new URL(address, TEXTS), options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

async function unpacked(address) {
  const { body } = await answered(address);
  return new Response(body.pipeThrough(new DecompressionStream("deflate")));
}

const readJson = (address) => once(address, async () => (await unpacked(address)).json());

/** Which parts there are; asked for anew in every search, since another site may have been published in the meantime. */
export async function listParts() {
  return (await answered("../texts.json", { cache: "no-cache" })).json();
}

/** The places of the keys of a file, by key. */
const readKeys = (address) => once(address, async () => {
  const bytes = new Uint8Array(await (await unpacked(address)).arrayBuffer());
  const end = bytes.indexOf(10);
  const keys = new TextDecoder().decode(bytes.subarray(0, end)).split(" ").flatMap((group) => {
    const [first, second, ...thirds] = group.match(UNIT);
    return thirds.length ? thirds.map((third) => first + second + third) : [group];
  });
  let at = end;
  const number = () => {
    let [value, bits, byte] = [0, 0, 0];
    do {
      byte = bytes[at += 1];
      value += (byte & 0x7f) * 2 ** bits;
      bits += 7;
    } while (byte > 0x7f);
    return value;
  };
  const counts = keys.map(number);
  return new Map(keys.map((key, which) => {
    let place = 0;
    return [key, Array.from({ length: counts[which] }, () => place += number())];
  }));
});

/** How many of the sorted values are not above one. */
function upTo(values, one) {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= one) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The places of a key in a folder of the index, in order; of an open one those of all keys that begin with it. */
async function placesOf(folder, firsts, { key, open }) {
  const last = upTo(firsts, open ? `${key}\uffff` : key);
  const first = Math.max(open ? upTo(firsts, key) : last, 1);
  const files = await Promise.all(firsts.slice(first - 1, last).map((_, at) => readKeys(`${folder}/keys/${first - 1 + at}.bin`)));
  if (!open) return files[0]?.get(key) ?? [];
  const found = files.flatMap((file) => [...file].filter(([one]) => one.startsWith(key)).flatMap(([, places]) => places));
  return found.sort((a, b) => a - b);
}

/** The values that all lists have. */
function common(lists) {
  const [first, ...others] = [...lists].sort((a, b) => a.length - b.length);
  const sets = others.map((list) => new Set(list));
  return first.filter((one) => sets.every((set) => set.has(one)));
}

/** The parts that have all keys of all words, and what was chosen. */
async function partsFor({ parts, table }, words, choice) {
  const fitting = parts.filter(({ facets }) => Object.entries(choice).every(([name, value]) => facets[name]?.includes(value)));
  if (!table || fitting.length <= FEW) return fitting;
  const { keys } = await readJson(`${table}/head.bin`);
  const having = await Promise.all(words.flat().map((key) => placesOf(table, keys, key)));
  const able = new Set(common(having.map((numbers) => [...new Set(numbers)])));
  return fitting.filter((part) => able.has(parts.indexOf(part)));
}

/** The pages of a part that hold all words and fit the choice. */
async function pagesOf({ at: folder }, words, choice) {
  const head = await readJson(`${folder}/head.bin`);
  let place = 0;
  const starts = head.lengths.map((length) => (place += length) - length);
  const held = await Promise.all(words.map(async (keys) => {
    const lists = await Promise.all(keys.map(async (key) => (await placesOf(folder, head.keys, key)).map((one) => one - key.at)));
    const found = new Map(); // whether the title holds the word
    for (const begin of common(lists)) {
      const page = upTo(starts, begin) - 1;
      found.set(page, found.get(page) || begin < starts[page] + head.titles[page]);
    }
    return found;
  }));
  const pages = common(held.map((found) => [...found.keys()]));
  const chosen = head.choices.map((facets) => Object.entries(choice).every(([name, value]) => facets[name]?.includes(value)));
  return pages.filter((page) => chosen[head.choice[page]]).map((page) => ({
    titled: held.every((found) => found.get(page)),
    order: head.order[page],
    load: () => loaded(`${folder}/pages/${page}.bin`),
  }));
}

async function loaded(address) {
  const [page, title, blocks] = await readJson(address);
  return { address: page, title, blocks };
}

/** A search of the texts for words, in pages that fit a choice: it goes from part to part as far as it is asked to. */
export class TextSearch {
  /** The pages found so far: of those found together, first those with all words in the title, then by their kind. */
  results = [];
  #words;
  #choice;
  #parts;
  #waiting = null; // the parts that were not asked yet

  /** `parts` is the answer of listParts, or on its way. */
  constructor(words, choice, parts) {
    this.#words = words.map((word) => keysOf(units(word))).filter((keys) => keys.length);
    this.#choice = choice;
    this.#parts = parts;
  }

  /** How many pages there are in the parts that can hold the words and were not asked yet. */
  get left() {
    return (this.#waiting ?? []).reduce((sum, { pages }) => sum + pages, 0);
  }

  /**
   * Search on until so many more pages are found, or nothing is left, or at most so many parts were asked. What could not
   * be asked stays to be asked.
   */
  async further(count = Infinity, most = Infinity) {
    this.#waiting ??= this.#words.length ? await partsFor(await this.#parts, this.#words, this.#choice) : [];
    const found = [];
    try {
      const enough = this.#waiting.length - most;
      for (let many = AT_FIRST; this.#waiting.length > Math.max(enough, 0) && found.length < count; many = Math.min(2 * many, AT_ONCE)) {
        const asked = this.#waiting.slice(0, many);
        const answers = await Promise.allSettled(asked.map((part) => pagesOf(part, this.#words, this.#choice)));
        const unanswered = answers.findIndex(({ status }) => status === "rejected");
        const good = unanswered < 0 ? answers : answers.slice(0, unanswered);
        found.push(...good.flatMap(({ value }) => value));
        this.#waiting = this.#waiting.slice(good.length);
        if (unanswered >= 0) throw answers[unanswered].reason;
      }
    } finally {
      this.results.push(...found.sort((a, b) => b.titled - a.titled || a.order - b.order));
    }
  }
}
