import { skipToken, useQuery, type QueryClient } from '@tanstack/react-query';
import { useBench } from './bench.ts';

const key = (pictureId: string) => ['preview', pictureId] as const;

/** Keeps a picture's preview, closing the one it replaces; a picture that left the bench gets none. */
export function keepPreview(client: QueryClient, pictureId: string, bitmap: ImageBitmap): void {
  if (!useBench.getState().pictures.some(({ id }) => id === pictureId)) {
    bitmap.close();
    return;
  }
  const before = client.getQueryData<ImageBitmap>(key(pictureId));
  client.setQueryDefaults(key(pictureId), { gcTime: Infinity, structuralSharing: false });
  client.setQueryData(key(pictureId), bitmap);
  before?.close();
}

/** Closes and forgets the preview of a picture that left the bench. */
export function dropPreview(client: QueryClient, pictureId: string): void {
  client.getQueryData<ImageBitmap>(key(pictureId))?.close();
  client.removeQueries({ queryKey: key(pictureId), exact: true });
}

/** The decoded picture for the screen; undefined until the engine has decoded it. */
export function usePreview(pictureId: string): ImageBitmap | undefined {
  return useQuery<ImageBitmap>({
    queryKey: key(pictureId),
    queryFn: skipToken,
    structuralSharing: false,
    gcTime: Infinity,
  }).data;
}
