// Asks for news of the page it stands in: see package serve.
(() => {
  "use strict";
  const { root, page, body, style } = document.currentScript.dataset;
  const store = (key, value) => sessionStorage.setItem("uptree." + key, JSON.stringify(value));
  const stored = (key) => JSON.parse(sessionStorage.getItem("uptree." + key) ?? "null");
  const details = () => [...document.querySelectorAll("details")];

  // A page that is loaded again opens where the reader was.
  const was = stored("was");
  sessionStorage.removeItem("uptree.was");
  if (was?.path === location.pathname) {
    const opened = details();
    for (const i of was.open) if (opened[i]) opened[i].open = true;
    const back = () => scrollTo(was.x, was.y);
    back();
    addEventListener("load", back);
  }

  function load() {
    const open = details().flatMap((d, i) => (d.open ? [i] : []));
    store("was", { path: location.pathname, x: scrollX, y: scrollY, open });
    location.reload();
  }

  function sheet(href) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    return link;
  }

  // The new style sheet is there before the old one goes.
  let current = style;
  function restyle(path) {
    const old = [...document.querySelectorAll('link[rel="stylesheet"]')].filter((l) => l.getAttribute("href").endsWith(current));
    const link = sheet(root + path);
    link.addEventListener("load", () => old.forEach((l) => l.remove()));
    (old[0] ?? document.head.lastChild).after(link);
    current = path;
  }

  let panel;
  function problems(said) {
    panel?.remove();
    panel = undefined;
    if (said === "" || said === stored("hidden")) return;
    document.head.querySelector("link[data-uptree]") ?? overlaySheet();
    panel = document.createElement("aside");
    panel.id = "_uptree";
    panel.setAttribute("role", "alert");
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Hide (Esc)";
    const hide = () => {
      store("hidden", said);
      panel?.remove();
      panel = undefined;
    };
    close.addEventListener("click", hide);
    const title = document.createElement("strong");
    title.textContent = "To mend";
    const text = document.createElement("pre");
    text.textContent = said;
    panel.append(title, close, text);
    panel.hide = hide;
    document.body.append(panel);
  }

  function overlaySheet() {
    const link = sheet(root + "_uptree/overlay.css");
    link.dataset.uptree = "";
    document.head.append(link);
  }

  addEventListener("keydown", (e) => e.key === "Escape" && panel?.hide());

  // A browser keeps few connections to a host: pages that nobody sees let go of theirs, and
  // hear on their return what they missed.
  let news;
  function listen() {
    news?.close();
    problems(""); // said again where they still stand
    if (document.visibilityState === "hidden") return;
    news = new EventSource(root + "_uptree/events?" + new URLSearchParams({ page, body, style: current }));
    news.addEventListener("page", load);
    news.addEventListener("style", (e) => restyle(JSON.parse(e.data)));
    news.addEventListener("problems", (e) => problems(JSON.parse(e.data)));
    news.addEventListener("error", () => problems("")); // it asks again by itself
  }
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => news?.close());
  addEventListener("pageshow", (e) => e.persisted && location.reload());
  listen();
})();
