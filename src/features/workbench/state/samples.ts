import {
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
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
function sampleUrl({ file }: Sample): string {
  return `${import.meta.env.BASE_URL}samples/${file}`;
}

/** What to show a sample by: the copy in memory once there is one, so that it needs no network. */
export function useSampleSource(sample: Sample): string {
  return useQuery({ ...sampleQuery(sample), enabled: false }).data?.url ?? sampleUrl(sample);
}

const samplesQuery = queryOptions({
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

/** A sample's file, kept for as long as the page is open: a few hundred kB each. */
function sampleQuery(sample: Sample) {
  return queryOptions({
    queryKey: ['sample', sample.file],
    queryFn: async () => {
      const blob = await fetchSample(sample);
      return { blob, url: URL.createObjectURL(blob) }; // never revoked: it is kept like the blob
    },
    retry: false,
    staleTime: Infinity,
    gcTime: Infinity,
    networkMode: 'always',
  });
}

/** The pictures that come with the product; none when the page is served without them. */
export function useSamples(): readonly Sample[] {
  return useQuery(samplesQuery).data ?? [];
}

/** Fetches a sample, puts it on the bench and chooses its model. */
export function useSampleLoader() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (sample: Sample) => ({
      sample,
      blob: (await client.query(sampleQuery(sample))).blob,
    }),
    onSuccess: ({ sample, blob }) => {
      addPictures([{ name: sample.file, blob, source: 'sample' }], sample.model);
    },
    networkMode: 'always',
  });
}

/**
 * Fetches all samples ahead of their use.
 * @throws AppError `download/sample-unavailable`.
 */
export async function prefetchSamples(client: QueryClient): Promise<void> {
  const samples = await client.query(samplesQuery).catch(() => []); // a page may be served without any
  for (const sample of samples) {
    await client.query(sampleQuery(sample));
  }
}

async function fetchSample(sample: Sample): Promise<Blob> {
  try {
    const response = await fetch(sampleUrl(sample));
    if (response.ok) return await response.blob();
    throw unavailable(sample, `the server answered ${String(response.status)}`);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw unavailable(sample, 'the server did not answer or the connection broke', thrown);
  }
}

function unavailable(sample: Sample, found: string, cause?: unknown): AppError {
  return new AppError(
    'download/sample-unavailable',
    `The sample picture “${sample.title}” could not be fetched (${found}). Check the connection and choose it again, or open a picture of your own.`,
    { retryable: true, details: { file: sample.file, found }, cause },
  );
}
