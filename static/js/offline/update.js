// A new version waits until the patient takes it, on the day's page alone: never in a session.

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
