import type { ModelInspection } from '../../core/onnx/types.ts';
import { entranceOf, labelsInside, namesOf } from './graph.ts';
import { pictureInput } from './picture-input.ts';
import type { Flavour } from './reading.ts';
import { readOutputs } from './readings.ts';
import { chooseSize } from './sizes.ts';
import type { Confidence, Proposal } from './types.ts';
import { ultralyticsOf, type Ultralytics } from './ultralytics.ts';
import { chooseValues } from './values.ts';

/**
 * Proposes how a network is to be fed and read, best first: from its shapes, its operators, its names, and the
 * contracts that GluonCV and the ONNX Model Zoo publish. Never empty: raw outputs fit every network that takes one
 * picture. A proposal is no more than that; whoever knows the network confirms it.
 *
 * @param fileName the file's own name where it has one: networks are often named after what they were trained on
 * @throws AppError `gate/no-contract` when the network does not take one float32 picture of three channels, or gives
 * no numbers.
 */
export function proposeContracts(inspection: ModelInspection, fileName = ''): readonly Proposal[] {
  const picture = pictureInput(inspection);
  const names = namesOf(inspection, fileName);
  const entrance = entranceOf(inspection, picture.name);
  const labels = labelsInside(inspection);
  const exporter = ultralyticsOf(inspection);
  const readings = readOutputs(inspection, picture, names);
  return readings.map(({ flavour: own, ...reading }, at): Proposal => {
    const isFallback = own === 'raw' && at > 0;
    const flavour = fedAs(exporter) ?? (isFallback ? (readings[0]?.flavour ?? own) : own);
    const values = chooseValues(picture, entrance, flavour, names);
    const size = chooseSize(inspection, picture, flavour);
    const how = isFallback
      ? 'The picture is prepared in the same way.'
      : `${values.because} ${size.because}`;
    return {
      ...reading,
      confidence: weaker(reading.confidence, values.confidence),
      because: `${reading.because} ${how}`,
      input: {
        name: picture.name,
        layout: picture.layout,
        ...values.preset.values,
        resize: size.resize,
      },
      labels: labels?.length === reading.classes ? labels : null,
    };
  });
}

/** Whatever Ultralytics exports is fed in its way, even where the outputs look like another's. */
function fedAs(exporter: Ultralytics | null): Flavour | null {
  if (!exporter) return null;
  return exporter.task === 'classify' ? 'yolo-classes' : 'yolo';
}

const ORDER: readonly Confidence[] = ['guess', 'likely', 'sure'];

function weaker(a: Confidence, b: Confidence): Confidence {
  return ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b;
}
