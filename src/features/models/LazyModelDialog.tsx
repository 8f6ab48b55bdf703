import { lazy, Suspense, type ComponentProps, type ReactElement } from 'react';

const ModelDialog = lazy(async () => {
  const { ModelDialog: dialog } = await import('../dialogs.ts');
  return { default: dialog };
});

/** The model's papers, loaded when they are first opened. */
export function LazyModelDialog(props: ComponentProps<typeof ModelDialog>): ReactElement {
  return (
    <Suspense fallback={null}>
      <ModelDialog {...props} />
    </Suspense>
  );
}
