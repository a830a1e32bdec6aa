import { Connection } from '@temporalio/client';
import { SearchAttributeType } from '@temporalio/common';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';

/** Numbers of `temporal.api.enums.v1.IndexedValueType`. */
const WIRE_TYPES: Readonly<Record<SearchAttributeType, number>> = {
  [SearchAttributeType.TEXT]: 1,
  [SearchAttributeType.KEYWORD]: 2,
  [SearchAttributeType.INT]: 3,
  [SearchAttributeType.DOUBLE]: 4,
  [SearchAttributeType.BOOL]: 5,
  [SearchAttributeType.DATETIME]: 6,
  [SearchAttributeType.KEYWORD_LIST]: 7,
};

const RETENTION_SECONDS = 30 * 86_400;

/** Registers our search attributes and sets the namespace's retention to 30 days. Safe to repeat. */
export async function prepareNamespace(options: { address: string; namespace: string }): Promise<void> {
  const { namespace } = options;
  const connection = await Connection.connect({ address: options.address, connectTimeout: '10s' });
  try {
    const known = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.values(SEARCH_ATTRIBUTES).filter((key) => !(key.name in known.customAttributes));
    if (missing.length > 0) {
      const searchAttributes = Object.fromEntries(missing.map((key) => [key.name, WIRE_TYPES[key.type]]));
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    }
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: { seconds: RETENTION_SECONDS as never } },
    });
  } finally {
    await connection.close();
  }
}
