import { expect, type Page } from '@playwright/test';

/* What the page keeps on the device, looked at and changed from outside, as a failing disk or a curious person would. */

/** Names and sizes of the verified files in the private file system. */
export function storedFiles(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const home = await root.getDirectoryHandle('gluon-lens', { create: true });
    const verified = await home.getDirectoryHandle('verified', { create: true });
    const listing = verified as unknown as { keys: () => AsyncIterable<string> };
    const sizes: Record<string, number> = {};
    for await (const name of listing.keys()) {
      const handle = await verified.getFileHandle(name);
      sizes[name] = (await handle.getFile()).size;
    }
    return sizes;
  });
}

/** Names of the files that are still on their way. */
export function partialFiles(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const home = await root.getDirectoryHandle('gluon-lens', { create: true });
    const partial = await home.getDirectoryHandle('partial', { create: true });
    const listing = partial as unknown as { keys: () => AsyncIterable<string> };
    const names: string[] = [];
    for await (const name of listing.keys()) names.push(name);
    return names;
  });
}

/** Flips one bit of a stored file. */
export async function rotStored(page: Page, sha256: string, at = 100): Promise<void> {
  await page.evaluate(
    async ([name, position]) => {
      const root = await navigator.storage.getDirectory();
      const home = await root.getDirectoryHandle('gluon-lens');
      const verified = await home.getDirectoryHandle('verified');
      const handle = await verified.getFileHandle(name);
      const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
      bytes[position] = (bytes[position] ?? 0) ^ 1;
      const writable = await handle.createWritable();
      await writable.write(bytes);
      await writable.close();
    },
    [sha256, at] as const,
  );
}

/** Removes everything that was kept, in the private file system and in the Cache API. */
export async function clearStored(page: Page): Promise<void> {
  const clear = () =>
    page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      await root.removeEntry('gluon-lens', { recursive: true }).catch((missing: unknown) => {
        if (!(missing instanceof DOMException && missing.name === 'NotFoundError')) throw missing;
      });
      for (const name of await caches.keys()) await caches.delete(name);
    });
  await expect(clear).toPass(); // a file that is being written cannot be removed
}

/** Changes a row of the library's database. */
export async function changeRow(
  page: Page,
  table: string,
  key: string | number,
  change: Readonly<Record<string, unknown>>,
): Promise<void> {
  await page.evaluate(
    async ([storeName, rowKey, fields]) => {
      const settled = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => {
            resolve(request.result);
          };
          request.onerror = () => {
            reject(request.error ?? new DOMException('IndexedDB failed.'));
          };
        });
      const database = await settled(indexedDB.open('gluon-lens-library'));
      const store = database.transaction(storeName, 'readwrite').objectStore(storeName);
      const row = (await settled<unknown>(store.get(rowKey))) as object;
      await settled(store.put({ ...row, ...fields }, rowKey));
      database.close();
    },
    [table, key, change] as const,
  );
}
