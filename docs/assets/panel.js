// Shows in place what the links of figures, signs and terms lead to. Everything is copied from our own pages; where that
// fails the link is followed. Why it is like this: docs/contributing/decisions/0016-panel.md.

const TERMS = new URL("../terms/", import.meta.url).href;
const SLOW = 400; // milliseconds without an answer until the panel says that it is loading
const KEPT = 8; // fetched pages kept in memory
const GAP = 8; // pixels between the panel, the link and the edge of the window
const WAYS = { figure: "在原文中查看", sum: "在表中查看", mark: "查看所在位置", "finding-ref": "查看所在位置", term: "全部术语" };

const pages = new Map();
const panel = element("section", { className: "panel md-typeset", popover: "auto", tabIndex: -1 });
let opener;
let turn = 0;

function element(name, properties, ...contents) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...contents);
  return made;
}

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const link of page.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), url);
  return page;
}

function load(address) {
  const [url] = address.split("#");
  if (url === location.href.split("#")[0]) return document;
  const page = pages.get(url) ?? fetched(url).catch((error) => { pages.delete(url); throw error; });
  pages.delete(url);
  pages.set(url, page); // the latest last
  if (pages.size > KEPT) pages.delete(pages.keys().next().value);
  return page;
}

/** The element that an address leads to. Rejects where there is none. */
async function find(address) {
  const found = (await load(address)).getElementById(address.split("#")[1]);
  if (!found) throw new Error(address);
  return found;
}

/** A copy for this page, on which no identifier may stand twice. */
function copy(node) {
  const made = document.importNode(node, true);
  for (const each of [made, ...made.querySelectorAll("[id]")]) each.removeAttribute("id");
  return made;
}

const note = (words) => element("p", { className: "note" }, words);
const kindOf = (link) => Object.keys(WAYS).find((kind) => link.classList.contains(kind));
const statusOf = (mark) => mark?.className.match(/mark-(?!quiet)(\w+)/)[1] ?? "printed";
const digitsOf = (node) => node.textContent.normalize("NFKC").replace(/[^\d.]/g, "");
const wordsOf = (head) => (head.querySelector("a") ?? head).textContent;

/** The name of a cell: its row and its column. */
function nameOf(cell) {
  const row = cell.parentElement.cells[0];
  const column = cell === row ? null : cell.closest("table").tHead?.rows[0].cells[cell.cellIndex];
  return wordsOf(row) + (column ? ` · ${wordsOf(column)}` : "");
}

/** The figure and the sign that a link belongs to: those of its cell, or side by side in a sentence. */
function pairOf(link) {
  const cell = link.closest("td, th");
  if (cell) return [cell.querySelector(".figure"), cell.querySelector("a.mark")];
  const one = (kind, beside) => [link, beside].find((each) => each?.matches?.(kind));
  return [one(".figure", link.previousSibling), one("a.mark", link.nextSibling)];
}

/** The cells of a report's tables that hold the very figure: at its place on its line or, where it is not printed, all
    those of its line with the same sign. */
function cellsOf(page, figure, mark) {
  return [...page.querySelectorAll("main .table-form td")].filter((cell) => {
    const other = cell.querySelector(".figure");
    return other?.href === figure.href && other.dataset.at === figure.dataset.at
      && statusOf(cell.querySelector("a.mark")) === statusOf(mark);
  });
}

/** The line of a figure between its neighbours, and in which file and where in it. */
async function line(figure) {
  const found = await find(figure.href);
  const lines = [found.previousElementSibling, found, found.nextElementSibling].filter(Boolean).map(copy);
  const at = lines[found.previousElementSibling ? 1 : 0];
  at.className = "at";
  if (figure.dataset.at) point(at.querySelector(".line-text"), digitsOf(figure), ...figure.dataset.at.split("-"));
  let placed = found;
  while (placed && !placed.querySelector(".line-place")) placed = placed.previousElementSibling;
  const place = placed?.querySelector(".line-place").textContent;
  const source = found.ownerDocument.querySelector("h1").textContent;
  return [note(place ? `${source}，${place}` : source), element("ol", { className: "source-lines" }, ...lines)];
}

/** Mark the characters from start to end, unless they are letters or other digits, or what was made visible moved them. */
function point(text, digits, start, end) {
  if (text.textContent.includes("⟨U+")) return;
  let before = 0;
  for (const node of text.childNodes) {
    const characters = [...node.textContent];
    const [from, to] = [start - before, end - before];
    before += characters.length;
    if (node.nodeType !== Node.TEXT_NODE || from < 0 || to > characters.length) continue;
    const word = element("mark", {}, characters.slice(from, to).join(""));
    if (/[\s\p{L}]/u.test(word.textContent) || (digits && digits !== digitsOf(word))) return;
    node.replaceWith(characters.slice(0, from).join(""), word, characters.slice(to).join(""));
    return;
  }
}

/** The rows that a sum adds up, each with the figure in its last column. */
async function parts(figure) {
  const first = await find(figure.href);
  const table = first.closest("table");
  const rows = [...table.rows].filter((row) => row.querySelector("td"));
  const at = rows.indexOf(first);
  const listed = rows.slice(at, at + Number(figure.dataset.rows))
    .map(({ cells }) => element("tr", {}, copy(cells[0]), copy(cells[cells.length - 1])));
  return [note("这个数是下列各数之和。"), element("table", { className: "table-form" }, copy(table.caption), element("tbody", {}, ...listed))];
}

async function proofs(marks) {
  const found = (await Promise.all(marks.map(({ href }) => find(href)))).filter((node) => node.closest(".proof"));
  const steps = found.flatMap((node) => (node.matches("details") ? [...node.children].slice(1) : [node, node.nextElementSibling]));
  return steps.length ? [element("h3", {}, "证明"), ...[...new Set(steps)].map(copy)] : [];
}

async function findings(refs) {
  const found = await Promise.all([...refs].map(({ href }) => find(href)));
  return found.length ? [element("h3", {}, "核对结果"), element("ul", {}, ...found.map(copy))] : [];
}

async function term(link) {
  const [head, ...entry] = (await find(link.href)).parentElement.children;
  return [head.textContent, entry.map(copy)];
}

/** Where a figure stands, its value, what its sign means, its line (where the figure itself was asked for) or what it
    adds up, its proof, and the findings about it. */
async function figure(link) {
  const [shown, mark] = pairOf(link);
  const sum = shown?.dataset.rows;
  const own = link.closest("td, th");
  let cells = link.closest(".table-form") ? [own] : [];
  if (!cells.length && shown && !sum) cells = cellsOf(await load((mark ?? location).href), shown, mark);
  const cell = own ?? (cells.length === 1 ? cells[0] : null);
  const value = [shown, mark, ...(own?.querySelectorAll(".small") ?? [])].filter(Boolean);
  const means = sum && !mark ? null : await find(`${TERMS}#sign-${statusOf(mark)}`);
  return [cell ? nameOf(cell) : (shown ?? mark).textContent, [
    note((cell?.closest("table").caption ?? link.closest("p, li")).textContent),
    element("p", { className: "panel-value" }, ...value.map((each) => element("span", { className: each.className }, each.textContent))),
    ...(means ? [element("p", {}, `${means.textContent}：${means.nextElementSibling.textContent}`)] : []),
    ...(sum ? await parts(shown) : link === shown ? await line(shown) : []),
    ...await proofs(cells.map((each) => each.querySelector("a.mark")).filter(Boolean)),
    ...await findings(cells.length === 1 ? cells[0].querySelectorAll(".finding-ref") : []),
  ]];
}

async function show(link) {
  const mine = ++turn;
  if (!panel.contains(link)) opener = link;
  const slow = setTimeout(() => { if (mine === turn) open("正在读取……", []); }, SLOW);
  const kind = kindOf(link);
  const told = await (kind === "term" ? term : figure)(link).catch(() => null);
  clearTimeout(slow);
  if (mine !== turn) return;
  if (told) {
    const [title, body] = told;
    open(title, [...body, element("p", {}, element("a", { href: link.href }, WAYS[link.dataset.rows ? "sum" : kind]))]);
  } else {
    panel.togglePopover(false);
    location.assign(link.href);
  }
}

function open(title, body) {
  const close = element("button", { type: "button", onclick: () => panel.hidePopover() }, "关闭");
  panel.replaceChildren(element("div", { className: "panel-head" }, element("h2", { id: "panel-title" }, title), close), ...body);
  panel.togglePopover(true);
  panel.scrollTop = 0;
  place();
  const text = panel.querySelector(".at .line-text");
  if (text?.scrollHeight > text?.clientHeight) { // a whole report may stand on one line
    text.tabIndex = 0;
    text.scrollTop = (text.querySelector("mark")?.offsetTop ?? 0) - text.clientHeight / 2;
  }
  panel.focus({ preventScroll: true });
  const hidden = opener.getBoundingClientRect().bottom + GAP - panel.getBoundingClientRect().top;
  if (getComputedStyle(panel).position === "fixed" && hidden > 0) scrollBy(0, hidden); // below a sheet at the foot
}

/** Above or below the link, where there is more room; on a phone the style sheet says otherwise. */
function place() {
  const { top, bottom, left } = opener.getBoundingClientRect();
  const below = innerHeight - bottom;
  const set = (name, pixels) => panel.style.setProperty(`--panel-${name}`, `${pixels}px`);
  set("room", Math.max(below, top) - 2 * GAP);
  set("left", scrollX + Math.max(GAP, Math.min(left, document.documentElement.clientWidth - panel.offsetWidth - GAP)));
  set("top", scrollY + (below >= top ? bottom + GAP : top - GAP - panel.offsetHeight));
}

function click(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  // A finger means the cell, not the few pixels of its digits.
  const cell = event.pointerType === "touch" && event.target.closest("td");
  const link = event.target.closest("a") ?? (cell && pairOf(cell).find(Boolean));
  if (!link) return;
  const kind = kindOf(link);
  // A figure that neither stands on a line nor adds up others says more than fits here.
  if (kind && (kind !== "figure" || link.dataset.rows || /^#L\d/.test(link.hash))) {
    event.preventDefault();
    show(link);
  } else if (panel.contains(link)) {
    opener = null;
    panel.hidePopover();
  }
}

/** To the keyboard the panel stands right behind the link that opened it. */
function tab(event) {
  const stops = [...panel.querySelectorAll("a, button, [tabindex]")];
  const ends = event.shiftKey ? [panel, stops[0]] : [stops.at(-1)];
  if (event.key !== "Tab" || !ends.includes(document.activeElement)) return;
  if (event.shiftKey) event.preventDefault();
  panel.hidePopover();
  opener.focus();
}

if (panel.togglePopover) {
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "panel-title");
  panel.addEventListener("keydown", tab);
  panel.addEventListener("beforetoggle", ({ newState }) => { if (newState === "closed") turn += 1; });
  panel.addEventListener("toggle", ({ newState }) => {
    const focused = document.activeElement;
    if (newState === "closed" && (focused === document.body || panel.contains(focused))) opener?.focus({ preventScroll: true });
  });
  for (const part of [document.querySelector("main"), panel]) part.addEventListener("click", click);
  addEventListener("resize", () => { if (panel.matches(":popover-open")) place(); });
  document.body.append(panel);
}
