// The data of the page that compares offices: the offices, and one measure of one year at a time, as columns.
//
// hooks/disclosure/api/compare.py writes them. A column has a place for every office, in the order of the list of offices,
// so that thousands of them are a few arrays of numbers; an object is made of a cell only when somebody looks at it.

const API = new URL("../api/v1/", import.meta.url);

/** The levels of regions, from above. */
export const LEVELS = ["province", "city", "county"];

const NOT_COLLECTED = 255;
const NOT_IN_FORM = 254;

const asked = new Map();

/** What ``ask`` gives, asked for once; after a failure it can be asked for again. */
function once(key, ask) {
  if (!asked.has(key)) {
    const given = ask();
    asked.set(key, given);
    given.catch(() => asked.delete(key));
  }
  return asked.get(key);
}

/** A document below /api/v1/. */
async function fetched(path) {
  const answer = await fetch(new URL(path, API));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()).data;
}

/** Every page of a document that may have several. */
async function pages(path) {
  const first = await fetched(`${path}.json`);
  const further = Array.from({ length: first.pages - 1 }, (_, number) => fetched(`${path}/pages/${number + 2}.json`));
  return [first, ...await Promise.all(further)];
}

const byKey = (list, key) => new Map(list.map((one, at) => [one[key], at]));

/**
 * What there is to choose from: the choices, and the offices in the order of their place as columns.
 *
 * An office is its row (``rowOf`` an id) in ``ids``, ``names``, ``kind`` (a place in ``kinds``) and ``region`` (a place in ``regions``, -1 for
 * none). ``regionAt`` is a place in ``regions`` by code, ``parents`` the region around each, -1 for none.
 */
export async function choices() {
  const [told, listed] = await Promise.all([fetched("compare.json"), pages("compare/offices")]);
  const all = (name) => (listed.length === 1 ? listed[0][name] : listed.flatMap((page) => page[name]));
  const regionAt = byKey(told.regions, "code");
  const ids = all("id");
  return {
    ...told,
    ids,
    rowOf: new Map(ids.map((id, row) => [id, row])),
    names: all("name"),
    kind: Uint8Array.from(all("kind")),
    region: Int32Array.from(all("region"), (at) => at ?? -1),
    regionAt,
    parents: Int32Array.from(told.regions, ({ parent }) => (parent === null ? -1 : regionAt.get(parent))),
    measure: new Map(told.measures.map((measure) => [measure.measure, measure])),
    sign: new Map([...told.statuses.map((one) => [one.status, one]), ...told.gaps.map((one) => [one.gap, one])]),
    trust: byKey(told.statuses, "status"),
    guarded: new Map(all("guarded")),
  };
}

/** A region, given by its place in the list, with those around it, from the province down; none for -1. */
export function path(data, at) {
  return at < 0 ? [] : [...path(data, data.parents[at]), data.regions[at]];
}

/** The names of regions from the province down to one, which are none for -1. */
export const placeNames = (data, at) => path(data, at).map(({ name }) => name);

/** One measure in one year: what it comes to for each office, or why there is nothing. */
class Column {
  constructor(length, measure, data) {
    this.share = measure.share;
    this.words = data.statuses.map(({ status }) => status);
    this.state = new Uint8Array(length).fill(NOT_COLLECTED);
    this.conflicts = new Uint8Array(length);
    this.amounts = { [this.share ? "numerator" : "at_least"]: new Float64Array(length) };
    if (this.share) this.amounts.denominator = new Float64Array(length);
    else [this.known, this.of] = [new Uint16Array(length), new Uint16Array(length)];
    this.digits = Object.fromEntries(Object.keys(this.amounts).map((name) => [name, new Map()]));
  }

  /** Take over what a document says of some offices. */
  read(page, measure, data) {
    const told = (name) => listed(page, measure, name);
    const place = page.rows.flatMap(([first, count]) => Array.from({ length: count }, (_, at) => first + at));
    told("status").forEach((word, at) => { this.state[place[at]] = word === null ? NOT_IN_FORM : data.trust.get(word); });
    for (const name of this.share ? ["conflicts"] : ["conflicts", "known", "of"]) {
      told(name).forEach((value, at) => { this[name][place[at]] = value; });
    }
    for (const [name, values] of Object.entries(this.amounts)) {
      told(name).forEach((value, at) => {
        values[place[at]] = value ?? NaN; // NaN is where there is no number: it is never taken for 0
        if (typeof value === "string") this.digits[name].set(place[at], value);
      });
    }
  }

  /** Why an office has nothing here; nothing itself where it has something. */
  gap(row) {
    if (this.state[row] === NOT_COLLECTED) return "not_collected";
    return this.state[row] === NOT_IN_FORM ? "not_in_form" : undefined;
  }

  /** A whole number, digits where a number of the browser would be rounded, or null. */
  amount(name, row) {
    const value = this.amounts[name][row];
    if (Number.isNaN(value)) return null;
    return this.digits[name].size ? this.digits[name].get(row) ?? value : value;
  }

  /** What the measure comes to for an office, with everything that is to be said of it. */
  cell(row) {
    const gap = this.gap(row);
    if (gap) return { gap };
    const told = { conflicts: this.conflicts[row], status: this.words[this.state[row]] };
    if (!this.share) return { at_least: this.amount("at_least", row), known: this.known[row], of: this.of[row], ...told };
    const [numerator, denominator] = [this.amount("numerator", row), this.amount("denominator", row)];
    return { numerator, denominator, known: Number(numerator !== null && denominator !== null), of: 1, ...told };
  }
}

/** A column of one page in full: it is a list, or as another column, or mostly the same; null where there is none. */
function listed(page, measure, name) {
  const told = page.measures[measure]?.[name];
  if (Array.isArray(told)) return told;
  if (told && "column" in told) return listed(page, told.measure, told.column);
  const length = page.rows.reduce((sum, [, count]) => sum + count, 0);
  const values = new Array(length).fill(told ? told.most : null);
  for (const [row, other] of told?.others ?? []) values[row] = other;
  return values;
}

/** A measure of a year for all offices, fetched once. */
export function column(number, measure, data) {
  return once(`${number}/${measure.measure}`, async () => {
    const made = new Column(data.ids.length, measure, data);
    for (const page of await pages(`compare/${number}/${measure.measure}`)) made.read(page, measure.measure, data);
    return made;
  });
}
