import { access } from 'node:fs/promises';
import { join } from 'node:path';

/** Names of the certificates of a workspace in the folder of certificates, best first, without their endings. */
export function certificateNames(workspaceId: string): readonly string[] {
  // An id is letters, digits and "_"; anything else would be another path.
  return /^\w+$/.test(workspaceId) ? [workspaceId, 'default'] : ['default'];
}

/** Whether the workspace has a certificate to sign its documents. Without a folder nothing is signed. */
export async function hasCertificate(folder: string | null, workspaceId: string): Promise<boolean> {
  if (folder === null) return false;
  const found = await Promise.all(
    certificateNames(workspaceId).map((name) => isThere(join(folder, `${name}.p12`))),
  );
  return found.includes(true);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
