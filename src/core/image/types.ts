/** Container formats the sniffer can name. The first six are pictures Gluon Lens knows how to read. */
export type AcceptedFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * What a picture's header says, read before any pixel is decoded.
 * `width` and `height` are as stored; `orientation` (EXIF 1..8) says how a viewer must turn them.
 */
export interface PictureHeader extends Size {
  readonly format: AcceptedFormat;
  /** EXIF orientation (TIFF tag 0x0112), 1..8; 1 where the file says nothing. For AVIF derived from irot/imir. */
  readonly orientation: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
  /** Number of frames as far as the header part shows: 1 for a still; a lower bound for animations. */
  readonly frames: number;
  /** True when the file says, or its structure shows, that it is an animation. Only the first frame is used. */
  readonly animated: boolean;
  /** Bits per channel as stored (1, 2, 4, 8, 10, 12, 16). */
  readonly bitDepth: number;
  readonly colour: 'grey' | 'rgb' | 'palette' | 'cmyk';
  /** True when the file can carry transparency (alpha channel, tRNS, transparent palette entry). */
  readonly alpha: boolean;
}
