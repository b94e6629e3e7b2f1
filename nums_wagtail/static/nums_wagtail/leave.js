// "Leave this page": Shift three times within two seconds, and no way back by the Back button.
// Without this module the link still works.

const WITHIN = 2000;
const TIMES = 3;

const link = document.querySelector("[data-nums-leave]");

function go() {
  // The next page may take a moment on a slow line: show nothing until then.
  document.body.hidden = true;
  window.location.replace(link.href);
}

function watch() {
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      presses = []; // Somebody writing capital letters presses Shift often.
      return;
    }
    if (event.repeat) return;
    const now = event.timeStamp;
    presses = [...presses.filter((then) => now - then <= WITHIN), now];
    if (presses.length < TIMES) return;
    presses = [];
    go();
  });
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go();
  });
  // A page brought back from the browser's memory must not show what stood on it.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.body.hidden) window.location.reload();
  });
  const hint = link.querySelector("[data-nums-leave-hint]");
  if (hint) hint.hidden = false;
}

if (link?.getAttribute("href")) watch();
