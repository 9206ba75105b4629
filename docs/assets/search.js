// The search page. Text goes into the page as text only, never as markup.
//
// Names come from search-names.js, texts from search-index.js.

import { AT_FIRST, listParts, TextSearch } from "./search-index.js";
import { findNames, loadNames, SITE } from "./search-names.js";
import { nameParts } from "./search-suggest.js";
import { excerpts, joined, marked, matcher, units } from "./search-text.js";

const STEP = 10; // texts at a time
const FEW_NAMES = 5; // before the texts
const NAMES_STEP = 50;
const SECTIONS = 2; // excerpts of one page
const LONGEST = 100;
const PATIENCE = 400; // ms before it is said that a search is going on
const TOO_OLD = typeof DecompressionStream === "undefined"; // for texts: browsers before 2023
const LEVELS = ["province", "city", "county"];
const FAILED = TOO_OLD
  ? "搜索不能用：这个浏览器太旧。请换一个较新的浏览器，或者按地区查找。"
  : "搜索暂时不能用：没有取到索引。请稍后再试，或者按地区查找。";
const CHOICE = { region: "地区", year: "年份", kind: "机关类别", page: "页面" };

const wordsOf = (query) => query.split(/\s+/u).filter((word) => units(word).length);
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
  const [status, again, wider, named, names, moreNames, texts, title, list, more, rest, filters, chosen, clear] = [
    "status", "again", "wider", "named", "names", "names-more", "texts", "texts-title", "results", "more", "rest",
    "filters", "chosen", "clear",
  ].map(byId);
  const controls = form.elements;
  const input = controls.namedItem("q");
  let data = null; // the names, once they are there
  let state = { q: "" };
  let turn = 0;
  let view = null; // what is shown

  // ---- What is looked for

  function fromAddress(moved) {
    const params = new URLSearchParams(location.search);
    state = { q: (params.get("q") ?? "").trim().slice(0, LONGEST) };
    for (const name of Object.keys(CHOICE)) state[name] = params.get(name) ?? "";
    if (moved || state.q) input.value = state.q; // on opening, somebody may have typed before this script had come
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
    const parts = words.length ? listParts() : null; // on its way while the names come
    parts?.catch(() => {}); // it is said where it is waited for
    const told = await loadNames().catch(() => null);
    if (current()) {
      data = told;
      const asked = Object.keys(chosenIn(state)).length > 0;
      const left = data ? unknown() : [];
      synchronise();
      const choice = data ? chosenIn(state) : {};
      const answer = await answers(words, choice, parts);
      if (current()) {
        show(answer);
        answer.others = missing(words, asked, left);
        say(answer);
        again.hidden = !answer.failed || TOO_OLD;
        wider.hidden = !(answer.elsewhere?.count || answer.elsewhere?.left);
        wider.textContent = `不限${Object.keys(choice).map((name) => CHOICE[name]).join("、")}再找一次`;
      }
    }
    clearTimeout(waiting);
  }

  /** Names, texts with the first of their pages, and how much there would be without the choice; or why not. */
  async function answers(words, choice, parts) {
    const chosen = Object.keys(choice).length > 0;
    const namesOf = (filters) => (data && (words.length || (!state.q && chosen)) ? findNames(data, state.q, filters) : []);
    const found = new TextSearch(words, choice, parts);
    const asked = { query: state.q, words, choice, listing: !words.length };
    const answer = { ...asked, named: namesOf(choice), found, pages: [], elsewhere: null, failed: false };
    try {
      await found.further(STEP).finally(async () => { answer.pages = await loaded(found.results.slice(0, STEP)); });
      if (chosen && words.length && !answer.named.length && !found.results.length) {
        const wide = new TextSearch(words, {}, parts);
        await wide.further(STEP, AT_FIRST); // whoever wants to know more than that there is something, presses the button
        answer.elsewhere = { count: wide.results.length + namesOf({}).length, left: wide.left };
      }
    } catch {
      answer.failed = true;
    }
    return answer;
  }

  const loaded = (results) => Promise.all(results.map((result) => result.load()));

  // ---- What is said

  /** Tell what was found so far, and what else there is to say of it. */
  function say(answer) {
    status.textContent = [...said(answer), ...answer.others].join("");
  }

  function said({ query, words, choice, named, found, pages, failed, elsewhere }) {
    const offices = named.filter(({ entry }) => entry.id).length;
    if (!words.length) return listing(choice, offices);
    const texts = failed && !pages.length ? 0 : found.results.length;
    const least = found.left ? "至少" : "";
    const counts = [[offices, "", "机关"], [named.length - offices, "", "地区"], [texts, least, "页面"]];
    const all = counts.filter(([count]) => count).map(([count, about, what]) => `${about} ${count} 个${what}`).join("、").replaceAll("、 ", "、");
    if (failed && !texts) return all ? [`“${query}”：找到${all}。`, `正文${FAILED}`] : [FAILED];
    if (failed) return [`“${query}”：找到${all}。`, "正文没有查完：有一部分索引没有取到。"];
    const unasked = found.left ? [`还有 ${found.left} 个页面没有查，可能也写有这些字。`] : [];
    if (all) return [`“${query}”：找到${all}。`, ...unasked];
    if (elsewhere?.count || elsewhere?.left) {
      const some = elsewhere.count ? `${elsewhere.left ? "至少" : ""}能找到 ${elsewhere.count} 项` : `还有 ${elsewhere.left} 个页面可能写有这些字`;
      return [`“${query}”：在所选范围（${range()}）里没有找到；不限范围，${some}。`];
    }
    return [`“${query}”：没有找到。可以换一个说法，或者只输入其中两三个字。`];
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
    texts.hidden = !view.pages.length;
    names.replaceChildren();
    list.replaceChildren();
    drawNames(view.listing ? NAMES_STEP : FEW_NAMES);
    drawTexts(view.pages);
  }

  function drawNames(count) {
    const from = names.children.length;
    const pattern = matcher(view.words);
    names.append(...view.named.slice(from, from + count).map((one) => {
      const { years } = one.entry;
      const told = years ? [element("span", { className: "small search-years", textContent: yearsInWords(years) })] : [];
      return element("li", {}, ...nameParts(one, pattern), ...told);
    }));
    const rest = view.named.length - names.children.length;
    moreNames.hidden = rest <= 0;
    moreNames.textContent = `再列 ${Math.min(NAMES_STEP, rest)} 个名称（还有 ${rest} 个）`;
    if (from) names.children[from]?.querySelector("a").focus();
  }

  function drawTexts(pages) {
    const from = list.children.length;
    if (pages.length) {
      const pattern = matcher(view.words, true);
      list.append(...pages.map((page) => textItem(page, pattern)));
    }
    offerMore();
    if (from) (list.children[from]?.querySelector("a") ?? title).focus();
  }

  function offerMore() {
    const { results, left } = view.found;
    more.hidden = list.children.length >= results.length && !left;
    rest.hidden = !left;
    rest.textContent = `查完其余 ${left} 个页面`;
  }

  /** Get more of the index, one thing at a time, show it, and say what has been found by then. */
  async function goOn(get, show) {
    if (view.busy) return;
    const asked = view;
    asked.busy = true;
    const waiting = setTimeout(() => { if (view === asked) status.textContent = "正在搜索……"; }, PATIENCE);
    const got = await get(asked.found).then((pages) => ({ pages }), () => null);
    clearTimeout(waiting);
    asked.busy = false;
    if (view !== asked) return;
    offerMore();
    if (!got) {
      again.hidden = false; // another site may have been published, which has other parts
      status.textContent = "没有取到后面的结果。请稍后再试。";
      return;
    }
    asked.failed = false; // what was not fetched then counts as not asked
    again.hidden = true;
    show(got.pages);
    say(asked);
  }

  async function nextTexts(found) {
    const from = list.children.length;
    const missing = from + STEP - found.results.length;
    if (missing > 0) await found.further(missing);
    return loaded(found.results.slice(from, from + STEP));
  }

  function leaveRest() {
    (more.hidden ? title : more).focus(); // the button is gone
  }

  function textItem({ address, title: name, blocks }, pattern) {
    const url = new URL(address, SITE).pathname;
    const office = data?.office.get(address) ?? data?.office.get(address.replace(/\d+\/$/, "")); // older reports stand below
    const page = joined(blocks);
    const yearOf = (anchor) => data && anchor.match(`^${data.year_anchor}`)?.[1];
    const { count, found } = excerpts(page, pattern, SECTIONS);
    const item = element("li", {}, element("h3", {}, element("a", { href: url }, marked(name, pattern))));
    const place = office?.around.map(({ name }) => name).join(" ");
    const often = count > found.length ? `本页共有 ${count} 处` : "";
    const facts = [place, often].filter(Boolean).join("；");
    if (facts) item.append(element("p", { className: "small", textContent: facts }));
    for (const { anchor, heading, excerpt } of found) {
      const year = anchor && yearOf(anchor);
      const link = element("a", { href: `${url}#${anchor}` }, year ? `${year} 年：` : "", marked(heading, pattern));
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
  more.addEventListener("click", () => goOn(nextTexts, drawTexts));
  rest.addEventListener("click", () => goOn((found) => found.further(), leaveRest));
  again.addEventListener("click", () => {
    input.focus(); // the button may go
    search();
  });
  addEventListener("popstate", fromAddress);
  fromAddress();
}

const form = document.getElementById("search");
if (form) start(form);
