// One quiet line, after the first finished session, until it is dismissed for good. Not personal: localStorage.

const DISMISSED = "stenosis-pt-no-install";

export function offerInstall(box) {
  keepStorage();
  if (matchMedia("(display-mode: standalone)").matches || navigator.standalone || stored()) return;
  const button = box.querySelector("[data-install-now]");
  const byHand = box.querySelector("[data-install-by-hand]");
  box.querySelector("[data-install-no]").addEventListener("click", () => {
    stored(1);
    box.hidden = true;
  });
  if ("standalone" in navigator) box.hidden = byHand.hidden = false; // Safari on a phone: by its own menu
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    box.hidden = button.hidden = false;
    button.onclick = async () => {
      await event.prompt();
      box.hidden = true;
    };
  });
}

// A wish: some browsers clear what a site has kept after a week without a visit.
async function keepStorage() {
  const { storage } = navigator;
  if (storage?.persist && !(await storage.persisted())) await storage.persist();
}

function stored(value) {
  try {
    return value ? localStorage.setItem(DISMISSED, value) : localStorage.getItem(DISMISSED);
  } catch {
    return null;
  }
}
