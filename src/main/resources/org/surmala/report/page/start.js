/* A question with one line of text as its answer. */
let answered = () => {};
function askText(title, value, note, done) {
  $('ask-title').textContent = title;
  $('ask-text').value = value;
  $('ask-note').textContent = note;
  answered = done;
  $('ask').showModal();
  $('ask-text').select();
}
$('ask-cancel').onclick = () => $('ask').close();
$('ask-form').onsubmit = event => {
  event.preventDefault();
  const text = $('ask-text').value.trim();
  if (!text) return;
  $('ask').close();
  answered(text);
};

/* Tabs: the first for listeners, the second for researchers. */
const tabs = ['music', 'research'];
let isResearchMade = false;
function showTab(which, isFocused) {
  for (const tab of tabs) {
    $(`${tab}-tab`).setAttribute('aria-selected', String(tab === which));
    $(`${tab}-tab`).tabIndex = tab === which ? 0 : -1;
    $(tab).hidden = tab !== which;
  }
  if (isFocused) $(`${which}-tab`).focus();
  if (which === 'research') {
    if (!isResearchMade) research();
    charts();
    isResearchMade = true;
  }
}
for (const tab of tabs) {
  $(`${tab}-tab`).onclick = () => showTab(tab);
  $(`${tab}-tab`).onkeydown = event => {
    const to = {ArrowLeft: tabs[0], ArrowRight: tabs[1], Home: tabs[0], End: tabs[1]}[event.key];
    if (!to) return;
    event.preventDefault();
    showTab(to, true);
  };
}
// A link to a section opens its tab.
function follows() {
  const section = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const tab = section && tabs.find(each => $(each).contains(section));
  if (!tab) return;
  showTab(tab);
  section.scrollIntoView();
}
addEventListener('hashchange', follows);

/* Themes. */
const system = matchMedia('(prefers-color-scheme: dark)');
let wanted = null;
function theme() {
  dark = wanted === null ? system.matches : wanted;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  if (!column) return;
  legend();
  cards();
  if (!$('research').hidden) charts();
  changed();
}
$('theme').replaceChildren(icon('theme'));
$('theme').onclick = () => { wanted = !dark; theme(); };
system.addEventListener('change', theme);

$('search').placeholder = isSound ? 'Title, artist or path' : 'Id';
for (const element of document.querySelectorAll('[data-sound]')) element.hidden = !isSound;
$('detail').replaceChildren(hint());
$('map-note').textContent = data.mapNote;

theme();
indexCells();
column = columnAt(0);
new ResizeObserver(fit).observe($('plane'));
legend();
filter();
fit();
cards();
follows();
if (isServed) {
  ask('clusters').then(async answer => {
    if (answer) await updateClusters(answer.cluster);
    restore();
  });
  listen();
}

// For scripts that drive the page: screen position of a song, visible songs, and drawing times.
window.surmala = {
  placeOf(id) {
    const i = indexOfId.get(id), box = canvas.getBoundingClientRect();
    return i === undefined ? null : {x: box.left + screenX(i), y: box.top + screenY(i)};
  },
  shown: () => songs.id.filter((_, i) => shown[i] === SHOWN),
  draw: paintNow, search, zoom, nearest, lasso,
  pan(x, y) { view.x += x; view.y += y; paint(); },
  renderer: points.name,
};
