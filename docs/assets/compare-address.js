// A comparison as an address: what a reader chose is in it, and nowhere else.

import { LEVELS } from "./compare-data.js";

/**
 * What an address may hold, and what stands for nothing chosen. hooks/disclosure/render/comparison.py makes addresses with
 * these names; tests hold the two together.
 */
export const DEFAULT = { region: "", kind: "", q: "", years: [], measures: [], sort: "", order: "", group: "", pick: [], only: "" };

export const MOST_MEASURES = 8;
export const MOST_PICKED = 100;
const LONGEST_NAME = 100;
const MOST_TOLD = 10; // of what an address holds that is not known

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** The choice that an address holds, and sentences on what in it was not taken over. */
export function choice(query, data) {
  const params = new URLSearchParams(query);
  const ignored = [...params.keys()].filter((name) => !(name in DEFAULT)).map((name) => `${name}=${params.get(name)}`);
  const remarks = [];
  const listed = (name, known, most, unit) => {
    const given = [...new Set((params.get(name) ?? "").split(",").filter(Boolean))];
    const kept = given.filter((one) => known(one));
    ignored.push(...given.filter((one) => !known(one)).map((one) => `${name}=${one}`));
    if (kept.length > most) remarks.push(`一次最多选 ${most} ${unit}，只列前 ${most} ${unit}。`);
    return kept.slice(0, most);
  };
  const one = (name, known) => {
    const given = params.get(name) ?? "";
    if (given && !known(given)) ignored.push(`${name}=${given}`);
    return given && known(given) ? given : "";
  };
  const years = data.years.map((told) => String(told.year));
  const state = {
    region: one("region", (code) => data.regionAt.has(code)),
    kind: one("kind", (kind) => data.kinds.includes(kind)),
    q: (params.get("q") ?? "").slice(0, LONGEST_NAME),
    years: listed("years", (number) => years.includes(number), years.length, "年"),
    measures: listed("measures", (id) => data.measure.has(id), MOST_MEASURES, "项指标"),
    group: one("group", (group) => group === "kind" || LEVELS.includes(group)),
    pick: listed("pick", (id) => data.rowOf.has(id), MOST_PICKED, "个机关"),
    only: one("only", (only) => only === "1"),
  };
  if (!state.years.length) state.years = [String(data.first_year)];
  if (!state.measures.length) state.measures = data.first_measures;
  if (!state.pick.length) state.only = "";
  const keys = ["name", ...columns(state, data).map(({ key }) => key)];
  const order = { sort: one("sort", (key) => keys.includes(key)), order: one("order", (word) => word === "desc") };
  if (ignored.length) remarks.unshift(`地址里有本站不认识的内容，已略去：${told(ignored)}。`);
  return { state: { ...state, ...order }, remarks };
}

function told(ignored) {
  const some = ignored.slice(0, MOST_TOLD).map((text) => text.slice(0, LONGEST_NAME).replace(INVISIBLE, "\ufffd"));
  return some.join("，") + (ignored.length > MOST_TOLD ? ` 等 ${ignored.length} 处` : "");
}

/** A choice as the query of an address: years and measures always, the rest where it was chosen. */
export function address(state) {
  const entries = Object.keys(DEFAULT).map((name) => [name, [state[name]].flat().join(",")]);
  return `?${new URLSearchParams(entries.filter(([, text]) => text))}`.replaceAll("%2C", ",");
}

/** The columns of a choice: each measure in each year, oldest first. */
export function columns(state, data) {
  const years = [...state.years].sort();
  return state.measures.map((id) => data.measure.get(id))
    .flatMap((measure) => years.map((year) => ({ key: `${measure.measure}-${year}`, measure, year })));
}
