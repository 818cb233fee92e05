"use strict";
// Draws the charts from the JSON beside them: on the screen in the colours of the screen, on
// paper in those of the brand and at the width of the page.
(() => {
  const look = JSON.parse(document.getElementById("look").textContent);
  const paper = window.matchMedia("print");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const plots = [...document.querySelectorAll(".plot")];

  const colours = (still) => {
    const style = getComputedStyle(document.documentElement);
    const swaps = new Map();
    for (const [name, colour] of Object.entries(look.palette)) {
      const now = still ? look.brand[name] : style.getPropertyValue(`--${name}`).trim();
      if (now) swaps.set(colour, now);
    }
    return swaps;
  };

  const recolour = (value, swaps) => {
    if (typeof value === "string") return swaps.get(value.toUpperCase()) ?? value;
    if (Array.isArray(value)) return value.map((part) => recolour(part, swaps));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, recolour(part, swaps)]),
    );
  };

  const draw = (plot, still, swaps) => {
    const source = plot.parentElement.querySelector("script[type='application/json']");
    const figure = recolour(JSON.parse(source.textContent), swaps);
    const layout = { ...figure.layout, template: recolour(look.template, swaps) };
    if (still) {
      layout.width = plot.closest(".noted") ? look.widths.main : look.widths.full;
    } else {
      layout.autosize = true;
    }
    hidden(plot).forEach((trace) => (figure.data[trace].visible = "legendonly"));
    const config = { displayModeBar: false, responsive: !still, staticPlot: still };
    window.Plotly.purge(plot);
    return window.Plotly.newPlot(plot, figure.data, layout, config);
  };

  const hidden = (plot) =>
    [...plot.parentElement.querySelectorAll(".mark[aria-pressed='false']")].map((mark) =>
      Number(mark.dataset.trace),
    );

  const drawAll = (still) => {
    const swaps = colours(still);
    return Promise.all(plots.map((plot) => draw(plot, still, swaps)));
  };

  const toggle = (event) => {
    const mark = event.target.closest(".mark");
    if (!mark) return;
    const shown = mark.getAttribute("aria-pressed") === "true";
    mark.setAttribute("aria-pressed", String(!shown));
    const plot = mark.closest("figure").querySelector(".plot");
    window.Plotly.restyle(plot, { visible: shown ? "legendonly" : true }, [
      Number(mark.dataset.trace),
    ]);
  };

  // A table that is wider than the screen scrolls; the keyboard must reach it.
  const reachable = () => {
    for (const table of document.querySelectorAll("figure.table")) {
      const scrolls = table.scrollWidth > table.clientWidth;
      table.toggleAttribute("tabindex", scrolls);
      if (scrolls) table.tabIndex = 0;
    }
  };

  // A table that is wider than the page would make the browser shrink every page.
  const fit = () => {
    for (const figure of document.querySelectorAll("figure.table")) {
      const table = figure.querySelector("table");
      table.style.fontSize = "";
      figure.classList.toggle("tight", table.offsetWidth > figure.clientWidth * 1.15);
      const size = parseFloat(getComputedStyle(table).fontSize);
      for (let part = 0.96; part > 0.5 && table.offsetWidth > figure.clientWidth; part -= 0.04) {
        table.style.fontSize = `${size * part}px`;
      }
    }
  };

  const whereAmI = () => {
    const links = new Map(
      [...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]),
    );
    const seen = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting) continue;
          links.forEach((link) => link.removeAttribute("aria-current"));
          links.get(entry.target.id)?.setAttribute("aria-current", "true");
        }
      },
      { rootMargin: "-15% 0px -75% 0px" },
    );
    document.querySelectorAll("section.chapter").forEach((chapter) => seen.observe(chapter));
  };

  document.addEventListener("click", toggle);
  dark.addEventListener("change", () => drawAll(paper.matches));
  window.addEventListener("beforeprint", () => drawAll(true));
  window.addEventListener("afterprint", () => drawAll(false));
  window.addEventListener("resize", reachable);
  reachable();
  paper.addEventListener("change", () => paper.matches && fit());
  if (!paper.matches) whereAmI();
  document.fonts.ready.then(() => drawAll(paper.matches)).then(() => {
    if (paper.matches) fit();
    document.documentElement.dataset.drawn = String(plots.length);
  });
})();
