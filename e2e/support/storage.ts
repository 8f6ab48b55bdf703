import { expect, type Page } from '@playwright/test';

/* What the page keeps on the device, looked at and changed from outside, as a failing disk or a curious person would. */

type Folder = 'verified' | 'partial';

/** Names and sizes of the verified files in the private file system. */
export function storedFiles(page: Page): Promise<Readonly<Record<string, number>>> {
  return filesIn(page, 'verified');
}

/** Names of the files that are still on their way. */
export async function partialFiles(page: Page): Promise<readonly string[]> {
  return Object.keys(await filesIn(page, 'partial'));
}

/** Names and sizes of the files in a folder of the private file system. */
export function filesIn(page: Page, folder: Folder): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(async (name) => {
    const root = await navigator.storage.getDirectory();
    const home = await root.getDirectoryHandle('gluon-lens', { create: true });
    const directory = await home.getDirectoryHandle(name, { create: true });
    const listing = directory as unknown as { keys: () => AsyncIterable<string> };
    const sizes: Record<string, number> = {};
    for await (const file of listing.keys()) {
      const handle = await directory.getFileHandle(file);
      sizes[file] = (await handle.getFile()).size;
    }
    return sizes;
  }, folder);
}

/** Names of the verified files whose content has another digest. */
export function wrongFiles(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const home = await root.getDirectoryHandle('gluon-lens', { create: true });
    const verified = await home.getDirectoryHandle('verified', { create: true });
    const listing = verified as unknown as { keys: () => AsyncIterable<string> };
    const wrong: string[] = [];
    for await (const name of listing.keys()) {
      const file = await (await verified.getFileHandle(name)).getFile();
      const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
      const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
      if (hex.join('') !== name) wrong.push(name);
    }
    return wrong;
  });
}

/**
 * Leaves the page so many bytes more than it uses now.
 * @returns what gives it back all there is.
 */
export async function limitRoom(page: Page, bytes: number): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: used + bytes });
  return async () => {
    await session.send('Storage.overrideQuotaForOrigin', { origin });
  };
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
