/* The server, where the page comes from one: "surmala serve". A page from the file system never asks. */
const isServed = served !== null;
const ask = path => call('GET', path);
// The answer; null, and a notice, when there is none.
async function call(method, path, body) {
  const headers = method === 'GET' ? {} : {'X-Surmala': '1', 'Content-Type': 'application/json'};
  try {
    const response = await fetch(`api/v1/${path}`, {method, headers, body: body && JSON.stringify(body)});
    const answer = await response.json();
    if (response.ok) return answer;
    notice(answer.error?.message ?? `The server answers ${response.status}.`);
  } catch {
    notice('The server does not answer. Is surmala serve still running?');
  }
  return null;
}
let asked = 0;
async function searchServer(text) {
  const turn = ++asked;
  const found = await ask(`search?q=${encodeURIComponent(text)}&count=50`);
  if (!found || turn !== asked || $('search').value.trim() !== text) return;
  const order = songIndices(found.song);
  showAll();
  $('search').value = text;
  pick({title: order.length ? `Similar to “${text}”` : `Nothing is like “${text}”`, order, isSearch: true});
}

/* What happens while the page is open: new songs, edited clusters, a new model version, a run in progress. */
function listen() {
  const events = new EventSource('api/v1/events');
  events.addEventListener('songs', event => arrive(JSON.parse(event.data).song));
  events.addEventListener('clusters', event => updateClusters(JSON.parse(event.data).cluster));
  events.addEventListener('progress', event => follow(JSON.parse(event.data)));
  events.addEventListener('version', event => {
    const version = JSON.parse(event.data);
    if (version.model === served.model && version.run === served.run) return;
    notice('A new model version is ready.', button('Show it', reload));
  });
}
function arrive(list) {
  const before = n;
  for (const song of list) {
    const i = addOrUpdate(song);
    if (i < haystack.length) haystack[i] = haystackOf(i);
  }
  index();
  indexCells();
  refresh();
  cards();
  if (n > before) notice(n - before === 1 ? `New: ${titleOf(before)}` : `${many(n - before)} new songs`);
}
function follow({stage, done, total, secondsLeft}) {
  $('progress').hidden = !total || done >= total;
  $('progress-bar').max = total || 1;
  $('progress-bar').value = done;
  $('progress-text').textContent = `${stage}: ${many(done)} of ${many(total || 0)}`
    + (secondsLeft ? `, ${clock(secondsLeft)} left` : '');
}
const KEPT_VIEW = 'surmala.view';
function reload() {
  sessionStorage.setItem(KEPT_VIEW, JSON.stringify({where: currentView(), color: $('color').value, search: $('search').value,
    selected: selected < 0 ? null : songs.id[selected]}));
  location.reload();
}
function restore() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT_VIEW) || 'null');
  sessionStorage.removeItem(KEPT_VIEW);
  if (!kept) return;
  if (data.columns[kept.color]) colorBy(Number(kept.color));
  $('search').value = kept.search;
  search(kept.search);
  if (indexOfId.has(kept.selected)) select(indexOfId.get(kept.selected));
  moveView(kept.where);
}
