// The search page. Text goes into the page as text only, never as markup.
//
// Names come from search-names.js, texts from Pagefind's index, which is written as search-text.js says.

import { findNames, loadNames, SITE } from "./search-names.js";
import { nameParts } from "./search-suggest.js";
import { excerpts, FACET, marked, matcher, parse, phrase, TITLE } from "./search-text.js";

const STEP = 10; // texts at a time
const FEW_NAMES = 5; // before the texts
const NAMES_STEP = 50;
const SECTIONS = 2; // excerpts of one page
const LONGEST = 100;
const PATIENCE = 400; // ms before it is said that a search is going on
const ORDER = { order: "asc" }; // as hooks/disclosure/search.py numbers the pages
const LEVELS = ["province", "city", "county"];
const CHOICE = { region: "地区", year: "年份", kind: "机关类别", page: "页面" };

let loading = null;
function pagefind() {
  loading ??= import(new URL("pagefind/pagefind.js", SITE)).then(async (module) => {
    // On a Chinese page Pagefind would cut the query into dictionary words and lose most of what readers look for.
    // It reads the page's language once, while it starts: for that moment the page is not Chinese.
    const { lang } = document.documentElement;
    document.documentElement.lang = "en";
    const started = module.init();
    document.documentElement.lang = lang;
    await started;
    return module;
  });
  return loading;
}

/**
 * The pages that hold every word of the query and fit the choice: first those with all words in the title, then offices,
 * rules last.
 */
export async function find(words, choice = {}) {
  const engine = await pagefind();
  const known = words.filter((word) => phrase(word));
  const results = (phrases) => Promise.all(phrases.map(async (one) => (await engine.search(one, { sort: ORDER })).results));
  const chosen = Object.entries(choice).map(([name, value]) => `"${FACET}${name}${value}"`);
  const [answers, titles] = await Promise.all([
    results([...known.map((word) => phrase(word)), ...chosen]),
    results(known.map((word) => phrase(word, TITLE))),
  ]);
  const titled = new Set(common(titles).map(({ id }) => id));
  return common(answers).sort((a, b) => titled.has(b.id) - titled.has(a.id));
}

/** The results that all the answers have in common, in the order of the first. */
function common([first = [], ...others]) {
  const pages = others.map((results) => new Set(results.map(({ id }) => id)));
  return first.filter(({ id }) => pages.every((page) => page.has(id)));
}

const wordsOf = (query) => query.split(/\s+/u).filter((word) => phrase(word));
const chosenIn = (state) => Object.fromEntries(Object.keys(CHOICE).filter((name) => state[name]).map((name) => [name, state[name]]));

/** Years, newest first, as words: 2019 至 2020、2022 年. */
function yearsInWords(years) {
  if (!years.length) return "还没有收录报告";
  const runs = [];
  for (const year of [...years].reverse()) {
    if (runs.at(-1)?.[1] === year - 1) runs.at(-1)[1] = year;
    else runs.push([year, year]);
  }
  return `${runs.map(([first, last]) => (first === last ? first : `${first} 至 ${last}`)).join("、")} 年`;
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function start(form) {
  const byId = (name) => document.getElementById(`search-${name}`);
  const [status, wider, named, names, moreNames, texts, list, more, filters, chosen, clear] = [
    "status", "wider", "named", "names", "names-more", "texts", "results", "more", "filters", "chosen", "clear",
  ].map(byId);
  const controls = form.elements;
  const input = controls.namedItem("q");
  let data = null; // the names, once they are there
  let state = { q: "" };
  let turn = 0;
  let view = null; // what is shown

  // ---- What is looked for

  function fromAddress() {
    const params = new URLSearchParams(location.search);
    state = { q: (params.get("q") ?? "").trim().slice(0, LONGEST) };
    for (const name of Object.keys(CHOICE)) state[name] = params.get(name) ?? "";
    input.value = state.q;
    filters.open ||= Object.keys(chosenIn(state)).length > 0;
    return search();
  }

  function choose(changed) {
    state = { ...state, ...changed };
    const address = new URL(location.href);
    address.search = new URLSearchParams([["q", state.q], ...Object.entries(chosenIn(state))]);
    history.pushState(null, "", address);
    return search();
  }

  /** What of the choice is not known here, which is then left out of it. */
  function unknown() {
    const known = {
      region: (code) => data.region.has(code),
      year: (year) => data.years.map(String).includes(year),
      kind: (kind) => data.kinds.includes(kind),
      page: (page) => data.pages.includes(page),
    };
    const left = Object.entries(chosenIn(state)).filter(([name, value]) => !known[name](value));
    for (const [name] of left) state[name] = "";
    return left.map(([name, value]) => `${name}=${value}`);
  }

  async function search() {
    const mine = ++turn;
    const current = () => mine === turn;
    const waiting = setTimeout(() => { if (current()) status.textContent = "正在搜索……"; }, PATIENCE);
    const words = wordsOf(state.q);
    document.title = document.title.replace(/^(.*：)?搜索/, state.q ? `${state.q}：搜索` : "搜索");
    if (words.length) pagefind().catch(() => {}); // on its way while the names come
    const told = await loadNames().catch(() => null);
    if (current()) {
      data = told;
      const asked = Object.keys(chosenIn(state)).length > 0;
      const left = data ? unknown() : [];
      synchronise();
      const choice = data ? chosenIn(state) : {};
      const answer = await answers(words, choice);
      if (current()) {
        show(answer);
        status.textContent = [...said(words, choice, answer), ...missing(words, asked, left)].join("");
        wider.hidden = !answer.everywhere;
        wider.textContent = `不限${Object.keys(choice).map((name) => CHOICE[name]).join("、")}再找一次`;
      }
    }
    clearTimeout(waiting);
  }

  /** Names, texts with the first of their pages, and how much there would be without the choice; or why not. */
  async function answers(words, choice) {
    const chosen = Object.keys(choice).length > 0;
    const namesOf = (filters) => (data && (words.length || (!state.q && chosen)) ? findNames(data, state.q, filters) : []);
    const answer = { named: namesOf(choice), results: [], pages: [], everywhere: 0, failed: false, pattern: matcher(words), listing: !words.length };
    try {
      if (words.length) answer.results = await find(words, choice);
      answer.pages = await loaded(answer.results.slice(0, STEP));
      if (chosen && words.length && !answer.named.length && !answer.results.length) {
        answer.everywhere = (await find(words)).length + namesOf({}).length;
      }
    } catch {
      loading = null;
      return { ...answer, results: [], pages: [], failed: true };
    }
    return answer;
  }

  const loaded = (results) => Promise.all(results.map((result) => result.data()));

  // ---- What is said

  function said(words, choice, { named, results, failed, everywhere }) {
    const offices = named.filter(({ entry }) => entry.id).length;
    if (!words.length) return listing(choice, offices);
    const counts = [[offices, "机关"], [named.length - offices, "地区"], [results.length, "页面"]];
    const found = counts.filter(([count]) => count).map(([count, what]) => `${count} 个${what}`).join("、");
    const failure = "搜索暂时不能用：没有取到索引。请稍后再试，或者按地区查找。";
    if (failed) return found ? [`“${state.q}”：找到 ${found}。`, `正文${failure}`] : [failure];
    if (found) return [`“${state.q}”：找到 ${found}。`];
    if (everywhere) return [`“${state.q}”：在所选范围（${range()}）里没有找到；不限范围，能找到 ${everywhere} 项。`];
    return [`“${state.q}”：没有找到。可以换一个说法，或者只输入其中两三个字。`];
  }

  function listing(choice, offices) {
    if (state.q) return ["请输入汉字、字母或数字。"];
    if (!Object.keys(choice).length) return [];
    if (choice.page && choice.page !== data.pages[0]) return ["请输入要找的字。没有字的时候，只能列出机关。"];
    return [offices ? `符合条件的机关有 ${offices} 个。` : "没有符合条件的机关。可以放宽地区、年份或类别。"];
  }

  function missing(words, asked, left) {
    const names = `机关名单没有取到，这次没有查名称${asked ? "，也没有按条件筛选" : ""}。`;
    return [!data && (words.length || asked) ? names : "", left.length ? `地址里有本站不认识的条件，已略去：${left.join("，")}。` : ""];
  }

  /** The choice in words, or nothing. */
  function range() {
    const place = state.region ? data.region.get(state.region).path.map(({ name }) => name).join(" ") : "";
    return [place, state.year && `${state.year} 年`, state.kind, state.page && `${state.page}页面`].filter(Boolean).join("，");
  }

  // ---- The controls of the choice

  const option = (text, value) => element("option", { value, textContent: text });
  const refill = (name, options) => controls.namedItem(name).replaceChildren(option("不限", ""), ...options);

  function synchronise() {
    filters.hidden = !data;
    if (!data) return;
    const path = state.region ? data.region.get(state.region).path : [];
    LEVELS.forEach((level, depth) => {
      const above = depth ? path[depth - 1] : null;
      const inside = above === undefined ? [] : data.regions.filter(({ around }) => (around.at(-1) ?? null) === above);
      refill(level, inside.map(({ code, name }) => option(name, code)));
      controls.namedItem(level).value = path[depth]?.code ?? "";
      controls.namedItem(level).disabled = !inside.length;
    });
    refill("year", data.years.map((year) => option(`${year} 年`, year)));
    for (const name of ["kind", "page"]) refill(name, data[`${name}s`].map((value) => option(value, value)));
    for (const name of ["year", "kind", "page"]) controls.namedItem(name).value = state[name];
    chosen.textContent = range() || "不限";
    clear.hidden = !range();
  }

  // ---- What is found

  function show(answer) {
    view = answer;
    named.hidden = !view.named.length;
    texts.hidden = !view.results.length;
    names.replaceChildren();
    list.replaceChildren();
    drawNames(view.listing ? NAMES_STEP : FEW_NAMES);
    drawTexts(view.pages);
  }

  function drawNames(count) {
    const from = names.children.length;
    names.append(...view.named.slice(from, from + count).map((one) => {
      const { years } = one.entry;
      const told = years ? [element("span", { className: "small search-years", textContent: yearsInWords(years) })] : [];
      return element("li", {}, ...nameParts(one, view.pattern), ...told);
    }));
    const rest = view.named.length - names.children.length;
    moreNames.hidden = rest <= 0;
    moreNames.textContent = `再列 ${Math.min(NAMES_STEP, rest)} 个名称（还有 ${rest} 个）`;
    if (from) names.children[from]?.querySelector("a").focus();
  }

  function drawTexts(pages) {
    const from = list.children.length;
    list.append(...pages.map(textItem));
    more.hidden = list.children.length >= view.results.length;
    if (from) list.children[from]?.querySelector("a").focus();
  }

  async function drawMoreTexts() {
    const mine = turn;
    const from = list.children.length;
    try {
      const pages = await loaded(view.results.slice(from, from + STEP));
      if (mine === turn && from === list.children.length) drawTexts(pages);
    } catch {
      status.textContent = "没有取到后面的结果。请稍后再试。";
    }
  }

  function textItem({ url, meta, content }) {
    const path = url.slice(SITE.pathname.length);
    const office = data?.office.get(path) ?? data?.office.get(path.replace(/\d+\/$/, "")); // older reports stand below
    const page = parse(content);
    const yearOf = (anchor) => data && anchor.match(`^${data.year_anchor}`)?.[1];
    const { count, found } = excerpts(page, view.pattern, SECTIONS);
    const item = element("li", {}, element("h3", {}, element("a", { href: url }, marked(meta.title, view.pattern))));
    const place = office?.around.map(({ name }) => name).join(" ");
    const often = count > found.length ? `本页共有 ${count} 处` : "";
    const facts = [place, often].filter(Boolean).join("；");
    if (facts) item.append(element("p", { className: "small", textContent: facts }));
    for (const { anchor, heading, excerpt } of found) {
      const year = anchor && yearOf(anchor);
      const link = element("a", { href: `${url}#${anchor}` }, year ? `${year} 年：` : "", marked(heading, view.pattern));
      item.append(element("p", {}, ...(anchor ? [link, element("br")] : []), excerpt));
    }
    return item;
  }

  // ---- What the reader does

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    choose({ q: input.value.trim() });
  });
  filters.addEventListener("change", ({ target: { name, value } }) => {
    const depth = LEVELS.indexOf(name);
    if (depth < 0) return void choose({ q: input.value.trim(), [name]: value });
    const above = LEVELS.slice(0, depth).map((level) => controls.namedItem(level).value);
    choose({ q: input.value.trim(), region: value || (above.at(-1) ?? "") });
  });
  const without = Object.fromEntries(Object.keys(CHOICE).map((name) => [name, ""]));
  for (const button of [wider, clear]) {
    button.addEventListener("click", () => {
      input.focus(); // the button goes
      choose(without);
    });
  }
  moreNames.addEventListener("click", () => drawNames(NAMES_STEP));
  more.addEventListener("click", drawMoreTexts);
  addEventListener("popstate", fromAddress);
  fromAddress();
}

const form = document.getElementById("search");
if (form) start(form);
