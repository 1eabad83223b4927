// Reads the page's data, then starts the page. The data of many songs is in script files beside the page, since a page
// from the file system may fetch nothing.
function load(start) {
  const data = JSON.parse(document.getElementById('data').textContent);
  const note = document.getElementById('loading');
  const parts = [];
  window.surmalaPart = (at, json) => { parts[at] = JSON.parse(json); };
  const read = file => new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = file;
    script.onload = done;
    script.onerror = () => failed(file);
    document.head.append(script);
  });
  if (data.parts.length) note.textContent = `Loading ${data.count.toLocaleString('en')} ${data.nouns}…`;
  const isServed = /^https?:$/.test(location.protocol);
  const version = isServed ? fetch('api/v1/version').then(answer => answer.ok ? answer.json() : null, () => null) : null;
  Promise.all([version, ...data.parts.map(read)]).then(([served]) => {
    if (parts.length) {
      data.songs = {};
      for (const key of Object.keys(parts[0])) data.songs[key] = [].concat(...parts.map(part => part[key]));
    }
    note.hidden = true;
    start(data, served);
  }, file => {
    note.textContent = `${file} is missing: the results have changed, or this page was copied without the folder page. `
      + 'Reload it, or copy the folder too.';
  });
}
