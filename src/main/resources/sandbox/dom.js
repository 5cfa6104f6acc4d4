// Elements are made here and nowhere else: text goes in as text, so that no message can become markup.

/** An element with a class and children; strings become text, null and undefined nothing. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== '') made.append(child);
  }
  return made;
}

/** The address if it is a web address, else null: nothing else may become a link or an image. */
export function webAddress(address) {
  try {
    const url = new URL(address);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens beside the page and tells nobody where it was; plain children when the address is none. */
export function link(address, ...children) {
  const href = webAddress(address);
  if (!href) return element('span', '', ...children);
  const made = element('a', '', ...children);
  made.href = href;
  made.target = '_blank';
  made.rel = 'noopener noreferrer';
  return made;
}

/** An image from a web address, or from this sandbox; null when the address is neither. */
export function image(address, className, description) {
  const source = address?.startsWith('/sandbox/api/') ? address : webAddress(address);
  if (!source) return null;
  const made = element('img', className);
  made.src = source;
  made.alt = description ?? '';
  made.loading = 'lazy';
  made.referrerPolicy = 'no-referrer';
  return made;
}

/** A time as Discord writes it: today with the hour, yesterday, or the date. */
export function clock(instant) {
  const at = new Date(instant);
  const hour = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86400000);
  if (days === 0) return `Today at ${hour}`;
  if (days === 1) return `Yesterday at ${hour}`;
  return `${at.toLocaleDateString()} ${hour}`;
}
