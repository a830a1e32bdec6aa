const LINE = '\r\n';

/**
 * The text fields of a `multipart/form-data` body in their order, or null when it is none: no boundary, not begun or not
 * ended by it, or a part without a name. Source: RFC 7578.
 */
export function readMultipart(raw: Buffer, contentType: string): [string, string][] | null {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const fence = `--${boundary?.[1] ?? boundary?.[2] ?? ''}`;
  const text = raw.toString('utf8');
  const end = text.lastIndexOf(`${LINE}${fence}--`);
  if (fence === '--' || !text.startsWith(fence + LINE) || end < 0) return null;
  const parts = text.slice(fence.length + LINE.length, end).split(LINE + fence + LINE);
  const fields = parts.map(toField);
  return fields.includes(null) ? null : fields.filter((field) => field !== null);
}

function toField(part: string): [string, string] | null {
  const split = part.indexOf(LINE + LINE);
  const head = part.slice(0, Math.max(0, split));
  const name = /^content-disposition:\s*form-data;(?:[^\r\n]*;)?\s*name="([^"]*)"/im.exec(head)?.[1];
  return name === undefined || name === '' ? null : [name, part.slice(split + 2 * LINE.length)];
}
