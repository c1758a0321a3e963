// The big screen: the session for a television or a tablet at two or three metres. Full screen where the browser can,
// otherwise the layout alone; kept on this device. It leaves with Escape or with the same button.

const KEPT = "stenosis-pt-big";

/** @param {{document: Document, storage: Storage | null, words: object}} given */
export function makeBig({ document, storage, words }) {
  const root = document.documentElement;
  const kept = (value) => {
    try {
      return value === undefined ? storage?.getItem(KEPT) : storage?.setItem(KEPT, value);
    } catch {
      return null; // not kept: it is on until the page is left
    }
  };
  let on = kept() === "1";

  function show() {
    root.toggleAttribute("data-big", on);
    for (const each of document.querySelectorAll("[data-big-button]")) each.textContent = words[on ? "bigOn" : "bigOff"];
  }

  function set(wanted) {
    on = wanted;
    kept(on ? "1" : "0");
    show();
    if (on) fill();
    else if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  }

  // Only a press may ask for the whole screen; where it is refused the layout is big all the same.
  function fill() {
    if (!document.fullscreenElement) root.requestFullscreen?.({ navigationUI: "hide" })?.catch(() => {});
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-big-button]")) set(!on);
    else if (on && event.isTrusted && event.target.closest("button")) fill();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && on) set(false);
  });
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && on) set(false);
  });
  show();
}
