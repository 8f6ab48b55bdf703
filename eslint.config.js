// @ts-check
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The rooms of docs/architecture.md, lowest first: a room imports from itself and from rooms before it. */
const ROOMS = ['core', 'tasks', 'models', 'engine', 'ui', 'features', 'app'];

/** Packages that a room must not know.
 * @type {Readonly<Record<string, readonly string[] | undefined>>}
 */
const FOREIGN = {
  core: [
    'react',
    'react-dom',
    'react/*',
    'onnxruntime-web',
    'onnxruntime-web/*',
    'comlink',
    'zustand',
    '@tanstack/*',
  ],
  engine: ['react', 'react-dom', 'react/*', 'zustand', '@tanstack/*'],
  models: [
    'react',
    'react-dom',
    'react/*',
    'zustand',
    '@tanstack/*',
    'onnxruntime-web',
    'onnxruntime-web/*',
  ],
};

/** @type {import('eslint').Linter.Config[]} */
const boundaries = ROOMS.map((room, level) => ({
  files: [`src/${room}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...ROOMS.slice(level + 1).map((above) => ({
            group: [`**/${above}/**`],
            message: `${room} is below ${above}: imports point one way (docs/architecture.md).`,
          })),
          ...(FOREIGN[room] ?? []).map((name) => ({
            group: [name],
            message: `${room} does not know ${name} (docs/architecture.md).`,
          })),
        ],
      },
    ],
  },
}));

export default defineConfig(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'test-results/',
      'playwright-report/',
      '.cache/',
      'harness*',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-eval': 'error',
      'no-undef': 'off', // the type checker knows every global, in JavaScript files too
      'no-restricted-syntax': [
        'error',
        {
          selector: "ThrowStatement > NewExpression[callee.name='Error']",
          message: 'Throw an AppError: code, sentence, retryability.',
        },
        {
          selector:
            "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression[body.type='BlockStatement'][body.body.length=0]",
          message: 'A swallowed failure: handle it or let it through.',
        },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, argsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  ...boundaries,
  {
    // Plain JavaScript has no casts the linter understands; the type checker still reads the JSDoc ones.
    files: ['**/*.{js,mjs}'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    // Programs for the terminal: printing is their purpose.
    files: ['scripts/**', 'e2e/**', '*.config.ts'],
    rules: { 'no-console': 'off', 'react-hooks/rules-of-hooks': 'off' }, // Playwright's `use` is no hook
  },
);
