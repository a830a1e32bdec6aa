import { describe, expect, it } from '#jest';
import { readMultipart } from './multipart.ts';

const TYPE = 'multipart/form-data; boundary=xyz';
const part = (name: string, value: string) =>
  `--xyz\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const read = (text: string, type = TYPE) => readMultipart(Buffer.from(text), type);

describe('a multipart body', () => {
  it('is read field by field, line breaks and empty values included', () => {
    const body = `${part('a[b]', 'שלום\r\n\r\n--xy')}${part('c', '')}--xyz--\r\n`;
    expect(read(body)).toEqual([
      ['a[b]', 'שלום\r\n\r\n--xy'],
      ['c', ''],
    ]);
    expect(read(body, 'multipart/form-data; boundary="xyz"')).toHaveLength(2);
  });

  it('is what a browser-like client writes', async () => {
    const form = new FormData();
    form.append('pageField[fullName]', 'Dana Levi');
    const encoded = new Response(form);
    const type = encoded.headers.get('content-type') ?? '';
    expect(read(await encoded.text(), type)).toEqual([['pageField[fullName]', 'Dana Levi']]);
  });

  it.each([
    ['its end is missing', part('a', '1'), TYPE],
    ['its boundary is another', `${part('a', '1')}--xyz--\r\n`, 'multipart/form-data; boundary=abc'],
    ['it has no boundary', `${part('a', '1')}--xyz--\r\n`, 'multipart/form-data'],
    ['a part has no name', `--xyz\r\nContent-Type: text/plain\r\n\r\n1\r\n--xyz--\r\n`, TYPE],
  ])('is none where %s', (_why, body, type) => {
    expect(read(body, type)).toBeNull();
  });
});
