import { useEffect, useId, useRef, type ReactElement } from 'react';
import { asAppError } from '../../../core/errors.ts';
import { GRADE_WORDS } from '../../../core/integrity/provenance.ts';
import type { Library } from '../../../models/library/types.ts';
import { labelsInside } from '../../../tasks/propose/graph.ts';
import { labelsOf } from '../../../tasks/propose/label-text.ts';
import { TASKS, type TaskId } from '../../../tasks/registry.ts';
import { Button } from '../../../ui/Button.tsx';
import { Grade } from '../../../ui/Grade.tsx';
import { Section } from '../../../ui/Section.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { ErrorNotice } from '../../workbench/ErrorNotice.tsx';
import { inputOf, type Draft } from './draft.ts';
import { declareOwn } from './entry.ts';
import { TextField } from './Field.tsx';
import { InputFields } from './InputFields.tsx';
import { LabelFields } from './LabelFields.tsx';
import { labelsAtHand, loadLabelList, type LabelChoice, type LabelLists } from './labels.ts';
import { OutputFields } from './OutputFields.tsx';
import { previewSentence, SIZES } from './preview.ts';
import {
  contractProblems,
  countProblem,
  labelProblems,
  namingProblems,
  UNREAD_LABELS,
  type Problem,
} from './problems.ts';
import { ProposalCards } from './ProposalCards.tsx';
import { classCount, type Offers, type ReadFile } from './read-file.ts';
import { sizeProblems, useSizeEstimate } from './size-estimate.ts';
import { SizeEstimate } from './SizeEstimate.tsx';
import { following, type Form, type Surroundings } from './state/form.ts';
import { changeForm, finish } from './state/work.ts';
import s from './DeclareForm.module.css';

interface DeclareFormProps extends Surroundings {
  readonly read: ReadFile;
  readonly offers: Offers;
  readonly form: Form;
  readonly library: Library;
}

/** The picture that the preview speaks of: a usual camera's shape. */
const EXAMPLE = { width: 1280, height: 960 };

/** The person confirms or changes how the network is fed and read, names its classes, and keeps it. */
export function DeclareForm(props: DeclareFormProps): ReactElement {
  const { read, offers, form, library, lists, taken } = props;
  const { proposal, draft, labels, naming, attempts, busy, failure } = form;
  const { inspection } = read.own;
  const { picture, proposals } = offers;
  const summary = useRef<HTMLParagraphElement>(null);
  const summaryId = useId();
  const answered = useRef(attempts);
  const change = (part: Partial<Form>) => {
    changeForm(read, () => part);
  };
  const changeDraft = (part: Partial<Draft>) => {
    changeForm(read, (now) => ({ draft: { ...now.draft, ...part } }));
  };

  // While it is being kept, the new model's own id is taken.
  const tried = attempts > 0 && !busy;
  useEffect(() => {
    // Not of an attempt before the person left and came back.
    if (attempts > answered.current) summary.current?.focus();
    answered.current = attempts;
  }, [attempts]);

  const classes = classCount(inspection, offers, draft);
  const carried = labelsInside(inspection);
  const inside = classes === null || carried?.length === classes ? carried : null;
  const atHand = labelsAtHand(labels, inside, classes);
  const named = draft.task !== 'tensors';
  const sized = useSizeEstimate(read);
  const contract = contractProblems(draft);
  const refused = sizeProblems(draft, picture, sized);
  const fieldProblems = [...contract, ...refused];
  const nameProblems = namingProblems(naming, taken);
  const labelProblem = named ? problemOfLabels(labels, atHand, lists[labels.list], classes) : null;
  const problems = [...fieldProblems, ...(labelProblem ? [labelProblem] : []), ...nameProblems];
  // A size that is refused is told at once: nothing can be kept with it.
  const told = tried ? problems : refused;
  const nameProblem = (field: string) =>
    tried ? nameProblems.find((one) => one.field === field)?.sentence : undefined;

  const install = async () => {
    change({ attempts: attempts + 1, failure: null, busy: problems.length === 0 });
    if (problems.length > 0) return;
    try {
      const list = lists[labels.list];
      const names =
        atHand ?? (list ? await loadLabelList(labels.list, list, document.baseURI) : []);
      const declared = await declareOwn(read.own, picture, draft, names, naming, new Date());
      finish(read, await library.installOwn(read.blob, declared.entry, declared.labels));
    } catch (thrown) {
      change({ failure: asAppError(thrown), busy: false });
    }
  };

  return (
    <form
      className={s['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void install();
      }}
    >
      <Section title="3. How to use it">
        <ProposalCards
          proposals={proposals}
          chosen={proposal.id}
          onChoose={(chosen) => {
            change(following(chosen, read.own, lists));
          }}
        />
        {!contract.some(({ field }) => SIZES.has(field)) && (
          <p className={s['preview']} data-testid="preview">
            {/* A size stays on one line. */}
            {previewSentence(inputOf(draft, picture), EXAMPLE).replaceAll(' × ', '\u00A0×\u00A0')}
          </p>
        )}
        <SizeEstimate estimate={sized} />
        <details className={s['details']}>
          <summary>Change the details</summary>
          <SelectField
            label="Task"
            className={s['task']}
            value={draft.task}
            options={Object.values(TASKS).map(({ id, title }) => ({ value: id, text: title }))}
            onChoose={(task) => {
              changeDraft({ task: task as TaskId });
            }}
          />
          <OutputFields
            draft={draft}
            problems={fieldProblems}
            outputs={inspection.outputs}
            onChange={changeDraft}
          />
          <InputFields
            draft={draft}
            problems={fieldProblems}
            picture={picture}
            onChange={changeDraft}
          />
          <p className={s['soft']}>
            The input “{picture.name}” has channels {picture.layout === 'NCHW' ? 'first' : 'last'} (
            {picture.layout}); the file fixes that.
          </p>
        </details>
      </Section>
      {named && (
        <Section title="4. Labels">
          <LabelFields
            choice={labels}
            lists={lists}
            inside={inside}
            unfit={carried && !inside ? carried.length : null}
            classes={classes}
            problem={tried || labels.text !== '' ? labelProblem?.sentence : undefined}
            onChange={(part) => {
              changeForm(read, (now) => ({ labels: { ...now.labels, ...part } }));
            }}
          />
        </Section>
      )}
      <Section title={named ? '5. Name' : '4. Name'}>
        <div className={s['names']}>
          {(['title', 'id', 'licence'] as const).map((field) => (
            <TextField
              key={field}
              label={NAMES[field]}
              name={field}
              value={naming[field]}
              problem={nameProblem(field)}
              onChange={(value) => {
                change({ naming: { ...naming, [field]: value } });
              }}
            />
          ))}
        </div>
        <p className={s['grade']}>
          <Grade letter="E" text={GRADE_WORDS.E.short} />
        </p>
        <p className={s['soft']}>{GRADE_WORDS.E.long} Use files only of people you trust.</p>
        {told.length > 0 && (
          <p ref={summary} id={summaryId} tabIndex={-1} className={s['problem']} role="alert">
            {told.map(({ sentence }) => sentence).join(' ')}
          </p>
        )}
        {failure && (
          <div className={s['failure']}>
            <ErrorNotice error={failure} at={0} />
          </div>
        )}
        <p className={s['actions']}>
          <Button
            type="submit"
            kind="primary"
            disabled={busy || refused.length > 0}
            aria-describedby={told.length > 0 ? summaryId : undefined}
            data-testid="install-own"
          >
            {busy ? 'Keeping it…' : 'Keep it on this device'}
          </Button>
        </p>
      </Section>
    </form>
  );
}

const NAMES = { title: 'Title', id: 'Id', licence: 'Licence' } as const;

function problemOfLabels(
  { source, text }: LabelChoice,
  atHand: readonly string[] | null,
  list: LabelLists[string] | undefined,
  classes: number | null,
): Problem | null {
  if (source === 'text' && labelsOf(text).form === 'unread') return UNREAD_LABELS;
  if (atHand) return labelProblems(atHand, classes)[0] ?? null;
  return countProblem(list?.classes ?? 0, classes);
}
