// The service worker: registered from patients' pages alone.

/** The registration, or null where the browser has none or refuses. */
export async function register(url) {
  try {
    return (await navigator.serviceWorker?.register(url, { updateViaCache: "none" })) ?? null;
  } catch {
    return null;
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
