/** The little of pngjs that comparing pictures takes. */
declare module 'pngjs' {
  export class PNG {
    constructor(size: { width: number; height: number });
    readonly width: number;
    readonly height: number;
    readonly data: Buffer;
    static bitblt(
      from: PNG,
      to: PNG,
      fromX: number,
      fromY: number,
      width: number,
      height: number,
      toX: number,
      toY: number,
    ): void;
    static readonly sync: { read(bytes: Buffer): PNG; write(picture: PNG): Buffer };
  }
}
