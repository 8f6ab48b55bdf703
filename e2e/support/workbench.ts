import { expect, type Locator, type Page } from '@playwright/test';

/** A result as the automation contract (docs/automation.md) gives it. */
export interface Result {
  readonly label: string;
  readonly probability: number;
  /** Picture pixels; null for a class. */
  readonly box: readonly number[] | null;
}

/** A picture made by the test itself. */
export interface MadeFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Drives the app through its automation contract, as an integrator would. */
export class Workbench {
  readonly page: Page;
  readonly status: Locator;
  readonly error: Locator;
  readonly backend: Locator;
  readonly fileInput: Locator;
  readonly modelSelect: Locator;
  readonly backendSelect: Locator;
  readonly results: Locator;

  constructor(page: Page) {
    this.page = page;
    this.status = page.getByTestId('status');
    this.error = page.getByTestId('error');
    this.backend = page.getByTestId('backend');
    this.fileInput = page.getByTestId('file-input');
    this.modelSelect = page.getByTestId('model-select');
    this.backendSelect = page.getByTestId('backend-select');
    this.results = page.getByTestId('results');
  }

  /** Opens the page and waits until models can be chosen. */
  async open(): Promise<void> {
    await this.page.goto('/');
    await expect(this.status).toHaveAttribute('data-state', 'idle');
  }

  async chooseModel(id: string): Promise<void> {
    await this.modelSelect.selectOption(id);
  }

  async chooseBackend(choice: 'auto' | 'wasm' | 'webgpu'): Promise<void> {
    await this.backendSelect.selectOption(choice);
  }

  /** Gives the page a picture, by path or made in the test. @returns its file name. */
  async give(picture: string | MadeFile): Promise<string> {
    await this.fileInput.setInputFiles(picture);
    return typeof picture === 'string' ? (picture.split('/').pop() ?? picture) : picture.name;
  }

  /** Gives a picture and waits for its answer. */
  async answer(picture: string | MadeFile, timeout = 60_000): Promise<readonly Result[]> {
    const name = await this.give(picture);
    return this.answerFor(name, timeout);
  }

  /** Waits for the answer on a picture that was given already. */
  async answerFor(name: string, timeout = 60_000): Promise<readonly Result[]> {
    await this.settle(name, timeout);
    // Waited for, not read once: behind “Run again” the old failure is still there for a moment.
    await expect(this.status).toHaveAttribute('data-state', 'done', { timeout });
    return this.readResults();
  }

  /** Gives a picture and waits for its refusal. @returns code and sentence. */
  async refusal(picture: string | MadeFile): Promise<{ code: string; sentence: string }> {
    const name = await this.give(picture);
    return this.refusalFor(name);
  }

  /** Waits for the error on a picture that was given already. */
  async refusalFor(name: string, timeout = 60_000): Promise<{ code: string; sentence: string }> {
    await this.settle(name, timeout);
    await expect(this.status).toHaveAttribute('data-state', 'error');
    return {
      code: (await this.error.getAttribute('data-code')) ?? '',
      sentence: await this.error.innerText(),
    };
  }

  /** Waits until the status speaks of this picture and is done or error. */
  async settle(name: string, timeout: number): Promise<void> {
    await expect(this.status).toHaveAttribute('data-picture', name, { timeout });
    await expect(this.status).toHaveAttribute('data-state', /^(done|error)$/, { timeout });
  }

  async readResults(): Promise<readonly Result[]> {
    const items = await this.results.locator('[data-label]').all();
    return Promise.all(
      items.map(async (item) => ({
        label: (await item.getAttribute('data-label')) ?? '',
        probability: Number(await item.getAttribute('data-probability')),
        box: (await item.getAttribute('data-box'))?.split(',').map(Number) ?? null,
      })),
    );
  }
}
