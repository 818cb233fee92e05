// Brings the page to life, in the order in which things need each other.
// A browser counts the pages before it tells the page that it is on paper now. So the rules for
// paper hold from the moment that printing is asked for, and the sheets are planned by then.
let isPlanned = false;
const rule = (forPaper) => {
  document.querySelectorAll("style[media]").forEach((style) => {
    style.dataset.own ??= style.media;
    style.media = forPaper ? (style.dataset.own === "print" ? "all" : "not all") : style.dataset.own;
  });
};
const onPaper = () => {
  rule(true);
  makePlain();
  if (!isPlanned) planAll();
  isPlanned = true;
  return drawAll(true);
};
const onScreen = () => {
  if (paper.matches) return Promise.resolve();
  rule(false);
  unfit();
  makeSortable();
  explainHeadings();
  isPlanned = false;
  return drawAll(false);
};

document.addEventListener("click", toggleTrace);
document.addEventListener("click", (event) => {
  const sort = event.target.closest(".sort");
  if (sort) sortBy(sort.closest("th"));
});
window.addEventListener("beforeprint", onPaper);
window.addEventListener("afterprint", onScreen);
window.addEventListener("resize", reachable);
paper.addEventListener("change", () => paper.matches && onPaper());
if (!paper.matches) {
  makeTheme();
  makeSortable();
  explainHeadings();
  makeSearch();
  makeTips();
  reachable();
  whereAmI();
}
document.fonts.ready
  .then(() => (paper.matches ? onPaper() : drawAll(false)))
  .then(() => (document.documentElement.dataset.drawn = String(plots.length)));
