import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactElement } from 'react';
import { chooseTheme, useTheme, type Theme } from './theme.ts';
import s from './ThemeSwitch.module.css';

const CHOICES: readonly {
  readonly theme: Theme;
  readonly name: string;
  readonly icon: ReactElement;
}[] = [
  { theme: 'auto', name: 'As the system', icon: <Monitor aria-hidden="true" /> },
  { theme: 'light', name: 'Light', icon: <Sun aria-hidden="true" /> },
  { theme: 'dark', name: 'Dark', icon: <Moon aria-hidden="true" /> },
];

/** Three native radio buttons: as the system, light, dark. */
export function ThemeSwitch(): ReactElement {
  const theme = useTheme((state) => state.theme);
  return (
    <fieldset className={s['switch']}>
      <legend className="visually-hidden">Theme</legend>
      {CHOICES.map((choice) => (
        <label key={choice.theme} className={s['choice']} title={choice.name}>
          <input
            type="radio"
            name="theme"
            className={s['radio']}
            value={choice.theme}
            checked={theme === choice.theme}
            onChange={() => {
              chooseTheme(choice.theme);
            }}
          />
          {choice.icon}
          <span className="visually-hidden">{choice.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
