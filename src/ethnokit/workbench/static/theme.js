// Before the first paint: the light or dark that was chosen on this machine, so that the page does not flash.
try {
  const chosen = localStorage.getItem("ethnokit.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be shut; the system's own light or dark then holds.
}
