// Tables on the screen: sorted by a click on a heading, filtered by the name of a debtor.
const DATE = /^(\d{2})[-/](\d{2})[-/](\d{4})$/;
const SORTABLE_FROM = 3;
const isDutch = document.documentElement.lang === "nl";
const words = new Intl.Collator(document.documentElement.lang, { numeric: true });

// What a cell is sorted by: a number, a date, or else its text; nothing for a dash.
const valueOf = (cell) => {
  const text = (cell?.firstChild?.nodeType === Node.TEXT_NODE || !cell?.querySelector("br")
    ? cell?.textContent
    : cell.firstChild.textContent
  )?.trim() ?? "";
  if (text === "–" || text === "") return null;
  const date = text.match(DATE);
  if (date) return Number(date[3] + date[2] + date[1]);
  if (cell.dataset.value) return Number(cell.dataset.value);
  if (!cell.classList.contains("num")) return text;
  const plain = text.replaceAll("\u2212", "-").replace(isDutch ? /\./g : /,/g, "");
  const number = parseFloat(plain.replace(",", ".").replace(/^[^\d-]+/, ""));
  return Number.isNaN(number) ? text : number;
};

const compare = (a, b) =>
  typeof a === "number" && typeof b === "number" ? a - b : words.compare(String(a), String(b));

const NEXT = { none: "descending", descending: "ascending", ascending: "none" };
const NEXT_TEXT = { none: "ascending", ascending: "descending", descending: "none" };

const sortBy = (head) => {
  const table = head.closest("table");
  const body = table.tBodies[0];
  const place = head.cellIndex;
  const isText = head.classList.contains("text");
  const way = (isText ? NEXT_TEXT : NEXT)[head.getAttribute("aria-sort") ?? "none"];
  table.querySelectorAll("th[aria-sort]").forEach((th) => th.removeAttribute("aria-sort"));
  if (way !== "none") head.setAttribute("aria-sort", way);
  const sign = way === "ascending" ? 1 : -1;
  const keyed = [...body.rows].map((row) => ({ row, value: valueOf(row.cells[place]) }));
  keyed.sort((a, b) => {
    const rest = a.row.classList.contains("rest") - b.row.classList.contains("rest");
    if (rest || way === "none") return rest || a.row.dataset.place - b.row.dataset.place;
    if (a.value === null || b.value === null) return (a.value === null) - (b.value === null);
    return sign * compare(a.value, b.value) || a.row.dataset.place - b.row.dataset.place;
  });
  body.append(...keyed.map((entry) => entry.row));
};

const makeSortable = () => {
  for (const table of document.querySelectorAll("figure.table table")) {
    const isSortable = (table.tBodies[0]?.rows.length ?? 0) >= SORTABLE_FROM;
    [...table.tBodies[0].rows].forEach((row, place) => (row.dataset.place ??= place));
    for (const head of table.tHead.rows[0].cells) {
      if (!head.textContent.trim()) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = isSortable ? "sort" : "told";
      button.append(...head.childNodes);
      head.append(button);
    }
  }
};

// A browser does not repeat a head with buttons in it on the next sheet.
const makePlain = () =>
  document.querySelectorAll("th > .sort, th > .told").forEach((button) => button.replaceWith(...button.childNodes));

// A table that is wider than the screen scrolls; the keyboard must reach it.
const reachable = () => {
  for (const figure of document.querySelectorAll("figure.table")) {
    const scrolls = figure.scrollWidth > figure.clientWidth;
    if (scrolls) figure.tabIndex = 0;
    else figure.removeAttribute("tabindex");
  }
};

const folded = (text) =>
  text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLocaleLowerCase().trim();

const debtorTables = () =>
  [...document.querySelectorAll("figure.table")]
    .map((figure) => ({ figure, heads: [...figure.querySelectorAll("thead th")] }))
    .map(({ figure, heads }) => ({
      figure,
      places: heads.filter((th) => /^(name|customer_id)$/.test(th.dataset.key ?? ""))
        .map((th) => th.cellIndex),
      isOfDebtors: heads.some((th) => th.dataset.key === "name"),
    }))
    .filter((table) => table.isOfDebtors);

const filterRows = ({ figure, places }, wanted) => {
  let found = 0;
  for (const row of figure.querySelectorAll("tbody tr")) {
    const text = places.map((place) => row.cells[place]?.textContent ?? "").join(" ");
    const isFound = !row.classList.contains("rest") && folded(text).includes(wanted);
    row.hidden = wanted !== "" && !isFound;
    found += isFound ? 1 : 0;
  }
  figure.classList.toggle("filtered", wanted !== "");
  figure.classList.toggle("unfound", wanted !== "" && found === 0);
  return found;
};

const entryTo = ({ figure }, found) => {
  const entry = document.createElement("li");
  const link = document.createElement("a");
  link.href = `#${figure.id}`;
  link.textContent = figure.querySelector("figcaption").firstChild.textContent.trim();
  const count = document.createElement("span");
  count.className = "count";
  count.textContent = String(found);
  entry.append(link, " ", count);
  return entry;
};

// Debtors whom a table leaves out of the page, with their rows in the workbook.
const MOST_HELD = 8;
const heldDebtors = () => {
  const { sheets = [], debtors = [] } = JSON.parse(document.getElementById("debtors")?.textContent || "{}");
  return debtors.map(([name, number, places]) => ({
    text: folded(`${name} ${number}`),
    label: [name, number].filter(Boolean).join(" · "),
    places: places.flatMap((row, at) => (at % 2 ? [[sheets[places[at - 1]], row]] : [])),
  }));
};

const lineOf = (text, name = "li") => {
  const line = document.createElement(name);
  line.textContent = text;
  return line;
};

// What is held is text of the client: it is only ever set as text.
const heldEntry = (box) => ({ label, places }) => {
  const entry = lineOf(label);
  const at = ([sheet, row]) => box.dataset.at.replace("§", () => sheet).replace("#", String(row));
  entry.append(lineOf(places.map(at).join(" · "), "small"));
  return entry;
};

const showHeld = (box, found) => {
  const shown = found.slice(0, MOST_HELD).map(heldEntry(box));
  const more = found.length - shown.length;
  if (more > 0) shown.push(lineOf(box.dataset.more.replace("#", String(more))));
  box.querySelector(".held").replaceChildren(...shown);
};

const makeSearch = () => {
  const tables = debtorTables();
  const box = document.querySelector(".search");
  const held = heldDebtors();
  if (!box || tables.length + held.length === 0) return;
  const field = box.querySelector("input");
  const [status, list] = [box.querySelector("[role='status']"), box.querySelector("ul")];
  box.hidden = false;
  const search = () => {
    const wanted = folded(field.value);
    const counts = tables.map((table) => filterRows(table, wanted));
    const total = counts.reduce((sum, found) => sum + found, 0);
    const beyond = wanted === "" ? [] : held.filter((debtor) => debtor.text.includes(wanted));
    const told = [[total, box.dataset.found], [beyond.length, box.dataset.also]]
      .filter(([count]) => count)
      .map(([count, text]) => text.replace("#", String(count)));
    status.textContent = wanted === "" ? "" : told.join(" · ") || box.dataset.none;
    const entries = tables.map((table, place) => (counts[place] ? entryTo(table, counts[place]) : ""));
    list.replaceChildren(...(wanted === "" ? [] : entries.filter(Boolean)));
    showHeld(box, beyond);
  };
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("a")?.click();
    if (event.key === "Escape") {
      field.value = "";
      search();
    }
  });
};
