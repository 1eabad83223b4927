/* Playlists: the server writes them; without one the browser downloads an M3U8 with absolute paths. */
function savePlaylist(title, order) {
  const saved = [...order];
  askText('Save as playlist', title, `${many(saved.length)} ${saved.length === 1 ? noun : nouns}, `
    + (isServed ? `into ${served.playlists}` : 'as a file to download'), text => isServed ? keep(text, saved) : download(text, saved));
}
async function keep(title, order) {
  const made = await call('POST', 'playlists', {name: title, ids: order.map(i => songs.id[i])});
  if (made) notice(`Playlist ${made.name}: ${many(made.songs)} songs in ${made.file}`);
}
function download(title, order) {
  const url = URL.createObjectURL(new Blob([m3u(title, order)], {type: 'audio/x-mpegurl'}));
  make('a', {href: url, download: title.replace(/[\s\\/:*?"<>|\x00-\x1f]+/g, ' ').trim() + '.m3u8'}).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
const oneLine = text => text.replace(/[\x00-\x1f\x7f]+/g, ' ').trim();
function m3u(title, order) {
  const lines = ['#EXTM3U', `#PLAYLIST:${oneLine(title)}`];
  for (const i of order) {
    const by = artistOf(i) ? oneLine(artistOf(i)) + ' - ' : '';
    lines.push(`#EXTINF:${Math.round(valueOf('duration', i) ?? -1)},${by}${oneLine(titleOf(i))}`, fileOf(i));
  }
  return lines.join('\n') + '\n';
}
// The download folder is unknown, so paths are absolute.
function fileOf(i) {
  const url = new URL(songUrl(i), location.href);
  // M3U cannot express a line break; only a URL can.
  if (url.protocol !== 'file:' || /%0[ad]/i.test(url.pathname)) return url.href;
  return decodeURIComponent(url.pathname).replace(/^\/([a-z]:\/)/i, '$1');
}
