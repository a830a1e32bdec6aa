/** Nobody wants the file any more: the export was cancelled, or another try took it over. */
export class ExportEnded extends Error {
  override readonly name = 'ExportEnded';
  constructor() {
    super('the export was cancelled, or another worker took it over');
  }
}
