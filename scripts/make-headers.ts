import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { headersFile } from './headers.ts';

writeFileSync(resolve(import.meta.dirname, '../public/_headers'), headersFile());
