/** A valid entry as a manifest holds it, for tests to change. */
export function rawEntry(id: string) {
  return {
    id,
    title: `Model ${id}`,
    summary: 'Names one of two things.',
    task: 'classification',
    file: `${id}/model.onnx`,
    bytes: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', // “abc”
    labels: {
      file: `${id}/labels.txt`,
      bytes: 8,
      sha256: 'f641fdcd8af73b2f6334ab63c13d2eb857cd16f2aa4ea0ba20ba0eb9627918b5', // “cat” and “dog”, a line each
      format: 'plain',
    },
    card: `${id}/MODEL_CARD.md`,
    input: {
      name: 'data',
      layout: 'NCHW',
      range: '0-1',
      channels: 'RGB',
      resize: { rule: 'short-side-crop', short: 256, width: 224, height: 224, filter: 'bilinear' },
      normalise: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    },
    output: { scores: 'logits', activation: 'softmax' },
    multiplyAdds: 1000,
    licence: 'Apache-2.0',
    source: { title: 'A test', url: 'https://example.org/model' },
    trainingData: 'None',
    evidence: { grade: 'E', statement: 'Made for a test.' },
    caution: 'For tests only.',
    golden: {
      generator: 'lcg-u8',
      seed: 1,
      runtime: 'none',
      outputs: [{ name: 'logits', head: [0.5, -1], tolerance: 0.001 }],
    },
  };
}
