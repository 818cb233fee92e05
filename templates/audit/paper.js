// Plans the sheets before they are printed. A chapter laid out in columns as large as a sheet
// breaks as it will on paper; so it can be seen beforehand on which page each chapter begins, and
// whether setting it a little tighter saves a page or brings home the last rows of a table.
const MM = 96 / 25.4;
const SHEET = { width: 170 * MM, height: Math.floor(258 * MM), gap: 40 };
const DENSITIES = ["", "1", "2", "3", "4"];
const FEW_ROWS = 4;
const SPARSE_PART = 0.2;

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

const unfit = () => {
  for (const figure of document.querySelectorAll("figure.table")) {
    figure.classList.remove("tight");
    figure.querySelector("table").style.fontSize = "";
  }
};

const sheetOf = (element, left) =>
  Math.round((element.getBoundingClientRect().left - left) / (SHEET.width + SHEET.gap) - 0.3);

const spills = (part, left) => {
  let found = 0;
  for (const table of part.querySelectorAll("figure.table:not(.long) table")) {
    const rows = new Map();
    for (const row of table.querySelectorAll(":scope > tbody > tr, :scope > tfoot > tr")) {
      const sheet = sheetOf(row, left);
      rows.set(sheet, (rows.get(sheet) ?? 0) + 1);
    }
    const counts = [...rows.values()];
    if (counts.length > 1 && counts.at(-1) <= FEW_ROWS) found += 1;
  }
  return found;
};

const laidOut = (part) => {
  const box = part.getBoundingClientRect();
  const sheets = Math.round((part.scrollWidth + SHEET.gap) / (SHEET.width + SHEET.gap));
  const last = [...(part.lastElementChild?.getClientRects() ?? [])].at(-1);
  const filled = last ? (last.bottom - box.top) / SHEET.height : 1;
  const isSparse = sheets > 1 && filled < SPARSE_PART;
  return { sheets, cost: 100 * sheets + 8 * spills(part, box.left) + (isSparse ? 4 : 0) };
};

const asSheets = (part, measure) => {
  const { width, height, gap } = SHEET;
  part.style.cssText = `columns: ${width}px; column-fill: auto; column-gap: ${gap}px;
    width: ${width}px; height: ${height}px`;
  const result = measure();
  part.style.cssText = "";
  return result;
};

const plan = (chapter) =>
  asSheets(chapter, () => {
    const tried = DENSITIES.map((density, place) => {
      chapter.dataset.dense = density;
      const { sheets, cost } = laidOut(chapter);
      return { density, sheets, cost: cost + place };
    });
    const best = tried.reduce((a, b) => (b.cost < a.cost ? b : a));
    chapter.dataset.dense = best.density;
    return best.sheets;
  });

const planAll = () => {
  // Without the drawings: they take most of the time and none of the room.
  document.documentElement.classList.add("planning");
  fit();
  const contents = document.getElementById("contents");
  let page = 2 + (contents ? asSheets(contents, () => laidOut(contents).sheets) : 0);
  for (const chapter of document.querySelectorAll("section.chapter")) {
    const place = document.querySelector(`.contents .page[data-of="${chapter.id}"]`);
    if (place) place.textContent = String(page);
    page += plan(chapter);
  }
  document.documentElement.classList.remove("planning");
};
