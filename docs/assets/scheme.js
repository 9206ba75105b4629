// Light or dark: the reader's choice if one was made, else the system's. Loaded in the head, before anything is drawn.
"use strict";
(() => {
  const KEY = "scheme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  // Reading or writing storage throws where the browser forbids it; the choice then lasts for this page only.
  const remembered = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const remember = (scheme) => { try { localStorage.setItem(KEY, scheme); } catch { /* see above */ } };
  const current = () => root.dataset.scheme || (system.matches ? "dark" : "light");

  const choice = remembered();
  if (choice === "light" || choice === "dark") root.dataset.scheme = choice;

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("scheme-toggle");
    if (!button) return;
    const label = () => {
      const dark = current() === "dark";
      button.textContent = dark ? "浅色" : "深色";
      button.setAttribute("aria-label", dark ? "改用浅色显示" : "改用深色显示");
    };
    button.addEventListener("click", () => {
      root.dataset.scheme = current() === "dark" ? "light" : "dark";
      remember(root.dataset.scheme);
      label();
    });
    system.addEventListener("change", label);
    label();
    button.hidden = false;
  });
})();
