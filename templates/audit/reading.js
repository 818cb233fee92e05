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
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  const close = () => (tip.hidden = true);
  const open = (asked) => {
    const meaning = document.getElementById(asked.getAttribute("aria-describedby"));
    if (!meaning) return;
    tip.replaceChildren(...[...meaning.childNodes].map((node) => node.cloneNode(true)));
    tip.hidden = false;
    const [box, own] = [asked.getBoundingClientRect(), tip.getBoundingClientRect()];
    const left = Math.max(8, Math.min(box.left, window.innerWidth - own.width - 12));
    const isLow = box.bottom + own.height + 12 > window.innerHeight;
    tip.style.left = `${left}px`;
    tip.style.top = `${isLow ? box.top - own.height - 6 : box.bottom + 6}px`;
  };
  const asks = (event) => event.target.closest?.("button[aria-describedby]");
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const asked = asks(event);
      if (asked) open(asked);
      else if (!tip.contains(event.target)) close();
    });
  }
  document.addEventListener("click", (event) => asks(event) && open(asks(event)));
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  window.addEventListener("scroll", close, { passive: true, capture: true });
};

// A heading of a column whose term is in the glossary explains itself.
const explainHeadings = () => {
  for (const head of document.querySelectorAll("th[data-key]")) {
    const meaning = document.getElementById(`about-${head.dataset.key}`);
    const button = head.querySelector("button");
    if (meaning && button) button.setAttribute("aria-describedby", meaning.id);
  }
};
