import { describe, expect, it } from 'vitest';
import { memory, type Kept } from './memory.ts';

const kept: Kept = { modelId: 'a-model', backend: 'wasm', thresholds: { 'a-model': 0.4 } };

function shelf(content: string | null) {
  const box = { content };
  const storage = {
    getItem: () => box.content,
    setItem: (_: string, value: string) => {
      box.content = value;
    },
    removeItem: () => {
      box.content = null;
    },
  };
  return { box, ...memory(() => storage) };
}

describe('the remembered choices', () => {
  it('come back as they were kept', () => {
    const { getItem, setItem } = shelf(null);
    void setItem('key', { state: kept });
    expect(getItem('key')).toEqual({ state: kept });
  });

  it.each([
    null,
    '',
    'not JSON',
    '[]',
    '{}',
    JSON.stringify({ ...kept, backend: 'quantum' }),
    JSON.stringify({ ...kept, modelId: 7 }),
    JSON.stringify({ ...kept, thresholds: { 'a-model': 7 } }),
    JSON.stringify({ ...kept, thresholds: [0.5, 'x'] }),
  ])('are ignored when they are not ours: %s', (content) => {
    expect(shelf(content).getItem('key')).toBeNull();
  });

  it('hold nothing but the choices', () => {
    const { getItem } = shelf(JSON.stringify({ ...kept, pictures: ['x'], selectedId: 'y' }));
    expect(getItem('key')).toEqual({ state: kept });
  });

  it('may live in a storage that throws', () => {
    const { getItem, setItem, removeItem } = memory(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(getItem('key')).toBeNull();
    expect(() => {
      void setItem('key', { state: kept });
      void removeItem('key');
    }).not.toThrow();
  });
});
