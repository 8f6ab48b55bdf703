import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { applyTheme } from '../features/settings/theme.ts';
import '../ui/fonts.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { AppError } from '../core/errors.ts';
import { App } from './App.tsx';
import { services } from './services.ts';

applyTheme(document.documentElement);

const root = document.getElementById('root');
if (!root) throw new AppError('app/no-root', 'The page is incomplete. Reload it.');
createRoot(root).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
);
