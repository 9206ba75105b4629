// Which offices a choice lists, in which order, and in which groups. An office is its row in the list of offices.

import { LEVELS, path, placeNames } from "./compare-data.js";
import { amount } from "./compare-words.js";

/** The conditions that a choice makes, each as a test of the row of an office, and how to do without it, in words and as a choice. */
export function conditions(state, data) {
  const made = [];
  if (state.only) {
    const picked = new Set(state.pick);
    made.push({ without: "不限选取的机关", empty: { only: "" }, fits: (row) => picked.has(data.ids[row]) });
  }
  if (state.kind) {
    const kind = data.kinds.indexOf(state.kind);
    made.push({ without: `不限类别“${state.kind}”`, empty: { kind: "" }, fits: (row) => data.kind[row] === kind });
  }
  if (state.region) {
    const around = inside(data, data.regionAt.get(state.region));
    const name = placeNames(data, data.regionAt.get(state.region)).join("");
    made.push({ without: `不限地区“${name}”`, empty: { region: "" }, fits: (row) => around[data.region[row]] === 1 });
  }
  const words = state.q.trim().split(/\s+/u).filter(Boolean);
  if (words.length) {
    const named = words.map((word) => matching(data, word));
    made.push({
      without: `去掉“${words.join(" ")}”`,
      empty: { q: "" },
      fits: (row) => words.every((word, at) => data.names[row].includes(word) || named[at][data.region[row]] === 1),
    });
  }
  return made;
}

/** The regions within one, which is within itself: 1 at their places. */
function inside(data, whole) {
  const found = new Uint8Array(data.regions.length);
  data.regions.forEach((_, at) => {
    for (let around = at; around >= 0 && !found[at]; around = data.parents[around]) found[at] = Number(around === whole);
  });
  return found;
}

/** The regions that have a word in their name, or lie within one that has: 1 at their places. */
function matching(data, word) {
  const found = new Uint8Array(data.regions.length);
  data.regions.forEach((_, at) => {
    for (let around = at; around >= 0 && !found[at]; around = data.parents[around]) {
      found[at] = Number(data.regions[around].name.includes(word));
    }
  });
  return found;
}

/** The rows that fulfil these conditions, in the order of their place. */
export function fitting(data, asked) {
  const rows = [];
  for (let row = 0; row < data.ids.length; row += 1) if (asked.every(({ fits }) => fits(row))) rows.push(row);
  return rows;
}

// ---- Order

/** Rows in the order of one column: numbers by value, then each kind of gap; where equal, in the order given. */
export function sorted(rows, column, descending, trust) {
  const [numbers, gaps] = [new Map(), []]; // equal ones stand together: most counts are small
  for (const row of rows) {
    const cell = column.cell(row);
    const number = amount(cell);
    if (number === null) (gaps[gapOrder(cell, trust)] ??= []).push(row);
    else if (numbers.has(number)) numbers.get(number).push(row);
    else numbers.set(number, [row]);
  }
  const values = Float64Array.from(numbers.keys()).sort();
  if (descending) values.reverse();
  return [Array.from(values, (value) => numbers.get(value)).flat(), gaps.flat()].flat();
}

/** From 0: incomplete sums, then shares that cannot be divided, gaps by status, no such row, no report. */
function gapOrder(cell, trust) {
  if (cell.gap) return 2 + trust.size + Number(cell.gap === "not_collected");
  if (cell.at_least != null) return 0;
  return cell.known ? 1 : 2 + trust.get(cell.status);
}

const ranked = new WeakMap();

/** Rows in the order of their names; where equal, in the order of their place. */
export function sortedByName(rows, names, descending) {
  if (!ranked.has(names)) ranked.set(names, ranks(names));
  const rank = ranked.get(names);
  const direction = descending ? -1 : 1;
  return [...rows].sort((a, b) => direction * (rank[a] - rank[b]) || a - b);
}

/** The rank of every name in the browser's order of Chinese, equal for equal names. */
function ranks(names) {
  const { compare } = new Intl.Collator("zh-CN");
  const order = [...names.keys()].sort((a, b) => compare(names[a], names[b]));
  const rank = new Int32Array(names.length);
  order.forEach((row, at) => {
    const before = order[at - 1];
    rank[row] = at && !compare(names[row], names[before]) ? rank[before] : at;
  });
  return rank;
}

// ---- Groups

/**
 * Rows by kind or by region of one level, groups in the order of their place. Offices that belong to no region of the level
 * go to the one above.
 */
export function grouped(rows, group, data) {
  const depth = LEVELS.indexOf(group);
  const at = data.regions.map((_, region) => {
    const around = path(data, region);
    return data.regionAt.get(around[Math.min(depth, around.length - 1)]?.code);
  });
  const keyOf = group === "kind" ? (row) => data.kind[row] : (row) => at[data.region[row]] ?? -1;
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (groups.has(key)) groups.get(key).push(row);
    else groups.set(key, [row]);
  }
  const first = (members) => (group === "kind" ? keyOf(members[0]) : members.reduce((least, row) => Math.min(least, row)));
  return [...groups].map(([key, members]) => ({ key, rows: members, first: first(members) })).sort((a, b) => a.first - b.first);
}

/** What a group is called: regions from the province down, without the first ``said`` of them. */
export function groupName(group, key, data, said) {
  if (group === "kind") return data.kinds[key];
  const names = placeNames(data, key);
  if (!names.length) return "不属于任何地区";
  return names.slice(Math.min(said, names.length - 1)).join(" ") + (names.length > LEVELS.indexOf(group) ? "" : "本级");
}
