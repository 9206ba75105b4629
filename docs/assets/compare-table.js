// Draws the table of a comparison: what is in sight at once, the rest when the browser has time for it.
// Text goes into the page as text only, never as markup.

import { LEVELS, path } from "./compare-data.js";
import { columnName, sumWords, words } from "./compare-words.js";
import { groupName } from "./compare-view.js";

const SITE = new URL("../", import.meta.url);
const CELLS = 40; // at once: about what a phone lays out in a twentieth of a second
const ROWS = { least: 4, most: 10 }; // at once, which fill most of the screen of a phone
const STEP = 100; // rows before a reader has to ask for more, and then each time

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, given] of Object.entries(properties)) {
    if (key in made) made[key] = given;
    else made.setAttribute(key, given);
  }
  made.append(...children);
  return made;
}

/** Run something soon, but after what was drawn is shown. */
const later = (work) => requestAnimationFrame(() => setTimeout(work));

/** A view in lines: each group begins with its sum, given as ``{ key, rows }``; an office is its row. */
function* lines(view) {
  for (const group of view.groups) {
    if (group.key !== null) yield group;
    yield* group.rows;
  }
}

/**
 * Draw views into a table and the notes below it. ``more`` is the button for further rows.
 *
 * A view has ``state`` (a choice), ``rows`` in their order, ``groups`` ([{ key, rows }]; a key of null: all), ``columns``
 * ({ key, measure, year, values }) and ``around`` (the regions of the choice).
 */
export function drawer(data, table, notes, more) {
  const [before, after] = data.office_page.split("{office}");
  const [page, anchor] = [new URL(before, SITE).href, after];
  let view = null;
  let rest = null; // the lines that are not drawn yet
  let drawn = 0; // offices
  let wanted = 0;
  let signs = new Set();
  let said = "";

  /** How many rows to draw at once. */
  const some = () => Math.max(ROWS.least, Math.min(ROWS.most, Math.floor(CELLS / view.columns.length)));

  const officePage = (row, year) => page + data.ids[row] + anchor.replace("{year}", year);

  function draw(given) {
    const focused = table.contains(document.activeElement) ? document.activeElement.dataset.sort ?? "name" : null;
    view = given;
    rest = lines(view);
    signs = new Set();
    drawn = 0;
    wanted = STEP;
    table.parentElement.hidden = !view.rows.length; // an empty box would be a stop for the keyboard
    if (view.rows.length) {
      table.replaceChildren(caption(), head(), element("tbody", {}, sumRow("合计", view.rows)));
      drawRows(some());
    } else table.replaceChildren();
    drawRest();
    if (focused) (table.querySelector(`[data-sort="${focused}"]`) ?? table.querySelector("button"))?.focus();
  }

  /** As many offices as were asked for, a few at a time, so that the page answers in between. */
  function drawRest() {
    const left = view.rows.length - Math.min(wanted, view.rows.length);
    more.hidden = !left;
    more.textContent = `再列 ${Math.min(STEP, left)} 行（还有 ${left} 行）`;
    drawNotes();
    const mine = view;
    const go = () => {
      if (mine !== view) return;
      drawRows(Math.min(some(), wanted - drawn));
      drawNotes();
      if (drawn < Math.min(wanted, view.rows.length)) later(go);
    };
    if (drawn < Math.min(wanted, view.rows.length)) later(go);
  }

  function drawMore() {
    const first = drawn;
    wanted += STEP;
    drawRows(some());
    table.querySelectorAll("tbody th a")[first]?.focus();
    drawRest();
  }

  function drawRows(count) {
    const until = drawn + count;
    let body = table.tBodies[table.tBodies.length - 1];
    let made = [];
    while (drawn < until) {
      const { value: line, done } = rest.next();
      if (done) break;
      if (typeof line === "object") {
        body.append(...made);
        made = [];
        body = table.appendChild(element("tbody", {}, sumRow(groupName(view.state.group, line.key, data, view.around.length), line.rows)));
      } else {
        made.push(officeRow(line));
        drawn += 1;
      }
    }
    body.append(...made);
  }

  // ---- Head

  function caption() {
    const { sort, kind } = view.state;
    const place = view.around.map(({ name }) => name).join("");
    const told = `${place}${kind || "各机关"}比较${sort ? "" : "：按行政区划代码排列，不作排名"}`;
    return element("caption", {}, element("span", { textContent: told }));
  }

  function head() {
    const { order, measures } = view.state;
    const heads = view.columns.map(({ key, measure, year }, at) => {
      const unit = measure.share ? "" : `，${measure.unit}`;
      const label = [measure.label, element("span", { className: "small", textContent: `${year} 年${unit}` })];
      const first = view.columns[at - 1]?.measure !== measure;
      const way = order ? ["descending", "由大到小"] : ["ascending", "由小到大"];
      return columnHead(key, "number", label, way, first && measures.length > 1 ? [removal(measure)] : []);
    });
    const byName = order ? ["descending", "按名称倒序"] : ["ascending", "按名称"];
    return element("thead", {}, element("tr", {}, columnHead("name", "", ["机关"], byName, []), ...heads));
  }

  function columnHead(key, className, label, [way, words], further) {
    const button = element("button", { type: "button", className: "compare-sort" }, ...label);
    button.dataset.sort = key;
    if (view.state.sort !== key) return element("th", { scope: "col", className }, button, ...further);
    const told = element("span", { className: "compare-way", textContent: words });
    return element("th", { scope: "col", className, "aria-sort": way }, button, told, ...further);
  }

  function removal({ measure, label }) {
    const properties = { type: "button", className: "compare-remove", textContent: "移去", "aria-label": `移去“${label}”` };
    const button = element("button", properties);
    button.dataset.remove = measure;
    return button;
  }

  // ---- Rows

  function sumRow(name, rows) {
    const heading = element("th", { scope: "row" }, name, element("span", { className: "small", textContent: `${rows.length} 个机关` }));
    const cells = view.columns.map(({ measure, values }) => cellElement(sumWords(values, measure, rows, data), null));
    return element("tr", { className: "total" }, heading, ...cells);
  }

  function officeRow(row) {
    const { pick, years, region, group } = view.state;
    const name = data.names[row];
    const checked = pick.includes(data.ids[row]);
    const box = element("input", { type: "checkbox", checked, "aria-label": `选取${name}` });
    box.dataset.pick = data.ids[row];
    const around = path(data, data.region[row]);
    const place = around.at(-1);
    const known = !place || place.code === region || LEVELS.indexOf(group) + 1 >= around.length || name.includes(place.name);
    const link = element("a", { href: officePage(row, Math.max(...years)) }, element("bdi", { textContent: name }));
    const small = known ? [] : [element("span", { className: "small", textContent: place.name })];
    const cells = view.columns.map(({ measure, year, values }) => (
      cellElement(words(values.cell(row), measure, "格", data.sign), officePage(row, year))
    ));
    const heading = element("th", { scope: "row" }, element("label", { className: "compare-pick" }, box), link, ...small);
    return element("tr", { className: checked ? "compare-marked" : "" }, heading, ...cells);
  }

  function cellElement({ sign, status, digits, lacks, small }, href) {
    const cell = element("td", { className: `number${small ? " compare-little" : ""}` });
    if (sign) cell.append(element("span", { className: data.trust.has(status) ? `mark mark-${status}` : "missing", textContent: sign }));
    if (sign) signs.add(status);
    if (digits) cell.append(href ? element("a", { href, className: "figure", textContent: digits }) : digits);
    if (lacks) cell.append(element("span", { className: "small", textContent: `（${lacks}）` }));
    if (small) cell.append(element("span", { className: "small", textContent: "分母小" }));
    return cell;
  }

  // ---- Notes

  /** What a reader has to know about the columns: breaks, caveats, small denominators, signs. */
  function drawNotes() {
    const years = view.state.years.map(Number);
    const breaks = data.series_breaks.filter((one) => Math.min(...years) < one.year && Math.max(...years) >= one.year);
    const measures = view.state.measures.map((id) => data.measure.get(id));
    const least = measures.find((one) => one.share)?.minimum_n;
    const told = [
      ...breaks.map((one) => `${one.year} 年起${one.change}`),
      ...measures.filter((one) => one.caveat).map((one) => `${one.label}：${one.caveat}`),
      ...(least ? [`比值后面的括号里是分子和分母。分母小于 ${least} 的写“分母小”，字色较淡：多一件少一件，比值就会变很多。`] : []),
      data.sums_note,
      ...[...data.sign].filter(([word]) => signs.has(word)).map(([, { sign, meaning }]) => `${sign}：${meaning}`),
    ];
    const shown = view.rows.length ? told : [];
    if (shown.join("\n") === said) return;
    said = shown.join("\n");
    notes.replaceChildren(...shown.map((line) => element("li", { textContent: line })));
  }

  /** The table disappears with its notes. */
  function clear() {
    view = null;
    said = "";
    table.parentElement.hidden = true;
    table.replaceChildren();
    notes.replaceChildren();
    more.hidden = true;
  }

  return { draw, drawMore, clear };
}

/** The sentence that says in which order the rows stand. */
export function orderTold({ state, columns }) {
  if (!state.sort) return "";
  if (state.sort === "name") return `，按名称${state.order ? "倒序" : ""}排列`;
  const column = columns.find(({ key }) => key === state.sort);
  return `，按“${columnName(column)}”${state.order ? "由大到小" : "由小到大"}排列`;
}
