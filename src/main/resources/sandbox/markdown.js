// Discord's markdown, as far as its client shows it for messages and embeds.
import { element, link, webAddress } from './dom.js';

const MARKS = [['**', 'strong'], ['__', 'u'], ['~~', 's'], ['*', 'em'], ['_', 'em']];
const FENCE = /```(?:([\w+-]+)\n)?\n?([\s\S]*?)\n?```/g;

/** Renders whole text: blocks, lists, quotes, headings and what stands in a line. */
export function markdown(text) {
  const body = element('div', 'md');
  let done = 0;
  for (const fence of text.matchAll(FENCE)) {
    blocks(text.slice(done, fence.index).replace(/\n$/, ''), body);
    body.append(element('pre', '', element('code', '', fence[2])));
    done = fence.index + fence[0].length;
  }
  blocks(text.slice(done).replace(done ? /^\n/ : /(?!)/, ''), body);
  return body;
}

/** Renders what may stand in one line: no headings, lists or quotes. */
export function inline(text) {
  const parts = document.createDocumentFragment();
  let plain = '';
  const flush = () => { if (plain) parts.append(plain); plain = ''; };
  for (let at = 0; at < text.length;) {
    const found = token(text, at);
    if (!found) { plain += text[at++]; continue; }
    if (found.text !== undefined) plain += found.text;
    else { flush(); parts.append(found.node); }
    at += found.length;
  }
  flush();
  return parts;
}

function blocks(text, body) {
  if (!text) return;
  const lines = text.split('\n');
  let plain = [];
  const flush = () => { if (plain.length) body.append(element('span', '', inline(plain.join('\n')))); plain = []; };
  for (let i = 0; i < lines.length; i++) {
    const made = block(lines, i);
    if (!made) { plain.push(lines[i]); continue; }
    flush();
    body.append(made.node);
    i += made.lines - 1;
  }
  flush();
}

function block(lines, i) {
  const heading = /^(#{1,3}) +(.+)$/.exec(lines[i]);
  if (heading) return { node: element(`h${heading[1].length}`, '', inline(heading[2])), lines: 1 };
  const small = /^-# +(.+)$/.exec(lines[i]);
  if (small) return { node: element('div', '', element('small', '', inline(small[1]))), lines: 1 };
  if (/^>>> /.test(lines[i])) {
    const rest = [lines[i].slice(4), ...lines.slice(i + 1)].join('\n');
    return { node: element('blockquote', '', markdown(rest)), lines: lines.length - i };
  }
  return run(lines, i, /^> ?(.*)$/, found => [element('blockquote', '', markdown(found.map(one => one[1]).join('\n')))], /^> /)
    ?? run(lines, i, /^\s*[-*] +(.*)$/, found => [list('ul', found, 1)])
    ?? run(lines, i, /^\s*(\d+)\. +(.*)$/, found => [list('ol', found, 2)]);
}

function run(lines, i, pattern, make, first = pattern) {
  if (!first.test(lines[i])) return null;
  const found = [];
  for (let j = i; j < lines.length && pattern.test(lines[j]); j++) found.push(pattern.exec(lines[j]));
  return { node: make(found)[0], lines: found.length };
}

function list(name, found, group) {
  const made = element(name, '', found.map(one => element('li', '', inline(one[group]))));
  if (name === 'ol') made.start = Number(found[0][1]);
  return made;
}

/** What starts at that place: its length and a node, or literal text; null for an ordinary character. */
function token(text, at) {
  const rest = text.slice(at);
  if (text[at] === '\\' && /^[^\sA-Za-z0-9]/.test(rest.slice(1))) return { text: String.fromCodePoint(rest.codePointAt(1)), length: 1 + String.fromCodePoint(rest.codePointAt(1)).length };
  if (text[at] === '`') return code(rest);
  if (rest.startsWith('||')) return spoiler(text, at);
  if (text[at] === '<') return angled(rest);
  if (text[at] === '[') return masked(rest);
  if (rest.startsWith('http://') || rest.startsWith('https://')) return bare(rest);
  const everyone = /^@(?:everyone|here)/.exec(rest);
  if (everyone) return { node: element('span', 'mention', everyone[0]), length: everyone[0].length };
  return marked(text, at);
}

function code(rest) {
  const found = /^(`+)([\s\S]*?[^`])\1(?!`)/.exec(rest);
  return found && { node: element('code', '', found[2].replace(/^ (.*) $/, '$1')), length: found[0].length };
}

function spoiler(text, at) {
  const end = closing(text, at + 2, '||');
  if (end < 0) return null;
  const node = element('span', 'spoiler', inline(text.slice(at + 2, end)));
  node.tabIndex = 0;
  node.setAttribute('role', 'button');
  node.setAttribute('aria-label', 'Spoiler');
  const open = () => node.classList.add('open');
  node.addEventListener('click', open);
  node.addEventListener('keydown', event => { if (event.key === 'Enter' || event.key === ' ') open(); });
  return { node, length: end + 2 - at };
}

function marked(text, at) {
  for (const [mark, name] of MARKS) {
    const from = at + mark.length;
    if (!text.startsWith(mark, at) || (mark === '*' && /^\s/.test(text.slice(from)))) continue;
    const end = closing(text, from, mark);
    if (end < 0) continue;
    return { node: element(name, '', inline(text.slice(from, end))), length: end + mark.length - at };
  }
  return null;
}

/** Where the mark closes, not counting escaped characters and code; -1 when it does not. */
function closing(text, from, mark) {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') { at++; continue; }
    const span = text[at] === '`' && code(text.slice(at));
    if (span) { at += span.length - 1; continue; }
    if (!text.startsWith(mark, at) || at === from) continue;
    if (mark.length === 2) {
      if (text[at + 2] !== mark[0] || mark === '||' || mark === '~~') return at;
    } else if (text[at + 1] === mark) {
      at++;
    } else {
      return (mark === '_' ? /\w/.test(text[at + 1] ?? '') : /\s/.test(text[at - 1])) ? -1 : at;
    }
  }
  return -1;
}

function angled(rest) {
  const mention = /^<(@!?|@&|#|\/[\w -]+:)(\d{1,20})>/.exec(rest);
  if (mention) {
    const name = mention[1].startsWith('/') ? mention[1].slice(0, -1) : mention[1].replace('!', '').replace('@&', '@role ') + mention[2];
    return { node: element('span', 'mention', name), length: mention[0].length };
  }
  const stamp = /^<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/.exec(rest);
  if (stamp) return { node: element('span', 'stamp', time(Number(stamp[1]), stamp[2])), length: stamp[0].length };
  const emoji = /^<a?:(\w+):\d{1,20}>/.exec(rest);
  if (emoji) return { node: element('span', 'stamp', `:${emoji[1]}:`), length: emoji[0].length };
  const address = /^<(https?:\/\/[^\s>]+)>/.exec(rest);
  return address && { node: link(address[1], address[1]), length: address[0].length };
}

function masked(rest) {
  const found = /^\[((?:\\.|[^\]\\])+)\]\(<?(https?:\/\/(?:[^\s()<>]|\([^\s()]*\))+)>?(?:\s+"[^"]*")?\)/.exec(rest);
  if (!found || !webAddress(found[2])) return null;
  return { node: link(found[2], inline(found[1])), length: found[0].length };
}

function bare(rest) {
  const found = /^https?:\/\/[^\s<]+[^\s<.,:;"'\])!?*_~|]/.exec(rest);
  return found && { node: link(found[0], found[0]), length: found[0].length };
}

function time(seconds, style = 'f') {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return 'Invalid Date';
  if (style === 'R') return relative(seconds - Date.now() / 1000);
  const date = { d: 'short', D: 'long', f: 'long', F: 'full' }[style];
  const hour = { t: 'short', T: 'medium', f: 'short', F: 'short' }[style];
  return new Intl.DateTimeFormat([], { dateStyle: date, timeStyle: hour }).format(at);
}

function relative(seconds) {
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  for (const [unit, size] of [['year', 31536000], ['month', 2592000], ['day', 86400], ['hour', 3600], ['minute', 60]]) {
    if (Math.abs(seconds) >= size) return words.format(Math.round(seconds / size), unit);
  }
  return words.format(Math.round(seconds), 'second');
}
