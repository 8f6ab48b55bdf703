import * as v from 'valibot';
import { AppError, type ErrorCode } from '../errors.ts';
import { issueWords } from './issue-words.ts';

/**
 * Parses what came from outside.
 * @param what the beginning of the sentence: “The manifest https://…”.
 * @throws AppError `code`, with the path of the first thing that is wrong.
 */
export function parseAs<Output>(
  schema: v.GenericSchema<unknown, Output>,
  value: unknown,
  code: ErrorCode,
  what: string,
): Output {
  const result = v.safeParse(schema, value, { message: issueWords });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  const where = path === null ? 'as a whole, it' : `at “${path}”:`;
  throw new AppError(
    code,
    `${what} is not valid: ${where} ${issue.message}. It is not used; correct it and try again.`,
    { retryable: true, details: { path: path ?? '(whole)', issue: issue.message } },
  );
}
