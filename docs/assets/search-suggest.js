// Names below a search box while somebody types: plain links, fetched when the box is first used.
// The form works as before without them.

import { findNames, loadNames, SITE } from "./search-names.js";
import { marked, matcher } from "./search-text.js";

const MOST = 8;
const PAUSE = 120; // ms without a key before the list is made anew
const SILENCE = 900; // and before a screen reader is told of it

/** A name with what tells it from others of the same name, for a list of links. */
export function nameParts({ entry, other }, pattern) {
  const link = document.createElement("a");
  link.href = new URL(entry.page, SITE).href;
  link.append(marked(entry.name, pattern));
  const place = document.createElement("span");
  place.className = "small";
  const around = entry.around.map(({ name }) => name).join(" ");
  place.append(around || (entry.id ? "" : "省级地区"));
  if (other) place.append(`${around ? "；" : ""}${other.said}：`, marked(other.name, pattern));
  return [link, " ", place];
}

function start(form) {
  const input = form.elements.namedItem("q");
  const box = document.createElement("div");
  const list = document.createElement("ul");
  const told = document.createElement("p");
  box.className = "search-suggest";
  box.hidden = true;
  list.setAttribute("aria-label", "名称相符的机关和地区");
  told.setAttribute("aria-live", "polite");
  box.append(list, told);
  form.querySelector(".search-form__row").after(box);
  let typing = 0;
  let telling = 0;
  let turn = 0;

  function close() {
    turn += 1;
    clearTimeout(typing);
    clearTimeout(telling);
    box.hidden = true;
    told.textContent = "";
  }

  async function draw() {
    const mine = ++turn;
    const query = input.value;
    const data = await loadNames();
    if (mine !== turn) return;
    const found = query.trim() ? findNames(data, query, {}) : [];
    const pattern = matcher(query.trim().split(/\s+/u));
    list.replaceChildren(...found.slice(0, MOST).map((one) => {
      const item = document.createElement("li");
      item.append(...nameParts(one, pattern));
      return item;
    }));
    box.hidden = !found.length;
    const said = found.length > MOST ? `名称相符的有 ${found.length} 个，这里列出前 ${MOST} 个；按“搜索”看全部。` : `名称相符的有 ${found.length} 个。`;
    clearTimeout(telling);
    telling = setTimeout(() => { told.textContent = found.length ? said : ""; }, SILENCE);
  }

  const soon = () => {
    clearTimeout(typing);
    typing = setTimeout(() => draw().catch(close), PAUSE);
  };

  /** Up and down from the box through the list, as in any list that hangs below a box. */
  function move(event) {
    const stops = [input, ...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = stops.indexOf(document.activeElement);
    if (box.hidden || at < 0 || !(step || event.key === "Escape")) return;
    event.preventDefault();
    if (step) stops[Math.max(0, Math.min(stops.length - 1, at + step))].focus();
    else {
      input.focus();
      close();
    }
  }

  input.addEventListener("focus", () => loadNames().catch(() => {}), { once: true });
  // While a Chinese word is being put together the box holds the letters typed for it, which are no query yet.
  input.addEventListener("input", (event) => event.isComposing || soon());
  input.addEventListener("compositionend", soon);
  form.addEventListener("keydown", move);
  form.addEventListener("submit", close);
  form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || close());
}

for (const form of document.querySelectorAll("form[data-suggest]")) start(form);
