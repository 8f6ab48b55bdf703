import type { Installable } from '../library/types.ts';
import { installable } from './installable.ts';
import { loadZoo } from './load.ts';
import { planInstall } from './plan.ts';

/**
 * Everything of the catalogue that this version can install, whatever the policy says of it.
 * @throws AppError as {@link loadZoo}.
 */
export async function loadOffers(pageUrl: string): Promise<readonly Installable[]> {
  const zoo = await loadZoo(pageUrl);
  return zoo.models.flatMap((model) => {
    const plan = planInstall(zoo, model);
    return plan.possible ? [installable(zoo, model, plan.source)] : [];
  });
}
