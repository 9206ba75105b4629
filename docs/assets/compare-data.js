// What the page that compares offices works with: the data, sums over them, their words, and a file of them.
//
// The data are columns (hooks/disclosure/api/compare.py). What a measure comes to in a report is written there; sums over
// the offices in view are made here, by the rules of hooks/disclosure/tallies.py and in the words of
// hooks/disclosure/render/words.py, to which tests hold them.

const API = new URL("../api/v1/", import.meta.url);

/** The levels of regions, from above. */
export const LEVELS = ["province", "city", "county"];

const loaded = new Map();

/** A document below /api/v1/, fetched once; after a failure it can be asked for again. */
function fetched(path) {
  if (!loaded.has(path)) {
    const asked = fetch(new URL(path, API)).then((answer) => {
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return answer.json();
    }).then(({ data }) => data);
    loaded.set(path, asked);
    asked.catch(() => loaded.delete(path));
  }
  return loaded.get(path);
}

/** Every page of a document that may have several. */
async function pages(path) {
  const first = await fetched(`${path}.json`);
  const further = Array.from({ length: first.pages - 1 }, (_, number) => fetched(`${path}/pages/${number + 2}.json`));
  return [first, ...await Promise.all(further)];
}

/** What there is to choose from: the choices, the offices in the order of their place, and ways to find them. */
export async function choices() {
  const [told, listed] = await Promise.all([fetched("compare.json"), pages("compare/offices")]);
  const regions = new Map(told.regions.map((region) => [region.code, region]));
  const paths = told.regions.map((region) => path(regions, region));
  const offices = listed.flatMap(({ id, name, kind, region }) => id.map((one, at) => (
    { id: one, name: name[at], kind: told.kinds[kind[at]], path: region[at] === null ? [] : paths[region[at]] }
  )));
  offices.forEach((office, row) => { office.row = row; });
  return {
    ...told,
    regions,
    offices,
    office: new Map(offices.map((office) => [office.id, office])),
    measure: new Map(told.measures.map((measure) => [measure.measure, measure])),
    sign: new Map([...told.statuses.map((one) => [one.status, one]), ...told.gaps.map((one) => [one.gap, one])]),
    trust: new Map(told.statuses.map((one, place) => [one.status, place])),
    guarded: new Map(listed.flatMap(({ guarded }) => guarded)),
  };
}

/** A region with those around it, from the province down. */
export function path(regions, region) {
  return region.parent === null ? [region] : [...path(regions, regions.get(region.parent)), region];
}

const OF_COUNTS = ["at_least", "known", "of", "conflicts", "status"];
const OF_SHARES = ["numerator", "denominator", "conflicts", "status"];

/** The measures of a year: (row of an office, measure) → what it comes to, or why there is nothing. */
export async function year(number) {
  const listed = await pages(`compare/${number}`);
  const place = new Map(); // from the row of an office to that of its report
  for (const [first, length] of listed.flatMap(({ rows }) => rows)) {
    for (let row = first; row < first + length; row += 1) place.set(row, place.size);
  }
  const known = new Map();
  const columns = ({ measure, share }) => {
    if (!known.has(measure)) {
      const names = share ? OF_SHARES : OF_COUNTS;
      known.set(measure, Object.fromEntries(names.map((name) => [name, listed.flatMap((page) => column(page, measure, name))])));
    }
    return known.get(measure);
  };
  return (row, measure) => {
    const at = place.get(row);
    if (at === undefined) return { gap: "not_collected" };
    const read = columns(measure);
    const [status, conflicts] = [read.status[at], read.conflicts[at]];
    if (status === null) return { gap: "not_in_form" };
    if (!measure.share) return { at_least: read.at_least[at], known: read.known[at], of: read.of[at], conflicts, status };
    const [numerator, denominator] = [read.numerator[at], read.denominator[at]];
    return { numerator, denominator, known: Number(numerator !== null && denominator !== null), of: 1, conflicts, status };
  };
}

/** A column of one page in full: it is a list, or as another column, or mostly the same; null where there is none. */
function column(page, measure, name) {
  const told = page.measures[measure]?.[name];
  if (Array.isArray(told)) return told;
  if (told && "column" in told) return column(page, told.measure, told.column);
  const length = page.rows.reduce((sum, [, count]) => sum + count, 0);
  const values = new Array(length).fill(told ? told.most : null);
  for (const [row, other] of told?.others ?? []) values[row] = other;
  return values;
}

// ---- Sums and words

/** The exact sum of amounts that are whole numbers, or digits where a number of the browser would be rounded. */
export function total(amounts) {
  if (!amounts.length) return null;
  const plain = amounts.reduce((sum, one) => (typeof one === "number" ? sum + one : NaN), 0);
  if (Number.isSafeInteger(plain)) return plain;
  const parts = amounts.map((one) => String(one).split("."));
  const places = Math.max(...parts.map(([, fraction = ""]) => fraction.length));
  const scaled = parts.reduce((sum, [whole, fraction = ""]) => sum + BigInt(whole + fraction.padEnd(places, "0")), 0n);
  const digits = String(scaled).padStart(places + 1, "0");
  return places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
}

/** One measure over several reports: what there is, and what it lacks. Offices without a report are no part of it. */
export function sum(cells, measure, trust) {
  const reports = cells.filter((cell) => cell.gap !== "not_collected");
  const parts = reports.filter((cell) => !cell.gap);
  if (!parts.length) return { gap: reports.length ? "not_in_form" : "not_collected" };
  const worst = (a, b) => (trust.get(a) >= trust.get(b) ? a : b);
  const whole = {
    known: parts.filter((one) => one.known === one.of).length,
    of: reports.length,
    conflicts: parts.filter((one) => one.conflicts > 0).length,
    status: parts.map((one) => one.status).reduce(worst, parts.length < reports.length ? "absent" : "printed"),
  };
  if (!measure.share) return { at_least: total(parts.map((one) => one.at_least).filter((one) => one !== null)), ...whole };
  const both = parts.filter((one) => one.known);
  return { numerator: total(both.map((one) => one.numerator)), denominator: total(both.map((one) => one.denominator)), ...whole };
}

/** The number that a cell stands for, for sorting; null where there is none, which is never 0. */
export function amount(cell) {
  if (cell.gap || cell.known < cell.of) return null;
  if (!("numerator" in cell)) return Number(cell.at_least);
  const [part, whole] = [Number(cell.numerator), Number(cell.denominator)];
  return whole && part <= whole ? part / whole : null;
}

/** A cell in words: the sign of its status, its digits, what it lacks, and whether its denominator is small. */
export function words(cell, measure, unit, signs) {
  if (cell.gap) return { sign: signs.get(cell.gap).sign, status: cell.gap, digits: "", lacks: "" };
  const digits = measure.share ? ratio(cell) : count(cell);
  const lacks = unit === "份" || (cell.of > 1 && digits) ? gaps(cell, unit) : "";
  const small = measure.share && digits !== "" && Number(cell.denominator) < measure.minimum_n;
  const silent = lacks || (cell.status === "printed" && digits);
  // A printed number that is no count, such as a negative one, has a status and still nothing to add up.
  const status = cell.status === "printed" && !digits ? "unusable" : cell.status;
  return { sign: silent ? "" : signs.get(status).sign, status, digits, lacks, small };
}

function count({ at_least: least, known, of, conflicts }) {
  return least === null ? "" : (known < of && !conflicts ? "≥ " : "") + least;
}

function ratio(cell) {
  const { numerator, denominator } = cell;
  if (numerator === null || denominator === null) return "";
  if (cell.known < cell.of) return `${numerator}/${denominator}`;
  if (amount(cell) === null) return `不能相除（${numerator}/${denominator}）`;
  return `${percent(Number(numerator), Number(denominator))}（${numerator}/${denominator}）`;
}

const percent = (part, whole) => `${(Math.round(part * 1000 / whole) / 10).toFixed(1)}%`;

function gaps({ known, of, conflicts }, unit) {
  const missing = known < of ? `${of} ${unit}中 ${known} ${unit}有数` : "";
  const doubtful = conflicts ? `${conflicts} ${unit}勾稽不符` : "";
  return [missing, doubtful].filter(Boolean).join("；");
}

/** Offices in order of one column: numbers by value, then each kind of gap; where equal, in the order given. */
export function sorted(offices, cellOf, descending, trust) {
  const keyed = offices.map((office) => {
    const cell = cellOf(office);
    return { office, number: amount(cell), gap: gapOrder(cell, trust) };
  });
  const direction = descending ? -1 : 1;
  keyed.sort((a, b) => a.gap - b.gap || (a.gap ? 0 : direction * (a.number - b.number)) || a.office.row - b.office.row);
  return keyed.map(({ office }) => office);
}

/** 0 for a number; then incomplete sums, shares that cannot be divided, gaps by status, no such row, no report. */
function gapOrder(cell, trust) {
  if (amount(cell) !== null) return 0;
  if (cell.gap) return 4 + trust.size + Number(cell.gap === "not_collected");
  if (cell.at_least != null) return 1;
  return cell.known ? 2 : 3 + trust.get(cell.status);
}

/**
 * Offices by region of one level, regions in their own order; those that belong to none below go to the one above.
 * Regions are named from the province down, without the first `said` of them.
 */
export function grouped(offices, level, said) {
  const depth = LEVELS.indexOf(level);
  const nameOf = (around) => groupName(around.slice(0, depth + 1).map(({ name }) => name), said, around.length > depth);
  const groups = new Map();
  for (const { path: around } of [...offices].sort((a, b) => a.row - b.row)) groups.set(nameOf(around), []);
  for (const office of offices) groups.get(nameOf(office.path)).push(office);
  return groups;
}

function groupName(names, said, whole) {
  if (!names.length) return "不属于任何地区";
  return names.slice(Math.min(said, names.length - 1)).join(" ") + (whole ? "" : "本级");
}

// ---- Files

/** The table in view as CSV: a line for each office, in the order shown, and no sums. */
export function csv(offices, shown, cellOf, data) {
  const named = (text) => data.guarded.get(text) ?? text;
  const head = ["office", "name", "kind", ...LEVELS].map((name) => data.titles[name]);
  for (const { measure, year: number } of shown) {
    const fields = measure.share ? ["value", "numerator", "denominator", "status"] : ["value", "at_least", "status"];
    const unit = measure.share ? "" : `（${measure.unit}）`;
    head.push(...[...fields.map((name) => data.titles[name]), "说明"].map((title) => `${measure.label} ${number} 年${unit} ${title}`));
  }
  const lines = offices.map((office) => [
    office.id, named(office.name), office.kind, ...LEVELS.map((_, depth) => named(office.path[depth]?.name ?? "")),
    ...shown.flatMap((column) => written(cellOf(office, column), column.measure, data.sign)),
  ]);
  return `\ufeff${[head, ...lines].map((line) => `${line.map(quoted).join(",")}\r\n`).join("")}`;
}

function written(cell, measure, signs) {
  const { lacks, small } = words(cell, measure, "格", signs);
  const known = amount(cell) !== null;
  const sign = signs.get(cell.gap ?? cell.status).sign;
  if (!measure.share) return [known ? cell.at_least : "", cell.at_least ?? "", sign, lacks];
  const { numerator, denominator } = cell;
  return [known ? percent(Number(numerator), Number(denominator)) : "", numerator ?? "", denominator ?? "", sign, small ? "分母小" : ""];
}

const quoted = (field) => (/[",\r\n]|^\s|\s$/.test(field) ? `"${String(field).replaceAll('"', '""')}"` : String(field));
