import type { AcceptedFormat } from './types.ts';

/** What Gluon Lens says about a file that it recognises but does not read. */
interface ForeignKindText {
  /** Noun phrase with its article: "it looks like …". */
  readonly looksLike: string;
  /** One sentence on the way out. */
  readonly advice: string;
}

const SAVE_AS = 'Save it as JPEG or PNG and choose that file.';
const NOT_A_PICTURE = 'Choose a picture instead.';

/** Every recognised kind of file that is refused. A new one is one entry here and one line in the sniffer. */
export const FOREIGN_KINDS = {
  bmp: { looksLike: 'a BMP picture', advice: SAVE_AS },
  svg: {
    looksLike: 'an SVG drawing',
    advice: 'A drawing has no pixels; export it as PNG and choose that file.',
  },
  heic: {
    looksLike: 'a HEIC/HEIF photo',
    advice:
      'Export it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible) and choose that file.',
  },
  jxl: { looksLike: 'a JPEG XL picture', advice: SAVE_AS },
  jpeg2000: { looksLike: 'a JPEG 2000 picture', advice: SAVE_AS },
  tiff: { looksLike: 'a TIFF picture or a camera’s raw file', advice: SAVE_AS },
  raw: { looksLike: 'a camera’s raw file', advice: SAVE_AS },
  ico: { looksLike: 'an icon file (ICO or CUR)', advice: SAVE_AS },
  psd: { looksLike: 'a Photoshop document', advice: SAVE_AS },
  video: { looksLike: 'a video', advice: 'Save one of its frames as a picture.' },
  pdf: {
    looksLike: 'a PDF document',
    advice: 'Export the page as a picture or take a screenshot of it.',
  },
  html: {
    looksLike: 'an HTML page',
    advice: 'Perhaps a link was saved instead of the picture; save the picture itself.',
  },
  xml: { looksLike: 'an XML document', advice: NOT_A_PICTURE },
  zip: { looksLike: 'a ZIP archive', advice: 'Unpack it and choose a picture from it.' },
  gzip: { looksLike: 'a gzip archive', advice: 'Unpack it and choose a picture from it.' },
  'lfs-pointer': {
    looksLike: 'a Git LFS pointer, a short text that stands for the real file',
    advice: 'Run “git lfs pull” where it comes from and choose the real file.',
  },
  text: { looksLike: 'plain text', advice: NOT_A_PICTURE },
} as const satisfies Record<string, ForeignKindText>;

/** A recognised kind of file that is refused. */
export type ForeignKind = keyof typeof FOREIGN_KINDS;

/** Everything the sniffer can answer. */
export type FileKind = AcceptedFormat | ForeignKind | 'empty' | 'unknown';
