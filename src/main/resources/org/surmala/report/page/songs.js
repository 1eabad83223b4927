/* Songs are columns: the i-th entry of each is about the i-th song. */
const songs = data.songs;
const {noun, nouns} = data;
const isSound = noun === 'song';
let n = songs.id.length;
const indexOfId = new Map(songs.id.map((id, i) => [id, i]));
const titleOf = i => songs.title[i] || songs.path[i];
const valueOf = (key, i) => songs[key] ? songs[key][i] ?? null : null;
const artistOf = i => valueOf('artist', i);

let clusters = data.clusters;
let clusterOf = new Map();
let groupOf = new Map();
// The colour of a cluster; noise has none.
let clusterCategory = new Map();
const groupText = group => group.name === String(group.id) ? group.name : `${group.id}: ${group.name}`;
function setClusters(list) {
  clusters = list;
  clusterOf = new Map(clusters.map(c => [c.id, c]));
  clusterCategory = new Map(clusters.filter(c => c.id >= 0).map(c => c.id).sort((a, b) => a - b)
    .slice(0, CATEGORIES).map((id, category) => [id, category]));
  groupOf = new Map(clusters.flatMap(c => (c.groups || []).map(g => [g.id, {...g, name: groupText(g)}])));
}
setClusters(clusters);
const nameOfCluster = id => clusterOf.has(id) ? clusterOf.get(id).name : id < 0 ? 'Noise' : `Cluster ${id}`;
const nameOfGroup = id => id !== null && groupOf.has(id) ? groupOf.get(id).name : null;
const hasGroups = id => (clusterOf.get(id)?.groups || []).length > 1;
const isHidden = i => Boolean(clusterOf.get(songs.cluster[i])?.hidden);

// Adds a song from the server, or moves a known one; returns its index.
function addOrUpdate(song) {
  const known = indexOfId.get(song.id);
  const i = known ?? n;
  for (const key of Object.keys(songs)) {
    if (song[key] !== undefined) songs[key][i] = song[key];
    else if (known === undefined) songs[key][i] = key === 'near' ? [] : null;
  }
  if (known !== undefined) return i;
  indexOfId.set(song.id, i);
  n++;
  return i;
}
const songIndices = matches => matches.map(match => addOrUpdate(match.entry || match));

/* Columns that can colour the map. The colour of a category depends on the songs in scope. */
function describe(column, isAsked) {
  const values = songs[column.key];
  if (column.kind === 'number') {
    const known = Float64Array.from(values.filter(v => v !== null && v !== undefined)).sort();
    // The scale ignores the outermost 2 %.
    const low = known[Math.floor(known.length * .02)];
    const high = known[Math.ceil(known.length * .98) - 1];
    return {...column, values, low, high};
  }
  const counts = new Map();
  let asked = 0;
  for (let i = 0; i < n; i++) {
    if (!isAsked(i) || isHidden(i)) continue;
    asked++;
    const value = values[i];
    if (value !== null && value !== undefined) counts.set(value, (counts.get(value) || 0) + 1);
  }
  const isCluster = column.key === 'cluster';
  const order = isCluster
    ? [...counts.keys()].filter(v => clusterCategory.has(v)).sort((a, b) => pinnedFirst(a, b) || a - b)
    : [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
  const shown = order.slice(0, CATEGORIES);
  const categoryOf = isCluster ? clusterCategory : new Map(shown.map((v, i) => [v, i]));
  const text = v => isCluster ? nameOfCluster(v) : column.key === 'group' ? nameOfGroup(v) ?? String(v) : String(v);
  const entries = shown.map(v => ({category: categoryOf.get(v), value: v, text: text(v), count: counts.get(v)}));
  const rest = asked - entries.reduce((sum, e) => sum + e.count, 0);
  if (rest > 0) {
    const other = order.length > shown.length ? 'others' : isCluster ? 'noise' : 'none';
    entries.push({category: -1, value: null, text: other, count: rest});
  }
  const of = new Int8Array(n);
  for (let i = 0; i < n; i++) of[i] = categoryOf.get(values[i]) ?? -1;
  return {...column, values, entries, of};
}
const pinnedFirst = (a, b) => Boolean(clusterOf.get(b)?.pinned) - Boolean(clusterOf.get(a)?.pinned);

/* Search: ignores case and Latin accents; numbers sort by value. */
const ASCII = /^[\x00-\x7f]*$/;
const fold = text => ASCII.test(text) ? text.toLowerCase()
  : text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
const haystackOf = i => fold([songs.title[i], artistOf(i), songs.path[i]].join('\n'));
let haystack = [];
let byTitle = [];
function index() {
  for (let i = haystack.length; i < n; i++) haystack.push(haystackOf(i));
  const keys = songs.id.map((_, i) => fold(titleOf(i)).replace(/\d+/g, digits => digits.padStart(8, '0')));
  byTitle = songs.id.map((_, i) => i).sort((a, b) => keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b);
}
index();
