// The page that compares offices: its controls, its address, and what it says. Text goes into the page as text only.

import { DEFAULT, MOST_MEASURES, MOST_PICKED, address, choice, columns } from "./compare-address.js";
import { LEVELS, choices, column, path } from "./compare-data.js";
import { drawer, element, orderTold } from "./compare-table.js";
import { conditions, fitting, grouped, sorted, sortedByName } from "./compare-view.js";
import { csv } from "./compare-words.js";

const PAUSE = 60; // milliseconds after the last key

function start(form) {
  const byId = (name) => document.getElementById(`compare-${name}`);
  const [status, table, actions, picked, looser] = ["status", "table", "actions", "picked", "looser"].map(byId);
  const controls = form.elements;
  let data = null;
  let state = null;
  let drawing = null;
  let view = null;
  let turn = 0;
  let typing = 0;

  // ---- Controls

  const option = (text, value) => element("option", { value, textContent: text });

  function checkbox(name, value, label) {
    return element("label", { className: "compare-check" }, element("input", { type: "checkbox", name, value }), ` ${label}`);
  }

  /** The controls that the data decide, made once. */
  function prepare() {
    controls.kind.append(option("全部类别", ""), ...data.kinds.map((kind) => option(kind, kind)));
    byId("years").append(...data.years.map(({ year }) => checkbox("years", year, `${year} 年`)));
    const groups = { main: (one) => one.main, share: (one) => one.share, further: (one) => !one.main && !one.share };
    for (const [name, fits] of Object.entries(groups)) {
      byId(name).append(...data.measures.filter(fits).map((one) => checkbox("measures", one.measure, one.label)));
    }
    form.hidden = false;
  }

  /** Every control as the choice has it. */
  function synchronise() {
    const around = chosenPath();
    LEVELS.forEach((level, depth) => synchroniseRegions(controls[level], depth ? around[depth - 1]?.code : null, around[depth]?.code ?? ""));
    for (const name of ["kind", "q", "group"]) if (controls[name].value !== state[name]) controls[name].value = state[name];
    const full = state.measures.length >= MOST_MEASURES;
    for (const box of form.querySelectorAll("[type=checkbox]")) {
      box.checked = state[box.name].includes(box.value);
      box.disabled = box.name === "measures" && full && !box.checked;
    }
    byId("measures").textContent = `指标：已选 ${state.measures.length} 项，最多 ${MOST_MEASURES} 项`;
    actions.hidden = false;
    drawPicked();
  }

  /** The regions within one (undefined: there is none) as options, made anew only where it is another one. */
  function synchroniseRegions(select, above, code) {
    if (select.dataset.above !== String(above)) {
      const within = above === undefined ? [] : data.regions.filter(({ parent }) => parent === above);
      select.replaceChildren(option("全部", ""), ...within.map((region) => option(region.name, region.code)));
      select.dataset.above = String(above);
      select.disabled = !within.length;
    }
    select.value = code;
  }

  /** The regions around the chosen one, from the province down to itself. */
  const chosenPath = () => path(data, state.region ? data.regionAt.get(state.region) : -1);

  /** The choice as the controls have it. */
  function fromControls() {
    const checked = (name) => [...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value);
    const measures = checked("measures");
    return {
      region: LEVELS.map((level) => controls[level].value).filter(Boolean).at(-1) ?? "",
      kind: controls.kind.value,
      q: controls.q.value,
      group: controls.group.value,
      years: checked("years"),
      // Those that were there stay in their order; a new one comes last.
      measures: [...state.measures.filter((id) => measures.includes(id)), ...measures.filter((id) => !state.measures.includes(id))],
    };
  }

  // ---- Choosing

  function choose(changed, { write = "pushState", remarks = [] } = {}) {
    state = choice(address({ ...state, ...changed }), data).state;
    history[write](null, "", address(state));
    return show(remarks);
  }

  function fromAddress() {
    const read = choice(location.search, data);
    state = read.state;
    history.replaceState(null, "", address(state) + location.hash);
    return show(read.remarks);
  }

  async function show(remarks) {
    const mine = ++turn;
    byId("address").hidden = true;
    synchronise();
    const wait = setTimeout(() => { status.textContent = "正在取数……"; }, PAUSE);
    try {
      const chosen = columns(state, data);
      const values = await Promise.all(chosen.map(({ measure, year }) => column(year, measure, data)));
      if (mine !== turn) return;
      view = viewOf(chosen.map((one, at) => ({ ...one, values: values[at] })));
      drawing.draw(view);
      drawActions();
      status.textContent = [...remarks, ...told()].join("");
    } catch (error) {
      if (mine === turn) failed(error);
    } finally {
      clearTimeout(wait);
    }
  }

  /** What is shown of a choice; see ``drawer``. */
  function viewOf(chosen) {
    const fits = fitting(data, conditions(state, data));
    const by = chosen.find(({ key }) => key === state.sort);
    const ordered = by ? sorted(fits, by.values, Boolean(state.order), data.trust) : fits;
    const rows = state.sort === "name" ? sortedByName(fits, data.names, Boolean(state.order)) : ordered;
    const groups = state.group ? grouped(rows, state.group, data) : [{ key: null, rows }];
    return { state, rows, groups, columns: chosen, around: chosenPath() };
  }

  // ---- What the page says

  function* told() {
    const { rows } = view;
    if (!rows.length) {
      const known = looser.children.length > 0;
      yield `没有机关同时符合所选的条件。${known ? "去掉其中一条，就有：" : "只去掉一条也没有，可以全部重选。"}`;
      return;
    }
    yield `共有 ${data.ids.length} 个机关，符合条件的有 ${rows.length} 个${orderTold(view)}。`;
    const empty = state.years.filter((year) => view.columns.filter((one) => one.year === year)
      .every(({ values }) => rows.every((row) => values.gap(row) === "not_collected")));
    if (empty.length) yield `这些机关 ${[...empty].sort().join("、")} 年的报告，本站都没有收录。`;
  }

  function failed(error) {
    drawing?.clear();
    view = null;
    looser.replaceChildren();
    actions.hidden = true;
    status.textContent = "没有取到数据。请检查网络，稍后再试；也可以按年份或按地区查看。";
    console.error(error);
  }

  function drawActions() {
    byId("download").hidden = !view.rows.length;
    byId("download").textContent = `下载所见（CSV，${view.rows.length} 行）`;
    looser.replaceChildren(...(view.rows.length ? [] : looserChoices()));
  }

  /** The conditions that, each by itself, leave no office; as buttons that take them away. */
  function looserChoices() {
    const made = conditions(state, data);
    return made.flatMap((condition) => {
      const left = fitting(data, made.filter((one) => one !== condition)).length;
      if (!left) return [];
      const press = () => choose(condition.empty).then(() => status.focus());
      const button = element("button", { type: "button", textContent: `${condition.without}（有 ${left} 个）`, onclick: press });
      return [element("li", {}, button)];
    });
  }

  // ---- Picked offices

  /** The picked offices by name, wherever the table is, and whom they can be compared with. */
  function drawPicked() {
    const rows = state.pick.map((id) => data.rowOf.get(id));
    byId("chosen").hidden = !rows.length;
    picked.replaceChildren(...rows.map((row) => {
      const place = path(data, data.region[row]).at(-1)?.name ?? "";
      const name = data.names[row] + (data.names[row].includes(place) ? "" : `（${place}）`);
      const button = element("button", { type: "button", className: "compare-remove", textContent: "移去", "aria-label": `移去${name}` });
      button.dataset.unpick = data.ids[row];
      return element("li", {}, element("bdi", { textContent: name }), " ", button);
    }));
    byId("picked-count").textContent = `已选取 ${rows.length} 个机关`;
    byId("only").textContent = state.only ? "列出全部" : "只列这些";
    if (!rows.length) return;
    const [kind, region] = [data.kinds[data.kind[rows[0]]], path(data, data.region[rows[0]]).at(-1)?.name ?? "各地"];
    byId("peers").textContent = `列出${region}的${kind}`;
    byId("neighbours").textContent = `列出${region}各机关`;
    byId("kindred").textContent = `列出各地${kind}`;
  }

  function pick(id, wanted) {
    const kept = state.pick.filter((one) => one !== id);
    if (wanted && kept.length >= MOST_PICKED) {
      table.querySelector(`[data-pick="${id}"]`).checked = false;
      status.textContent = `最多选取 ${MOST_PICKED} 个机关。要选别的，先移去几个。`;
      return;
    }
    const changed = { pick: wanted ? [...kept, id] : kept };
    if (state.only || !view) {
      choose(changed);
      return;
    }
    state = { ...state, ...changed };
    view.state = state; // for the rows that are still to be drawn
    history.pushState(null, "", address(state));
    drawPicked();
    const box = table.querySelector(`[data-pick="${id}"]`);
    if (box) box.checked = wanted;
    box?.closest("tr").classList.toggle("compare-marked", wanted);
    status.textContent = [`已选取 ${state.pick.length} 个机关。`, ...told()].join("");
  }

  function unpick(id) {
    const at = state.pick.indexOf(id);
    pick(id, false);
    (picked.querySelectorAll("button")[Math.min(at, state.pick.length - 1)] ?? status).focus();
  }

  // ---- Buttons

  function download() {
    const text = csv(view.groups.flatMap(({ rows }) => rows), view.columns, data);
    const href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    element("a", { href, download: "阳光年报比较.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
    status.textContent = `已交给浏览器下载：${view.rows.length} 行，${view.columns.length} 列数。`;
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      status.textContent = "已复制网址。打开它，看到的是同一张表。";
    } catch { // refused, or not offered where the page is not served over https
      const box = byId("address").querySelector("input");
      byId("address").hidden = false;
      box.value = location.href;
      box.focus();
      box.select();
      status.textContent = "浏览器不让本页代为复制。网址在下面的框里，已经选中，请自己复制。";
    }
  }

  const first = () => data.rowOf.get(state.pick[0]);
  const kindOfFirst = () => data.kinds[data.kind[first()]];
  const regionOfFirst = () => path(data, data.region[first()]).at(-1)?.code ?? "";
  const presses = {
    // These and no others: a condition that was only there to find them must not hide one of them.
    only: () => choose(state.only ? { only: "" } : { only: "1", q: "", region: "", kind: "" }),
    unpick: () => choose({ pick: [], only: "" }).then(() => status.focus()),
    peers: () => choose({ kind: kindOfFirst(), region: regionOfFirst(), q: "", only: "" }),
    kindred: () => choose({ kind: kindOfFirst(), region: "", q: "", only: "" }),
    neighbours: () => choose({ region: regionOfFirst(), kind: "", q: "", only: "" }),
    reset: () => choose({ ...DEFAULT }),
    more: () => drawing.drawMore(),
    download,
    copy,
  };

  function listen() {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", ({ target }) => {
      if (target.name === "q") return;
      // A region of another level falls when the one above it changes.
      const depth = LEVELS.indexOf(target.name);
      for (const level of depth < 0 ? [] : LEVELS.slice(depth + 1)) controls[level].value = "";
      const changed = fromControls();
      const remarks = [
        ...(changed.years.length ? [] : ["年份至少要有一个：列的是报告最多的一年。"]),
        ...(changed.measures.length ? [] : ["指标至少要有一项：列的是最初的几项。"]),
      ];
      choose(changed, { remarks });
    });
    const typed = ({ isComposing }) => {
      clearTimeout(typing);
      // What is typed before Chinese comes of it names no office.
      if (!isComposing) typing = setTimeout(() => choose({ q: controls.q.value }, { write: "replaceState" }), PAUSE);
    };
    controls.q.addEventListener("input", typed);
    controls.q.addEventListener("compositionend", () => typed({ isComposing: false }));
    for (const [name, press] of Object.entries(presses)) byId(name).addEventListener("click", press);
    table.addEventListener("click", ({ target }) => {
      const { sort, remove } = target.closest("button")?.dataset ?? {};
      if (sort) choose(state.sort !== sort ? { sort, order: "" } : state.order ? { sort: "", order: "" } : { order: "desc" });
      if (remove) choose({ measures: state.measures.filter((id) => id !== remove) });
    });
    table.addEventListener("change", ({ target }) => pick(target.dataset.pick, target.checked));
    picked.addEventListener("click", ({ target }) => target.dataset.unpick && unpick(target.dataset.unpick));
    addEventListener("popstate", () => location.search === address(state) || fromAddress());
  }

  status.textContent = "正在取数……";
  choices().then((made) => {
    data = made;
    if (!data.years.length) {
      status.textContent = "本站还没有收录任何报告，没有可以比较的数。";
      return null;
    }
    drawing = drawer(data, table, byId("notes"), byId("more"));
    prepare();
    listen();
    // The order of all names takes as long as the rest of a table: it is made when nobody waits for it.
    return fromAddress().then(() => (globalThis.requestIdleCallback ?? setTimeout)(() => sortedByName([], data.names, false)));
  }).catch(failed);
}

const form = document.getElementById("compare");
if (form) start(form);
