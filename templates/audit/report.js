// Brings the page to life, in the order in which things need each other.
let isPlanned = false;
const onPaper = () => {
  if (paper.matches && !isPlanned) planAll();
  isPlanned = paper.matches;
  return drawAll(true);
};
const onScreen = () => {
  isPlanned = paper.matches;
  return drawAll(paper.matches);
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
