// Sorts the tables by their headings, and keeps light or dark; nothing is fetched or sent.
const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
const status = document.querySelector("[data-sorted]");
const LARGEST_FIRST = { none: "descending", descending: "ascending", ascending: "none" };
const SMALLEST_FIRST = { none: "ascending", ascending: "descending", descending: "none" };

// What a table sorts: a client is one body of two rows, or one row of the only body.
const unitsOf = (table) => (table.tBodies.length > 1 ? [...table.tBodies] : [...(table.tBodies[0]?.rows ?? [])]);
const cellOf = (unit, place) => (unit.rows?.[0] ?? unit).cells[place];

const keyOf = (unit, head) => {
  const cell = cellOf(unit, head.cellIndex);
  const isText = head.classList.contains("name");
  const value = isText ? cell.querySelector("bdi").textContent : cell.dataset.value;
  return {
    unit,
    group: Number(cell.dataset.group ?? 0),
    value: value === undefined ? null : isText ? value : Number(value),
  };
};

const compare = (a, b) => (typeof a === "string" ? words.compare(a, b) : a - b);

const sortBy = (head) => {
  const table = head.closest("table");
  const cycle = head.matches(".name, .rank") ? SMALLEST_FIRST : LARGEST_FIRST;
  const way = cycle[head.getAttribute("aria-sort") ?? "none"];
  table.querySelectorAll("th[aria-sort]").forEach((th) => th.removeAttribute("aria-sort"));
  if (way !== "none") head.setAttribute("aria-sort", way);
  const sign = way === "ascending" ? 1 : -1;
  const keyed = unitsOf(table).map((unit) => keyOf(unit, head));
  keyed.sort((a, b) => {
    const begun = a.unit.dataset.place - b.unit.dataset.place;
    if (way === "none") return begun;
    if (a.value === null || b.value === null) return (a.value === null) - (b.value === null) || begun;
    return a.group - b.group || sign * compare(a.value, b.value) || begun;
  });
  const parent = keyed[0]?.unit.parentNode;
  parent?.append(...keyed.map((key) => key.unit));
  const { sorted, unsorted } = status.dataset;
  status.textContent = way === "none" ? unsorted : `${sorted} ${head.textContent.trim()}, ${status.dataset[way]}`;
};

const makeSortable = () => {
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    unitsOf(table).forEach((unit, place) => (unit.dataset.place = place));
    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sortBy(head));
    }
  }
};

const makeTheme = () => {
  const button = document.querySelector(".theme");
  if (!button) return;
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const show = (theme) => {
    root.dataset.theme = theme;
    button.setAttribute("aria-pressed", String(theme === "dark"));
  };
  show(dark.matches ? "dark" : "light");
  button.hidden = false;
  button.addEventListener("click", () => show(root.dataset.theme === "dark" ? "light" : "dark"));
  dark.addEventListener("change", () => show(dark.matches ? "dark" : "light"));
};

if (status) makeSortable();
makeTheme();
