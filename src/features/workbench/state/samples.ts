import { useMutation, useQuery } from '@tanstack/react-query';
import * as v from 'valibot';
import { AppError } from '../../../core/errors.ts';
import { addPictures } from './bench.ts';

const fileSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/));

const samplesSchema = v.object({
  version: v.literal(1),
  samples: v.array(
    v.object({
      id: v.string(),
      file: fileSchema,
      title: v.string(),
      /** Id of the model the picture was drawn for. */
      model: v.string(),
    }),
  ),
});

export type Sample = v.InferOutput<typeof samplesSchema>['samples'][number];

/** Where a sample picture lies. */
export function sampleUrl({ file }: Sample): string {
  return `${import.meta.env.BASE_URL}samples/${file}`;
}

/** The pictures that come with the product; none when the page is served without them. */
export function useSamples(): readonly Sample[] {
  const { data } = useQuery({
    queryKey: ['samples'],
    queryFn: async ({ signal }) => {
      const response = await fetch(`${import.meta.env.BASE_URL}samples/index.json`, { signal });
      const body: unknown = await response.json();
      return v.parse(samplesSchema, body).samples;
    },
    retry: false,
    staleTime: Infinity,
    networkMode: 'always',
  });
  return data ?? [];
}

/** Fetches a sample, puts it on the bench and chooses its model. */
export function useSampleLoader() {
  return useMutation({
    mutationFn: async (sample: Sample) => ({ sample, blob: await fetchSample(sample) }),
    onSuccess: ({ sample, blob }) => {
      addPictures([{ name: sample.file, blob, source: 'sample' }], sample.model);
    },
    networkMode: 'always',
  });
}

async function fetchSample(sample: Sample): Promise<Blob> {
  try {
    const response = await fetch(sampleUrl(sample));
    if (response.ok) return await response.blob();
    throw unavailable(sample, `HTTP ${String(response.status)}`);
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : unavailable(sample, String(thrown), thrown);
  }
}

function unavailable(sample: Sample, found: string, cause?: unknown): AppError {
  return new AppError(
    'download/sample-unavailable',
    `The sample picture “${sample.title}” could not be fetched (${found}). Check the connection and choose it again, or open a picture of your own.`,
    { retryable: true, details: { file: sample.file, found }, cause },
  );
}
