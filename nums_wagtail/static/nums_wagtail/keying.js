// Shows a chosen picture of the sheet beside the form. It stays in the browser until the form is sent.

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-nums-beside]")) return;
  const place = document.querySelector("[data-nums-pictures]");
  for (const old of place.querySelectorAll("[data-nums-chosen]")) {
    URL.revokeObjectURL(old.src);
    old.remove();
  }
  for (const file of event.target.files) {
    if (!file.type.startsWith("image/")) continue;
    const picture = document.createElement("img");
    picture.dataset.numsChosen = "";
    picture.alt = event.target.labels[0].textContent;
    picture.src = URL.createObjectURL(file);
    place.append(picture);
  }
});
