// Reads a uniform-structure file by the publication's tables alone: nothing here comes from the program that writes it.

/** Width and kind of each field, in order: X text, 9 digits, S a sum with two decimals after a sign, Q one with four. */
const LAYOUTS = {
  A100: '1100X4 1101N9 1102N9 1103N15 1104X8 1105X50',
  Z900: '1150X4 1151N9 1152N9 1153N15 1154X8 1155N15 1156X50',
  C100:
    '1200X4 1201N9 1202N9 1203N3 1204X20 1205N8 1206N4 1207X50 1208X50 1209X10 1210X30 1211X8 1212X30 1213X2 1214X15 1215N9 ' +
    '1216N8 1217S15 1218X3 1219S15 1220S15 1221S15 1222S15 1223S15 1224S12 1225X15 1226X10 1228X1 1230N8 1231X7 1233X9 1234N7 1235X13',
  D110:
    '1250X4 1251N9 1252N9 1253N3 1254X20 1255N4 1256N3 1257X20 1258N1 1259X20 1260X30 1261X50 1262X30 1263X20 1264S17 1265S15 ' +
    '1266S15 1267S15 1268N4 1270X7 1272N8 1273N7 1274X7 1275X21',
  D120:
    '1300X4 1301N9 1302N9 1303N3 1304X20 1305N4 1306N1 1307N10 1308N10 1309N15 1310N10 1311N8 1312S15 1313N1 1314X20 1315N1 ' +
    '1320X7 1322N8 1323N7 1324X60',
  A000:
    '1000X4 1001X5 1002N15 1003N9 1004N15 1005X8 1006N8 1007X20 1008X20 1009N9 1010X20 1011N1 1012X50 1013N1 1014N1 1015N9 ' +
    '1016N9 1017X10 1018X50 1019X50 1020X10 1021X30 1022X8 1023N4 1024N8 1025N8 1026N8 1027N4 1028N1 1029N1 1030X20 1032X3 1034N1 1035X46',
} as const;

const LENGTHS: Readonly<Record<string, number>> = {
  A100: 95,
  Z900: 110,
  C100: 444,
  D110: 339,
  D120: 222,
  A000: 466,
};

/** Fields by their number: text trimmed, numbers as they are written, sums as integers of the smallest unit. */
export type Fields = Readonly<Record<number, string>> & { readonly code: string };

/** @throws Error naming what breaks the publication */
export function readLines(bytes: Buffer): string[] {
  const text = new TextDecoder('iso-8859-8', { fatal: true }).decode(bytes);
  if (!text.endsWith('\r\n')) throw new Error('the last record has no end');
  const lines = text.slice(0, -2).split('\r\n');
  if (lines.some((line) => /[\r\n]/.test(line)))
    throw new Error('a record ends with something else than CR LF');
  return lines;
}

/** @throws Error naming the field that breaks its picture */
export function readRecord(line: string): Fields {
  const code = line.slice(0, 4);
  const layout = LAYOUTS[code as keyof typeof LAYOUTS] as string | undefined;
  if (layout === undefined) throw new Error(`there is no record ${code}`);
  if (line.length !== LENGTHS[code]) throw new Error(`${code} has ${line.length} characters`);
  let at = 0;
  const fields: Record<number, string> = {};
  for (const spec of layout.split(' ')) {
    const [, number = '', kind = '', width = ''] = /^(\d{4})([XNS])(\d+)$/.exec(spec) ?? [];
    const raw = line.slice(at, at + Number(width));
    at += Number(width);
    fields[Number(number)] = read(kind, raw, number);
  }
  if (at !== line.length) throw new Error(`the table of ${code} comes to ${at}`);
  return { ...fields, code };
}

function read(kind: string, raw: string, number: string): string {
  if (kind === 'X') {
    if (/^ +\S/.test(raw)) throw new Error(`${number} is not on the left: "${raw}"`);
    return raw.trimEnd();
  }
  const isRight = kind === 'N' ? /^\d+$/.test(raw) : /^[+-]\d+$/.test(raw);
  if (!isRight) throw new Error(`${number} is no number: "${raw}"`);
  return kind === 'N' ? raw : String(Number(raw));
}
