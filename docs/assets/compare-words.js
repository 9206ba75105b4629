// Sums over offices, cells in words, and a file of them.
//
// Sums are made by the rules of hooks/disclosure/tallies.py and worded as by hooks/disclosure/render/words.py; tests hold
// them to both.

import { LEVELS, placeNames } from "./compare-data.js";

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

/** One measure over the reports of offices: what there is, and what it lacks. Offices without a report are no part of it. */
export function sum(column, rows, trust) {
  const names = Object.keys(column.amounts);
  const amounts = names.map(() => []);
  const told = { known: 0, of: 0, conflicts: 0, status: "printed" };
  let lacking = true; // no report has the measure
  for (const row of rows) {
    const cell = column.cell(row);
    if (cell.gap === "not_collected") continue;
    told.of += 1;
    const status = cell.status ?? "absent";
    if (trust.get(status) > trust.get(told.status)) told.status = status;
    if (cell.gap) continue;
    lacking = false;
    const whole = cell.known === cell.of;
    told.known += Number(whole);
    told.conflicts += Number(cell.conflicts > 0);
    // A share adds up those reports alone that have both; of a count, an incomplete one adds what it has.
    if (whole || cell.at_least != null) names.forEach((name, at) => amounts[at].push(cell[name]));
  }
  if (lacking) return { gap: told.of ? "not_in_form" : "not_collected" };
  return { ...Object.fromEntries(names.map((name, at) => [name, total(amounts[at])])), ...told };
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
  if (cell.gap) return { sign: signs.get(cell.gap).sign, status: cell.gap, digits: "", lacks: "", small: false };
  const digits = measure.share ? ratio(cell) : count(cell);
  const lacks = unit === "份" || (cell.of > 1 && digits) ? gaps(cell, unit) : "";
  const small = measure.share && digits !== "" && Number(cell.denominator) > 0 && Number(cell.denominator) < measure.minimum_n;
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
  if (amount(cell) === null) return `${Number(denominator) ? "分子大于分母" : "分母为 0"}（${numerator}/${denominator}）`;
  return `${percent(Number(numerator), Number(denominator))}（${numerator}/${denominator}）`;
}

const percent = (part, whole) => `${(Math.round(part * 1000 / whole) / 10).toFixed(1)}%`;

function gaps({ known, of, conflicts }, unit) {
  const missing = known < of ? `${of} ${unit}中 ${known} ${unit}有数` : "";
  const doubtful = conflicts ? `${conflicts} ${unit}勾稽不符` : "";
  return [missing, doubtful].filter(Boolean).join("；");
}

/** A sum in words, with the offices that have no report, and are no part of it. */
export function sumWords(column, measure, rows, data) {
  const whole = sum(column, rows, data.trust);
  const told = words(whole, measure, "份", data.sign);
  const some = whole.of < rows.length ? `${rows.length} 个机关中收录 ${whole.of} 份` : "";
  return { ...told, lacks: [some, told.lacks].filter(Boolean).join("；") };
}

// ---- Files

/** What a measure of a year is called in the head of a file and in a sentence. */
export const columnName = ({ measure, year }) => `${measure.label} ${year} 年`;

/** The table in view as CSV: a line for each office, in the order shown, and no sums. */
export function csv(rows, columns, data) {
  const named = (text) => data.guarded.get(text) ?? text;
  const head = ["office", "name", "kind", ...LEVELS].map((name) => data.titles[name]);
  for (const column of columns) {
    const fields = column.measure.share ? ["value", "numerator", "denominator", "status"] : ["value", "at_least", "status"];
    const unit = column.measure.share ? "" : `（${column.measure.unit}）`;
    head.push(...[...fields.map((name) => data.titles[name]), "说明"].map((title) => `${columnName(column)}${unit} ${title}`));
  }
  const lines = rows.map((row) => {
    const places = placeNames(data, data.region[row]);
    return [
      data.ids[row], named(data.names[row]), data.kinds[data.kind[row]], ...LEVELS.map((_, depth) => named(places[depth] ?? "")),
      ...columns.flatMap(({ measure, values }) => written(values.cell(row), measure, data.sign)),
    ];
  });
  return `\ufeff${[head, ...lines].map((line) => `${line.map(quoted).join(",")}\r\n`).join("")}`;
}

function written(cell, measure, signs) {
  const { lacks, small, status } = words(cell, measure, "格", signs);
  const known = amount(cell) !== null;
  const { sign } = signs.get(status);
  if (!measure.share) return [known ? cell.at_least : "", cell.at_least ?? "", sign, lacks];
  const { numerator, denominator } = cell;
  return [known ? percent(Number(numerator), Number(denominator)) : "", numerator ?? "", denominator ?? "", sign, small ? "分母小" : ""];
}

const quoted = (field) => (/[",\r\n]|^\s|\s$/.test(field) ? `"${String(field).replaceAll('"', '""')}"` : String(field));
