// Keeps the page when something written on the receipt page cannot be sent: says so, and the button can be pressed
// again. Without this module, or in a browser too old for it, the forms post as any other.

const PATIENCE = 60000;

// The page that answers, or null when what came back is none of ours (a proxy's error, a café's sign-in).
async function post(form, button) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const body = new FormData(form);
    body.append(button.name, button.value);
    const answer = await fetch(form.action, { method: "POST", body, signal: abort.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("main.nums-main") ? page : null;
  } finally {
    clearTimeout(timer);
  }
}

function show(page) {
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  window.scrollTo(0, 0);
  (document.querySelector(".nums-errors") || document.querySelector("main")).focus();
  watch();
}

function watch() {
  for (const form of document.querySelectorAll("[data-nums-receipt-words]")) {
    let sending = false;
    form.addEventListener("submit", async (event) => {
      if (!event.submitter) return; // An old browser does not say which button it was: it posts by itself.
      event.preventDefault();
      if (sending) return;
      sending = true;
      const told = form.querySelector("[data-nums-told]");
      told.hidden = true;
      const page = await post(form, event.submitter).catch(() => null);
      sending = false;
      if (page) return show(page);
      told.hidden = false;
      told.scrollIntoView({ block: "nearest" });
    });
  }
}

watch();
