// A stored film: a line of JSON that says what is in it, and then its frames, as they come over the line.
async function openFilm(url) {
  const reader = (await fetch(url)).body.getReader();
  let held = new Uint8Array();
  const more = async () => {
    const { value, done } = await reader.read();
    if (done) throw new Error(`${url.slice(0, 80)} ends too early`);
    const both = new Uint8Array(held.length + value.length);
    both.set(held);
    both.set(value, held.length);
    held = both;
  };
  const take = async (size) => {
    while (held.length < size) await more();
    const taken = held.slice(0, size);
    held = held.slice(size);
    return taken;
  };
  while (!held.includes(10)) await more();
  const head = JSON.parse(new TextDecoder().decode(await take(held.indexOf(10) + 1)));
  const arrived = new Map(head.layers.map(([index]) => [index, Promise.withResolvers()]));
  for (const { promise } of arrived.values()) promise.catch(() => {}); // who asks for a frame hears of it
  const readAll = async () => {
    for (const [index, under, size] of head.layers)
      arrived.get(index).resolve({ bytes: await take(size), under });
  };
  readAll().catch((error) => arrived.forEach(({ reject }) => reject(error)));
  return { head, frame: (index) => arrived.get(index).promise };
}

export default { openFilm };
