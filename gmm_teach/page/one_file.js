// A lesson as one file to keep or to send on: its page, with the films that lie beside it put into it.

const FILM = /\.\.\/_static\/films\/\w+\.film/g;

async function asked(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} is not there`);
  return answer.blob();
}

async function dataOf(address) {
  const reader = new FileReader();
  const ended = new Promise((...ends) => ([reader.onload, reader.onerror] = ends));
  reader.readAsDataURL(await asked(address));
  await ended;
  return reader.result;
}

async function withFilms(address) {
  const text = await (await asked(address)).text();
  const films = [...new Set(text.match(FILM))];
  const data = await Promise.all(films.map((film) => dataOf(new URL(film, address))));
  const found = new Map(films.map((film, index) => [film, data[index]]));
  return text.replace(FILM, (film) => found.get(film));
}

async function saveOneFile(button) {
  const words = button.textContent;
  button.disabled = true;
  button.textContent = "Putting it together ...";
  try {
    const address = new URL(button.dataset.oneFile, location);
    const html = await withFilms(address);
    const href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
    Object.assign(document.createElement("a"), { href, download: address.pathname.split("/").pop() }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    button.textContent = words;
  } catch (error) {
    button.textContent = `${words}: ${error.message}`;
  }
  button.disabled = false;
}

for (const button of document.querySelectorAll("[data-one-file]"))
  button.addEventListener("click", () => saveOneFile(button));

export default { saveOneFile };
