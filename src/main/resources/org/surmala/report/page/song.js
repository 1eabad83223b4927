/* Hover, select. */
function facts(i) {
  const minutes = valueOf('duration', i) === null ? null : clock(songs.duration[i]);
  const bpm = valueOf('bpm', i), key = valueOf('key', i), camelot = valueOf('camelot', i);
  const beat = [bpm === null ? null : `${Math.round(bpm)} bpm`, key && camelot ? `${key} (${camelot})` : key || camelot];
  const by = [artistOf(i), valueOf('language', i)].filter(Boolean).flatMap((text, k) => k ? [' · ', name(text)] : [name(text)]);
  const group = hasGroups(songs.cluster[i]) ? nameOfGroup(valueOf('group', i)) : null;
  const rest = [minutes, ...beat].filter(Boolean).join(' · ');
  return [make('p', {}, make('strong', {}, name(titleOf(i)))), by.length ? make('p', {}, ...by) : null,
    make('p', {}, name(nameOfCluster(songs.cluster[i])), ...(group ? [' › ', name(group)] : [])),
    rest ? make('p', {className: 'faint'}, rest) : null].filter(Boolean);
}
const measures = i => make('p', {className: 'faint'},
    `Distance to the centre ${number(songs.distance[i], 2)}, novelty ${number(songs.novelty[i], 2)}`);
function hover(i, px, py) {
  const tip = $('tip');
  if (i !== hovered) {
    hovered = i;
    paint();
    if (i >= 0) {
      const near = songs.near[i].slice(0, 3).map(titleOf);
      tip.replaceChildren(...facts(i),
        ...(near.length ? [make('p', {className: 'faint'}, 'Nearest: ', name(near.join('; ')))] : []));
    }
    tip.hidden = i < 0;
    canvas.style.cursor = i < 0 ? 'crosshair' : 'pointer';
  }
  if (i >= 0) {
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(view.width - box.width - 4, px + 14)) + 'px';
    tip.style.top = (py + 18 + box.height > view.height ? Math.max(4, py - box.height - 12) : py + 18) + 'px';
  }
}
const hint = () => make('p', {className: 'faint'},
    `Point at a ${noun} to see its details; click to ${isSound ? 'play' : 'keep'} it.`);
function select(i) {
  selected = i;
  if (i < 0) {
    $('detail').replaceChildren(hint());
  } else {
    const actions = [];
    if (isSound) {
      actions.push(button('Play', () => playNow(i)), button('Play next', () => playNext(i)),
        button('Add to queue', () => enqueue([i])));
    }
    actions.push(button(`${Nouns} like this`, () => like(i)));
    if (isServed) actions.push(button('Path to…', () => awaitEnd(i)));
    const near = songs.near[i];
    $('detail').replaceChildren(...facts(i), make('p', {className: 'buttons'}, ...actions),
      ...(near.length ? [make('h3', {}, `Nearest ${nouns}`), songList(near)] : []),
      make('details', {}, make('summary', {className: 'faint'}, 'More'), make('p', {className: 'faint'}, songs.path[i]), measures(i)));
    const x = screenX(i), y = screenY(i);
    if (!isInside(x, y)) { view.x += view.width / 2 - x; view.y += view.height / 2 - y; }
  }
  paint();
}
// A click on a song plays it, or ends a path.
function choose(i) {
  if (awaited !== null) {
    const from = awaited;
    awaited = null;
    $('notice').hidden = true;
    if (from !== i) showPath(from, i);
    return true;
  }
  select(i);
  playNow(i);
  return true;
}

/* From a song: songs like it, a path, and why. */
let awaited = null;
const Nouns = nouns[0].toUpperCase() + nouns.slice(1);
async function like(i) {
  const found = isServed ? await ask(`songs/${songs.id[i]}/similar?count=20`) : null;
  if (isServed && !found) return;
  const near = found ? songIndices(found.sonicMatch) : songs.near[i];
  showAll();
  pick({title: `${Nouns} like ${titleOf(i)}`, order: [i, ...near.filter(j => j !== i)], pair: j => j === i ? -1 : i});
}
function awaitEnd(i) {
  awaited = i;
  notice(`Choose the ${noun} at which the path from ${titleOf(i)} ends.`,
    button('Cancel', () => { awaited = null; $('notice').hidden = true; }));
}
async function showPath(from, to) {
  const found = await ask(`path?from=${songs.id[from]}&to=${songs.id[to]}&count=10`);
  if (!found) return;
  const way = songIndices(found.sonicMatch);
  showAll();
  pick({title: `From ${titleOf(from)} to ${titleOf(to)}`, order: way, isPath: true,
    pair: i => way.indexOf(i) > 0 ? way[way.indexOf(i) - 1] : -1});
}
async function showReasons(a, b, from) {
  const found = await ask(`why?a=${songs.id[a]}&b=${songs.id[b]}`);
  if (!found) return;
  const text = found.words.length ? `Alike in ${found.words.join(', ')}` : 'No shared trait has a name';
  from.replaceWith(make('small', {className: 'faint why', role: 'status'}, text));
}
// Adds songs from the server, and clears the filters, so that the next pick is visible.
function showAll() {
  query = []; $('search').value = ''; scope = null; hidden.clear();
  if (haystack.length < n) {
    index();
    indexCells();
  }
  described.clear();
  column = columnAt(Number($('color').value));
  legend();
}
