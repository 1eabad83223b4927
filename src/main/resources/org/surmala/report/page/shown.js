/* Visible songs: those that match the search, the pick (lasso, path or similar songs) and the cluster or group. */
let query = [];
let picked = null;
let scope = null;
const everything = {kind: 'all', has: () => true};
let shown = new Uint8Array(n);
let column = null;
const hidden = new Set();
const described = new Map();
const isInScope = i => (scope || everything).has(i);
const clusterScope = id => ({kind: 'cluster', id, title: nameOfCluster(id), has: i => songs.cluster[i] === id});
const groupScope = group => ({kind: 'group', id: group.id, title: group.name, has: i => songs.group[i] === group.id});

// Within a cluster, groups have colours of their own.
function columnAt(at) {
  if (!described.has(at)) described.set(at, describe(data.columns[at], isInScope));
  return described.get(at);
}
function colorBy(at) {
  $('color').value = at;
  column = columnAt(at);
  hidden.clear();
  legend();
  filter();
}
// Songs, clusters or colours have changed.
function refresh() {
  described.clear();
  column = columnAt(Number($('color').value));
  legend();
  filter();
}

function filter() {
  if (shown.length < n) shown = new Uint8Array(n);
  const isPicked = picked && new Set(picked.order);
  let count = 0, all = 0;
  for (let i = 0; i < n; i++) {
    const isAbsent = isHidden(i) && !(scope && scope.has(i));
    const ok = !isAbsent
      && (column.kind === 'number' || !hidden.has(column.of[i]))
      && (!isPicked || isPicked.has(i))
      && isInScope(i)
      && query.every(word => haystack[i].includes(word));
    shown[i] = isAbsent ? ABSENT : ok ? SHOWN : FAINT;
    if (!isAbsent) all++;
    if (ok) count++;
  }
  $('shown').textContent = count === all ? `${many(all)} ${all === 1 ? noun : nouns}`
    : `${many(count)} of ${many(all)} ${nouns}`;
  line = picked && picked.isPath ? picked.order : [];
  list();
  changed();
}
function pick(what) {
  picked = what;
  filter();
}
function narrow(to) {
  clear();
  scope = to;
  const at = data.columns.findIndex(c => c.key === (to.kind === 'cluster' && hasGroups(to.id) ? 'group'
    : 'cluster'));
  described.clear();
  colorBy(at);
  $('map-section').scrollIntoView({behavior: reducedMotion ? 'auto' : 'smooth'});
}
function clear() {
  query = []; $('search').value = ''; picked = null; scope = null; hidden.clear(); awaited = null;
  press($('lasso'), false);
  select(-1);
  refresh();
}

const MOST_LISTED = 200;
// The visible songs, in the order of the pick, else by title.
function order() {
  return (picked ? picked.order : byTitle).filter(i => shown[i] === SHOWN);
}
function list() {
  const all = order();
  $('list').replaceChildren(...all.slice(0, MOST_LISTED).map(listed));
  if (all.length > MOST_LISTED) $('list').append(make('li', {className: 'faint'}, `and ${many(all.length - MOST_LISTED)} more`));
  const title = picked ? picked.title : scope ? scope.title : query.length ? 'Found' : isSound ? 'All songs' : `All ${nouns}`;
  $('list-title').replaceChildren(name(title));
  for (const id of ['list-play', 'list-queue', 'list-save']) $(id).hidden = !all.length || !isSound;
  $('list-clear').hidden = !picked && !scope && !query.length;
  $('empty').hidden = all.length > 0;
}
function listed(i) {
  const why = isServed && picked && picked.pair ? picked.pair(i) : -1;
  const beat = [valueOf('bpm', i) === null ? '' : Math.round(songs.bpm[i]), valueOf('camelot', i) ?? ''].join(' ').trim();
  return make('li', {}, songButton(i), beat ? make('small', {className: 'faint beat', title: 'Beats per minute, key'}, beat) : null,
    why >= 0 ? button('Why?', event => showReasons(why, i, event.currentTarget), {className: 'small',
      'aria-label': `Why is ${titleOf(i)} like ${titleOf(why)}?`}) : null,
    isSound ? iconButton('add', `Add ${titleOf(i)} to the queue`, () => enqueue([i])) : null);
}
function songButton(i) {
  const artist = artistOf(i) ? make('small', {}, ' ', name(artistOf(i))) : null;
  return make('button', {type: 'button', className: 'song', title: songs.path[i], onclick: () => choose(i)},
    name(titleOf(i)), artist);
}
$('list-play').onclick = () => { const all = order(); play(all, 0); select(all[0]); };
$('list-queue').onclick = () => enqueue(order());
$('list-save').onclick = () => savePlaylist($('list-title').textContent, order());
$('list-clear').onclick = clear;

/* Tools. */
let typing = 0;
$('search').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => search($('search').value), 80);
});
function search(text) {
  query = fold(text.trim()).split(/\s+/).filter(Boolean);
  if (picked && picked.isSearch) picked = null;
  filter();
  if (isServed && query.length && !order().length) searchServer(text.trim());
}
$('lasso').onclick = () => press($('lasso'), $('lasso').getAttribute('aria-pressed') !== 'true');
$('zoom-in').onclick = () => zoom(1.5);
$('zoom-out').onclick = () => zoom(1 / 1.5);
$('reset').onclick = () => { clear(); reset(); };
data.columns.forEach((c, i) => $('color').append(make('option', {value: i}, c.label)));
$('color').onchange = () => colorBy(Number($('color').value));
function legend() {
  if (column.kind === 'number') {
    const bar = make('div', {});
    bar.style.background = `linear-gradient(90deg, ${CIVIDIS.map(c => `rgb(${c})`)})`;
    $('legend').replaceChildren(make('div', {id: 'scale'}, bar,
      make('p', {className: 'faint'}, make('span', {}, number(column.low, 2)), make('span', {}, number(column.high, 2)))));
    return;
  }
  $('legend').replaceChildren(...column.entries.map(entry => make('button', {
    type: 'button', 'aria-pressed': String(!hidden.has(entry.category)), title: 'Click to hide or show; double-click to show it alone',
    onclick: event => {
      if (hidden.has(entry.category)) hidden.delete(entry.category);
      else hidden.add(entry.category);
      press(event.currentTarget, !hidden.has(entry.category));
      filter();
    },
    ondblclick: () => {
      hidden.clear();
      column.entries.forEach(other => other.category !== entry.category && hidden.add(other.category));
      legend();
      filter();
    },
  }, swatch(entry.category), make('span', {}, name(entry.text)), make('small', {className: 'faint'}, many(entry.count)))));
}
