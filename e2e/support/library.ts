import type { Locator, Page } from '@playwright/test';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ModelHost, type Fault } from './model-host.ts';
import { expect, test as base } from './test.ts';
import { shared } from './shared-folder.ts';

const PUBLIC = resolve(import.meta.dirname, '../../public');

/** A model file of the tests, and how it is to be fed. */
interface Sample {
  readonly file: string;
  readonly dataset: string;
  readonly labels: string;
  readonly input: readonly number[];
  readonly contract: string;
}

/** 1.1 MB, always there: names a ship. */
export const CIFAR: Sample = {
  file: resolve(PUBLIC, 'models/cifar_resnet20_v1/cifar_resnet20_v1.onnx'),
  dataset: 'cifar-10',
  labels: 'cifar-10',
  input: [1, 32, 32, 3],
  contract: 'nhwc-squash-bilinear-32x32',
};

/** 2.5 MB, beside the project: says of chelsea.png what GluonCV says. */
export const SQUEEZENET: Sample = {
  file: shared('models/classifiers/squeezenet1.1.onnx'),
  dataset: 'imagenet-1k',
  labels: 'imagenet-1k',
  input: [1, 3, 224, 224],
  contract: 'nchw-imagenet-224',
};

/** The catalogue's contract for CIFAR networks, which the real one does not need. */
const CIFAR_CONTRACT = {
  layout: 'NHWC',
  range: '0-255',
  channels: 'RGB',
  resize: { rule: 'squash', width: 32, height: 32, filter: 'bilinear' },
  normalise: null,
};

/** A model in the tests' catalogue. */
export interface Stock {
  readonly name: string;
  readonly sample?: Sample;
  /** Written into the file, which is then another one of the same network. */
  readonly remark?: string;
  readonly fault?: Fault;
  /** B: a full SHA-256 and the size. D: eight digits of a SHA-1. */
  readonly grade?: 'B' | 'D';
  /** Published instead of the file's own SHA-256, SHA-1 prefix or size. */
  readonly digest?: string;
  readonly bytes?: number;
  readonly url?: string;
}

export function digest(algorithm: 'sha1' | 'sha256', content: Buffer): string {
  return createHash(algorithm).update(content).digest('hex');
}

/** The file of a model. ModelProto's field 6, `doc_string`, may stand at the end. */
export function contentOf({ sample = CIFAR, remark }: Pick<Stock, 'sample' | 'remark'>): Buffer {
  const content = readFileSync(sample.file);
  if (remark === undefined) return content;
  return Buffer.concat([content, Buffer.from([(6 << 3) | 2, remark.length]), Buffer.from(remark)]);
}

/** The model library as a person sees it, with a catalogue of the tests' own models. */
export class LibraryPage {
  readonly page: Page;
  readonly #host: ModelHost;

  constructor(page: Page, host: ModelHost) {
    this.page = page;
    this.#host = host;
  }

  /** The same library in another tab. */
  in(page: Page): LibraryPage {
    return new LibraryPage(page, this.#host);
  }

  /** Puts models into the catalogue of every tab, in place of the real ones. @returns their URLs. */
  async stock(...models: readonly Stock[]): Promise<readonly string[]> {
    const urls = models.map(
      (model) => model.url ?? this.#host.offer(`${model.name}.onnx`, contentOf(model), model.fault),
    );
    const real = JSON.parse(readFileSync(resolve(PUBLIC, 'library/zoo.json'), 'utf8')) as {
      contracts: object;
    };
    const zoo = {
      ...real,
      contracts: { ...real.contracts, [CIFAR.contract]: CIFAR_CONTRACT },
      models: models.map((model, index) => entryOf(model, urls[index] ?? '')),
    };
    await this.page.context().route('**/library/zoo.json', (route) => route.fulfill({ json: zoo }));
    return urls;
  }

  /** Goes to the library, by the link or by the address. */
  async open(): Promise<void> {
    if (this.page.url() === 'about:blank') await this.page.goto('/#/library');
    else await this.page.getByRole('link', { name: 'Library', exact: true }).click();
    await expect(this.page.getByTestId('library')).toBeVisible();
  }

  /** Goes to the library with these models in its catalogue, and installs each. @returns their URLs. */
  async openWith(...models: readonly Stock[]): Promise<readonly string[]> {
    const urls = await this.stock(...models);
    await this.open();
    for (const { name, grade } of models) {
      await this.row(name).install(grade);
      await this.row(name).toBe('installed');
    }
    return urls;
  }

  row(name: string): Row {
    return new Row(
      this.page.locator(`[data-testid="library-row"][data-model="${name}"]`),
      this.page,
    );
  }

  rangesOf(url: string | undefined): readonly (string | undefined)[] {
    return this.#host.rangesOf(url ?? '');
  }

  async openStorage(): Promise<Locator> {
    await this.page.getByTestId('open-storage').click();
    return this.page.getByRole('dialog');
  }

  /** Opens the ledger by way of the storage dialog. */
  async openLedger(): Promise<Locator> {
    await this.openStorage();
    await this.page.getByTestId('open-ledger').click();
    await expect(this.page.getByTestId('ledger-verdict')).toBeVisible();
    return this.page.getByRole('dialog');
  }
}

/** A row of the library. */
export class Row {
  readonly locator: Locator;
  readonly progress: Locator;
  readonly error: Locator;
  readonly #page: Page;

  constructor(locator: Locator, page: Page) {
    this.locator = locator;
    this.progress = locator.getByTestId('download-progress');
    this.error = locator.getByTestId('row-error');
    this.#page = page;
  }

  button(testId: string): Locator {
    return this.locator.getByTestId(testId);
  }

  press(testId: string): Promise<void> {
    return this.button(testId).click();
  }

  /** Installs a model of grade B, or one of grade D with consent. */
  async install(grade: 'B' | 'D' = 'B'): Promise<void> {
    await this.press('install');
    if (grade === 'D') await this.#page.getByTestId('consent-agree').click();
  }

  async toBe(
    state: 'available' | 'downloading' | 'paused' | 'installed' | 'refused',
  ): Promise<void> {
    await expect(this.locator).toHaveAttribute('data-state', state);
  }

  /** Waits for the sentence under the row. @returns it. */
  async failure(state: 'paused' | 'refused' | 'available', code: string): Promise<string> {
    await expect(this.error).toHaveAttribute('data-code', code);
    await this.toBe(state);
    return this.error.innerText();
  }
}

function entryOf(model: Stock, url: string): object {
  const { name, sample = CIFAR, grade = 'B', digest: published } = model;
  const content = contentOf(model);
  const common = { url, input: sample.input, contract: sample.contract };
  return {
    name,
    family: 'Test',
    task: 'classification',
    dataset: sample.dataset,
    metrics: [{ name: 'top-1', value: 56.34, unit: '%', better: 'higher' }],
    headline: 'top-1',
    measured: null,
    labels: sample.labels,
    onnx:
      grade === 'D'
        ? { ...common, sha1Prefix: published ?? digest('sha1', content).slice(0, 8) }
        : null,
    params: null,
    modelZoo:
      grade === 'D'
        ? []
        : [
            {
              ...common,
              sha256: published ?? digest('sha256', content),
              bytes: model.bytes ?? content.length,
              opset: 13,
              quantised: false,
              output: 'scores',
              metrics: [],
            },
          ],
    grade,
    kind: 'network',
  };
}

interface Fixtures {
  readonly library: LibraryPage;
}

interface WorkerFixtures {
  readonly host: ModelHost;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  dataSaver: true,
  ignoreHTTPSErrors: true, // the host's certificate is made when it starts
  host: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
    async ({}, use) => {
      const host = new ModelHost();
      await host.start();
      await use(host);
      await host.stop();
    },
    { scope: 'worker' },
  ],
  library: async ({ page, host }, use) => {
    await use(new LibraryPage(page, host));
  },
});

export { expect };
