import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeWrongFile } from './wrong-file.ts';

const MODELS = resolve(import.meta.dirname, '../../../public/models');
const describeText = (text: string) => describeWrongFile(new TextEncoder().encode(text));

describe('describeWrongFile', () => {
  it.each([
    ['<!DOCTYPE html>\n<html lang="en">', 'web page'],
    ['\ufeff\n  <html><head>', 'web page'],
    ['<?xml version="1.0"?>\n<!-- x --><!DOCTYPE html>', 'web page'],
    ['<head><title>Sign in</title>', 'web page'],
    ['<meta http-equiv="refresh" content="0; url=/login">', 'web page'],
    ['<script>location = "/login"</script>', 'web page'],
    [`<!-- ${'x'.repeat(600)} --><html>`, 'web page'],
    ['<?xml version="1.0"?><!-- x --><Error/>', 'XML'],
    ['version https://git-lfs.github.com/spec/v1\noid sha256:0', 'Git LFS pointer'],
    ['<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', 'XML'],
    ['{"message":"Not Found"}', 'JSON'],
    ['[1]', 'JSON'],
    ['PK\u0003\u0004\u0014\u0000', 'ZIP'],
    ['', 'empty file'],
  ])('names %j', (text, name) => {
    expect(describeText(text)).toContain(name);
  });

  it.each([
    ['\xff\xd8\xff\xe0', 'a JPEG picture'],
    ['\x89PNG\r\n\x1a\n', 'a PNG picture'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'a WebP picture'],
    ['GIF89a', 'a GIF picture'],
    ['\0\0\0\x18ftypavif\0\0\0\0avif', 'an AVIF picture'],
  ])('names the picture %j', (text, name) => {
    expect(describeWrongFile(Uint8Array.from(Buffer.from(text, 'latin1')))).toBe(name);
  });

  it.each([
    ['a model', readFileSync(resolve(MODELS, 'cifar_resnet20_v1/cifar_resnet20_v1.onnx'))],
    ['labels', readFileSync(resolve(MODELS, 'cifar_resnet20_v1/labels.txt'))],
    ['a WebAssembly binary', Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])],
    ['bytes that are no text', Uint8Array.from({ length: 64 }, (_, index) => 255 - index)],
    ['markup of another kind', new TextEncoder().encode('<model/>')],
    ['a text that only speaks of HTML', new TextEncoder().encode('see <html>')],
  ])('says nothing about %s', (_what, bytes) => {
    expect(describeWrongFile(bytes)).toBeNull();
  });
});
