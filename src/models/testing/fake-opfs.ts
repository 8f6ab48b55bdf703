import { vi } from 'vitest';

/**
 * The origin's private file system as Chromium has it in a worker, with so much room and no more: beyond it `truncate`
 * does nothing, and `write` writes what fits and gives back −8 without its sign (measured in Chromium 156).
 */
export function fakeOpfs(room: number) {
  const files = new Map<string, Uint8Array>();
  /** Files that another tab removes as soon as there is a handle for them. */
  const vanishing = new Set<string>();
  /** Called before a file is opened for writing. */
  const hooks: { opening: (path: string) => Promise<unknown> } = {
    opening: () => Promise.resolve(),
  };
  const missing = () => Promise.reject(new DOMException('No', 'NotFoundError'));
  const used = () => [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const resized = (bytes: Uint8Array, length: number) => {
    const next = new Uint8Array(length);
    next.set(bytes.subarray(0, length));
    return next;
  };
  const access = (name: string) => {
    const content = () => files.get(name) ?? new Uint8Array();
    const grow = (length: number) => {
      const free = room - used();
      const fits = Math.min(length, content().length + free);
      files.set(name, resized(content(), fits));
      return fits === length;
    };
    return {
      getSize: () => content().length,
      truncate: (length: number) => {
        if (length < 0) throw new TypeError('A negative size.');
        if (length - content().length <= room - used()) grow(length);
      },
      write: (bytes: Uint8Array, { at }: { at: number }) => {
        const end = Math.max(at + bytes.length, content().length);
        const fits = grow(end);
        content().set(bytes.subarray(0, content().length - at), at);
        return fits ? bytes.length : 0xfffffff8;
      },
      flush: () => undefined,
      close: () => undefined,
    };
  };
  const folder = (path: string): object => ({
    path,
    getDirectoryHandle: (name: string) => Promise.resolve(folder(`${path}${name}/`)),
    getFileHandle: (name: string, { create = false } = {}) => {
      const full = path + name;
      if (!create && !files.has(full)) return missing();
      if (!files.has(full)) files.set(full, new Uint8Array());
      if (vanishing.has(full)) files.delete(full);
      return Promise.resolve({
        getFile: () => {
          const content = files.get(full);
          return content ? Promise.resolve(new Blob([Uint8Array.from(content)])) : missing();
        },
        createSyncAccessHandle: async () => {
          await hooks.opening(full);
          return files.has(full) ? access(full) : missing();
        },
      });
    },
    values: async function* () {
      for (const full of [...files.keys()]) {
        const name = full.slice(path.length);
        if (full.startsWith(path) && !name.includes('/')) yield await Promise.resolve({ name });
      }
    },
    removeEntry: (name: string) => (files.delete(path + name) ? Promise.resolve() : missing()),
  });
  vi.stubGlobal('navigator', {
    storage: { getDirectory: () => Promise.resolve(folder('')) },
  });
  return { files, vanishing, hooks };
}
