// The service worker: registered from patients' pages alone. A new version waits until the patient takes it, on the
// day's page alone: never in a session.

/** The registration, or nothing where the browser has none or refuses. */
export async function register(url) {
  try {
    return await navigator.serviceWorker?.register(url, { updateViaCache: "none" });
  } catch {
    return undefined;
  }
}

/** Resolved once what this page fetches goes through the worker. */
export async function controlled() {
  const { serviceWorker } = navigator;
  const { active } = await serviceWorker.ready;
  if (serviceWorker.controller) return;
  const taken = new Promise((resolve) => serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  active.postMessage("claim"); // a page that was on its way while the worker became active, or was loaded past it
  await taken;
}

/** @param {(take: () => void) => void} offer shows that there is one */
export function offerUpdate(registration, offer) {
  const ready = (worker) => {
    if (!navigator.serviceWorker.controller) return; // the first version of all
    offer(() => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      worker.postMessage("skip");
    });
  };
  const watch = (worker) => worker?.addEventListener("statechange", () => worker.state === "installed" && ready(worker));
  if (registration.waiting) ready(registration.waiting);
  watch(registration.installing);
  registration.addEventListener("updatefound", () => watch(registration.installing));
}
