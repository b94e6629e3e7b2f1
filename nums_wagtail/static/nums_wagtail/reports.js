// Keeps the page when a report cannot be sent: says so, and tries again. Without this module, or in a browser too
// old for it, the form posts as any other. Sending twice is harmless: the server knows the form again.

const FIRST_WAIT = 3000;
const LONGEST_WAIT = 30000;
const PATIENCE = 60000;

// Resolves after a while, or as soon as there is signal again or a button is pressed again.
function rest(form, milliseconds) {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      window.removeEventListener("online", wake);
      form.removeEventListener("submit", wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    window.addEventListener("online", wake);
    form.addEventListener("submit", wake);
  });
}

function filledIn(form, button) {
  const answers = new URLSearchParams(new FormData(form));
  answers.append(button.name, button.value);
  return answers.toString();
}

// The page that answers; "too-long" when nothing of it was read; null when what came back is none of ours (a
// proxy's error, a café's sign-in).
async function post(address, body) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await fetch(address, { method: "POST", body, headers, signal: abort.signal });
    if (answer.status === 413) return "too-long";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.querySelector("[data-nums-too-long]")) return "too-long";
    return page.querySelector("main.nums-main") ? page : null;
  } finally {
    clearTimeout(timer);
  }
}

function tell(form, what) {
  const box = form.querySelector("[data-nums-told]");
  box.textContent = "";
  box.append(form.querySelector(`[data-nums-words="${what}"]`).content.cloneNode(true));
  box.hidden = false;
  box.scrollIntoView({ block: "nearest" });
}

// What counts is what stands in the form, and which button was pressed last, when the answer comes.
async function send(form, pressed) {
  for (let wait = FIRST_WAIT; ; ) {
    const body = filledIn(form, pressed());
    const page = await post(form.action, body).catch(() => null);
    if (page === "too-long") return page;
    if (page && body === filledIn(form, pressed())) return page;
    if (page) continue;
    tell(form, "no-signal");
    await rest(form, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
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
  const form = document.querySelector("[data-nums-keeps-words]");
  let button = null;
  let sending = false;
  form?.addEventListener("submit", async (event) => {
    if (!event.submitter) return; // An old browser does not say which button it was: it posts by itself.
    event.preventDefault();
    button = event.submitter;
    if (sending) return;
    sending = true;
    tell(form, "sending");
    const page = await send(form, () => button);
    sending = false;
    if (page === "too-long") tell(form, page);
    else show(page);
  });
}

watch();
