"use strict";
// Draws the charts from the JSON beside them: on the screen in the colours of the screen, on
// paper in those of the brand and at the width of the page.
const look = JSON.parse(document.getElementById("look").textContent);
const paper = window.matchMedia("print");
const plots = [...document.querySelectorAll(".plot")];
const NARROW_PX = 520;
const NAME_ON_NARROW = 17;

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

const hidden = (plot) =>
  [...plot.parentElement.querySelectorAll(".mark[aria-pressed='false']")].map((mark) =>
    Number(mark.dataset.trace),
  );

// Names beside bars would leave no room for the bars on a telephone. They are escaped already,
// so a cut must not go through the middle of an entity.
const shortened = (name) => {
  const signs = String(name).match(/&[a-z0-9#]+;|./gisu) ?? [];
  if (signs.length <= NAME_ON_NARROW) return name;
  return `${signs.slice(0, NAME_ON_NARROW - 1).join("").trimEnd()}…`;
};

// Labels stand behind the ends of bars: widen the axis until the widest one is inside.
const makeRoom = (plot) => {
  const { xaxis, annotations = [], width, margin } = plot._fullLayout;
  if (!xaxis?.range || xaxis.type === "category") return null;
  const [low, high] = xaxis.range;
  const room = width - xaxis._offset;
  const drawn = plot.querySelectorAll(".annotation");
  let needed = high;
  annotations.forEach((label, place) => {
    if (label.xref !== "x" || label.xanchor !== "left" || !drawn[place]) return;
    const wide = drawn[place].getBBox().width + (label.xshift ?? 0) + 2;
    const left = Math.max(room - wide, room / 4);
    needed = Math.max(needed, low + ((label.x - low) * xaxis._length) / left);
  });
  return needed > high ? window.Plotly.relayout(plot, { "xaxis.range": [low, needed] }) : null;
};

const draw = async (plot, still, swaps) => {
  const source = plot.parentElement.querySelector("script[type='application/json']");
  const figure = recolour(JSON.parse(source.textContent), swaps);
  const layout = { ...figure.layout, template: recolour(look.template, swaps) };
  layout.height = plot.clientHeight;
  if (still) {
    layout.width = plot.closest(".noted") ? look.widths.main : look.widths.full;
  } else {
    layout.autosize = true;
    if (plot.clientWidth < NARROW_PX && layout.yaxis?.ticktext) {
      layout.yaxis = { ...layout.yaxis, ticktext: layout.yaxis.ticktext.map(shortened) };
    }
  }
  hidden(plot).forEach((trace) => (figure.data[trace].visible = "legendonly"));
  const config = { displayModeBar: false, responsive: !still, staticPlot: still };
  window.Plotly.purge(plot);
  await window.Plotly.newPlot(plot, figure.data, layout, config);
  await makeRoom(plot);
};

// Printing asks again for what stands there already: that takes a second and changes nothing.
let standing = "";
const drawAll = (still) => {
  const swaps = colours(still);
  const wanted = JSON.stringify([still, [...swaps], plots.map((plot) => plot.clientHeight)]);
  if (wanted === standing) return Promise.resolve();
  standing = wanted;
  return Promise.all(plots.map((plot) => draw(plot, still, swaps)));
};

const toggleTrace = (event) => {
  const mark = event.target.closest(".mark");
  if (!mark) return;
  const shown = mark.getAttribute("aria-pressed") === "true";
  mark.setAttribute("aria-pressed", String(!shown));
  const plot = mark.closest("figure").querySelector(".plot");
  window.Plotly.restyle(plot, { visible: shown ? "legendonly" : true }, [
    Number(mark.dataset.trace),
  ]);
};
