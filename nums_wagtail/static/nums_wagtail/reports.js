// Keeps the page when a report cannot be sent: says so, and tries again. Without this module the form posts as
// any other. Sending twice is harmless: the server knows the form again.

const FIRST_WAIT = 3000;
const LONGEST_WAIT = 30000;
const PATIENCE = 60000;

function rest(milliseconds) {
  return new Promise((wake) => {
    const timer = setTimeout(wake, milliseconds);
    window.addEventListener("online", () => {
      clearTimeout(timer);
      wake();
    }, { once: true });
  });
}

// The page that answers, or null when what came back is none of ours (a proxy's error, a café's sign-in).
async function post(address, body) {
  const answer = await fetch(address, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("main.nums-main") ? page : null;
}

async function send(form, body) {
  const box = form.querySelector("[data-nums-signal]");
  const words = form.querySelector("[data-nums-no-signal]");
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const page = await post(form.action, body).catch(() => null);
    if (page) return page;
    box.replaceChildren(words.content.cloneNode(true));
    box.hidden = false;
    box.scrollIntoView({ block: "nearest" });
    await rest(wait);
  }
}

function show(page) {
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  window.scrollTo(0, 0);
  document.querySelector(".nums-errors, main")?.focus();
  watch();
}

function watch() {
  const form = document.querySelector("[data-nums-keeps-words]");
  let sending = false;
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    show(await send(form, new URLSearchParams(new FormData(form, event.submitter))));
  });
}

watch();
