// Keeps the page when a report cannot be sent, says so, and tries again. Without it the form posts as any other.
// Sending twice is harmless: the server knows the form again.

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

// What would be sent: as one body, and as text to compare with later.
function filledIn(form, button) {
  const body = new FormData(form);
  body.append(button.name, button.value);
  const text = [...body].map(([name, value]) => `${name}=${value.name ?? value}`).join("\n");
  const files = [...body.values()].some((value) => value instanceof File && value.size);
  return { body: files ? body : new URLSearchParams([...body].filter(([, value]) => !(value instanceof File))), text };
}

// The page that answers; "too-long" when nothing was read; null when it is none of ours (a proxy's, a café's).
async function post(address, body) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const answer = await fetch(address, { method: "POST", body, signal: abort.signal });
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

// What stands in the form when the answer comes counts, and the button pressed last.
async function send(form, pressed) {
  for (let wait = FIRST_WAIT; ; ) {
    const filled = filledIn(form, pressed());
    const page = await post(form.action, filled.body).catch(() => null);
    if (page === "too-long") return page;
    if (page && filled.text === filledIn(form, pressed()).text) return page;
    if (page) continue;
    tell(form, "no-signal");
    await rest(form, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
}

async function show(page, adding) {
  const had = new Set([...document.querySelectorAll("main [id]")].map((one) => one.id));
  document.title = page.title;
  // Looks of the next page's own come first, unless the line is bad.
  const looks = [...page.querySelectorAll('head link[rel="stylesheet"]')]
    .filter((one) => !document.querySelector(`link[href="${one.getAttribute("href")}"]`))
    .map((one) => new Promise((done) => (document.head.appendChild(document.adoptNode(one)).onload = done)));
  if (looks[0]) await Promise.race([Promise.all(looks), new Promise((done) => setTimeout(done, 1000))]);
  document.documentElement.lang = page.documentElement.lang;
  // No browser chooses a file again by itself: such fields move over.
  for (const field of document.querySelectorAll('main input[type="file"]')) {
    if (field.files.length) page.querySelector(`main [name="${field.name}"]`)?.replaceWith(page.adoptNode(field));
  }
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  const groups = adding ? [...document.querySelectorAll("main .nums-group")] : [];
  const first = groups.find((one) => one.id && !had.has(one.id))?.querySelector("input, select, textarea");
  if (!first) window.scrollTo(0, 0);
  (first || document.querySelector(".nums-errors") || document.querySelector("main")).focus();
  watch();
}

// A question that rests on another answer is hidden until then, and keeps what stands in it.
function hideWhatDepends(form) {
  const depending = form.querySelectorAll("[data-nums-if]");
  const look = () => {
    for (const one of depending) {
      const wanted = one.dataset.numsIfAny.split(" ");
      const others = form.querySelectorAll(`[name="${CSS.escape(one.dataset.numsIf)}"]`);
      const given = [...others].filter((other) => other.type !== "checkbox" || other.checked).map((other) => other.value);
      const answered = [...one.querySelectorAll("input, select, textarea")].some((field) =>
        field.type === "checkbox" ? field.checked : field.value,
      );
      one.hidden = !answered && !given.some((value) => wanted.includes(value));
    }
  };
  form.addEventListener("change", look);
  look();
}

// Near the end of what a field takes, how much is left.
function count(form) {
  const words = form.querySelector('[data-nums-words="left"]')?.content.textContent.trim();
  if (!words) return;
  for (const field of form.querySelectorAll("[data-nums-longest]")) {
    const said = document.createElement("p");
    said.className = "nums-field__hint";
    said.setAttribute("aria-live", "polite");
    field.after(said);
    const look = () => {
      const left = field.dataset.numsLongest - field.value.length;
      said.textContent = left < field.dataset.numsLongest / 20 ? words.replace("0", left) : "";
    };
    field.addEventListener("input", look);
    look();
  }
}

function watch() {
  const form = document.querySelector("[data-nums-keeps-words]");
  let button = null;
  let sending = false;
  if (form) {
    hideWhatDepends(form);
    count(form);
  }
  form?.addEventListener("submit", async (event) => {
    if (!event.submitter) return; // An old browser names no button: it posts by itself.
    event.preventDefault();
    if (event.submitter.value === "enter") return form.querySelector("#send")?.focus();
    button = event.submitter;
    if (sending) return;
    sending = true;
    tell(form, "sending");
    const page = await send(form, () => button);
    if (page === "too-long") tell(form, page);
    else await show(page, button.name === "more");
    sending = false;
  });
}

watch();
