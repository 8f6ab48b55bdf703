import type { Installable } from '../library/types.ts';
import { declareModel } from './declare.ts';
import type { ZooSource } from './plan.ts';
import type { Zoo, ZooModel } from './schema.ts';

/** What the library installs for a model of the zoo, from the source that `planInstall` picked. */
export function installable(zoo: Zoo, model: ZooModel, source: ZooSource): Installable {
  return {
    id: model.name,
    title: model.name,
    url: source.url,
    bytes: source.bytes,
    claim: source.claim,
    grade: source.grade,
    vouchedBy: source.vouchedBy,
    declare: (found) => declareModel(zoo, model, source, found),
  };
}
