import { main } from './models/main.ts';

/*
 * `npm run models -- COMMAND …`: what an operator does with folders of models. See docs/deploy.md.
 */

process.exitCode = await main(process.argv.slice(2));
