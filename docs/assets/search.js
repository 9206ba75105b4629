// The search page. Text goes into the page as text only, never as markup.
//
// The index holds Chinese as overlapping pairs (hooks/disclosure/search.py); here queries become the same pairs and
// results are turned back. Why: docs/contributing/decisions/0005-search.md.

export const CHINESE = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUN = new RegExp(`([${CHINESE}]+)|\\p{Nd}+|(?:(?![${CHINESE}\\p{Nd}])[\\p{L}\\p{N}_])+`, "gu");
const TOKEN = new RegExp(`^([${CHINESE}]{0,2})(.*)$`, "su");
const BREAK = "\ue001"; // between blocks, first after the title
const SPACE = "\ue000"; // a space of the text: plain ones only separate tokens
const TITLE = "\ua66e"; // before each token of a title, indexed once more
const BEFORE = 30;
const AFTER = 70;
const STEP = 10;
const ORDER = { sort: { order: "asc" } }; // as hooks/disclosure/search.py numbers the pages
const SITE = new URL("../", import.meta.url);

/** Full-width letters and digits as plain ones, as the index has them. */
const narrow = (text) => text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

/** One word of a query as Pagefind's phrase, or null where nothing of it can be searched for. */
export function phrase(word, sign = "") {
  const runs = [...narrow(word).matchAll(RUN)];
  // One character is the start of its pairs: not a phrase, but words that begin with it.
  if (runs.length === 1 && runs[0][1] && [...runs[0][0]].length === 1) return sign + runs[0][0];
  const tokens = runs.flatMap(([run, chinese], at) => {
    const characters = [...run];
    if (!chinese || characters.length === 1) return [run];
    const pairs = characters.slice(1).map((character, before) => characters[before] + character);
    // Where the run goes on beyond the query its first and last characters are inside pairs, so they are left out.
    return [...(at > 0 ? [characters[0]] : []), ...pairs, ...(at < runs.length - 1 ? [characters.at(-1)] : [])];
  });
  return tokens.length ? `"${tokens.map((token) => sign + token).join(" ")}"` : null;
}

/** The text of an indexed page beyond its title, from its tokens. */
export function readable(content) {
  let text = "";
  let afterPair = false;
  for (const token of content.slice(content.indexOf(BREAK)).split(" ")) {
    const [, chinese, rest] = token.match(TOKEN);
    const characters = [...chinese];
    if (characters.length === 2) text += characters[1];
    else if (!afterPair) text += chinese;
    afterPair = characters.length === 2;
    text += rest;
  }
  return text.replaceAll(SPACE, " ").split(BREAK).map((block) => block.trim()).filter(Boolean).join(" · ");
}

/** What matches the words of the query in a text, whatever punctuation stands where they have some. */
export function matcher(words) {
  const patterns = words.map((word) => {
    const runs = [...narrow(word).matchAll(RUN)];
    return runs.map(([run, chinese], at) => {
      const alike = at > 0 && Boolean(chinese) === Boolean(runs[at - 1][1]);
      return (at > 0 ? `[^\\p{L}\\p{N}_]${alike ? "+" : "*"}` : "") + run;
    }).join("");
  });
  return new RegExp(patterns.filter(Boolean).join("|"), "giu");
}

/** The part of a text around its first match, with the matches marked. */
export function excerpt(text, pattern) {
  const found = Math.max(0, text.search(pattern));
  const start = found > BEFORE ? found - BEFORE : 0;
  const end = found + AFTER;
  const part = text.slice(start, end).replace(/^[ ·]+|[ ·]+$/g, "");
  return marked((start ? "……" : "") + part + (end < text.length ? "……" : ""), pattern);
}

function marked(text, pattern) {
  const nodes = document.createDocumentFragment();
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    nodes.append(text.slice(at, match.index), mark);
    at = match.index + match[0].length;
  }
  nodes.append(text.slice(at));
  return nodes;
}

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

/** The pages that hold every word of the query: first those with all of them in the title, then offices, rules last. */
export async function find(words) {
  const engine = await pagefind();
  const known = words.filter((word) => phrase(word));
  const results = (sign) => Promise.all(known.map(async (word) => (await engine.search(phrase(word, sign), ORDER)).results));
  const [answers, titles] = await Promise.all([results(""), results(TITLE)]);
  const titled = new Set(common(titles).map(({ id }) => id));
  return common(answers).sort((a, b) => titled.has(b.id) - titled.has(a.id));
}

/** The results that all the answers have in common, in the order of the first. */
function common([first = [], ...others]) {
  const pages = others.map((results) => new Set(results.map(({ id }) => id)));
  return first.filter(({ id }) => pages.every((page) => page.has(id)));
}

function start() {
  const form = document.getElementById("search");
  const input = form.elements.namedItem("q");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const more = document.getElementById("search-more");
  let turn = 0;
  let shown = { results: [], pattern: null };

  async function showMore(mine) {
    const from = list.children.length;
    const { results, pattern } = shown;
    const pages = await Promise.all(results.slice(from, from + STEP).map((result) => result.data()));
    if (mine !== turn) return;
    list.append(...pages.map((page) => item(page, pattern)));
    more.hidden = list.children.length >= results.length;
    if (from) list.children[from]?.querySelector("a").focus();
  }

  function item({ url, meta, content }, pattern) {
    const entry = document.createElement("li");
    const heading = document.createElement("h2");
    const link = document.createElement("a");
    const text = document.createElement("p");
    link.href = url;
    link.append(marked(meta.title, pattern));
    heading.append(link);
    text.append(excerpt(readable(content), pattern));
    entry.append(heading, text);
    return entry;
  }

  async function search() {
    const mine = ++turn;
    const query = input.value.trim();
    const words = query.split(/\s+/u).filter((word) => phrase(word));
    list.replaceChildren();
    more.hidden = true;
    document.title = document.title.replace(/^(.*：)?搜索/, query ? `${query}：搜索` : "搜索");
    if (!words.length) {
      status.textContent = query ? "请输入汉字、字母或数字。" : "";
      return;
    }
    status.textContent = "正在搜索……";
    try {
      const results = await find(words);
      if (mine !== turn) return;
      shown = { results, pattern: matcher(words) };
      status.textContent = results.length
        ? `“${query}”：找到 ${results.length} 个页面。`
        : `“${query}”：没有找到。可以换一个说法，或者只输入其中两三个字。`;
      await showMore(mine);
    } catch {
      if (mine === turn) status.textContent = "搜索暂时不能用：没有取到索引。请稍后再试，或者按地区查找。";
      loading = null;
    }
  }

  const fromAddress = () => {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    search();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("q", input.value.trim());
    history.pushState(null, "", address);
    search();
  });
  more.addEventListener("click", () => showMore(turn));
  addEventListener("popstate", fromAddress);
  fromAddress();
}

if (document.getElementById("search")) start();
