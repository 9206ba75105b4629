// The names of offices and regions (hooks/disclosure/search_names.py), and how they are found: by name, former name,
// place, and the initials of their pinyin.

import { narrow } from "./search-text.js";

export const SITE = new URL("../", import.meta.url);
const LETTER = /^[a-z]$/;
const CLOSEST = 0; // the whole name
const FROM_START = 1;
const INSIDE = 2;
const FAR = Infinity;
const WITH_REGION = 0.2; // added where the query names the region first
const OTHER_NAME = 0.5; // and where it is not the name of today
const SHORTEST_REGION = 2; // characters of a region's name that count as it: 舞钢 for 舞钢市

let loading = null;

/** All names, fetched once; after a failure they can be asked for again. */
export function loadNames() {
  loading ??= fetch(new URL("search/names.json", SITE)).then((answer) => {
    if (!answer.ok) throw new Error(`names.json: ${answer.status}`);
    return answer.json();
  }).then(arranged).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** The columns of the file as offices and regions, each with its path from the province down, in the order of places. */
export function arranged(told) {
  const regions = [];
  told.regions.code.forEach((code, at) => {
    const name = told.regions.name[at];
    const above = regions[told.regions.parent[at]] ?? NOWHERE;
    const region = { code, name, around: above.path, places: above.inside, others: [], page: told.region_page.replace("{}", code) };
    region.path = [...above.path, region];
    region.inside = [...above.inside, plain(name)];
    regions.push(region);
  });
  const place = told.offices.region.flatMap(([region, count]) => Array(count).fill(region === null ? NOWHERE : regions[region]));
  const offices = told.offices.id.map((written, at) => {
    const { path, inside, code } = place[at];
    const id = written.startsWith("=") ? written.slice(1) : code + written;
    const [name, kind, years] = [told.offices.name[at], told.kinds[told.offices.kind[at]], told.coverage[told.offices.coverage[at]]];
    return { id, name, kind, years, around: path, path, places: inside, others: [], page: told.office_page.replace("{}", id) };
  });
  for (const [at, name] of told.former) offices[at].others.push({ said: "曾用名", name });
  for (const [at, name] of told.printed) offices[at].others.push({ said: "报告中的写法", name });
  const letters = new Map();
  for (const [letter, characters] of Object.entries(told.initials)) {
    for (const character of characters) letters.set(character, (letters.get(character) ?? "") + letter);
  }
  for (const entry of [...regions, ...offices]) entry.keys = keysOf(entry);
  return {
    ...told,
    regions,
    offices,
    letters,
    region: new Map(regions.map((region) => [region.code, region])),
    office: new Map(offices.map((office) => [office.page, office])),
  };
}

const NOWHERE = { path: [], inside: [], code: "" };
const plain = (text) => narrow(text).toLowerCase();

/** What is compared with queries: each name, and where it begins anew behind the regions it names itself. */
function keysOf({ name: own, others, places }) {
  return [{ said: "", name: own }, ...others].map(({ said, name }) => {
    const text = plain(name);
    let start = 0;
    for (const place of places) if (text.startsWith(place, start)) start += place.length;
    return { said, name, text, starts: start && start < text.length ? [0, start] : [0] };
  });
}

/**
 * The regions and offices that a query names and a choice allows: the closest first, then in the order of their places.
 * Without a query, the offices that the choice allows. Each with the other name that was found, if it was one.
 */
export function findNames(data, query, choice) {
  const fitting = [...data.regions.filter((one) => fitsRegion(one, choice, data)), ...data.offices.filter((one) => fits(one, choice, data))];
  const terms = plain(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (!terms.length) return query.trim() ? [] : fitting.filter(({ id }) => id).map((entry) => ({ entry, other: null }));
  const code = plain(query.trim());
  const known = new Map();
  const around = ({ places }) => {
    if (!known.has(places)) known.set(places, terms.map((term) => inPlaces(places, term, data.letters)));
    return known.get(places);
  };
  const found = fitting.map((entry) => (
    entry.id === code || entry.code === code ? { entry, other: null, far: CLOSEST } : closest(entry, terms, around(entry), data.letters)
  ));
  return found.filter(({ far }) => far < FAR).sort((a, b) => a.far - b.far);
}

/** Whether an office is of the region, year, kind of body and kind of page that were chosen. */
function fits(office, { region, year, kind, page }, { pages: [own] }) {
  return (!region || office.path.some(({ code }) => code === region))
    && (!year || office.years.includes(Number(year)))
    && (!kind || office.kind === kind)
    && (!page || page === own);
}

function fitsRegion(one, { region, year, kind, page }, { pages: [, own] }) {
  return !year && !kind && (!page || page === own) && (!region || one.path.some(({ code }) => code === region));
}

/** How far an entry is from a query, by the name of it that is closest; of equals its own name goes before others. */
function closest(entry, terms, around, letters) {
  let best = { entry, other: null, far: FAR };
  for (const key of entry.keys) {
    const far = distance(key, terms, around, letters) + (key.said ? OTHER_NAME : 0);
    if (far < best.far) best = { entry, other: key.said ? key : null, far };
  }
  return best;
}

/** Every term has to be in the name or in the regions around it, and at least one in the name. */
function distance(key, terms, around, letters) {
  let worst = -1;
  for (const [at, term] of terms.entries()) {
    const far = Math.min(...around[at].behind.map((from) => named(key, term, from, letters) + (from ? WITH_REGION : 0)));
    if (far < FAR) worst = Math.max(worst, far);
    else if (!around[at].whole) return FAR;
  }
  return worst < 0 ? FAR : worst;
}

/** Whether a term is in one of these regions, and from which of its characters on a name may stand behind them: 舞钢尚店, wgsd. */
function inPlaces(places, term, letters) {
  const behind = new Set([0]);
  for (const place of places) {
    for (const from of [...behind]) {
      const longest = Math.min(run(place, 0, term, from, letters), term.length - from - 1);
      for (let length = SHORTEST_REGION; length <= longest; length += 1) behind.add(from + length);
    }
  }
  const holds = (place) => run(place, 0, term, 0, letters) === term.length || place.includes(term);
  return { whole: term.length >= SHORTEST_REGION && places.some(holds), behind: [...behind] };
}

/** How far a name is from a term from one character on. */
function named({ text, starts }, term, from, letters) {
  const rest = from ? term.slice(from) : term;
  // A single letter begins thousands of names; letters inside a name would be found in the ends that all have.
  if (LETTER.test(rest)) return FAR;
  const begun = starts.filter((start) => run(text, start, rest, 0, letters) === rest.length);
  if (begun.length) return begun.some((start) => start + rest.length === text.length) ? CLOSEST : FROM_START;
  return rest.length > 1 && text.includes(rest) ? INSIDE : FAR;
}

/** How many characters of a text, from one on, are those of a term or may be typed by its letters. */
function run(text, at, term, from, letters) {
  let length = 0;
  while (from + length < term.length && at + length < text.length && alike(text[at + length], term[from + length], letters)) length += 1;
  return length;
}

const alike = (character, typed, letters) => character === typed || (typed >= "a" && typed <= "z" && Boolean(letters.get(character)?.includes(typed)));
