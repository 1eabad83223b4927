/* Clusters: one card each, with its groups; with a server they can be renamed, merged, split, pinned and hidden. */
const members = (key, id) => byTitle.filter(i => songs[key][i] === id)
  .sort((a, b) => songs.distance[a] - songs.distance[b]);
function cards() {
  const rank = c => Number(Boolean(c.hidden)) * 4 + Number(c.id < 0) * 2 + Number(!c.pinned);
  const sorted = [...clusters].sort((a, b) => rank(a) - rank(b));
  const sizes = new Map();
  for (let i = 0; i < n; i++) sizes.set(songs.cluster[i], (sizes.get(songs.cluster[i]) || 0) + 1);
  $('cards').replaceChildren(...sorted.filter(c => !c.hidden).map(c => card(c, sizes.get(c.id) || 0)));
  const away = sorted.filter(c => c.hidden);
  $('hidden-clusters').hidden = !away.length;
  $('hidden-clusters').querySelector('summary').textContent = `Hidden clusters (${away.length})`;
  $('hidden-cards').replaceChildren(...away.map(c => card(c, sizes.get(c.id) || 0)));
}
const songList = list => make('ul', {}, ...list.map(i => make('li', {}, songButton(i))));
const count = size => `${many(size)} ${size === 1 ? noun : nouns}`;
function card(cluster, size) {
  const labels = data.columns.findIndex(c => c.key === 'language');
  const mix = make('div', {className: 'mix', role: 'img'});
  const words = [];
  const total = (cluster.languages || []).reduce((sum, [, some]) => sum + some, 0);
  for (const [label, some] of cluster.languages || []) {
    const part = make('div', {title: `${label ?? 'none'}: ${some}`});
    part.style.flexGrow = some;
    const at = labels < 0 ? -1 : songs.language.indexOf(label);
    part.style.background = colorOf(at < 0 ? -1 : columnAt(labels).of[at]);
    mix.append(part);
    if (words.length < 4) words.push(`${label ?? 'none'} ${Math.round(100 * some / total)} %`);
  }
  mix.setAttribute('aria-label', words.join(', '));
  const groups = (cluster.groups || []).map(group => groupOf.get(group.id));
  const stable = cluster.stability === undefined || cluster.stability === null ? ''
    : ` · ${Math.round(100 * cluster.stability)} % stable`;
  return make('article', {className: 'card', 'data-cluster': cluster.id},
    make('h3', {}, swatch(clusterCategory.get(cluster.id) ?? -1), name(cluster.name),
      ...(cluster.pinned ? [make('small', {className: 'badge'}, 'pinned')] : []),
      ...(cluster.edited ? [make('small', {className: 'badge'}, 'edited')] : [])),
    make('p', {className: 'faint size'}, count(size) + stable),
    make('p', {className: 'buttons'},
      isSound ? button('Play all', () => { const all = members('cluster', cluster.id); play(all, 0); select(all[0]); }) : null,
      button('Show on the map', () => narrow(clusterScope(cluster.id))),
      isSound ? button('Save as playlist', () => savePlaylist(cluster.name, members('cluster', cluster.id))) : null),
    ...(isServed && cluster.id >= 0 ? [edits(cluster)] : []),
    ...(hasGroups(cluster.id) ? [make('h4', {}, 'Groups'), make('ul', {className: 'groups'}, ...groups.map(group => make('li', {},
      make('button', {type: 'button', className: 'song', title: 'Show on the map', onclick: () => narrow(groupScope(group))},
        name(group.name), make('small', {}, ` ${many(group.size)}`)),
      isSound ? iconButton('play', `Play the group ${group.name}`, () => play(members('group', group.id), 0)) : null)))] : []),
    ...(cluster.typical && cluster.typical.length ? [make('h4', {}, 'Typical'), songList(cluster.typical)] : []),
    cluster.borderline && cluster.borderline.length ? make('details', {}, make('summary', {className: 'faint'}, 'Borderline'),
      songList(cluster.borderline)) : null,
    ...(labels >= 0 && words.length ? [mix, make('p', {className: 'faint'}, name(words.join(', ')))] : []),
    (cluster.traits || []).length ? make('details', {}, make('summary', {className: 'faint'}, 'Distinguishing features'),
      make('ul', {}, ...cluster.traits.map(([feature, effect]) => make('li', {className: 'faint'},
        `${feature} ${effect > 0 ? '+' : ''}${number(effect, 2)}`)))) : null);
}

function edits(cluster) {
  const one = `clusters/${cluster.id}`;
  const change = async what => {
    const answer = await call('PATCH', one, what);
    if (answer) await updateClusters(clusters.filter(c => c.id >= 0).map(c => c.id === cluster.id ? answer : c));
  };
  const replace = async (method, path, body) => {
    const answer = await call(method, path, body);
    if (answer) await updateClusters(answer.cluster);
  };
  const others = clusters.filter(c => c.id >= 0 && c.id !== cluster.id);
  const merge = make('select', {'aria-label': `Merge ${cluster.name} with`,
    onchange: event => replace('POST', 'clusters/merge', {clusters: [cluster.id, Number(event.currentTarget.value)]})},
    make('option', {value: ''}, 'Merge with…'), ...others.map(c => make('option', {value: c.id}, c.name)));
  return make('details', {className: 'edits'}, make('summary', {className: 'faint'}, 'Edit'),
    make('p', {className: 'buttons'},
      button('Rename', () => askText('Rename the cluster', cluster.name.replace(`${cluster.mark}: `, ''), 'The name stays when the model is fitted again.',
        text => change({name: text}))),
      button(cluster.pinned ? 'Unpin' : 'Pin', () => change({pinned: !cluster.pinned})),
      button(cluster.hidden ? 'Show again' : 'Hide', () => change({hidden: !cluster.hidden})),
      button('Split', () => replace('POST', `${one}/split`)), others.length ? merge : null,
      cluster.edited || cluster.pinned || cluster.hidden ? button('Undo edits', () => replace('DELETE', `${one}/edits`)) : null));
}

// What the page was written with. It describes no cluster that was merged or split since.
const written = clusterOf;
const describedBy = c => !c.edited || written.get(c.id)?.size === c.size ? written.get(c.id) : {};

// Updates the clusters from the server; for each cluster whose size changed, requests its songs.
async function updateClusters(list) {
  const noise = clusters.filter(c => c.id < 0 && !list.some(other => other.id === c.id));
  setClusters([...list.map(c => ({...describedBy(c), ...c, name: c.name === c.mark ? c.name : `${c.mark}: ${c.name}`})), ...noise]);
  const sizes = new Map();
  for (let i = 0; i < n; i++) sizes.set(songs.cluster[i], (sizes.get(songs.cluster[i]) || 0) + 1);
  for (const cluster of list) {
    if (sizes.get(cluster.id) === cluster.size) continue;
    for (let offset = 0, total = 1; offset < total;) {
      const page = await ask(`songs?cluster=${cluster.id}&offset=${offset}&count=1000`);
      if (!page || !page.song.length) break;
      page.song.forEach(addOrUpdate);
      offset += page.song.length;
      total = page.total;
    }
  }
  index();
  indexCells();
  refresh();
  cards();
}
