// Messages of the providers that are not Discord.
import { element, image, link, webAddress } from './dom.js';
import { file } from './discord.js';

const TELEGRAM = { b: 'strong', strong: 'strong', i: 'em', em: 'em', u: 'u', ins: 'u', s: 's', strike: 's', del: 's', code: 'code', pre: 'pre', blockquote: 'blockquote' };

/** A bubble; Telegram's HTML is taken apart and only the tags it knows are made anew. */
export function telegram(message) {
  const html = message.extra.parseMode === 'HTML';
  const pictures = message.files.map(file);
  const text = html ? tags(new DOMParser().parseFromString(message.content ?? '', 'text/html').body) : [message.content];
  return [element('div', 'bubble', ...pictures, ...text)];
}

function tags(parent) {
  return [...parent.childNodes].flatMap(node => {
    if (node.nodeType === Node.TEXT_NODE) return [node.data];
    const name = node.nodeName.toLowerCase();
    if (name === 'a') return [link(node.getAttribute('href'), ...tags(node))];
    if (name === 'tg-spoiler') return [reveal(tags(node))];
    return TELEGRAM[name] ? [element(TELEGRAM[name], '', ...tags(node))] : tags(node);
  });
}

function reveal(children) {
  const node = element('span', 'spoiler', ...children);
  node.addEventListener('click', () => node.classList.add('open'));
  return node;
}

/** Slack's blocks, or its text when it has none. */
export function slack(message) {
  const blocks = message.embeds.length ? message.embeds.map(block) : [element('p', '', mrkdwn(message.content ?? ''))];
  return [element('div', 'blocks', ...blocks)];
}

function block(one) {
  switch (one.type) {
    case 'header': return element('h3', '', one.text?.text);
    case 'divider': return element('hr');
    case 'image': return image(one.image_url, '', one.alt_text);
    case 'context': return element('p', 'context', ...(one.elements ?? []).map(part => part.type === 'image' ? null : mrkdwn(part.text ?? '')));
    case 'section': return element('div', '',
      one.text ? element('p', '', mrkdwn(one.text.text)) : null,
      one.fields ? element('div', 'columns', ...one.fields.map(part => element('p', '', mrkdwn(part.text)))) : null);
    default: return element('pre', '', JSON.stringify(one, null, 2));
  }
}

function mrkdwn(text) {
  const whole = document.createDocumentFragment();
  const pattern = /<(https?:[^|>]+)(?:\|([^>]*))?>|<([@!#][^>]*)>|`([^`\n]+)`|\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~/g;
  let done = 0;
  for (const found of text.matchAll(pattern)) {
    whole.append(plain(text.slice(done, found.index)), piece(found));
    done = found.index + found[0].length;
  }
  whole.append(plain(text.slice(done)));
  return whole;
}

function piece([, address, label, mention, code, bold, italic, struck]) {
  if (address) return link(plain(address), plain(label ?? address));
  if (mention) return element('span', 'mention', mention.replace(/^!/, '@'));
  if (code) return element('code', '', plain(code));
  if (bold) return element('strong', '', plain(bold));
  return italic ? element('em', '', plain(italic)) : element('s', '', plain(struck));
}

function plain(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A push message with its title, tags and link. */
export function ntfy(message) {
  const { title, tags: words, click, priority } = message.extra;
  return [element('div', 'note',
    title ? element('b', '', title) : null,
    message.content,
    words || priority ? element('small', '', `\n${[priority && `priority ${priority}`, words].filter(Boolean).join(' · ')}`) : null,
    webAddress(click) ? element('div', '', link(click, click)) : null), ...message.files.map(file)];
}

/** A letter: its heads, then its text. */
export function email(message) {
  const heads = ['from', 'to', 'subject', 'message-id'].filter(name => message.extra[name]);
  return [element('div', 'note letter',
    element('dl', '', ...heads.flatMap(name => [element('dt', '', name), element('dd', '', message.extra[name])])),
    message.content), ...message.files.map(file)];
}

/** What a program gets: the call and its body. */
export function webhook(message) {
  return [element('div', 'call', `${message.request.method} ${message.request.path}`), json(message.request.body)];
}

/** JSON in colours, or the text as it is. */
export function json(text) {
  const block = element('pre');
  let pretty = text;
  try { pretty = JSON.stringify(JSON.parse(text), null, 2); } catch { return element('pre', '', text); }
  let done = 0;
  for (const found of pretty.matchAll(/("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g)) {
    const name = found[2] ? 'key' : found[1] ? 'string' : /^[tfn]/.test(found[0]) ? 'word' : 'number';
    block.append(pretty.slice(done, found.index), element('span', name, found[1] ?? found[0]), found[2] ?? '');
    done = found.index + found[0].length;
  }
  block.append(pretty.slice(done));
  return block;
}
