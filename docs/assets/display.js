// How the site is shown: light or dark, and the usual size or a larger one (长者模式). What the reader chose is
// remembered, else the system decides. Loaded in the head, before anything is drawn.
"use strict";
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  root.dataset.scripts = ""; // the style sheet shows the buttons, from the first time the page is drawn
  const CHOICES = { scheme: ["light", "dark"], size: ["usual", "large"] };

  // Reading or writing storage throws where the browser forbids it; the choice then lasts for this page only.
  const remembered = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* see above */ } };

  for (const [name, values] of Object.entries(CHOICES)) {
    const choice = remembered(name);
    if (values.includes(choice)) root.dataset[name] = choice;
  }

  const defaults = { scheme: () => (system.matches ? "dark" : "light"), size: () => "usual" };
  const current = (name) => root.dataset[name] || defaults[name]();

  /** Make a button change one choice to its other value; `label` says on the button what it now does. */
  function toggle(id, name, label) {
    const button = document.getElementById(id);
    if (!button) return;
    button.addEventListener("click", () => {
      root.dataset[name] = CHOICES[name].find((value) => value !== current(name));
      remember(name, root.dataset[name]);
      label(button);
    });
    system.addEventListener("change", () => label(button));
    label(button);
  }

  /** A report that was an office's newest has moved to a page of its own; so does who was sent to a place in it. */
  function followMovedReport() {
    const year = /^#y(\d{4})-/.exec(location.hash)?.[1];
    if (!year || document.getElementById(location.hash.slice(1))) return;
    const page = document.querySelector(`article a[href="${year}/"]`);
    if (page) location.replace(page.href + location.hash);
  }

  document.addEventListener("DOMContentLoaded", () => {
    followMovedReport();
    toggle("scheme-toggle", "scheme", (button) => {
      const dark = current("scheme") === "dark";
      button.textContent = dark ? "浅色" : "深色";
      button.setAttribute("aria-label", dark ? "改用浅色显示" : "改用深色显示");
    });
    toggle("size-toggle", "size", (button) => button.setAttribute("aria-pressed", String(current("size") === "large")));
  });
})();
