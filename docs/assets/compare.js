// The page that compares offices. Text goes into the page as text only, never as markup.

import { LEVELS, choices, csv, grouped, path, sorted, sum, words, year } from "./compare-data.js";

const SITE = new URL("../", import.meta.url);
const MOST_MEASURES = 8;
const FIRST = 50; // rows at once: laying out more would keep a slow phone busy
const STEP = 100;

// ---- The address

const DEFAULT = { region: "", kind: "", q: "", years: [], measures: [], sort: "", order: "", group: "", pick: [], only: "" };

/** The choice that an address holds, and what in it is not known here. */
export function choice(query, data) {
  const params = new URLSearchParams(query);
  const ignored = [...params.keys()].filter((name) => !(name in DEFAULT)).map((name) => `${name}=${params.get(name)}`);
  const listed = (name, known, most = Infinity) => {
    const given = [...new Set((params.get(name) ?? "").split(",").filter(Boolean))];
    const kept = given.filter((one) => known(one)).slice(0, most);
    ignored.push(...given.filter((one) => !kept.includes(one)).map((one) => `${name}=${one}`));
    return kept;
  };
  const one = (name, known) => {
    const given = params.get(name) ?? "";
    if (given && !known(given)) ignored.push(`${name}=${given}`);
    return given && known(given) ? given : "";
  };
  const years = data.years.map((told) => String(told.year));
  const state = {
    region: one("region", (code) => data.regions.has(code)),
    kind: one("kind", (kind) => data.kinds.includes(kind)),
    q: (params.get("q") ?? "").slice(0, 100),
    years: listed("years", (number) => years.includes(number)),
    measures: listed("measures", (id) => data.measure.has(id), MOST_MEASURES),
    group: one("group", (level) => LEVELS.includes(level)),
    pick: listed("pick", (id) => data.office.has(id)),
    only: one("only", (only) => only === "1"),
  };
  if (!state.years.length) state.years = [String(data.first_year)];
  if (!state.measures.length) state.measures = data.first_measures;
  const keys = ["name", ...columns(state, data).map(({ key }) => key)];
  return { state: { ...state, sort: one("sort", (key) => keys.includes(key)), order: one("order", (word) => word === "desc") }, ignored };
}

/** A choice as the query of an address: years and measures always, the rest where it was chosen. */
export function address(state) {
  const entries = Object.keys(DEFAULT).map((name) => [name, [state[name]].flat().join(",")]);
  return `?${new URLSearchParams(entries.filter(([, text]) => text))}`.replaceAll("%2C", ",");
}

/** The columns of a choice: each measure in each year, oldest first. */
function columns(state, data) {
  const years = [...state.years].sort();
  return state.measures.map((id) => data.measure.get(id))
    .flatMap((measure) => years.map((number) => ({ key: `${measure.measure}-${number}`, measure, year: number })));
}

// ---- What is shown

/** The offices of a choice, in its order. */
function chosen(state, data, cellOf) {
  const picked = new Set(state.pick);
  const words = state.q.trim().split(/\s+/u).filter(Boolean);
  const offices = data.offices.filter((office) => (!state.only || picked.has(office.id))
    && (!state.kind || office.kind === state.kind)
    && (!state.region || office.path.some((region) => region.code === state.region))
    && words.every((word) => office.name.includes(word)));
  if (state.sort === "name") {
    const { compare } = new Intl.Collator("zh-CN");
    const direction = state.order ? -1 : 1;
    return [...offices].sort((a, b) => direction * compare(a.name, b.name) || a.row - b.row);
  }
  const column = columns(state, data).find(({ key }) => key === state.sort);
  return column ? sorted(offices, (office) => cellOf(office, column), Boolean(state.order), data.trust) : offices;
}

// ---- The page

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, given] of Object.entries(properties)) {
    if (key in made) made[key] = given;
    else made.setAttribute(key, given);
  }
  made.append(...children);
  return made;
}

function start(form) {
  const byId = (name) => document.getElementById(`compare-${name}`);
  const [status, table, more, notes, actions] = ["status", "table", "more", "notes", "actions"].map(byId);
  const controls = form.elements;
  let data = null;
  let state = null;
  let turn = 0;
  let view = null; // the offices, the columns and the cells that are shown
  let typing = 0;

  function option(text, chosenValue) {
    return element("option", { value: chosenValue, textContent: text });
  }

  function checkbox(name, chosenValue, label) {
    return element("label", { className: "compare-check" }, element("input", { type: "checkbox", name, value: chosenValue }), ` ${label}`);
  }

  /** The controls that the data decide, made once. */
  function prepare() {
    controls.kind.append(option("全部类别", ""), ...data.kinds.map((kind) => option(kind, kind)));
    byId("years").append(...data.years.map(({ year: number }) => checkbox("years", number, `${number} 年`)));
    const groups = { main: (one) => one.main, share: (one) => one.share, further: (one) => !one.main && !one.share };
    for (const [name, fits] of Object.entries(groups)) {
      byId(name).append(...data.measures.filter(fits).map((one) => checkbox("measures", one.measure, one.label)));
    }
    form.hidden = false;
  }

  /** Every control as the choice has it. */
  function synchronise() {
    const around = chosenPath();
    LEVELS.forEach((level, depth) => {
      const above = depth ? around[depth - 1]?.code : null;
      const inside = above === undefined ? [] : [...data.regions.values()].filter(({ parent }) => parent === above);
      controls[level].replaceChildren(option("全部", ""), ...inside.map(({ code, name }) => option(name, code)));
      controls[level].value = around[depth]?.code ?? "";
      controls[level].disabled = !inside.length;
    });
    for (const name of ["kind", "q", "group"]) if (controls[name].value !== state[name]) controls[name].value = state[name];
    const full = state.measures.length >= MOST_MEASURES;
    for (const box of form.querySelectorAll("[type=checkbox]")) {
      box.checked = state[box.name].includes(box.value);
      box.disabled = box.name === "measures" && full && !box.checked;
    }
    byId("measures").textContent = `指标：已选 ${state.measures.length} 项，最多 ${MOST_MEASURES} 项`;
  }

  /** The choice as the controls have it. */
  function fromControls() {
    const checked = (name) => [...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value);
    const measures = checked("measures");
    return {
      ...state,
      region: LEVELS.map((level) => controls[level].value).filter(Boolean).at(-1) ?? "",
      kind: controls.kind.value,
      q: controls.q.value,
      group: controls.group.value,
      years: checked("years"),
      // Those that were there stay in their order; a new one comes last.
      measures: [...state.measures.filter((id) => measures.includes(id)), ...measures.filter((id) => !state.measures.includes(id))],
    };
  }

  function choose(changed, write = "pushState") {
    const read = choice(address({ ...state, ...changed }), data);
    state = read.state;
    history[write](null, "", address(state));
    return show([]);
  }

  async function show(ignored) {
    const mine = ++turn;
    synchronise();
    status.textContent = "正在取数……";
    try {
      const told = await Promise.all(state.years.map(year));
      if (mine !== turn) return;
      const years = new Map(state.years.map((number, at) => [number, told[at]]));
      const cellOf = (office, column) => years.get(column.year)(office.row, column.measure);
      view = { offices: chosen(state, data, cellOf), columns: columns(state, data), cellOf };
      draw();
      status.textContent = said(ignored);
    } catch (error) {
      if (mine === turn) failed(error);
    }
  }

  function said(ignored) {
    const count = view.offices.length;
    const rest = ignored.length ? `地址里有本站不认识的内容，已略去：${ignored.join("，")}。` : "";
    if (!count) return `${rest}没有符合条件的机关。可以放宽地区、类别或名称。`;
    return `${rest}共有 ${data.offices.length} 个机关，符合条件的有 ${count} 个。`;
  }

  function failed(error) {
    table.replaceChildren();
    notes.replaceChildren();
    actions.hidden = more.hidden = true;
    status.textContent = "没有取到数据。请检查网络，稍后再试；也可以按年份或按地区查看。";
    console.error(error);
  }

  function draw() {
    const focused = table.contains(document.activeElement) ? document.activeElement.dataset.sort ?? "name" : null;
    const groups = state.group ? [...grouped(view.offices, state.group, chosenPath().length)] : [["", view.offices]];
    view.lines = groups.flatMap(([name, offices]) => [...(name ? [{ name, offices }] : []), ...offices]);
    view.signs = new Set();
    table.replaceChildren(...view.offices.length ? [caption(), head(), element("tbody", {}, sumRow("合计", view.offices))] : []);
    view.at = 0;
    view.drawn = 0;
    drawMore(FIRST);
    drawActions();
    if (focused) (table.querySelector(`[data-sort="${focused}"]`) ?? table.querySelector("button"))?.focus();
  }

  /** The chosen region with those around it. */
  function chosenPath() {
    return state.region ? path(data.regions, data.regions.get(state.region)) : [];
  }

  function caption() {
    const place = chosenPath().map(({ name }) => name).join("");
    return element("caption", { textContent: `${place}${state.kind || "各机关"}比较${state.sort ? "" : "：按行政区划代码排列，不作排名"}` });
  }

  function head() {
    const heads = view.columns.map(({ key, measure, year: number }, at) => {
      const unit = measure.share ? "" : `，${measure.unit}`;
      const label = [measure.label, element("span", { className: "small", textContent: `${number} 年${unit}` })];
      const first = view.columns[at - 1]?.measure !== measure;
      const ways = state.order ? ["descending", "由大到小"] : ["ascending", "由小到大"];
      return columnHead(key, "number", label, ways, first && state.measures.length > 1 ? [removal(measure)] : []);
    });
    const byName = state.order ? ["descending", "按名称倒序"] : ["ascending", "按名称"];
    return element("thead", {}, element("tr", {}, columnHead("name", "", ["机关"], byName, []), ...heads));
  }

  function columnHead(key, className, label, [way, said], further) {
    const button = element("button", { type: "button", className: "compare-sort" }, ...label);
    button.dataset.sort = key;
    if (state.sort !== key) return element("th", { scope: "col", className }, button, ...further);
    const told = element("span", { className: "compare-way", textContent: said });
    return element("th", { scope: "col", className, "aria-sort": way }, button, told, ...further);
  }

  function removal({ measure, label }) {
    const properties = { type: "button", className: "compare-remove", textContent: "移去", "aria-label": `移去“${label}”` };
    const button = element("button", properties);
    button.dataset.remove = measure;
    return button;
  }

  function drawMore(count) {
    const until = view.drawn + count;
    while (view.at < view.lines.length && view.drawn < until) {
      const line = view.lines[view.at++];
      if (line.offices) table.append(element("tbody", {}, sumRow(line.name, line.offices)));
      else {
        table.tBodies[table.tBodies.length - 1].append(officeRow(line));
        view.drawn += 1;
      }
    }
    more.hidden = view.at >= view.lines.length;
    const rest = view.offices.length - view.drawn;
    more.textContent = `再列 ${Math.min(STEP, rest)} 行（还有 ${rest} 行）`;
    drawNotes();
  }

  function sumRow(name, offices) {
    const heading = element("th", { scope: "row" }, name, element("span", { className: "small", textContent: `${offices.length} 个机关` }));
    const cells = view.columns.map((column) => {
      const whole = sum(offices.map((office) => view.cellOf(office, column)), column.measure, data.trust);
      const told = words(whole, column.measure, "份", data.sign);
      const some = whole.of < offices.length ? `${offices.length} 个机关中收录 ${whole.of} 份` : ""; // a sum is over reports
      return cellElement({ ...told, lacks: [some, told.lacks].filter(Boolean).join("；") }, null);
    });
    return element("tr", { className: "total" }, heading, ...cells);
  }

  function officeRow(office) {
    const box = element("input", { type: "checkbox", checked: state.pick.includes(office.id), "aria-label": `选取${office.name}` });
    box.dataset.pick = office.id;
    const latest = Math.max(...state.years);
    const region = office.path.at(-1);
    const said = region?.code === state.region || LEVELS.indexOf(state.group) + 1 >= office.path.length;
    const place = said || office.name.includes(region.name) ? "" : region.name;
    const link = element("a", { href: officePage(office, latest) }, element("bdi", { textContent: office.name }));
    const small = place ? [element("span", { className: "small", textContent: place })] : [];
    const cells = view.columns.map((column) => (
      cellElement(words(view.cellOf(office, column), column.measure, "格", data.sign), officePage(office, column.year))
    ));
    return element("tr", {}, element("th", { scope: "row" }, box, link, ...small), ...cells);
  }

  function officePage(office, number) {
    return new URL(data.office_page.replace("{office}", office.id).replace("{year}", number), SITE).href;
  }

  function cellElement({ sign, status: word, digits, lacks, small }, href) {
    const cell = element("td", { className: `number${small ? " compare-little" : ""}` });
    if (sign) cell.append(element("span", { className: data.trust.has(word) ? `mark mark-${word}` : "missing", textContent: sign }));
    if (sign) view.signs.add(word);
    if (digits) cell.append(href ? element("a", { href, className: "figure", textContent: digits }) : digits);
    if (lacks) cell.append(element("span", { className: "small", textContent: `（${lacks}）` }));
    if (small) cell.append(element("span", { className: "small", textContent: "分母小" }));
    return cell;
  }

  /** What a reader has to know about the columns: breaks, caveats, small denominators, signs. */
  function drawNotes() {
    const years = state.years.map(Number);
    const breaks = data.series_breaks.filter((one) => Math.min(...years) < one.year && Math.max(...years) >= one.year);
    const measures = state.measures.map((id) => data.measure.get(id));
    const least = measures.find((one) => one.share)?.minimum_n;
    const lines = [
      ...breaks.map((one) => `${one.year} 年起${one.change}`),
      ...measures.filter((one) => one.caveat).map((one) => `${one.label}：${one.caveat}`),
      ...(least ? [`比值后面的括号里是分子和分母。分母小于 ${least} 的写“分母小”，字色较淡：多一件少一件，比值就会变很多。`] : []),
      data.sums_note,
      ...[...data.sign].filter(([word]) => view.signs.has(word)).map(([, { sign, meaning }]) => `${sign}：${meaning}`),
    ];
    notes.replaceChildren(...(view.offices.length ? lines : []).map((line) => element("li", { textContent: line })));
  }

  function drawActions() {
    const [first] = state.pick.map((id) => data.office.get(id));
    actions.hidden = false;
    byId("only").hidden = !first;
    byId("only").textContent = state.only ? "列出全部" : `只列所选的 ${state.pick.length} 个`;
    byId("unpick").hidden = byId("kindred").hidden = byId("neighbours").hidden = !first;
    if (first) {
      byId("kindred").textContent = `同类机关（${first.kind}）`;
      byId("neighbours").textContent = `同地区机关（${first.path.at(-1)?.name ?? "全部地区"}）`;
    }
    byId("download").hidden = !view.offices.length;
    byId("download").textContent = `下载所见（CSV，${view.offices.length} 行）`;
  }

  function download() {
    const text = csv(view.offices, view.columns, view.cellOf, data);
    const href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    element("a", { href, download: "阳光年报比较.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  }

  const presses = {
    only: () => choose({ only: state.only ? "" : "1" }),
    unpick: () => choose({ pick: [], only: "" }),
    kindred: () => choose({ kind: data.office.get(state.pick[0]).kind, only: "" }),
    neighbours: () => choose({ region: data.office.get(state.pick[0]).path.at(-1)?.code ?? "", only: "" }),
    reset: () => choose({ ...DEFAULT }),
    download,
  };

  function listen() {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", ({ target }) => {
      if (target.name === "q") return;
      // A region of another level falls when the one above it changes.
      const depth = LEVELS.indexOf(target.name);
      for (const level of depth < 0 ? [] : LEVELS.slice(depth + 1)) controls[level].value = "";
      choose(fromControls());
    });
    controls.q.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => choose(fromControls(), "replaceState"), 200);
    });
    for (const [name, press] of Object.entries(presses)) byId(name).addEventListener("click", press);
    more.addEventListener("click", () => {
      const before = view.drawn;
      drawMore(STEP);
      table.querySelectorAll("tbody th a")[before]?.focus();
    });
    table.addEventListener("click", ({ target }) => {
      const { sort, remove } = target.closest("button")?.dataset ?? {};
      if (sort) choose(state.sort !== sort ? { sort, order: "" } : state.order ? { sort: "", order: "" } : { order: "desc" });
      if (remove) choose({ measures: state.measures.filter((id) => id !== remove) });
    });
    table.addEventListener("change", ({ target: { dataset: { pick }, checked } }) => {
      const kept = state.pick.filter((id) => id !== pick);
      if (state.only) return void choose({ pick: kept, only: kept.length ? "1" : "" });
      state = { ...state, pick: checked ? [...kept, pick] : kept };
      history.pushState(null, "", address(state));
      drawActions();
    });
    addEventListener("popstate", () => location.search === address(state) || fromAddress());
  }

  function fromAddress() {
    const read = choice(location.search, data);
    state = read.state;
    history.replaceState(null, "", address(state) + location.hash);
    return show(read.ignored);
  }

  status.textContent = "正在取数……";
  choices().then((told) => {
    data = told;
    if (!data.years.length) {
      status.textContent = "本站还没有收录任何报告，没有可以比较的数。";
      return null;
    }
    prepare();
    listen();
    return fromAddress();
  }).catch(failed);
}

const form = document.getElementById("compare");
if (form) start(form);
