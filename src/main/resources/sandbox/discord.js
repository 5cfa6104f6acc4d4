// A message as Discord would show it.
import { clock, element, image, link } from './dom.js';
import { inline, markdown } from './markdown.js';

/** The body below the name: content, embeds, files. */
export function discord(message) {
  const used = new Set();
  const embeds = message.embeds.map(one => embed(one, message.files, used));
  const files = message.files.filter(one => !used.has(one.name)).map(file);
  return [message.content ? markdown(message.content) : null, ...embeds, ...files];
}

/** A file on its own: a picture is shown, all else offered. */
export function file(one) {
  if (one.contentType.startsWith('image/')) return image(one.url, 'attached', one.name);
  const anchor = element('a', '', one.name);
  anchor.href = one.url;
  return element('div', '', element('div', 'file', '📄', element('div', '', anchor, element('small', '', size(one.size)))));
}

function embed(one, files, used) {
  const picture = address => {
    const name = /^attachment:\/\/(.+)$/.exec(address ?? '')?.[1];
    if (!name) return address;
    used.add(name);
    return files.find(other => other.name === name)?.url;
  };
  const thumb = image(picture(one.thumbnail?.url), 'thumb', '');
  const card = element('article', thumb ? 'embed' : 'embed full',
    author(one.author, picture),
    one.title ? element('div', 'head', one.url ? link(one.url, inline(one.title)) : inline(one.title)) : null,
    one.description ? markdown(one.description) : null,
    one.fields?.length ? fields(one.fields) : null,
    image(picture(one.image?.url), 'picture', one.title ?? ''),
    foot(one, picture),
    thumb);
  if (Number.isInteger(one.color)) card.style.borderLeftColor = `#${one.color.toString(16).padStart(6, '0')}`;
  return card;
}

function author(one, picture) {
  if (!one?.name) return null;
  return element('div', 'author', image(picture(one.icon_url), '', ''), one.url ? link(one.url, one.name) : one.name);
}

/** Inline fields stand three in a row, as Discord sets them; two share the width as three would. */
function fields(all) {
  const grid = element('div', 'fields');
  const rows = [];
  for (const one of all) {
    const last = rows.at(-1);
    if (one.inline && last?.[0].inline && last.length < 3) last.push(one);
    else rows.push([one]);
  }
  for (const row of rows) {
    const wide = row[0].inline ? (row.length === 1 ? 12 : 12 / row.length) : 12;
    row.forEach((one, i) => {
      const cell = element('div', '', element('b', '', inline(one.name)), markdown(String(one.value)));
      cell.style.gridColumn = `${i * wide + 1} / span ${wide}`;
      grid.append(cell);
    });
  }
  return grid;
}

function foot(one, picture) {
  const words = [one.footer?.text, one.timestamp ? clock(one.timestamp) : null].filter(Boolean).join(' • ');
  return words ? element('div', 'foot', image(picture(one.footer?.icon_url), '', ''), element('span', '', words)) : null;
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
