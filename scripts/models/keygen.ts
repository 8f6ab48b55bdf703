import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { generateKeyPair, keyIdOf } from '../../src/core/integrity/signature.ts';
import { textSchema } from '../../src/core/manifest/schema.ts';
import { pathOf, readArguments, usage, type Command } from './command.ts';
import { writeKeyFile } from './key-file.ts';

/** As config.json takes it. */
const nameSchema = textSchema(80);

/** Makes a signing key. */
export const keygen: Command = {
  summary: 'makes a key to sign manifests with',
  help: `npm run models -- keygen [--out DIR] [--name NAME]

Writes DIR/gluon-lens-KEYID.key, which only you can read, and prints the line for “trustedKeys” in config.json.
Keep the file off the server and have a backup: whoever has it can sign, and nobody can make it again.

  --out DIR     where the key file goes (default: the current folder)
  --name NAME   who vouches, as the page shows it (default: Operator)`,
  async run(args) {
    const { values, positionals } = readArguments(args, {
      out: { type: 'string', default: '.' },
      name: { type: 'string', default: 'Operator' },
    });
    if (positionals.length > 0) throw usage('keygen takes no file.');
    const { name } = values;
    if (!v.is(nameSchema, name)) {
      throw usage(
        '--name wants 1 to 80 characters, at least one that can be seen, and no control characters.',
      );
    }
    let pair = await generateKeyPair();
    // Given as an argument, a key that begins with a dash would be taken for an option.
    while (pair.publicKey.startsWith('-')) pair = await generateKeyPair();
    const folder = pathOf(values.out);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `gluon-lens-${await keyIdOf(pair.publicKey)}.key`);
    writeKeyFile(file, { version: 1, algorithm: 'Ed25519', name, ...pair });
    console.error(`The private key is in ${file}. Add this to “trustedKeys” in config.json:`);
    console.log(JSON.stringify({ name, publicKey: pair.publicKey }));
    return 0;
  },
};
