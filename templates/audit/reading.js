// Finding one's way: the chapter one is in, light or dark, and what a figure means.
const dark = window.matchMedia("(prefers-color-scheme: dark)");

const whereAmI = () => {
  const links = new Map(
    [...document.querySelectorAll(".contents ol a")].map((a) => [a.hash.slice(1), a]),
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

// The system's choice holds until the reader makes another; a file may not be able to keep it.
const makeTheme = () => {
  const button = document.querySelector(".theme");
  const root = document.documentElement;
  const keep = (theme) => {
    try {
      if (theme) window.localStorage.setItem("theme", theme);
      return window.localStorage.getItem("theme");
    } catch {
      return theme;
    }
  };
  const show = (theme) => {
    root.dataset.theme = theme;
    button.setAttribute("aria-pressed", String(theme === "dark"));
  };
  const wanted = () => keep() ?? (dark.matches ? "dark" : "light");
  show(wanted());
  button.hidden = false;
  button.addEventListener("click", () => {
    show(root.dataset.theme === "dark" ? "light" : "dark");
    keep(root.dataset.theme);
    drawAll(paper.matches);
  });
  dark.addEventListener("change", () => {
    show(wanted());
    drawAll(paper.matches);
  });
};

// One explanation at a time, below what it explains; it opens on pointing at it and on focus.
const makeTips = () => {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  const close = () => (tip.hidden = true);
  let shown = null;
  const open = (asked, nodes) => {
    if (nodes.length === 0) return;
    tip.replaceChildren(...nodes);
    tip.hidden = false;
    shown = asked;
    place(asked);
  };
  const place = (asked) => {
    const [box, own] = [asked.getBoundingClientRect(), tip.getBoundingClientRect()];
    const left = Math.max(8, Math.min(box.left, window.innerWidth - own.width - 12));
    const isLow = box.bottom + own.height + 12 > window.innerHeight;
    tip.style.left = `${left}px`;
    tip.style.top = `${isLow ? box.top - own.height - 6 : box.bottom + 6}px`;
  };
  const asks = (event) => event.target.closest?.("button[aria-describedby]");
  const isFigure = (cell) => cell?.matches?.(".table td.num") && placeOf(cell) !== "";
  // A figure of a table waits a moment, so that reading along a row stays quiet.
  let waiting = 0;
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      clearTimeout(waiting);
      const asked = asks(event);
      const cell = event.target.closest?.("td");
      if (asked) open(asked, meaningOf(asked));
      else if (isFigure(cell)) {
        if (kind === "focusin") open(cell, meaningOfFigure(cell));
        else if (shown !== cell || tip.hidden) {
          close();
          waiting = setTimeout(() => open(cell, meaningOfFigure(cell)), WAIT_MS);
        }
      } else if (!tip.contains(event.target)) close();
    });
  }
  document.addEventListener("click", (event) => {
    if (asks(event)) open(asks(event), meaningOf(asks(event)));
  });
  document.addEventListener("keydown", (event) => walk(event));
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  // Focus may scroll the page: what is explained to the keyboard stays explained.
  const onScroll = () => {
    if (tip.hidden) return;
    if (shown === document.activeElement) place(shown);
    else close();
  };
  window.addEventListener("scroll", onScroll, { passive: true, capture: true });
};

// Where the workbook has a figure of a table, or a whole column of it.
const WAIT_MS = 450;
const held = JSON.parse(document.getElementById("cells")?.textContent || "{}");
const placeOf = (cell) => {
  const figure = cell.closest("figure.table");
  const known = held[figure?.id.slice("table-".length)];
  const head = figure?.querySelector("thead tr")?.cells[cell.cellIndex];
  const column = known?.columns[head?.dataset.key];
  if (!column) return "";
  const at = (row) => (row ? `${known.sheet}!${column}${row}` : "");
  if (cell === head) {
    const total = figure.querySelector("tfoot")?.rows[0].cells[cell.cellIndex].textContent.trim();
    return `${at(known.first)}:${column}${known.last}${total && known.total ? ` · ${column}${known.total}` : ""}`;
  }
  const row = cell.parentElement;
  if (row.closest("tfoot")) return at(known.total);
  if (row.classList.contains("rest")) return "";
  return at(known.first + Number(row.dataset.place ?? row.sectionRowIndex));
};

const proofLine = (text) => {
  const line = document.createElement("small");
  line.textContent = text;
  return line;
};
const evidence = (place) =>
  place ? [proofLine(`${document.querySelector(".glossary").dataset.evidence}: ${place}`)] : [];
const copied = (id) =>
  [...(document.getElementById(id)?.childNodes ?? [])].map((node) => node.cloneNode(true));
const meaningOf = (asked) => asked.getAttribute("aria-describedby").split(" ").flatMap(copied);
const headOf = (cell) => cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
const meaningOfFigure = (cell) => [
  ...copied(`about-${headOf(cell).dataset.key}`),
  ...evidence(placeOf(cell)),
];

// From a heading the arrow keys lead to its figures, so that each explains itself without a mouse.
const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
const walk = (event) => {
  const step = STEPS[event.key];
  const from = event.target.closest?.(".table th, .table td");
  if (!step || !from) return;
  const rows = [...from.closest("table").rows].filter((row) => !row.hidden);
  const row = rows[rows.indexOf(from.parentElement) + step[0]];
  const to = row?.cells[from.cellIndex + step[1]];
  if (!to) return;
  event.preventDefault();
  const own = to.querySelector("button");
  if (!own) {
    to.tabIndex = -1;
    to.setAttribute("aria-describedby", "tip");
  }
  (own ?? to).focus();
};

// A heading explains itself: what its column means, and which cells of the workbook hold it.
const explainHeadings = () => {
  const glossary = document.querySelector(".glossary");
  if (!glossary) return;
  for (const head of document.querySelectorAll("th[data-key]")) {
    const button = head.querySelector("button");
    if (!button) continue;
    const ids = [`about-${head.dataset.key}`].filter((id) => document.getElementById(id));
    const [line] = evidence(placeOf(head));
    if (line) {
      const id = `at-${head.closest("figure").id}-${head.dataset.key}`;
      const known = document.getElementById(id) ?? document.createElement("div");
      known.id = id;
      known.replaceChildren(line);
      glossary.append(known);
      ids.push(id);
    }
    if (ids.length) button.setAttribute("aria-describedby", ids.join(" "));
  }
};
