import type { Books } from '../e2e/support/books.ts';

/**
 * Dates the documents of a workspace by the days on which their money moved, as if each had been made then: books of
 * earlier years, which the engine itself makes for nobody.
 */
export async function backdate(books: Books, workspaceId: string): Promise<void> {
  const rewrite = 'tax_documents_keep_what_they_say';
  // One text without parameters is one transaction: nobody else sees the table without its trigger.
  await books.query(
    `ALTER TABLE tax_documents DISABLE TRIGGER ${rewrite};
     UPDATE tax_documents SET document_date = (content ->> 'movedFromDay')::date,
       fiscal_year = extract(year FROM (content ->> 'movedFromDay')::date), content = content || '{"movedFromDay": null}'
     WHERE workspace_id = '${workspaceId}' AND content ->> 'movedFromDay' IS NOT NULL;
     ALTER TABLE tax_documents ENABLE ALWAYS TRIGGER ${rewrite};`,
  );
}
