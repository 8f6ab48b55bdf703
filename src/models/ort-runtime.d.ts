/** Made by scripts/vite/ort-runtime.ts when the app is built. */
declare module 'virtual:ort-runtime' {
  interface OrtBuild {
    /** URL of the JavaScript glue, relative to the origin. */
    readonly glueUrl: string;
    /** URL of the wasm binary, relative to the origin. */
    readonly wasmUrl: string;
    readonly bytes: number;
    readonly sha256: string;
  }
  export const ORT_BUILDS: Readonly<Record<'wasm' | 'jspi' | 'asyncify', OrtBuild>>;
}
