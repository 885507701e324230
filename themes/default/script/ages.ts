// Ages recomputed when the page is read, because pages themselves do not hold the clock.
//
// <time data-age datetime="2026-08-24T09:05:00Z"> gets the text of its age; its own text
// becomes the title. build.js registers window.uptreeBuild = {as_of, built, next} (moments as
// above, next may be absent): <time data-build="as_of"> takes its datetime from there, and an
// element with data-late loses its attribute hidden when the next build is overdue.

import { word } from "./words";

interface Build {
  as_of?: string;
  built?: string;
  next?: string;
}

declare global {
  interface Window {
    uptreeBuild?: Build;
  }
}

const minute = 60_000;

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
    const late = build.next !== undefined && Date.now() > Date.parse(build.next);
    for (const note of document.querySelectorAll("[data-late]")) note.toggleAttribute("hidden", !late);
  };
  tell();
  setInterval(tell, minute);
}

function tellAge(time: HTMLTimeElement): void {
  const age = (Date.now() - Date.parse(time.dateTime)) / minute;
  if (Number.isNaN(age)) return;
  if (age < 1) time.textContent = word("age.now");
  else if (age < 60) time.textContent = word("age.minutes", { n: Math.floor(age) });
  else if (age < 48 * 60) time.textContent = word("age.hours", { n: Math.floor(age / 60) });
  else time.textContent = word("age.days", { n: Math.floor(age / 60 / 24) });
}
