import { Search } from 'lucide-react';
import { useId, type ReactElement } from 'react';
import type { Grade } from '../../core/integrity/provenance.ts';
import { ZOO_TASKS } from '../../models/zoo/schema.ts';
import { TASK_TITLES } from '../../models/zoo/words.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { EVERYTHING, SIZE_BANDS, SORTS, type choices, type Query } from './filter.ts';
import { gradeTitle } from './words.ts';
import line from '../../ui/line.module.css';
import s from './Filters.module.css';

interface FiltersProps {
  readonly query: Query;
  readonly offered: ReturnType<typeof choices>;
  readonly onChange: (query: Query) => void;
}

const ANY = '';

/** Search, filters and order of the list. */
export function Filters({ query, offered, onChange }: FiltersProps): ReactElement {
  const searchId = useId();
  const set = (change: Partial<Query>) => {
    onChange({ ...query, ...change });
  };
  const narrowed = Object.entries(EVERYTHING).some(
    ([name, value]) => name !== 'sort' && query[name as keyof Query] !== value,
  );
  return (
    <form
      role="search"
      className={s['filters']}
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <div className={s['search']}>
        <label htmlFor={searchId} className={line['label']}>
          Search by name, family or data set
        </label>
        <div className={s['searchBox']}>
          <Search aria-hidden="true" />
          <input
            id={searchId}
            type="search"
            className={line['line']}
            data-testid="library-search"
            placeholder="ResNet-50, YOLO v3, Cityscapes …"
            autoComplete="off"
            spellCheck={false}
            value={query.search}
            onChange={(event) => {
              set({ search: event.target.value });
            }}
          />
        </div>
      </div>
      <SelectField
        label="Task"
        testId="filter-task"
        value={query.task ?? ANY}
        options={[
          { value: ANY, text: 'All tasks' },
          ...offered.tasks.map((task) => ({ value: task, text: TASK_TITLES[task] })),
        ]}
        onChoose={(value) => {
          set({ task: ZOO_TASKS.find((task) => task === value) ?? null });
        }}
      />
      <SelectField
        label="Data set"
        testId="filter-dataset"
        value={query.dataset ?? ANY}
        options={[
          { value: ANY, text: 'All data sets' },
          ...offered.datasets.map((title) => ({ value: title, text: title })),
        ]}
        onChoose={(value) => {
          set({ dataset: value === ANY ? null : value });
        }}
      />
      <SelectField
        label="Evidence"
        testId="filter-grade"
        value={query.grade ?? ANY}
        options={[
          { value: ANY, text: 'All grades' },
          ...offered.grades.map((grade) => ({ value: grade, text: gradeTitle(grade) })),
        ]}
        onChoose={(value) => {
          set({ grade: value === ANY ? null : (value as Grade | 'none') });
        }}
      />
      <SelectField
        label="Size"
        testId="filter-size"
        value={query.size ?? ANY}
        options={[
          { value: ANY, text: 'All sizes' },
          ...Object.entries(SIZE_BANDS).map(([value, { title }]) => ({ value, text: title })),
        ]}
        onChoose={(value) => {
          set({ size: isBand(value) ? value : null });
        }}
      />
      <fieldset className={s['range']}>
        <legend className={line['label']}>Accuracy in the row, in %</legend>
        <Bound
          label="At least"
          testId="filter-at-least"
          value={query.atLeast}
          onChange={(atLeast) => {
            set({ atLeast });
          }}
        />
        <span aria-hidden="true">to</span>
        <Bound
          label="At most"
          testId="filter-at-most"
          value={query.atMost}
          onChange={(atMost) => {
            set({ atMost });
          }}
        />
      </fieldset>
      <SelectField
        label="Order"
        testId="sort"
        value={query.sort}
        options={Object.entries(SORTS).map(([value, text]) => ({ value, text }))}
        onChoose={(value) => {
          if (isSort(value)) set({ sort: value });
        }}
      />
      <div className={s['ticks']}>
        <Tick
          text="Can be installed"
          testId="filter-installable"
          checked={query.onlyInstallable}
          onChange={(onlyInstallable) => {
            set({ onlyInstallable });
          }}
        />
        <Tick
          text="Installed"
          testId="filter-installed"
          checked={query.onlyInstalled}
          onChange={(onlyInstalled) => {
            set({ onlyInstalled });
          }}
        />
        {narrowed && (
          <Button
            kind="plain"
            className={s['clear']}
            onClick={() => {
              onChange({ ...EVERYTHING, sort: query.sort });
            }}
          >
            Show all
          </Button>
        )}
      </div>
    </form>
  );
}

interface BoundProps {
  readonly label: string;
  readonly testId: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function Bound({ label, testId, value, onChange }: BoundProps): ReactElement {
  return (
    <input
      type="number"
      className={cx(line['line'], s['bound'])}
      inputMode="decimal"
      min={0}
      max={100}
      step="any"
      aria-label={label}
      placeholder={label === 'At least' ? '0' : '100'}
      data-testid={testId}
      value={value ?? ''}
      onChange={(event) => {
        const number = event.target.valueAsNumber;
        onChange(Number.isFinite(number) ? number : null);
      }}
    />
  );
}

interface TickProps {
  readonly text: string;
  readonly testId: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Tick({ text, testId, checked, onChange }: TickProps): ReactElement {
  return (
    <label className={s['tick']}>
      <input
        type="checkbox"
        data-testid={testId}
        checked={checked}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      {text}
    </label>
  );
}

function isBand(value: string): value is keyof typeof SIZE_BANDS {
  return Object.hasOwn(SIZE_BANDS, value);
}

function isSort(value: string): value is keyof typeof SORTS {
  return Object.hasOwn(SORTS, value);
}
