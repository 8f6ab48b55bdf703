import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { serveApp } from '../scripts/serve-app.ts';
import { modelHostOrigins } from './support/model-host.ts';
import { buildOperatorModels } from './support/operator-models.ts';
import { hasShared, shared } from './support/shared-folder.ts';

/* The e2e server: the production build with its real headers, and the test-only models as an operator's. */

const { values } = parseArgs({
  options: { port: { type: 'string' }, dist: { type: 'string', default: 'dist' } },
});
const labels = resolve(import.meta.dirname, '../public/models/cifar_resnet20_v1/labels.txt');
const models = hasShared ? buildOperatorModels(shared('models/classifiers'), labels) : null;
const port = Number(values.port);
const { url } = await serveApp({
  dist: resolve(import.meta.dirname, '..', values.dist),
  host: '127.0.0.1',
  port,
  models,
  hosts: modelHostOrigins,
});
console.log(`e2e server at ${url}`);
