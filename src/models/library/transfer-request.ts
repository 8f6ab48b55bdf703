import { differs, lengthOf, parseContentRange, validatorOf } from './answers.ts';
import { failedError } from '../download-stall.ts';
import { emptyError, rangeError, statusError } from './transfer-errors.ts';
import type { FileOnItsWay, TransferFile } from './transfer-file.ts';
import { judgeStart } from './transfer-judge.ts';
import type { Line } from './transfer-line.ts';

/** Asks a server for what is missing of a file, and judges whether that is what it sends. */
export class Requests {
  readonly #file: TransferFile;
  readonly #way: FileOnItsWay;
  /** The server is another one than the page's. */
  readonly #isElsewhere: boolean;
  #answered = false;
  /** The server answers ranges wrongly: only whole files are asked for. */
  #wholeOnly = false;
  /** Another host may refuse the question whether If-Range may be sent; then the answer's own headers must do. */
  #withoutIfRange = false;

  constructor(file: TransferFile, way: FileOnItsWay, isElsewhere: boolean) {
    this.#file = file;
    this.#way = way;
    this.#isElsewhere = isElsewhere;
  }

  /** Whether the server ever answered. */
  get wasAnswered(): boolean {
    return this.#answered;
  }

  /** The answer whose body begins where the kept bytes end; null when there is nothing more. */
  async ask(line: Line): Promise<Response | null> {
    const way = this.#way;
    // Without anything to tell versions apart, the rest might be another file's.
    if (way.received > 0 && !way.validator && !this.#file.chunks) await way.restart();
    const from = way.received;
    const ifRange = way.validator?.etag ?? way.validator?.lastModified;
    const conditional = from > 0 && ifRange != null && !this.#withoutIfRange;
    let response: Response;
    try {
      response = await line.fetch({
        // Asked for from the first byte on: then browsers ask for the bytes as they are, not compressed.
        ...(this.#wholeOnly ? {} : { Range: `bytes=${String(from)}-` }),
        ...(conditional ? { 'If-Range': ifRange } : {}),
      });
    } catch (thrown) {
      if (conditional && this.#isElsewhere) this.#withoutIfRange = true;
      throw thrown;
    }
    this.#answered = true;
    switch (response.status) {
      case 206:
        return this.#checkPart(line, response, from);
      case 200:
        await this.#begin(line, response, lengthOf(response.headers));
        return response;
      case 416:
        return this.#checkEnd(response, from);
      default:
        throw await line.refusal(response);
    }
  }

  /** Status 206: the part that was asked for, of the same file as before? */
  async #checkPart(line: Line, response: Response, from: number): Promise<Response> {
    const way = this.#way;
    const { headers } = response;
    const header = headers.get('content-range');
    const length = lengthOf(headers);
    const range = header === null ? null : parseContentRange(header);
    // Another host's Content-Range may be hidden; then the length must be that of the rest.
    const isRest =
      header === null
        ? from === 0 || (way.total !== null && length === way.total - from)
        : range?.span?.[0] === from;
    if (!isRest) {
      await response.body?.cancel();
      const failure = rangeError(
        this.#file.url,
        `from byte ${String(from)}`,
        header ?? `${String(length ?? 'an unknown number of')} bytes`,
        !this.#wholeOnly,
      );
      this.#wholeOnly = true;
      await way.restart();
      throw failure;
    }
    const total = range ? range.total : from === 0 ? length : way.total;
    if (from === 0) {
      await this.#begin(line, response, total);
      return response;
    }
    if (differs(way.validator, headers) || (way.total ?? total) !== (total ?? way.total)) {
      await response.body?.cancel();
      await way.restart();
      throw failedError(this.#file.url, 'the file changed on the server');
    }
    way.learn(total);
    return response;
  }

  /** Status 416: there is nothing behind what is kept, or what is kept is of another file. */
  async #checkEnd(response: Response, from: number): Promise<null> {
    const way = this.#way;
    await response.body?.cancel();
    const range = parseContentRange(response.headers.get('content-range') ?? '');
    if (range?.total === 0) throw emptyError(this.#file.url);
    if (from === 0) throw statusError(this.#file.url, 416);
    if (range?.total === from && !differs(way.validator, response.headers)) {
      way.learn(from);
      way.end();
      return null;
    }
    await way.restart();
    throw failedError(this.#file.url, 'the file changed on the server');
  }

  /** A first answer: it is judged before a byte is kept, or what came before of the file is given up for it. */
  async #begin(line: Line, response: Response, total: number | null): Promise<void> {
    await judgeStart(line, response, total, this.#file.publishedBytes);
    if (this.#way.received > 0) await this.#way.restart();
    const isPlain = (response.headers.get('content-encoding') ?? 'identity') === 'identity';
    try {
      await this.#way.begin(total, isPlain ? validatorOf(response.headers) : null);
    } catch (thrown) {
      await response.body?.cancel();
      throw thrown;
    }
  }
}
