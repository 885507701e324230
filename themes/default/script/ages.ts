// Ages recomputed when the page is read, because pages themselves do not hold the clock.
//
// <time data-age datetime="2026-08-24T09:05:00Z"> gets the text of its age; its own text
// becomes the title. build.js registers window.uptreeBuild = {as_of, built, late_after} (moments
// as above, late_after may be absent): <time data-build="as_of"> takes its datetime from there,
// and an element with data-late loses its attribute hidden after late_after. A page that has
// been open for so long asks build.js again, and says where there is a newer build.

import { word } from "./words";

interface Build {
  as_of?: string;
  built?: string;
  late_after?: string;
}

declare global {
  interface Window {
    uptreeBuild?: Build;
  }
}

const minute = 60_000;
const askAgain = 30 * minute;

// ages fills in all ages, now and every minute.
export function ages(): void {
  const build = window.uptreeBuild ?? {};
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-build]")) {
    const at = build[time.dataset.build as keyof Build];
    if (at) {
      time.dateTime = at;
      time.dataset.age = "";
    }
  }
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-age]")) {
    time.title ||= time.textContent ?? "";
  }
  const tell = () => {
    for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-age]")) tellAge(time);
    const late = build.late_after !== undefined && Date.now() > Date.parse(build.late_after);
    for (const note of document.querySelectorAll("[data-late]")) note.toggleAttribute("hidden", !late);
    if (late && Date.now() > asked + askAgain) askFor(build);
  };
  tell();
  setInterval(tell, minute);
  document.addEventListener("visibilitychange", tell); // timers sleep behind other windows
}

let asked = Date.now(); // the page has just loaded it

// askFor loads build.js again and says so where it is not that of the page.
function askFor(build: Build): void {
  asked = Date.now();
  const script = document.createElement("script");
  script.src = (document.querySelector<HTMLScriptElement>('script[src$="build.js"]')?.src ?? "build.js") + "?" + asked;
  script.addEventListener("load", () => {
    script.remove();
    if (window.uptreeBuild?.as_of === build.as_of) return;
    for (const note of document.querySelectorAll("[data-late]")) note.textContent = word("newer");
  });
  document.head.append(script);
}

function tellAge(time: HTMLTimeElement): void {
  const age = (Date.now() - Date.parse(time.dateTime)) / minute;
  if (Number.isNaN(age)) return;
  if (age < 1) time.textContent = word("age.now");
  else if (age < 60) time.textContent = word("age.minutes", { n: Math.floor(age) });
  else if (age < 48 * 60) time.textContent = word("age.hours", { n: Math.floor(age / 60) });
  else time.textContent = word("age.days", { n: Math.floor(age / 60 / 24) });
}
