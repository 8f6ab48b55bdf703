import * as Comlink from 'comlink';
import { wired } from '../../core/errors.ts';
import type { DecodeWorker } from '../worker-protocol.ts';
import { decode } from './decode.ts';

const api: DecodeWorker = {
  decode: (request) =>
    wired(async () => {
      const picture = await decode(request);
      return Comlink.transfer(picture, [picture.image.data.buffer, picture.preview]);
    }, 'intake/decode-failed'),
};

Comlink.expose(api);
